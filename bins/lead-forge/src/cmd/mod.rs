//! The verbs, one file each.

mod demo;
mod doctor;
mod dossier;
mod init;
mod run;
mod trust;

use clap::Subcommand;
use leadforge_cli_kit::{Context, Failure, Outcome};

/// What to do.
#[derive(Subcommand)]
pub(crate) enum Verb {
    /// Run the queue: agents side by side, verified and landed on an integration branch.
    Run(run::Args),
    /// Show the whole loop on a scratch clone: ten tasks, planned failures included.
    Demo(demo::Args),
    /// Prepare a repository: configuration and queue folders.
    Init(init::Args),
    /// Look whether everything that a run needs is here, and say what is missing.
    Doctor(doctor::Args),
    /// Show what would be executed, and accept it.
    Trust(trust::Args),
    /// Write the page of proof of an earlier run again, with other tools' results.
    Dossier(dossier::Args),
}

/// Does it.
pub(crate) fn run(verb: Verb, ctx: &Context) -> Result<Outcome, Failure> {
    match verb {
        Verb::Run(args) => run::run(&args, ctx),
        Verb::Demo(args) => demo::run(&args, ctx),
        Verb::Init(args) => init::run(&args, ctx),
        Verb::Doctor(args) => doctor::run(&args, ctx),
        Verb::Trust(args) => trust::run(&args, ctx),
        Verb::Dossier(args) => dossier::run(&args, ctx),
    }
}
