//! The integration tests of the task queue, one binary.
