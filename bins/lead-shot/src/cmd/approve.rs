//! `lead-shot approve`: new pictures become the baseline.

use std::path::PathBuf;

use leadforge_cli_kit::{Context, Failure, Format, Outcome, Report, nearest};
use leadforge_markup::terminal;
use leadforge_visual_diff::pictures;

use crate::baseline::{Change, FOLDER};
use crate::failure;

/// Flags of `approve`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The folder of new pictures.
    new: PathBuf,
    /// Only these, by their paths below the folder, with or without the ending. All unless given.
    names: Vec<String>,
    /// The folder of baselines.
    #[arg(long, value_name = "FOLDER", default_value = FOLDER)]
    baseline: PathBuf,
}

pub(crate) fn run(args: &Args, ctx: &Context) -> Result<Outcome, Failure> {
    ctx.only(&[Format::Human, Format::Json])?;
    let skip = views(&args.new, &args.baseline);
    let there = pictures(&args.new, &skip).map_err(|e| failure::picture(&e))?;
    let mut chosen: Vec<&String> = Vec::new();
    for name in &args.names {
        let named = |path: &&String| {
            *path == name || path.rsplit_once('.').is_some_and(|(stem, _)| stem == name)
        };
        let found: Vec<&String> = there.iter().filter(named).collect();
        if found.is_empty() {
            let why = format!("{} has no picture {name}", args.new.display());
            let failure = Failure::usage("approve.name", why);
            // Both forms that are taken: a typing error is nearer to the one that was meant.
            let stem = |path: &'_ String| path.rsplit_once('.').map(|(stem, _)| stem.to_owned());
            let known: Vec<String> =
                there.iter().flat_map(|path| [Some(path.clone()), stem(path)]).flatten().collect();
            let near = nearest(name, known.iter().map(String::as_str));
            return Err(match near {
                Some(near) => failure.hint(format!("did you mean {near}?")),
                None => failure,
            });
        }
        chosen.extend(found);
    }
    if args.names.is_empty() {
        chosen.extend(&there);
    }
    chosen.sort();
    chosen.dedup();
    if chosen.is_empty() {
        let why = format!("{} has no pictures", args.new.display());
        return Err(Failure::cannot_look("approve.nothing", why));
    }
    // Everything is looked at before anything is written.
    let look = |path: &&String| Change::of(&args.new.join(path), &args.baseline, path);
    let changes: Vec<Change> = chosen.iter().map(look).collect::<Result<_, _>>()?;
    changes.iter().try_for_each(Change::write)?;
    let count = |state| changes.iter().filter(|change| change.state == state).count();
    let (added, changed, same) = (count("added"), count("changed"), count("same"));
    let report = Report::new(Outcome::Clean)
        .with_summary("added", added)
        .with_summary("changed", changed)
        .with_summary("same", same)
        .with_data(&changes);
    ctx.emit(&report, |out| {
        for change in changes.iter().filter(|change| change.state != "same") {
            let colon = if change.summary.is_empty() { "" } else { ": " };
            let (path, summary) = (terminal(&change.path), terminal(&change.summary));
            writeln!(out, "{} {path}{colon}{summary}", change.state)?;
        }
        let folder = args.baseline.display().to_string();
        let folder = terminal(&folder);
        writeln!(
            out,
            "{added} added, {changed} changed, {same} the same in {folder}; nothing is staged"
        )
    })
}

/// What is no new picture though it lies below their folder: baselines and views of releases.
pub(crate) fn views(new: &std::path::Path, baseline: &std::path::Path) -> Vec<PathBuf> {
    let mut skip = vec![baseline.to_owned()];
    let real = |path: &std::path::Path| path.canonicalize().ok();
    if let (Some(above), Some(below)) = (real(new), real(baseline))
        && below.starts_with(&above)
    {
        skip.extend(["releases", "history", "new-features"].map(|view| new.join(view)));
    }
    skip
}
