//! The integration tests of the task queue, one binary.
mod import;
mod import_corpus;
mod import_hostile;
mod import_plan;
