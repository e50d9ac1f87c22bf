//! The tests of durable-fs: hostile paths, both disks, crashes at every point, and bad writers.

mod atomic;
mod bad_disks;
mod checker;
mod conformance;
mod crash;
mod faults;
mod fuzzed;
mod lock;
mod log;
mod log_damage;
mod log_opening;
mod paths;
mod sabotage;
mod sim_disk;
mod stream;
mod sweep;
