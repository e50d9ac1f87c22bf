//! Tells who made a commit: a person, an agent, automation, or nobody who says so.
//!
//! What counts is what a commit says in fields made for it: whole mailboxes, trailers
//! (`Co-authored-by`, `Assisted-by`, `Generated-by`, `AI-Generated-By`), aider's name suffix and
//! subject tags such as `[AI]`. Domains and free prose never count. A commit without a mark is
//! [`Kind::Unmarked`]: the absence of a mark proves no person.
//!
//! ```
//! use leadforge_authorship::{CommitFacts, Kind, classify};
//!
//! let who = classify(&CommitFacts {
//!     author_name: "Octo Cat",
//!     author_email: "octo@example.org",
//!     subject: "fix: the parser",
//!     body: "Co-authored-by: Claude <noreply@anthropic.com>\n",
//!     ..CommitFacts::default()
//! });
//! assert_eq!((who.kind, who.identity.as_str()), (Kind::Agent, "claude"));
//! ```
//!
//! A repository's own people and agents, several mailboxes each, come in through [`Config`]; the
//! known table is [`KNOWN`], each entry with its source. The crate has no features, runs nothing
//! and cannot fail.

mod classify;
mod identities;
mod mailmap;
mod table;
mod trailers;

pub use classify::{Authorship, CommitFacts, Contributor, Evidence, UNNAMED_AGENT};
pub use identities::{Config, Identities, Identity};
pub use table::{KNOWN, Known};

use serde::{Deserialize, Serialize};

/// What made a commit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A person, because the user declared the mailbox and no mark says otherwise.
    Person,
    /// An agent, alone or with people: a program that writes changes by a language model.
    Agent,
    /// A program that makes changes by rule: an updater, a release job.
    Automation,
    /// Nothing in the commit says what made it.
    Unmarked,
}

/// Tells who made a commit, by the known table alone.
///
/// For many commits, or with entries of one's own, make an [`Identities`] once.
#[must_use]
pub fn classify(commit: &CommitFacts<'_>) -> Authorship {
    Identities::default().classify(commit)
}
