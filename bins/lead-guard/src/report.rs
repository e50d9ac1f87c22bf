//! What is said of what was found, in every format, and never the secret.

use leadforge_cli_kit::{Context, Failure, Finding, Level, Location, Outcome, Report as Envelope};
use leadforge_markup::terminal;
use leadforge_secret_scan::{Baseline, Confidence, Known};
use serde::Serialize;

use crate::sources::{Found, Looked};

/// What was found, sorted out by what is known of it.
pub(crate) struct Report {
    pub(crate) found: Vec<Found>,
    /// Findings that are borne.
    borne: usize,
    /// Fingerprints of findings that were borne until a day that is over.
    over: Vec<String>,
    /// Files of the baseline that nothing needs any more.
    unused: Vec<String>,
    /// Findings whose line has a comment that asks to leave them out.
    allowed: usize,
    looked: Looked,
}

/// What the JSON says beside the findings.
#[derive(Serialize)]
struct Data<'r> {
    secrets: &'r [Found],
    missed: &'r [String],
    over: &'r [String],
    unused: &'r [String],
}

/// What tells a finding from all others, wherever it goes.
pub(crate) fn fingerprint(found: &Found) -> String {
    format!("{}:{}", found.finding.rule, found.finding.digest)
}

impl Report {
    pub(crate) fn of(mut looked: Looked, known: &Baseline, today: &str, comments: bool) -> Self {
        let all = std::mem::take(&mut looked.found);
        let unused = if looked.whole {
            let seen: Vec<_> =
                all.iter().map(|found| (found.path.clone(), found.finding.clone())).collect();
            known.unused(&seen).into_iter().map(str::to_owned).collect()
        } else {
            Vec::new()
        };
        let mut report =
            Self { found: Vec::new(), borne: 0, over: Vec::new(), unused, allowed: 0, looked };
        for found in all {
            if comments && found.finding.allow_comment {
                report.allowed += 1;
                continue;
            }
            match known.knows(&found.finding, &found.path, today) {
                Known::Borne => report.borne += 1,
                Known::Over => {
                    report.over.push(fingerprint(&found));
                    report.found.push(found);
                }
                Known::No => report.found.push(found),
            }
        }
        report
    }
}

/// Writes a report.
pub(crate) fn emit(report: &Report, ctx: &Context) -> Result<Outcome, Failure> {
    let findings: Vec<Finding> = report.found.iter().map(finding).collect();
    let looked = &report.looked;
    let mut envelope = Envelope::of(findings)
        .with_data(&Data {
            secrets: &report.found,
            missed: &looked.missed,
            over: &report.over,
            unused: &report.unused,
        })
        .with_summary("texts", looked.texts)
        .with_summary("bytes", looked.bytes)
        .with_summary("skipped", looked.skipped)
        .with_summary("borne", report.borne)
        .with_summary("missed", looked.missed.len());
    if !looked.missed.is_empty() {
        envelope.outcome = Outcome::Incomplete;
    }
    for why in &looked.missed {
        ctx.warn(&format!("not looked at: {}", terminal(why)));
    }
    for name in &report.unused {
        ctx.note(&format!("{} bears nothing that is still there: it can go", terminal(name)));
    }
    for fingerprint in &report.over {
        ctx.note(&format!("{} was borne, and its last day is over", terminal(fingerprint)));
    }
    ctx.emit(&envelope, |out| {
        for found in &report.found {
            let finding = &found.finding;
            writeln!(
                out,
                "{}:{}:{}: {} [{}, {}, {}]",
                terminal(&found.path),
                finding.start.line,
                finding.start.column,
                terminal(&finding.description),
                finding.rule,
                finding.confidence.as_str(),
                finding.shape,
            )?;
            if let Some(who) = &found.commit {
                let commit = who.commit.get(..10).unwrap_or(&who.commit);
                writeln!(out, "  since {commit} of {} by {}", who.date, terminal(&who.identity))?;
            }
            writeln!(out, "  {}", fingerprint(found))?;
            if ctx.common.verbose > 0 {
                writeln!(out, "  {}: {}", finding.score, finding.because.join("; "))?;
            }
        }
        let secrets = if report.found.len() == 1 { "secret" } else { "secrets" };
        let mut rest = String::new();
        for (count, word) in [(report.borne, "borne"), (report.allowed, "allowed by comments")] {
            if count > 0 {
                rest.push_str(&format!(", {count} {word}"));
            }
        }
        if looked.skipped > 0 {
            rest.push_str(&format!(", {} left out by the rules' list of paths", looked.skipped));
        }
        writeln!(out, "{} {secrets} in {} texts{rest}", report.found.len(), looked.texts)
    })
}

fn finding(found: &Found) -> Finding {
    let secret = &found.finding;
    let level = if secret.confidence == Confidence::Low { Level::Warning } else { Level::Error };
    let since = found.commit.as_ref().map_or_else(String::new, |who| {
        format!(
            ", since {} of {} by {}",
            who.commit.get(..10).unwrap_or(&who.commit),
            who.date,
            who.identity
        )
    });
    let message =
        format!("{} ({}, {}{since})", secret.description, secret.shape, secret.confidence.as_str());
    let mut finding = Finding::new(&secret.rule, level, message);
    finding.at = Some(Location {
        path: found.path.clone(),
        line: Some(secret.start.line),
        column: Some(secret.start.column),
    });
    finding.fingerprint = Some(fingerprint(found));
    finding.help = Some("revoke it first: whoever could read it may have copied it".to_owned());
    finding
}
