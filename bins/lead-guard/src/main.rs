//! `lead-guard`: keeps out of a repository what must not get in.

mod baseline;
mod cmd;
mod home;
mod report;
mod sources;

use std::process::ExitCode;

use clap::Parser;
use leadforge_cli_kit::run;

/// Keeps secrets out of a repository: its files, what is staged, its whole history, any stream.
#[derive(Parser)]
#[command(name = "lead-guard", version)]
struct Cli {
    #[command(subcommand)]
    verb: cmd::Verb,
}

fn main() -> ExitCode {
    run(|cli: Cli, ctx| cmd::run(&cli.verb, ctx))
}
