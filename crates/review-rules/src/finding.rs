//! What a check says about one place.

use serde::{Deserialize, Serialize};

use crate::change::RepoPath;

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Worth knowing; nothing fails for it.
    Note,
    /// Should be mended.
    #[default]
    Warning,
    /// Must be mended.
    Error,
}

/// One thing that a check found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// The rule that says so, by its name.
    pub rule: String,
    /// How much it weighs.
    pub level: Level,
    /// What is wrong, in one line, for people.
    pub message: String,
    /// Where; nothing for what concerns the change as a whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<Place>,
    /// What the place should say instead.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fix: Option<Suggestion>,
    /// Who found it: a check's name, or `sarif:TOOL`.
    pub origin: String,
    /// What it is recognised by after lines have moved and files were renamed; set by the review.
    pub fingerprint: String,
    /// The text that it is about, which its fingerprint is made of; never shown.
    #[serde(skip)]
    pub matched: String,
}

/// A place in a file after the change.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Place {
    /// The file.
    pub path: RepoPath,
    /// The first line, from 1; nothing for the file as a whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    /// The last line, when it is another one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end_line: Option<u32>,
}

/// Lines that should stand in another's place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suggestion {
    /// The first line that is replaced.
    pub line: u32,
    /// The last line that is replaced.
    pub end_line: u32,
    /// The whole lines to put there.
    pub text: String,
}

impl Finding {
    /// A finding without a place.
    pub fn new(rule: impl Into<String>, level: Level, message: impl Into<String>) -> Self {
        Self {
            rule: rule.into(),
            level,
            message: message.into(),
            at: None,
            fix: None,
            origin: String::new(),
            fingerprint: String::new(),
            matched: String::new(),
        }
    }

    /// The same at a place.
    #[must_use]
    pub fn at(mut self, path: &RepoPath, line: Option<u32>) -> Self {
        self.at = Some(Place { path: path.clone(), line, end_line: None });
        self
    }

    /// The same about a text.
    #[must_use]
    pub fn about(mut self, matched: impl Into<String>) -> Self {
        self.matched = matched.into();
        self
    }
}
