//! What a review looks at and says, on real git and on data.

#![expect(clippy::unwrap_used, reason = "a helper that fails fails its test")]

mod ai;
mod arch;
mod baseline;
mod change;
mod comments;
mod coverage;
mod criteria;
mod fuzzed;
mod generated;
mod history;
mod inclusive;
mod repo;
mod report;
mod rules;
mod size;
