//! Judges a change by the project's own written rules, and says what it could not look at.

pub mod change;
