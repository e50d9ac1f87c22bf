//! Other people's task lists, read into drafts and planned into task files, twice with one result.
//!
//! The importers are pure: text in, an [`Import`] out. Nothing is dropped in silence: what does not
//! become a task leaves a [`Remark`] that says where it stands and why. [`read_all`] finds out the
//! format of every file by itself; [`plan`] compares the drafts with a queue and names the files to
//! write. Estimates take the middle of a stated range, because sums of many are compared with what
//! was spent. Days are not turned into hours: nobody states how long theirs are.

mod ai_task;
mod backlog_md;
mod doc;
mod draft;
mod facts;
mod fields;
mod form;
mod github;
mod names;
mod plan;
mod read;
mod sections;
mod taskmaster;
mod text;
mod touches;

pub use ai_task::parse_ai_task;
pub use backlog_md::parse_backlog_md;
pub use draft::{At, Draft, Format, Import, Remark, Why};
pub use form::parse_issue_form;
pub use plan::{Known, NewFile, Plan, State, plan};
pub use read::{read, read_all};
pub use sections::{parse_checklist, parse_todo};
pub use taskmaster::parse_taskmaster;
