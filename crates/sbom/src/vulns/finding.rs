//! What is known of a component, and what was decided about it.

use serde::Serialize;

use super::entry::{Class, Severity};
use super::vex::Vex;

/// An advisory about a component.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Finding {
    /// Its identifier, that of the ecosystem's own database where it has one.
    pub id: String,
    /// The other identifiers of the same thing, sorted.
    pub aliases: Vec<String>,
    /// What it is about.
    pub class: Class,
    /// How bad it is, if anybody said.
    pub severity: Option<Severity>,
    /// In one line.
    pub summary: String,
    /// Where more is written.
    pub url: String,
    /// The reference of the component; empty when a scanner means one that is not there.
    pub component: String,
    /// Its package URL.
    pub purl: String,
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// The versions above it that have the fault no more, the lowest first.
    pub fixed: Vec<String>,
    /// The shortest way from a project to it, as `name@version`; empty when no project needs it.
    pub path: Vec<String>,
    /// The first file that names it.
    pub file: String,
    /// The line in it.
    pub line: u32,
    /// What was decided about it.
    pub status: Status,
    /// The scanners that claim it, sorted; the index is none of them.
    pub found_by: Vec<String>,
    /// What the index says of it.
    pub database: Standing,
    /// Why nothing in the inventory is what a scanner means; empty when something is.
    pub unmapped: String,
}

/// What the index says of something that was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// It is there.
    Found,
    /// It knows it, and this version does not have it.
    NotAffected,
    /// It was there, and was taken back.
    Withdrawn,
    /// It holds the ecosystem and does not know of it in this package.
    Unknown,
    /// It was not asked about this component.
    NotAsked,
}

impl Standing {
    /// What is to be said of a finding that the index does not have; nothing when it has it.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Found => "",
            Self::NotAffected => {
                "the database knows it, and says that this version does not have it"
            }
            Self::Withdrawn => "the database had it, and took it back",
            Self::Unknown => "the database does not know it in this package",
            Self::NotAsked => "the database could not be asked about this component",
        }
    }
}

/// What was decided about a finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "state")]
pub enum Status {
    /// Nothing.
    Open,
    /// The project ignores it.
    Ignored {
        /// Why.
        reason: String,
        /// Up to which day; empty means for ever.
        until: String,
    },
    /// A maker says something of it.
    Said {
        /// What.
        says: Vex,
        /// Why.
        reason: String,
        /// In which document.
        source: String,
    },
}

impl Finding {
    /// Whether something has to be done about it: nobody decided otherwise.
    #[must_use]
    pub const fn open(&self) -> bool {
        match &self.status {
            Status::Open => true,
            Status::Ignored { .. } => false,
            Status::Said { says, .. } => matches!(says, Vex::Affected | Vex::UnderInvestigation),
        }
    }
}
