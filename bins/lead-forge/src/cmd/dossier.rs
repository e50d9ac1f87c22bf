//! `lead-forge dossier`: the page of proof again, from the journal of an earlier run.

use std::path::PathBuf;

use leadforge_cli_kit::{Context, Failure, Format, Outcome, Report};

use crate::place::Place;
use crate::show;

/// Flags of `dossier`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The integration branch of the run.
    #[arg(long, value_name = "BRANCH")]
    land: Option<String>,
    /// JSON envelopes of other binaries to show in it.
    #[arg(long, value_name = "FILE")]
    with: Vec<PathBuf>,
}

pub(crate) fn run(args: &Args, ctx: &Context) -> Result<Outcome, Failure> {
    ctx.only(&[Format::Human, Format::Json])?;
    let place = Place::here(ctx)?;
    let branch = args.land.clone().unwrap_or_else(|| place.config.run.branch.clone());
    let pages = show::pages(&place, ctx, &branch, show::sections(&args.with)?)?;
    let report = Report::new(Outcome::Clean).with_data(&pages);
    ctx.emit_stdout(&report, |out| show::paths(out, &pages))
}
