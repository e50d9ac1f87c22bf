//! The verbs, one file each.

mod secrets;

use leadforge_cli_kit::{Context, Failure, Outcome};

/// What `lead-guard` can do.
#[derive(clap::Subcommand)]
pub(crate) enum Verb {
    /// Look for secrets in files, in what is staged, in the whole history, or in a stream.
    ///
    /// A secret is never printed: a finding is a place, a shape and a salted digest. What could not be looked at is
    /// named and ends with 3, after what was found.
    Secrets(secrets::Args),
}

/// Runs a verb.
pub(crate) fn run(verb: &Verb, ctx: &Context) -> Result<Outcome, Failure> {
    match verb {
        Verb::Secrets(args) => secrets::run(args, ctx),
    }
}
