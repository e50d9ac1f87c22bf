//! `lead-sbom`: what is inside a repository.

mod cmd;
mod context;
mod epoch;
mod failure;
mod folder;
mod history;
mod image;
mod lock;
mod migrate;
mod pack;
mod revision;
mod source;

use std::process::ExitCode;

use clap::Parser;

/// Says exactly what is inside a repository, as CycloneDX.
#[derive(Parser)]
#[command(name = "lead-sbom", version)]
struct Cli {
    #[command(subcommand)]
    verb: cmd::Verb,
}

fn main() -> ExitCode {
    leadforge_cli_kit::run(|cli: Cli, ctx| cmd::run(&cli.verb, ctx))
}
