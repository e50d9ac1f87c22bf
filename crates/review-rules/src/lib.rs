//! Judges a change by the project's own written rules, and says what it could not look at.
//!
//! ```
//! use leadforge_review_rules::change::read_diff;
//!
//! let change = read_diff(b"diff --git a/x b/x\nindex 1..2 100644\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n")?;
//! assert_eq!(change.files[0].added.runs(), [(1, 1)]);
//! # Ok::<(), leadforge_review_rules::change::DiffError>(())
//! ```

pub mod ai;
pub mod arch;
pub mod baseline;
pub mod change;
pub mod comments;
pub mod coverage;
pub mod criteria;
mod finding;
mod globs;
pub mod identity;
pub mod inclusive;
mod looked;
mod report;
pub mod rules;
mod script;
pub mod size;
mod tree;
mod written;

pub use finding::{Finding, Level, Place, Suggestion};
pub use looked::{Looked, Missed};
pub use report::{Checked, Config, Evidence, REQUIRED, Report, Verdict, review};
pub use tree::Tree;
pub use written::{Written, WrittenError};
