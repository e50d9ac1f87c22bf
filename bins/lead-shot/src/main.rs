//! `lead-shot`: pictures of screens, what changed between them, and documents that show it.

mod baseline;
mod cmd;
mod comparing;
mod config;
mod document;
mod expected;
mod failure;
mod pictures;
mod place;
mod screens;
mod story;

use std::process::ExitCode;

use clap::Parser;
use leadforge_cli_kit::Kit;

/// Captures screens, compares pictures, and shows in release notes what changed.
#[derive(Parser)]
#[command(name = "lead-shot", version)]
struct Cli {
    #[command(subcommand)]
    verb: cmd::Verb,
}

fn main() -> ExitCode {
    Kit::new()
        .schema("leadforge.toml", config::schema)
        .run(|cli: Cli, ctx| cmd::run(&cli.verb, ctx))
}
