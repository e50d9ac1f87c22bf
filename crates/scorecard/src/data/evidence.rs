//! What proves a change: checks that were run, files that changed, time that was spent.

use serde::{Deserialize, Serialize};

/// One verification command, once run.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Check {
    /// The command as the task's definition has it.
    pub command: String,
    /// Its digest, `sha256:…`.
    pub command_sha256: String,
    /// The exit code; absent when the command was ended by a signal or a limit.
    #[serde(default)]
    pub exit: Option<i32>,
    /// How long it took, in milliseconds.
    pub duration_ms: u64,
    /// The digest of its whole output, `sha256:…`.
    #[serde(default)]
    pub log_sha256: String,
    /// The last lines of its output.
    #[serde(default)]
    pub log_tail: String,
    /// The tree that it ran on.
    #[serde(default)]
    pub tree: String,
    /// Whether the result of an earlier run on the same tree was taken.
    #[serde(default)]
    pub reused: bool,
    /// Why there is no exit code, or another remark.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

impl Check {
    /// Whether the command said that all is well.
    #[must_use]
    pub fn passed(&self) -> bool {
        self.exit == Some(0)
    }
}

/// The size of a change.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Diffstat {
    /// Files changed.
    pub files: u64,
    /// Lines added.
    pub added: u64,
    /// Lines removed.
    pub removed: u64,
}

/// What became of one file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FileChange {
    /// The path from the root of the tree; bytes that are no UTF-8 are spelled out.
    pub path: String,
    /// The path before a rename or copy.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub old_path: Option<String>,
    /// Lines added; absent for a binary file.
    #[serde(default)]
    pub added: Option<u64>,
    /// Lines removed; absent for a binary file.
    #[serde(default)]
    pub removed: Option<u64>,
    /// The kind of change.
    pub status: FileStatus,
}

/// The kind of change to a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum FileStatus {
    /// New.
    Added,
    /// Changed in place.
    #[default]
    Modified,
    /// Gone.
    Deleted,
    /// Moved, perhaps changed as well.
    Renamed,
    /// Copied.
    Copied,
    /// Its type changed: file, link, submodule.
    TypeChanged,
}

/// A stretch of time in which one worker did one thing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Span {
    /// The worker, such as `worker 1` or `gate`; spans of one lane stand in one row.
    pub lane: String,
    /// The task's id.
    #[serde(default)]
    pub task: String,
    /// What was done.
    pub kind: SpanKind,
    /// Who did it, for instance the agent's name.
    #[serde(default)]
    pub who: String,
    /// When it began.
    pub from_ms: i64,
    /// When it ended.
    pub to_ms: i64,
    /// How it ended; absent when that is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ok: Option<bool>,
}

/// What was done in a span.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum SpanKind {
    /// An agent worked on a task.
    #[default]
    Agent,
    /// The work was verified.
    Verify,
    /// The work was merged, verified on the tip and landed.
    Land,
    /// Something was made ready, such as dependencies.
    Prepare,
}

/// Something that was asked or tried and not done.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Refusal {
    /// The task concerned, when it is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub task: Option<String>,
    /// A short stable code, for instance `scope.left` or `sandbox.network`.
    pub code: String,
    /// What was refused, in one sentence.
    pub what: String,
    /// Why, in one sentence.
    #[serde(default)]
    pub why: String,
    /// When.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_ms: Option<i64>,
}
