//! The verbs, one file each.

mod arch;
mod baseline;
mod check;
mod coverage;
mod hook;
mod import;
mod post;
mod rules;
mod size;
mod sync;

pub(crate) use check::Data;
use leadforge_cli_kit::{Context, Failure, Outcome};
pub(crate) use rules::rules_at;

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
    /// Review what is staged before each commit: rules, secrets, what other tools found, pictures.
    #[command(subcommand)]
    Hook(hook::Hook),
    /// Say a review on its pull request: every finding once, on its line where that can be.
    ///
    /// What was said before is brought up to date, and what is gone is resolved; only comments of our own are touched. It
    /// ends with 3 when not everything was posted: every finding is in the output all the same, and the next call posts what
    /// is missing, and nothing twice. The token is read from GITHUB_TOKEN or GH_TOKEN.
    Post(post::Args),
    /// Hold who imports whom against the contracts, and draw it.
    #[command(subcommand)]
    Arch(arch::Arch),
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
        Verb::Hook(what) => hook::run(what, ctx),
        Verb::Post(args) => post::run(args, ctx),
        Verb::Arch(what) => arch::run(what, ctx),
        Verb::Sync(args) => sync::run(args, ctx),
        Verb::Baseline(what) => baseline::run(what, ctx),
    }
}
