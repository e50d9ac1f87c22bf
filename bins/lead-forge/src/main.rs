//! `lead-forge`: the whole loop on a repository, from its tasks to a page of proof.

mod board;
mod cmd;
mod evidence;
mod jobs;
mod place;
mod progress;
mod show;
mod story;

use std::process::ExitCode;

use clap::Parser;
use leadforge_cli_kit::Kit;

/// Runs agents on a repository's tasks, lands what verifies, and writes the page that proves it.
#[derive(Parser)]
#[command(name = "lead-forge", version)]
struct Cli {
    #[command(subcommand)]
    verb: cmd::Verb,
}

fn main() -> ExitCode {
    // The sandbox's launcher is this very program under a hidden verb.
    if let Some(code) = leadforge_agent_dispatch::launch::main(std::env::args_os()) {
        return code;
    }
    Kit::new()
        .schema("leadforge.toml", show::config_schema)
        .schema("dossier", show::dossier_schema)
        .run(|cli: Cli, ctx| cmd::run(cli.verb, ctx))
}
