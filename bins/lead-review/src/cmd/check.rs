//! `lead-review check`: the whole review of a change.

use std::io::{self, Write};

use leadforge_cli_kit::{Context, Failure, Outcome};
use leadforge_markup::terminal;
use leadforge_review_rules::coverage::PatchCoverage;
use leadforge_review_rules::{Config, Evidence, Looked, Report, Verdict, review};
use serde::Serialize;

use crate::evidence::{self, Logs, Reports};
use crate::outputs::{self, Outputs};
use crate::policy::FailOn;
use crate::rules::Rules;
use crate::states::{States, Which, today};
use crate::{baseline, rules, sarif, secrets};

/// Flags of `check`.
#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    which: Which,
    #[command(flatten)]
    given: Given,
    /// From which level on a finding ends with 1.
    #[arg(long, value_name = "LEVEL")]
    fail_on: Option<FailOn>,
    #[command(flatten)]
    outputs: Outputs,
}

/// What was given to look at beside the change.
#[derive(clap::Args, Default)]
pub(crate) struct Given {
    #[command(flatten)]
    reports: Reports,
    #[command(flatten)]
    logs: Logs,
}

/// A review, and where its rules are from.
pub(crate) struct Reviewed {
    pub(crate) report: Report,
    rules: Rules,
    coverage: Option<PatchCoverage>,
}

/// What a program may want to know of a review.
#[derive(Serialize)]
pub(crate) struct Data<'r> {
    /// What was compared with what.
    title: &'r str,
    /// Where the rules are from.
    rules: &'r str,
    /// What the required checks have not seen.
    blind: Vec<String>,
    #[serde(flatten)]
    report: &'r Report,
    #[serde(skip_serializing_if = "Option::is_none")]
    coverage: Option<&'r PatchCoverage>,
}

impl Data<'_> {
    /// What was compared with what.
    pub(crate) fn title(&self) -> &str {
        self.title
    }

    /// Where the rules are from.
    pub(crate) fn rules(&self) -> &str {
        self.rules
    }
}

pub(crate) fn run(args: &Args, ctx: &Context) -> Result<Outcome, Failure> {
    let mut states = States::open(&args.which, ctx)?;
    let Reviewed { report, rules, coverage } = reviewed(&mut states, &args.given)?;
    let gate = args.fail_on.or(states.review.fail_on).unwrap_or(FailOn::Error);
    let verdict = report.verdict(gate.level());
    let outcome = match verdict {
        Verdict::Clean => Outcome::Clean,
        Verdict::Findings => Outcome::Findings,
        Verdict::Incomplete { .. } => Outcome::Incomplete,
    };
    let data = Data {
        title: &states.title,
        rules: &rules.from,
        blind: report.blind(),
        report: &report,
        coverage: coverage.as_ref(),
    };
    args.outputs.write(&report, &data, &rules.set)?;
    let told = outputs::envelope(&report, &rules.set, outcome).with_data(&data);
    ctx.emit(&told, |out| human(out, &report, &data, &verdict))
}

/// Runs every check.
pub(crate) fn reviewed(states: &mut States, given: &Given) -> Result<Reviewed, Failure> {
    let rules = rules::of(states)?;
    // One call of git for all that the graph of imports is made of.
    let sources = rules.set.sources(states.head.below("")?);
    states.head.keep(&sources)?;
    let mut others = sarif::checks(&given.logs.sarif, states);
    let mut coverage = None;
    if !given.reports.coverage.is_empty() {
        let (patch, checked) = evidence::coverage(&given.reports, states)?;
        others.insert("coverage".to_owned(), checked);
        coverage = Some(patch);
    }
    let config = Config {
        // What was given to look at was given because it matters.
        required: states.review.required(others.keys().cloned())?,
        size: states.review.size()?,
        baseline: baseline::of(states)?,
        today: today(),
    };
    let mut checked = secrets::check(states);
    if states.change.files.is_empty() {
        checked.looked = Looked::no("there is no change: nothing was compared");
    }
    others.insert("secrets".to_owned(), checked);
    let evidence = Evidence { head: &states.head, base: &states.base, others };
    let report = review(&states.change, &rules.set, evidence, &config);
    Ok(Reviewed { report, rules, coverage })
}

fn human(
    out: &mut dyn Write,
    report: &Report,
    data: &Data<'_>,
    verdict: &Verdict,
) -> io::Result<()> {
    writeln!(out, "{}; {}", terminal(data.title), terminal(data.rules))?;
    if !report.findings.is_empty() {
        writeln!(out)?;
    }
    for finding in &report.findings {
        let place = outputs::place(finding);
        let message = terminal(&finding.message);
        writeln!(
            out,
            "{place}{}: {message} [{}]",
            outputs::level(finding.level).as_str(),
            terminal(&finding.rule)
        )?;
    }
    writeln!(out)?;
    for (name, looked) in &report.looked {
        let required = if report.required.contains(name) { "required" } else { "" };
        match looked {
            Looked::Yes { files, lines } => {
                writeln!(out, "{name:10} {required:9} looked at {files} files, {lines} new lines")?;
            }
            Looked::Partly { files, lines, missed } => {
                writeln!(
                    out,
                    "{name:10} {required:9} looked at {files} files, {lines} new lines, but not at"
                )?;
                for missed in missed {
                    writeln!(
                        out,
                        "{:20}   {}: {}",
                        "",
                        terminal(&missed.what),
                        terminal(&missed.why)
                    )?;
                }
            }
            Looked::No { why } => {
                writeln!(out, "{name:10} {required:9} not looked: {}", terminal(why))?;
            }
        }
    }
    if let Some(coverage) = data.coverage {
        super::coverage::shares(out, coverage)?;
    }
    let passed = report.baseline.passed.len();
    if passed > 0 {
        writeln!(out, "let pass by the baseline: {passed}")?;
    }
    for entry in &report.baseline.expired {
        let at = terminal(&format!("{} {}", entry.finding.rule, entry.finding.path));
        writeln!(out, "no longer let pass since {}: {at}", entry.until)?;
    }
    let count = report.findings.len();
    match verdict {
        Verdict::Clean => writeln!(out, "\nclean: {count} findings, none of which fails"),
        Verdict::Findings => writeln!(out, "\nfailed: {count} findings"),
        Verdict::Incomplete { blind } => {
            writeln!(
                out,
                "\nincomplete: {count} findings, and {} things were not looked at",
                blind.len()
            )
        }
    }
}
