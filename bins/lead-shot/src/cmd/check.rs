//! `lead-shot check`: the gate. Every configured screen has a picture made from these sources.

use std::path::Path;

use leadforge_cli_kit::{Context, Failure, Finding, Level, Outcome, Report};
use leadforge_markup::terminal;
use leadforge_visual_diff::capture::{Browser, find};

use crate::place::Place;
use crate::screens::plan::{Plan, digest, plans};
use crate::screens::record::{self, Record};
use crate::screens::sources::{self, Sources};
use crate::screens::taker::failure;

/// Flags of `check`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Chromium's program; else it is looked for where systems install it.
    #[arg(long, value_name = "PATH")]
    browser: Option<std::path::PathBuf>,
}

pub(crate) fn run(args: &Args, ctx: &Context) -> Result<Outcome, Failure> {
    let place = Place::here(ctx)?;
    let Some(root) = place.root.clone() else {
        return Err(Failure::usage(
            "repository.bare",
            "a bare repository has no pictures to check",
        ));
    };
    let plans = plans(&place.shot, &root)?;
    // Who cannot take a picture here cannot mend one either, and must not be told that all is well.
    let browser = Browser { program: args.browser.clone(), ..Browser::default() };
    find(&browser).map_err(|error| failure(&error))?;
    let files = sources::files(&place.git, &place.tree_now()?)?;
    let mut findings = Vec::new();
    for plan in &plans {
        findings.extend(fault(&root, plan, &sources::of(plan, &files))?);
    }
    let report = Report::of(findings).with_summary("screens", plans.len());
    ctx.emit(&report, |out| {
        for finding in &report.findings {
            writeln!(out, "{} [{}]", terminal(&finding.message), finding.rule)?;
        }
        writeln!(out, "{} screens, {} findings", plans.len(), report.findings.len())
    })
}

/// What is wrong with a screen's picture, if anything.
fn fault(root: &Path, plan: &Plan, sources: &Sources) -> Result<Option<Finding>, Failure> {
    let (name, path) = (&plan.name, plan.file.as_str());
    let found = |rule: &str, what: String| {
        let mut finding =
            Finding::new(rule, Level::Error, format!("{name}: {what}")).at(path, None);
        finding.help = Some(format!("lead-shot capture {name}"));
        Ok(Some(finding))
    };
    let Some(picture) = record::picture(root, &plan.file)? else {
        return found("shot.no-picture", format!("{path} is missing"));
    };
    let Some(record) = Record::beside(root, &plan.file)? else {
        return found("shot.no-record", format!("nothing says from which sources {path} was made"));
    };
    if record.picture != digest(&picture) {
        return found("shot.other-picture", format!("{path} is not the picture that was taken"));
    }
    if record.settings != plan.settings() {
        return found("shot.stale", format!("{path} was taken with other settings or stubs"));
    }
    let changed = sources
        .iter()
        .find(|(path, blob)| record.sources.get(*path) != Some(*blob))
        .map(|(path, _)| path)
        .or_else(|| record.sources.keys().find(|path| !sources.contains_key(*path)));
    match changed {
        Some(source) => found("shot.stale", format!("{path} is older than {source}")),
        None => Ok(None),
    }
}
