//! A task as the dossier tells it: what was asked, who tried, what came of it.

use serde::{Deserialize, Serialize};

use super::{Check, Diffstat, FileChange};

/// One task and everything that happened to it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Task {
    /// The task's id.
    pub id: String,
    /// The title.
    pub title: String,
    /// `P0` to `P3`.
    pub priority: String,
    /// Where the task came from, when it was imported.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// What was asked, the task's body as it was when the run started.
    #[serde(default)]
    pub asked: String,
    /// Ids of the tasks it had to wait for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub after: Vec<String>,
    /// The agent whose work counts, or that tried last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agent: Option<String>,
    /// What became of the task.
    pub outcome: TaskOutcome,
    /// Why, in one sentence, when it did not land.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Every attempt, oldest first.
    #[serde(default)]
    pub attempts: Vec<Attempt>,
    /// The checks on the merged tree that let it land, or stopped it.
    #[serde(default)]
    pub landing: Vec<Check>,
    /// The files that the landed (or last) work changes.
    #[serde(default)]
    pub files: Vec<FileChange>,
    /// Whether the change stayed inside what the task declared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scope: Option<Scope>,
    /// Other tasks of the run whose scope meets this one's.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub overlaps: Vec<Overlap>,
    /// What the task's source says it would have cost a person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub estimate: Option<Estimate>,
    /// The branch that keeps the work.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub branch: Option<String>,
    /// The commit on the integration branch.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub commit: Option<String>,
}

impl Task {
    /// The size of the change, summed over its files.
    #[must_use]
    pub fn diffstat(&self) -> Diffstat {
        let sum = |pick: fn(&FileChange) -> Option<u64>| {
            self.files.iter().filter_map(pick).fold(0, u64::saturating_add)
        };
        Diffstat {
            files: self.files.len() as u64,
            added: sum(|file| file.added),
            removed: sum(|file| file.removed),
        }
    }

    /// All checks of the task: those of its attempts, then those of its landing.
    pub fn checks(&self) -> impl Iterator<Item = &Check> {
        self.attempts.iter().flat_map(|attempt| &attempt.checks).chain(&self.landing)
    }
}

/// What became of a task.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum TaskOutcome {
    /// Verified on the merged tree and landed.
    Landed,
    /// Tried as often as allowed, without a result that may land.
    Failed,
    /// Stopped by a rule: scope, sandbox, trust.
    Refused,
    /// Given back to the queue, to be tried again.
    Released,
    /// Not begun: a task it waits for did not land, or the run ended before its turn.
    #[default]
    Skipped,
    /// Still being worked on when this was written.
    Running,
}

/// One agent's attempt at a task.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Attempt {
    /// The competing place, from 0.
    pub slot: u8,
    /// The number of the lease.
    pub epoch: u64,
    /// The agent's name in the configuration.
    pub agent: String,
    /// The branch that holds the work.
    #[serde(default)]
    pub branch: String,
    /// When the agent was started.
    pub started_ms: i64,
    /// When it ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended_ms: Option<i64>,
    /// The agent's exit code; absent when a signal or a limit ended it.
    #[serde(default)]
    pub exit: Option<i32>,
    /// What became of the attempt.
    pub outcome: AttemptOutcome,
    /// Why, in one sentence, when it was not taken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The size of its change.
    #[serde(default)]
    pub diffstat: Diffstat,
    /// The checks run on its tree.
    #[serde(default)]
    pub checks: Vec<Check>,
    /// Processor time of the agent and all its processes, when it could be measured.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cpu_ms: Option<u64>,
    /// The digest of the agent's output, `sha256:…`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub log_sha256: Option<String>,
    /// The last lines of the agent's output.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub log_tail: String,
}

/// What became of an attempt.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum AttemptOutcome {
    /// Its work landed.
    Landed,
    /// Verified, but another attempt was better.
    Outdone,
    /// A check was red.
    Red,
    /// It did not merge with what had landed before.
    Conflict,
    /// It changed nothing.
    Empty,
    /// The agent ended with an error.
    Crashed,
    /// A limit ended it: time, memory, output.
    Limit,
    /// A rule stopped it.
    Refused,
    /// Its lease was lost, or the run ended first.
    #[default]
    Lost,
    /// Verified, and waiting for its turn to land.
    Verified,
}

/// Whether a change stayed inside what its task declared.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Scope {
    /// The globs of the task; empty when its scope was unknown.
    #[serde(default)]
    pub declared: Vec<String>,
    /// The changed paths outside of them.
    #[serde(default)]
    pub outside: Vec<String>,
}

impl Scope {
    /// Whether nothing outside was touched; `None` when no scope had been declared.
    #[must_use]
    pub fn kept(&self) -> Option<bool> {
        (!self.declared.is_empty()).then_some(self.outside.is_empty())
    }
}

/// Another task whose scope meets this one's.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Overlap {
    /// The other task's id.
    pub task: String,
    /// How sure that is.
    pub kind: OverlapKind,
    /// A path or symbol that both name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub witness: Option<String>,
}

/// How sure an overlap is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum OverlapKind {
    /// Both name the same thing.
    Same,
    /// One of them declared no scope.
    #[default]
    Unknown,
}

/// What a task would have cost a person, as its source states it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Estimate {
    /// Hours of work.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<f64>,
    /// Keystrokes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub keystrokes: Option<u64>,
}
