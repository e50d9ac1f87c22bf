//! `lead-review`: a change judged by the project's own rules.

mod ai;
mod baseline;
mod cmd;
mod evidence;
mod language;
mod memory;
mod outputs;
mod policy;
mod post;
mod rules;
mod sarif;
mod secrets;
mod states;

use std::process::ExitCode;

use clap::Parser;
use leadforge_cli_kit::Kit;

/// Judges a change by the project's own written rules, and says what it could not look at.
#[derive(Parser)]
#[command(name = "lead-review", version)]
struct Cli {
    #[command(subcommand)]
    verb: cmd::Verb,
}

fn main() -> ExitCode {
    Kit::new()
        .schema("leadforge.toml", policy::schema)
        .run(|cli: Cli, ctx| cmd::run(&cli.verb, ctx))
}
