//! What a rule found, and what would mend it.

use serde::Serialize;

/// How bad it is; the order is from worst to least.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// As a threshold: nothing is bad enough.
    Never,
    /// It breaks the build or the program, or gives something away.
    Error,
    /// It will hurt.
    Warning,
    /// It could be better.
    Info,
    /// A matter of taste.
    Style,
    /// Reported only when it is asked for.
    Ignore,
}

/// What a rule found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The rule, such as `DL3008` or `LF101`.
    pub rule: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// The line of the instruction, from 1.
    pub line: u64,
    /// What is wrong, in one sentence.
    pub message: String,
    /// What would mend it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fix: Option<Fix>,
}

/// A change of the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fix {
    /// The first byte that is replaced.
    pub start: usize,
    /// The byte behind the last one that is replaced.
    pub end: usize,
    /// What stands there then.
    pub text: String,
}
