//! `lead-review baseline`: findings that are let pass, with why and until when.

use leadforge_cli_kit::{Context, Failure, Finding, Format, Level, Outcome, Report};
use leadforge_durable_fs::{RealDisk, create_dir_all, replace};
use leadforge_markup::terminal;
use leadforge_review_rules::baseline::Entry;
use serde::Serialize;

use super::check;
use crate::baseline;
use crate::states::{States, Which, today};

/// What can be done with a baseline.
#[derive(clap::Subcommand)]
pub(crate) enum Baseline {
    /// Let findings pass: a file for each, which counts once it is on the base.
    Add {
        /// The fingerprints of the findings, as --format json tells them; their beginnings are enough.
        #[arg(required = true, value_name = "FINGERPRINT")]
        fingerprints: Vec<String>,
        /// Why they are let pass.
        #[arg(long)]
        reason: String,
        /// The last day on which they are, as 2026-12-31.
        #[arg(long, value_name = "DATE")]
        until: String,
        #[command(flatten)]
        which: Which,
    },
    /// List what is let pass; an entry whose last day is over ends with 1.
    List(Which),
}

/// The fewest letters of a fingerprint that name a finding.
const FEWEST: usize = 6;

pub(crate) fn run(what: &Baseline, ctx: &Context) -> Result<Outcome, Failure> {
    match what {
        Baseline::Add { fingerprints, reason, until, which } => {
            add(fingerprints, reason, until, &mut States::open(which, ctx)?, ctx)
        }
        Baseline::List(which) => list(&States::open(which, ctx)?, ctx),
    }
}

fn add(
    fingerprints: &[String],
    reason: &str,
    until: &str,
    states: &mut States,
    ctx: &Context,
) -> Result<Outcome, Failure> {
    ctx.only(&[Format::Human, Format::Json])?;
    let report = check::reviewed(states, &check::Given::default())?.report;
    let mut entries = Vec::new();
    for wanted in fingerprints {
        let fits = |print: &str| wanted.len() >= FEWEST && print.starts_with(wanted.as_str());
        let found =
            report.findings.iter().zip(&report.keys).filter(|(found, _)| fits(&found.fingerprint));
        let found: Vec<_> = found.collect();
        let [(_, key)] = found[..] else {
            let message = format!("{wanted:?} names {} findings of this change", found.len());
            let hint = format!(
                "lead-review check --format json tells the fingerprints; give {FEWEST} letters or more"
            );
            return Err(Failure::usage("review.fingerprint", message).hint(hint));
        };
        let entry = Entry::new(key.clone(), reason, until);
        entries.push(entry.map_err(|error| Failure::usage("review.baseline", error))?);
    }
    let folder = states.root.join(states.review.baseline());
    create_dir_all(&RealDisk, &folder)?;
    let mut written = Vec::new();
    for entry in entries {
        replace(&RealDisk, &folder.join(entry.file()), entry.text().as_bytes())?;
        written.push(format!("{}/{}", states.review.baseline(), entry.file()));
    }
    let report = Report::new(Outcome::Clean).with_data(&written);
    ctx.emit(&report, |out| {
        written.iter().try_for_each(|path| writeln!(out, "wrote {path}"))?;
        writeln!(out, "commit it: it counts once it is on the base")
    })
}

/// An entry as it is listed.
#[derive(Serialize)]
struct Listed {
    path: String,
    over: bool,
    #[serde(flatten)]
    entry: Entry,
}

fn list(states: &States, ctx: &Context) -> Result<Outcome, Failure> {
    let today = today();
    let listed: Vec<Listed> = baseline::entries(&states.head, states.review.baseline())?
        .into_iter()
        .map(|(path, entry)| Listed { path: path.to_string(), over: entry.until < today, entry })
        .collect();
    let over = listed.iter().filter(|listed| listed.over).map(|listed| {
        let message = format!("let pass until {}: {}", listed.entry.until, listed.entry.reason);
        Finding::new("review.baseline", Level::Error, message).at(&*listed.path, None)
    });
    let report = Report::of(over.collect()).with_data(&listed);
    ctx.emit(&report, |out| {
        for Listed { path, over, entry } in &listed {
            let Entry { reason, until, finding } = entry;
            let late = if *over { " (over)" } else { "" };
            let at = terminal(&format!("{} {}", finding.rule, finding.path));
            writeln!(out, "{}: {at}, until {until}{late}: {}", terminal(path), terminal(reason))?;
        }
        writeln!(out, "{} let pass", listed.len())
    })
}
