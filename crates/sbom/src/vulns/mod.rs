//! Known vulnerabilities of what is in an inventory, from an index that is built of OSV records.
//!
//! [`Builder`] turns records into an index, [`Index`] opens one, [`scan`] asks it about every component. Nothing
//! is fetched: where records come from is the caller's affair.

mod build;
mod claims;
mod decisions;
mod entry;
mod finding;
mod groups;
mod ignore;
mod index;
mod mapping;
mod names;
mod osv;
mod paths;
mod ranges;
mod scan;
mod vex;

pub use build::{Builder, RecordError};
pub use claims::Claim;
pub use entry::{Class, Level, Severity};
pub use finding::{Finding, Standing, Status};
pub use ignore::{Ignore, osv_scanner};
pub use index::{Index, IndexError};
pub use scan::{Config, Report, Unchecked, Unused, changes, ecosystems, scan};
pub use vex::{Statement, Vex, VexError};

use serde::{Deserialize, Serialize};

/// The name under which the index of a user lies in the folder for state: one binary writes it, others read it.
pub const INDEX_FILE: &str = "advisories.lfdb";

/// An ecosystem whose advisories an index holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Covered {
    /// Its name, as OSV spells it.
    pub ecosystem: String,
    /// How many pairs of an advisory and a package of it there are.
    pub advisories: usize,
    /// The day on which the newest of them was changed last.
    pub newest: String,
}
