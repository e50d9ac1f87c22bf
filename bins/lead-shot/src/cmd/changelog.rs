//! `lead-shot changelog`: what changed on the screens, version by version.

use std::path::PathBuf;

use leadforge_cli_kit::{Context, Failure, Finding, Format, Level, Outcome, Report};
use leadforge_durable_fs::{RealDisk, read};
use leadforge_release_notes::{Release, render_changelog};

use crate::document::{Flags, lacking, release};
use crate::pictures::everything;
use crate::place::Place;
use crate::story::screens::Shown;
use crate::story::versions::{self, Version};

/// Flags of `changelog`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// FROM..TO: one section for this range. Every tag has one unless given.
    range: Option<String>,
    #[command(flatten)]
    flags: Flags,
    /// Write nothing: compare with this file, and end with 1 when it is not up to date.
    #[arg(long, value_name = "FILE", conflicts_with = "output")]
    check: Option<PathBuf>,
}

/// A changelog larger than this is none.
const LIMIT: u64 = 64 << 20;

pub(crate) fn run(args: &Args, ctx: &Context) -> Result<Outcome, Failure> {
    let place = Place::here(ctx)?;
    let mut config = args.flags.config(&place)?;
    let target = args.check.as_deref().or(ctx.common.output.as_deref());
    config.prefix = place.prefix(target)?;
    let (releases, problems) = releases(&place, args)?;
    let text =
        render_changelog(&releases, &config).map_err(|e| Failure::usage("notes.release", e))?;
    for problem in &problems {
        ctx.warn(problem);
    }
    let outcome = if problems.is_empty() { Outcome::Clean } else { Outcome::Incomplete };
    if let Some(path) = &args.check {
        let found = read(&RealDisk, path, LIMIT)?;
        return check(ctx, path, found == text.as_bytes(), outcome);
    }
    ctx.only(&[Format::Human, Format::Json])?;
    if ctx.common.format == Format::Json {
        let data = serde_json::json!({ "releases": releases, "text": text });
        return ctx.emit(&Report::new(outcome).with_data(&data), |_| Ok(()));
    }
    ctx.document(|out| out.write_all(text.as_bytes()))?;
    Ok(outcome)
}

fn releases(place: &Place, args: &Args) -> Result<(Vec<Release>, Vec<String>), Failure> {
    let line = versions::main_line(place, args.flags.main.as_deref())?;
    let mut found: Vec<Version> = match &args.range {
        Some(range) => vec![versions::between(place, range, &line)?],
        None => versions::all(place, &line)?,
    };
    // Of two tags of one second the later version stands first.
    found.reverse();
    // The changelog lies beside the pictures as they are now.
    let shown = Shown::of(&everything(&place.git, &place.tree_now()?)?);
    let lacking = lacking(place)?;
    let (mut releases, mut problems) = (Vec::new(), Vec::new());
    for version in &found {
        let (mut one, more) = release(place, version, &shown, false)?;
        problems.extend(more);
        if version.base.is_none() {
            one.incomplete.clone_from(&lacking);
        }
        let visual = one.screens.iter().any(|screen| screen.changed() || !screen.gone.is_empty());
        if visual || !one.version.is_empty() || args.range.is_some() {
            releases.push(one);
        }
    }
    Ok((releases, problems))
}

fn check(
    ctx: &Context,
    path: &std::path::Path,
    fresh: bool,
    outcome: Outcome,
) -> Result<Outcome, Failure> {
    let shown = path.display().to_string();
    let findings = if fresh {
        Vec::new()
    } else {
        let message = "not up to date: run lead-shot changelog";
        vec![Finding::new("changelog.stale", Level::Error, message).at(shown.as_str(), None)]
    };
    let mut report = Report::of(findings);
    if outcome == Outcome::Incomplete {
        report.outcome = outcome;
    }
    ctx.emit(&report, |out| {
        let words =
            if fresh { "is up to date" } else { "is not up to date: run lead-shot changelog" };
        writeln!(out, "{} {words}", leadforge_markup::terminal(&shown))
    })
}
