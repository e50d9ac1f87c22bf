//! A program that is nothing but the sandbox's launcher, for tests and for embedders.
use std::process::ExitCode;

fn main() -> ExitCode {
    leadforge_agent_dispatch::launch::main(std::env::args_os()).unwrap_or(ExitCode::from(2))
}
