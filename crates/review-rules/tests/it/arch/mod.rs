//! Imports, contracts about them, and what a change breaks.

mod contracts;
mod diagram;
mod hostile;
mod meanings;
mod python;
mod tree;
