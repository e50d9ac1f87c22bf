//! Flows across binaries.
