//! Dockerfiles as people write them, and as nobody should.

mod fuzzed;
mod parser;
mod shell;
mod stages;
