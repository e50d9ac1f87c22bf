//! `lead-review coverage`: which new lines the tests ran.

use std::io::{self, Write};

use leadforge_cli_kit::{Context, Failure, Outcome, Report};
use leadforge_markup::terminal;
use leadforge_review_rules::coverage::{Covered, PatchCoverage, Share};
use leadforge_review_rules::{Level, Looked};

use crate::evidence::{self, Reports};
use crate::outputs;
use crate::states::{States, Which};

/// Flags of `coverage`.
#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    which: Which,
    #[command(flatten)]
    reports: Reports,
}

pub(crate) fn run(args: &Args, ctx: &Context) -> Result<Outcome, Failure> {
    if args.reports.coverage.is_empty() {
        return Err(
            Failure::usage("usage.coverage", "no report was given").hint("name it with --coverage")
        );
    }
    let states = States::open(&args.which, ctx)?;
    let (patch, checked) = evidence::coverage(&args.reports, &states)?;
    let findings: Vec<_> = checked.findings.iter().map(outputs::finding).collect();
    let mut report = Report::of(findings).with_data(&(&patch, &checked.looked));
    if checked.findings.iter().any(|finding| finding.level == Level::Error) {
        report.outcome = Outcome::Findings;
    }
    if !checked.looked.whole() {
        report.outcome = Outcome::Incomplete;
    }
    ctx.emit(&report, |out| {
        writeln!(out, "{}", terminal(&states.title))?;
        for file in &patch.files {
            let path = terminal(&file.path.to_string());
            match &file.covered {
                Covered::Measured { covered, missed }
                    if covered.is_empty() && missed.is_empty() =>
                {
                    writeln!(out, "{path}: n/a, no new line can run")?;
                }
                Covered::Measured { covered, missed } => {
                    let all = covered.len() + missed.len();
                    let runs: Vec<_> = missed.runs().iter().map(run_of).collect();
                    let lacks = if runs.is_empty() {
                        String::new()
                    } else {
                        format!(", not {}", runs.join(" "))
                    };
                    writeln!(out, "{path}: {} of {all} new lines ran{lacks}", covered.len())?;
                }
                Covered::Unmeasured { lines } => {
                    writeln!(out, "{path}: unmeasured, {}", outputs::counted(*lines, "new line"))?;
                }
                Covered::NotCode { class } => writeln!(out, "{path}: not code ({class})")?,
            }
        }
        match &checked.looked {
            Looked::No { why } => writeln!(out, "not looked: {}", terminal(why)),
            _ => shares(out, &patch),
        }
    })
}

fn run_of((first, last): &(u32, u32)) -> String {
    if first == last { first.to_string() } else { format!("{first}-{last}") }
}

/// New lines, the whole, and what the change did to the whole.
pub(crate) fn shares(out: &mut dyn Write, coverage: &PatchCoverage) -> io::Result<()> {
    let told = |share: &Share| match share.percent() {
        Some(percent) => format!("{percent:.1} % ({} of {})", share.covered, share.lines),
        None => "n/a (no line can run)".to_owned(),
    };
    writeln!(out, "new lines: {}", told(&coverage.new))?;
    write!(out, "in all: {}", told(&coverage.total))?;
    let change =
        coverage.before.and_then(|before| Some(coverage.total.percent()? - before.percent()?));
    match change {
        Some(change) => writeln!(out, ", {change:+.2} points"),
        None => writeln!(out),
    }
}
