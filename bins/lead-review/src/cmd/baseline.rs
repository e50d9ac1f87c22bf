//! `lead-review baseline`: findings that are let pass, with why and until when.

use leadforge_cli_kit::{Context, Failure, Finding, Format, Level, Outcome, Report};
use leadforge_durable_fs::{RealDisk, create_dir_all, replace};
use leadforge_markup::terminal;
use leadforge_review_rules::baseline::Entry;
use serde::Serialize;

use super::check;
use crate::baseline::{self, Pass};
use crate::secrets;
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
    let report = check::reviewed(states, &check::Given::default(), None, ctx)?.report;
    let mut files = Vec::new();
    for wanted in fingerprints {
        let fits = |print: &str| wanted.len() >= FEWEST && print.starts_with(wanted.as_str());
        let found =
            report.findings.iter().zip(&report.keys).filter(|(found, _)| fits(&found.fingerprint));
        let found: Vec<_> = found.collect();
        let [(found, key)] = found[..] else {
            let message = format!("{wanted:?} names {} findings of this change", found.len());
            let hint = format!(
                "lead-review check --format json tells the fingerprints; give {FEWEST} letters or more"
            );
            return Err(Failure::usage("review.fingerprint", message).hint(hint));
        };
        files.push(match secrets::bear(states, found, reason, until)? {
            Some(borne) => (borne.file_name(), borne.render()),
            None => {
                let entry = Entry::new(key.clone(), reason, until);
                let entry = entry.map_err(|error| Failure::usage("review.baseline", error))?;
                (entry.file(), entry.text())
            }
        });
    }
    let folder = states.root.join(states.review.baseline());
    create_dir_all(&RealDisk, &folder)?;
    let mut written = Vec::new();
    for (name, text) in files {
        replace(&RealDisk, &folder.join(&name), text.as_bytes())?;
        written.push(format!("{}/{name}", states.review.baseline()));
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
    reason: String,
    until: String,
    /// What is let pass: the rule and the file.
    rule: String,
    at: String,
}

impl Listed {
    fn of(path: String, pass: Pass, today: &str) -> Self {
        let (reason, until, rule, at) = match pass {
            Pass::Finding(Entry { reason, until, finding }) => {
                (reason, until, finding.rule, finding.path)
            }
            Pass::Secret(borne) => {
                (borne.reason, borne.until, format!("secret.{}", borne.rule), borne.path)
            }
        };
        Self { path, over: *until < *today, reason, until, rule, at }
    }
}

fn list(states: &States, ctx: &Context) -> Result<Outcome, Failure> {
    let today = today();
    let listed: Vec<Listed> = baseline::all(&states.head, states.review.baseline())?
        .into_iter()
        .map(|(path, pass)| Listed::of(path.to_string(), pass, &today))
        .collect();
    let over = listed.iter().filter(|listed| listed.over).map(|listed| {
        let message = format!("let pass until {}: {}", listed.until, listed.reason);
        Finding::new("review.baseline", Level::Error, message).at(&*listed.path, None)
    });
    let report = Report::of(over.collect()).with_data(&listed);
    ctx.emit(&report, |out| {
        for Listed { path, over, reason, until, rule, at } in &listed {
            let late = if *over { " (over)" } else { "" };
            let at = terminal(&format!("{rule} {at}"));
            writeln!(out, "{}: {at}, until {until}{late}: {}", terminal(path), terminal(reason))?;
        }
        writeln!(out, "{} let pass", listed.len())
    })
}
