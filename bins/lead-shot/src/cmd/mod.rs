//! The verbs, one file each.

mod lint;

use leadforge_cli_kit::{Context, Failure, Outcome};

/// What `lead-shot` can do.
#[derive(clap::Subcommand)]
pub(crate) enum Verb {
    /// Look at the pictures of a repository as evidence, and report those that prove nothing.
    Lint(lint::Args),
}

/// Runs one verb.
pub(crate) fn run(verb: &Verb, ctx: &Context) -> Result<Outcome, Failure> {
    match verb {
        Verb::Lint(args) => lint::run(args, ctx),
    }
}
