//! `lead-queue`: which task can be started, who works on which, and the way back.

mod claim;
mod cmd;
mod failure;
mod place;
mod token;
mod view;
mod worktree;

use std::process::ExitCode;

use clap::Parser;

/// Hands tasks of a repository to agents, one each, and takes them back.
///
/// Tasks are Markdown files in docs/TASKS/queue of the main checkout; who works on which is kept
/// beside the repository's objects, shared by all worktrees.
#[derive(Parser)]
#[command(name = "lead-queue", version)]
struct Cli {
    #[command(subcommand)]
    verb: cmd::Verb,
}

fn main() -> ExitCode {
    // The sandbox's launcher is this very program under a hidden verb.
    if let Some(code) = leadforge_agent_dispatch::launch::main(std::env::args_os()) {
        return code;
    }
    leadforge_cli_kit::run(|cli: Cli, ctx| cmd::run(&cli.verb, ctx))
}
