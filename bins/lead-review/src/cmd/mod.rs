//! The verbs, one file each.

mod baseline;
mod check;
mod coverage;
mod rules;
mod size;
mod sync;

pub(crate) use check::Data;
use leadforge_cli_kit::{Context, Failure, Outcome};

/// What `lead-review` can do.
#[derive(clap::Subcommand)]
pub(crate) enum Verb {
    /// Review a change: written rules, secrets, size, coverage, and what could not be looked at.
    ///
    /// Rules and configuration are read from the base, never from the change. A check that is required and did not
    /// look at everything ends with 3, whatever was found; findings from --fail-on on end with 1.
    Check(Box<check::Args>),
    /// Say how much of a change there is to read, in which order, and how it could be split.
    Size(size::Args),
    /// List, explain and test the written rules.
    #[command(subcommand)]
    Rules(rules::Rules),
    /// Say which new lines the tests ran.
    Coverage(coverage::Args),
    /// Write the rules into every agent's own file; an edit there is shown and never overwritten.
    Sync(sync::Args),
    /// Let findings pass, each with a reason and a last day.
    #[command(subcommand)]
    Baseline(baseline::Baseline),
}

/// Runs one verb.
pub(crate) fn run(verb: &Verb, ctx: &Context) -> Result<Outcome, Failure> {
    match verb {
        Verb::Check(args) => check::run(args, ctx),
        Verb::Size(args) => size::run(args, ctx),
        Verb::Rules(what) => rules::run(what, ctx),
        Verb::Coverage(args) => coverage::run(args, ctx),
        Verb::Sync(args) => sync::run(args, ctx),
        Verb::Baseline(what) => baseline::run(what, ctx),
    }
}
