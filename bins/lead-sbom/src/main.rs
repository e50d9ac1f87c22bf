//! `lead-sbom`: what is inside a repository.

mod cmd;
mod context;
mod downloads;
mod epoch;
mod failure;
mod folder;
mod history;
mod image;
mod lock;
mod migrate;
mod pack;
mod peers;
mod policy;
mod records;
mod revision;
mod source;
mod subject;
mod template;

use std::process::ExitCode;

use clap::Parser;
use leadforge_cli_kit::Kit;

/// Says exactly what is inside a repository, as CycloneDX.
#[derive(Parser)]
#[command(name = "lead-sbom", version)]
struct Cli {
    #[command(subcommand)]
    verb: cmd::Verb,
}

fn main() -> ExitCode {
    Kit::new()
        .schema("leadforge.toml", policy::schema)
        .run(|cli: Cli, ctx| cmd::run(&cli.verb, ctx))
}
