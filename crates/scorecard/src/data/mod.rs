//! The dossier as plain data: what a run did, in the order in which it is told.

mod envelope;
mod evidence;
mod exhibit;
mod task;

pub use envelope::{At, Envelope, Finding, Level, Section, SectionKind, Tool};
pub use evidence::{Check, Diffstat, FileChange, FileStatus, Refusal, Span, SpanKind};
pub use exhibit::{Exhibit, Part, PartKind, Picture};
pub use task::{Attempt, AttemptOutcome, Estimate, Overlap, OverlapKind, Scope, Task, TaskOutcome};

use serde::{Deserialize, Serialize};

/// The version of the format; it stands in every dossier.
pub const SCHEMA: &str = "leadforge/dossier/1";

/// Everything that is known about one run.
///
/// Times are milliseconds since the Unix epoch. Unknown fields are ignored when it is read, so that
/// a later minor version stays readable.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Dossier {
    /// Always [`SCHEMA`].
    pub schema: String,
    /// The program that wrote it.
    pub tool: Tool,
    /// The run itself.
    pub run: Run,
    /// Every task that the run looked at, in landing order.
    #[serde(default)]
    pub tasks: Vec<Task>,
    /// What worked on what, and when.
    #[serde(default)]
    pub timeline: Vec<Span>,
    /// What was asked and not done, also where no task is concerned.
    #[serde(default)]
    pub refusals: Vec<Refusal>,
    /// Facts that other tools found, absent where they did not run.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sections: Vec<Section>,
    /// Digests and versions that the facts rest on, as name and value.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub provenance: Vec<Provenance>,
}

impl Default for Dossier {
    fn default() -> Self {
        Self {
            schema: SCHEMA.to_owned(),
            tool: Tool::default(),
            run: Run::default(),
            tasks: Vec::new(),
            timeline: Vec::new(),
            refusals: Vec::new(),
            sections: Vec::new(),
            provenance: Vec::new(),
        }
    }
}

impl Dossier {
    /// The sections in the order in which every rendering has them.
    pub(crate) fn sections_in_order(&self) -> Vec<&Section> {
        let mut sections: Vec<&Section> = self.sections.iter().collect();
        sections.sort_by_key(|section| (section.kind, &section.envelope.tool.name));
        sections
    }
}

/// One call of the loop on one repository.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Run {
    /// The repository's name, for people.
    pub repository: String,
    /// The identifier of the run, when it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The commit that the run started from.
    pub base: String,
    /// The branch that was checked out at the start.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base_branch: Option<String>,
    /// The branch that the work landed on.
    pub branch: String,
    /// The last commit of that branch, when anything landed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tip: Option<String>,
    /// The tree of that commit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tip_tree: Option<String>,
    /// When the run started.
    pub started_ms: i64,
    /// When it ended; absent while it runs or when it was killed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended_ms: Option<i64>,
    /// How many tasks were worked on at once.
    pub jobs: u32,
    /// What confined the agents: `bubblewrap`, `landlock`, `none`.
    pub sandbox: String,
    /// How the run ended.
    pub outcome: RunOutcome,
    /// One sentence about that, when there is more to say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// How a run ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum RunOutcome {
    /// It came to its end, whatever became of the tasks.
    Completed,
    /// It stopped on an error of its own: what is told here may be incomplete.
    Failed,
    /// It was interrupted or killed and has not been resumed to its end.
    Interrupted,
    /// It is still going on, or nothing is known about its end.
    #[default]
    Running,
}

/// A digest or version that the facts rest on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Provenance {
    /// What it is of, for instance `leadforge.toml`.
    pub what: String,
    /// The value, for instance `sha256:…`.
    pub value: String,
}
