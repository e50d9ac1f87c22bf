//! The integration tests of the task queue, one binary.
mod backends;
mod branches;
mod files;
mod help;
mod import;
mod import_corpus;
mod import_hostile;
mod import_plan;
mod queue;
mod race;
mod scope;
mod store;
mod view;
