//! `lead-shot lint`: pictures that prove nothing.

use leadforge_cli_kit::{Context, Failure, Finding, Level, Outcome, Report};
use leadforge_markup::terminal;
use leadforge_visual_diff::lint::{Evidence, Fault, FaultKind, lint};

use crate::failure;
use crate::pictures;
use crate::place::Place;

/// Flags of `lint`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Look at this commit instead of the files as they lie in the checkout.
    #[arg(long, value_name = "REVISION")]
    at: Option<String>,
}

pub(crate) fn run(args: &Args, ctx: &Context) -> Result<Outcome, Failure> {
    let place = Place::here(ctx)?;
    let tree = match &args.at {
        Some(at) => place.git.tree_of(&place.commit(at)?).map_err(|e| failure::git(&e))?,
        None => place.tree_now()?,
    };
    let pictures: Vec<Evidence> = pictures::of_tree(&place.git, &tree, &place.shot)?
        .into_iter()
        .map(|picture| Evidence { path: picture.path, hash: picture.blob.to_string() })
        .collect();
    let faults = lint(&pictures, &place.shot.settings);
    let report = Report::of(faults.iter().map(finding).collect())
        .with_summary("pictures", pictures.len())
        .with_data(&faults);
    ctx.emit(&report, |out| {
        for fault in &faults {
            let (path, line) = (terminal(&fault.path), fault.line.map(|line| format!(":{line}")));
            let (line, rule) = (line.unwrap_or_default(), rule(fault.kind));
            writeln!(out, "{path}{line}: {} [{rule}]", terminal(&fault.message))?;
        }
        writeln!(out, "{} pictures, {} findings", pictures.len(), faults.len())
    })
}

fn finding(fault: &Fault) -> Finding {
    Finding::new(rule(fault.kind), Level::Error, fault.message.as_str())
        .at(fault.path.as_str(), fault.line)
}

fn rule(kind: FaultKind) -> &'static str {
    match kind {
        FaultKind::SamePair => "pictures.same-pair",
    }
}
