//! The integration tests of the task queue, one binary.
mod backends;
mod branches;
mod file_limits;
mod files;
mod help;
mod import;
mod import_corpus;
mod import_details;
mod import_forms;
mod import_hostile;
mod import_plan;
mod import_together;
mod queue;
mod race;
mod scope;
mod store;
mod view;
