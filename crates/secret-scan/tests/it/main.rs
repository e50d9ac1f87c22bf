//! The scanner on texts as people and programs write them.

mod front;
mod fuzzed;
mod judged;
mod streams;
