//! `lead-review check`: the whole review of a change.

use std::io::{self, Write};
use std::path::PathBuf;

use leadforge_cli_kit::{self as kit, Context, Failure, Outcome};
use leadforge_host_git::Oid;
use leadforge_markup::terminal;
use leadforge_review_rules::change::Change;
use leadforge_review_rules::coverage::PatchCoverage;
use leadforge_review_rules::{Config, Evidence, Looked, Report, Verdict, review};
use serde::Serialize;

use crate::ai::{self, Ask, Configured, Model};
use crate::evidence::{self, Logs, Reports};
use crate::outputs::{self, Outputs, counted};
use crate::policy::FailOn;
use crate::rules::Rules;
use crate::states::{States, Which, today};
use crate::{baseline, language, memory, rules, sarif, secrets};

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
    /// Write down that this is the review of this pull request, for `post`.
    #[arg(long, value_name = "NUMBER")]
    pr: Option<u64>,
    #[command(flatten)]
    outputs: Outputs,
}

/// What was given to look at beside the change.
#[derive(clap::Args, Clone, Default)]
pub(crate) struct Given {
    #[command(flatten)]
    reports: Reports,
    #[command(flatten)]
    pub(crate) logs: Logs,
    /// Judge by this file of rules as it lies here, not by that of the base: to try rules out.
    #[arg(long, value_name = "FILE")]
    rules: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) ask: Ask,
}

/// A review, and where its rules are from.
pub(crate) struct Reviewed {
    pub(crate) report: Report,
    rules: Rules,
    coverage: Option<PatchCoverage>,
    memory: Option<memory::Told>,
    ai: Option<ai::Told>,
}

/// What a program may want to know of a review.
#[derive(Serialize)]
pub(crate) struct Data<'r> {
    /// What was compared with what.
    title: &'r str,
    /// Where the rules are from.
    rules: &'r str,
    /// The commit that the change is compared with.
    base: &'r str,
    /// The change's last commit; nothing for files that are not committed.
    head: Option<&'r str>,
    /// The pull request, when it was named.
    #[serde(skip_serializing_if = "Option::is_none")]
    pull_request: Option<u64>,
    /// The change itself: which lines of which files are new.
    change: &'r Change,
    /// What the required checks have not seen.
    blind: Vec<String>,
    #[serde(flatten)]
    report: &'r Report,
    #[serde(skip_serializing_if = "Option::is_none")]
    coverage: Option<&'r PatchCoverage>,
    /// The documents of the base that say what the project is.
    #[serde(skip_serializing_if = "Option::is_none")]
    memory: Option<&'r memory::Told>,
    /// The model that was asked, and what of its answer did not count.
    #[serde(skip_serializing_if = "Option::is_none")]
    ai: Option<&'r ai::Told>,
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

    /// What the base says beside its rules, and what a model was asked, as Markdown.
    pub(crate) fn beside(&self) -> String {
        let memory = self.memory.map(memory::Told::markdown).unwrap_or_default();
        memory + &self.ai.map(ai::Told::markdown).unwrap_or_default()
    }
}

pub(crate) fn run(args: &Args, ctx: &Context) -> Result<Outcome, Failure> {
    let mut states = States::open(&args.which, ctx)?;
    let configured = Configured { config: &states.config, required: true };
    let model = args.given.ask.model(Some(&configured), &states, ctx)?;
    let reviewed = reviewed(&mut states, &args.given, model.as_ref(), ctx)?;
    let gate = args.fail_on.or(states.review.fail_on).unwrap_or(FailOn::Error);
    tell(&states, &reviewed, &Told { gate, pr: args.pr, outputs: &args.outputs, beside: None }, ctx)
}

/// How a review is told.
pub(crate) struct Told<'t> {
    pub(crate) gate: FailOn,
    pub(crate) pr: Option<u64>,
    pub(crate) outputs: &'t Outputs,
    /// Something that was done beside it, with what it came to; the review's own outcome comes first.
    pub(crate) beside: Option<(Outcome, kit::Finding)>,
}

/// Tells a review, in every format that was asked for.
pub(crate) fn tell(
    states: &States,
    Reviewed { report, rules, coverage, memory, ai }: &Reviewed,
    told: &Told<'_>,
    ctx: &Context,
) -> Result<Outcome, Failure> {
    let verdict = report.verdict(told.gate.level());
    let outcome = match (&verdict, &told.beside) {
        (Verdict::Clean, Some((outcome, _))) => *outcome,
        (Verdict::Clean, None) => Outcome::Clean,
        (Verdict::Findings, _) => Outcome::Findings,
        (Verdict::Incomplete { .. }, _) => Outcome::Incomplete,
    };
    let data = Data {
        title: &states.title,
        rules: &rules.from,
        base: states.commits.0.as_str(),
        head: states.commits.1.as_ref().map(Oid::as_str),
        pull_request: told.pr,
        change: &states.change,
        blind: report.blind(),
        report,
        coverage: coverage.as_ref(),
        memory: memory.as_ref(),
        ai: ai.as_ref(),
    };
    told.outputs.write(report, &data, &rules.set)?;
    let mut envelope = outputs::envelope(report, &rules.set, outcome).with_data(&data);
    envelope.findings.extend(told.beside.iter().map(|(_, finding)| finding.clone()));
    ctx.emit(&envelope, |out| {
        human(out, report, &data, &verdict)?;
        told.beside.iter().try_for_each(|(_, beside)| {
            let (message, help) = (terminal(&beside.message), beside.help.as_deref());
            writeln!(out, "{}: {message}", beside.level.as_str())?;
            help.map_or(Ok(()), |help| writeln!(out, "  {}", terminal(help)))
        })
    })
}

/// Runs every check.
pub(crate) fn reviewed(
    states: &mut States,
    given: &Given,
    model: Option<&Model<'_>>,
    ctx: &Context,
) -> Result<Reviewed, Failure> {
    let rules = match &given.rules {
        Some(named) => rules::named(named)?,
        None => rules::of(&states.base, &states.review, "the base")?,
    };
    // One call of git for all that the graph of imports is made of.
    let sources = rules.set.sources(states.head.below("")?);
    states.head.keep(&sources)?;
    let mut others = sarif::checks(&given.logs.sarif, states);
    let mut coverage = None;
    if !given.reports.coverage.is_empty() {
        let (patch, checked) = evidence::coverage(&given.reports, states)?;
        // Figures of a report that was not read would be zeros that nobody measured.
        coverage = (!matches!(checked.looked, Looked::No { .. })).then_some(patch);
        others.insert("coverage".to_owned(), checked);
    }
    let passes = baseline::of(states)?;
    let mut found = secrets::check(states, &passes.secrets);
    let mut entries = passes.findings;
    entries.append(&mut found.passes);
    let memory = memory::of(states, model.map_or(memory::ROOM, Model::pages))?;
    let told = memory::Told::of(&memory);
    let asked = model.map(|model| ai::check(model, states, &rules.set, memory, ctx));
    let (asked, ai) = asked.transpose()?.unzip();
    let required = model.filter(|model| model.required).map(|_| "ai".to_owned());
    let config = Config {
        // What was given to look at was given because it matters.
        required: states.review.required(others.keys().cloned().chain(required))?,
        size: states.review.size()?,
        baseline: entries,
        today: today(),
    };
    let mut checked = found.checked;
    if states.change.files.is_empty() {
        checked.looked = Looked::no("there is no change: nothing was compared");
    }
    others.insert("secrets".to_owned(), checked);
    others.extend(asked.map(|checked| ("ai".to_owned(), checked)));
    if let Some(checked) = language::check(states)? {
        others.insert("language".to_owned(), checked);
    }
    let evidence = Evidence { head: &states.head, base: &states.base, others };
    let report = review(&states.change, &rules.set, evidence, &config);
    Ok(Reviewed { report, rules, coverage, memory: told, ai })
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
                let (files, lines) = (counted(*files, "file"), counted(*lines, "new line"));
                writeln!(out, "{name:10} {required:9} looked at {files}, {lines}")?;
            }
            Looked::Partly { files, lines, missed } => {
                let (files, lines) = (counted(*files, "file"), counted(*lines, "new line"));
                writeln!(out, "{name:10} {required:9} looked at {files}, {lines}, but not at")?;
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
    if let Some(memory) = data.memory {
        memory.human(out)?;
    }
    if let Some(ai) = data.ai {
        ai.human(out)?;
    }
    let passed = report.baseline.passed.len();
    if passed > 0 {
        writeln!(out, "let pass by the baseline: {passed}")?;
    }
    for entry in &report.baseline.expired {
        let at = terminal(&format!("{} {}", entry.finding.rule, entry.finding.path));
        writeln!(out, "no longer let pass since {}: {at}", entry.until)?;
    }
    let found = counted(report.findings.len(), "finding");
    match verdict {
        Verdict::Clean if report.findings.is_empty() => writeln!(out, "\nclean: {found}"),
        Verdict::Clean => writeln!(out, "\nclean: {found}, below the level that fails"),
        Verdict::Findings => writeln!(out, "\nfailed: {found}"),
        Verdict::Incomplete { blind } => {
            let blind = counted(blind.len(), "thing");
            writeln!(out, "\nincomplete: {found}; not looked at: {blind}")
        }
    }
}
