//! The envelope: what a command found, as plain data for every format.

use crate::{Failure, Outcome};
use serde::Serialize;
use serde_json::{Map, Value, json};

/// What a command found and what it has to say.
#[derive(Clone, Debug)]
pub struct Report {
    /// How the command ended.
    pub outcome: Outcome,
    /// Each finding, in the order they are printed.
    pub findings: Vec<Finding>,
    /// Counts and other short facts, beside the counts per level.
    pub summary: Map<String, Value>,
    /// The command's own data.
    pub data: Value,
    /// Overrides the schema name `leadforge/TOOL/1`.
    pub schema: Option<String>,
}

/// One thing that a person should look at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// A stable dotted name of the rule.
    pub rule: String,
    /// How bad it is.
    pub level: Level,
    /// One line.
    pub message: String,
    /// Where it is, if it is in a file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<Location>,
    /// Stays the same while the finding does, whatever moves around it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fingerprint: Option<String>,
    /// What to do about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
    /// What a program may want to know of it beside the rest: `properties` in SARIF, where `security-severity` and
    /// `tags` mean something to code hosts.
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub facts: Map<String, Value>,
}

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Fails the gate.
    Error,
    /// Worth a look.
    Warning,
    /// Good to know.
    Note,
}

impl Level {
    /// The word used in every format.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

/// A place in a file of the repository.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Location {
    /// Relative to the repository's root, with `/`.
    pub path: String,
    /// Counted from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    /// Counted from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<u32>,
}

impl Finding {
    /// A finding without a place.
    pub fn new(rule: &str, level: Level, message: impl Into<String>) -> Self {
        Self {
            rule: rule.to_owned(),
            level,
            message: message.into(),
            at: None,
            fingerprint: None,
            help: None,
            facts: Map::new(),
        }
    }

    /// Adds the place.
    #[must_use]
    pub fn at(mut self, path: impl Into<String>, line: Option<u32>) -> Self {
        self.at = Some(Location { path: path.into(), line, column: None });
        self
    }
}

impl Report {
    /// An empty report that ended in this way.
    #[must_use]
    pub fn new(outcome: Outcome) -> Self {
        Self { outcome, findings: Vec::new(), summary: Map::new(), data: json!({}), schema: None }
    }

    /// A report of these findings; an error among them makes the outcome `Findings`.
    #[must_use]
    pub fn of(findings: Vec<Finding>) -> Self {
        let failed = findings.iter().any(|finding| finding.level == Level::Error);
        let outcome = if failed { Outcome::Findings } else { Outcome::Clean };
        Self { findings, ..Self::new(outcome) }
    }

    /// Sets the command's own data.
    ///
    /// # Panics
    /// When the data cannot be JSON at all (a map whose keys are not strings), which is our bug.
    #[must_use]
    pub fn with_data(mut self, data: &impl Serialize) -> Self {
        self.data = serde_json::to_value(data).expect("report data has string keys");
        self
    }

    /// Adds one short fact to the summary.
    #[must_use]
    pub fn with_summary(mut self, key: &str, value: impl Into<Value>) -> Self {
        self.summary.insert(key.to_owned(), value.into());
        self
    }

    /// How many findings have this level.
    #[must_use]
    pub fn count(&self, level: Level) -> usize {
        self.findings.iter().filter(|finding| finding.level == level).count()
    }

    /// The JSON envelope.
    pub(crate) fn envelope<'a>(&'a self, tool: &'a str, version: &'a str) -> Envelope<'a> {
        let mut summary = counts(self.count(Level::Error), self.count(Level::Warning));
        summary.extend(self.summary.clone());
        Envelope {
            schema: self.schema.clone().unwrap_or_else(|| schema_of(tool)),
            tool: Tool { name: tool, version },
            outcome: serde_json::to_value(self.outcome).expect("an outcome is a word"),
            summary,
            findings: &self.findings,
            data: self.data.clone(),
            error: None,
        }
    }
}

/// One command's answer to a program.
#[derive(Serialize)]
pub(crate) struct Envelope<'a> {
    schema: String,
    tool: Tool<'a>,
    outcome: Value,
    summary: Map<String, Value>,
    findings: &'a [Finding],
    data: Value,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<ErrorPart<'a>>,
}

#[derive(Serialize)]
struct Tool<'a> {
    name: &'a str,
    version: &'a str,
}

#[derive(Serialize)]
struct ErrorPart<'a> {
    code: &'a str,
    exit: u8,
    message: &'a str,
    details: &'a [String],
    hint: Option<&'a str>,
}

impl<'a> Envelope<'a> {
    /// The envelope of a command that failed.
    pub(crate) fn failed(failure: &'a Failure, tool: &'a str, version: &'a str) -> Self {
        Self {
            schema: schema_of(tool),
            tool: Tool { name: tool, version },
            outcome: "error".into(),
            summary: counts(1 + failure.details.len(), 0),
            findings: &[],
            data: json!({}),
            error: Some(ErrorPart {
                code: &failure.code,
                exit: failure.exit.code(),
                message: &failure.message,
                details: &failure.details,
                hint: failure.hint.as_deref(),
            }),
        }
    }
}

fn counts(errors: usize, warnings: usize) -> Map<String, Value> {
    let levels = [(Level::Error, errors), (Level::Warning, warnings)];
    levels.map(|(level, count)| (level.as_str().to_owned(), count.into())).into_iter().collect()
}

/// The schema name of a binary: `lead-queue` writes `leadforge/queue/1`.
fn schema_of(tool: &str) -> String {
    format!("leadforge/{}/1", tool.strip_prefix("lead-").unwrap_or(tool))
}
