//! `lead-review arch`: who imports whom, held against the written contracts, and drawn.

mod check;
mod diagram;
mod drawn;

use leadforge_cli_kit::{Context, Failure, Outcome};

/// What can be done with imports.
#[derive(clap::Subcommand)]
pub(crate) enum Arch {
    /// Hold imports against the contracts among the rules: those that a change causes, or all of a tree.
    Check(check::Args),
    /// Draw who imports whom, as a file that is checked for drift.
    ///
    /// Without --output the drawing is printed. A file that was made so is made anew; one that was edited since, or that
    /// something else wrote, is shown as a diff and stays as it is.
    Diagram(diagram::Args),
}

pub(crate) fn run(what: &Arch, ctx: &Context) -> Result<Outcome, Failure> {
    match what {
        Arch::Check(args) => check::run(args, ctx),
        Arch::Diagram(args) => diagram::run(args, ctx),
    }
}
