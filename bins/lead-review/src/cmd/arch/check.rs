//! `lead-review arch check`: imports against the contracts, of a change or of a whole tree.

use std::io::{self, Write};

use leadforge_cli_kit::{Context, Failure, Outcome};
use leadforge_markup::terminal;
use leadforge_review_rules::arch::{Config, Graph};
use leadforge_review_rules::baseline::{Applied, apply};
use leadforge_review_rules::change::RepoPath;
use leadforge_review_rules::identity::Key;
use leadforge_review_rules::{Finding, Level, Looked, Tree};
use serde::Serialize;

use crate::outputs::{self, counted};
use crate::policy::FailOn;
use crate::states::{Files, State, States, Which, today};
use crate::{baseline, rules};

/// Flags of `arch check`.
#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    which: Which,
    /// All imports of the tree, by its own rules: the files as they lie here, or those of --head.
    #[arg(long, conflicts_with_all = ["base", "staged", "diff"])]
    whole: bool,
    /// From which level on a finding ends with 1.
    #[arg(long, value_name = "LEVEL")]
    fail_on: Option<FailOn>,
}

/// What a program may want to know.
#[derive(Serialize)]
struct Data<'d> {
    /// What was looked at.
    title: &'d str,
    /// Where the contracts are from.
    rules: &'d str,
    looked: &'d Looked,
    baseline: Applied,
}

/// What the contracts say.
struct Held {
    title: String,
    rules: rules::Rules,
    findings: Vec<Finding>,
    looked: Looked,
    baseline: Applied,
    gate: FailOn,
}

pub(super) fn run(args: &Args, ctx: &Context) -> Result<Outcome, Failure> {
    let held = if args.whole { whole(args, ctx)? } else { caused(args, ctx)? };
    let fails = |finding: &Finding| held.gate.level().is_some_and(|gate| finding.level >= gate);
    let outcome = match &held.looked {
        looked if !looked.whole() => Outcome::Incomplete,
        _ if held.findings.iter().any(fails) => Outcome::Findings,
        _ => Outcome::Clean,
    };
    let data = Data {
        title: &held.title,
        rules: &held.rules.from,
        looked: &held.looked,
        baseline: held.baseline,
    };
    let told = outputs::envelope_of(&held.findings, &held.rules.set, outcome).with_data(&data);
    let word = if args.whole { "line" } else { "new line" };
    ctx.emit(&told, |out| human(out, &held.findings, &data, word, outcome))
}

/// What the change causes, by the contracts of the base.
fn caused(args: &Args, ctx: &Context) -> Result<Held, Failure> {
    let mut states = States::open(&args.which, ctx)?;
    let rules = rules::of(&states.base, &states.review, "the base")?;
    states.head.keep(&rules.set.sources(states.head.below("")?))?;
    let entries = baseline::of(&states)?.findings;
    let found = if states.change.files.is_empty() {
        (Vec::new(), Looked::no("there is no change: nothing was compared"))
    } else {
        let found = rules.set.imports(&states.change, &states.head, &states.base);
        found.unwrap_or_else(|| without(&rules.from))
    };
    let gate = args.fail_on.or(states.review.fail_on).unwrap_or(FailOn::Error);
    Ok(held(states.title, rules, found, &entries, (&states.head, gate)))
}

/// All that is wrong in a tree, by its own contracts.
fn whole(args: &Args, ctx: &Context) -> Result<Held, Failure> {
    let State { mut files, review, title } = State::open(args.which.head(), ctx)?;
    let rules = rules::of(&files, &review, "this tree")?;
    files.keep(&rules.set.sources(files.below("")?))?;
    let entries = baseline::entries(&files, review.baseline())?;
    let graph = Graph::read(&files, &Config::default())
        .map_err(|error| Failure::cannot_look("review.arch", error))?;
    let found = rules.set.all_imports(&graph).unwrap_or_else(|| without(&rules.from));
    let gate = args.fail_on.or(review.fail_on).unwrap_or(FailOn::Error);
    Ok(held(title, rules, found, &entries, (&files, gate)))
}

/// Nobody asked for anything, and so nothing was looked at.
fn without(from: &str) -> (Vec<Finding>, Looked) {
    let why = format!(
        "no rule is about imports ({from}): write one with layers, forbidden, independent, acyclic or protected"
    );
    (Vec::new(), Looked::no(why))
}

fn held(
    title: String,
    rules: rules::Rules,
    (mut findings, looked): (Vec<Finding>, Looked),
    entries: &[leadforge_review_rules::baseline::Entry],
    (files, gate): (&Files, FailOn),
) -> Held {
    findings.sort_by(|a, b| (&a.at, &a.rule, &a.message).cmp(&(&b.at, &b.rule, &b.message)));
    let mut keys = Key::of(&mut findings, files);
    // A change shows a chain at the link that is new, a tree at its first: it is the same chain, which the text names whole.
    let mut entries = entries.to_vec();
    for entry in &mut entries {
        let same = |key: &&Key| key.rule == entry.finding.rule && key.text == entry.finding.text;
        if let Some(key) = keys.iter().find(same) {
            entry.finding.path.clone_from(&key.path);
        }
    }
    let gone = |path: &str| !matches!(files.read(&RepoPath::from(path)), Ok(Some(_)));
    let baseline = apply(&entries, &mut findings, &mut keys, &today(), &gone);
    Held { title, rules, findings, looked, baseline, gate }
}

fn human(
    out: &mut dyn Write,
    findings: &[Finding],
    data: &Data<'_>,
    word: &str,
    outcome: Outcome,
) -> io::Result<()> {
    writeln!(out, "{}; {}\n", terminal(data.title), terminal(data.rules))?;
    for finding in findings {
        let (place, level) = (outputs::place(finding), outputs::level(finding.level).as_str());
        let message = terminal(&finding.message);
        writeln!(out, "{place}{level}: {message} [{}]", terminal(&finding.rule))?;
    }
    looked(out, data.looked, word)?;
    let passed = data.baseline.passed.len();
    if passed > 0 {
        writeln!(out, "let pass by the baseline: {passed}")?;
    }
    let weighty = findings.iter().filter(|finding| finding.level > Level::Note).count();
    let found = counted(findings.len(), "finding");
    match outcome {
        Outcome::Clean if weighty > 0 => {
            writeln!(out, "clean: {found}, below the level that fails")
        }
        Outcome::Clean => writeln!(out, "clean: {found}"),
        Outcome::Incomplete => writeln!(out, "incomplete: {found}"),
        _ => writeln!(out, "failed: {found}"),
    }
}

/// What was read, and what was not.
pub(super) fn looked(out: &mut dyn Write, looked: &Looked, word: &str) -> io::Result<()> {
    match looked {
        Looked::No { why } => writeln!(out, "not looked: {}", terminal(why)),
        Looked::Yes { files, lines } => {
            writeln!(out, "looked at {}, {}", counted(*files, "file"), counted(*lines, word))
        }
        Looked::Partly { files, lines, missed } => {
            let (files, lines) = (counted(*files, "file"), counted(*lines, word));
            writeln!(out, "looked at {files}, {lines}, but not at")?;
            missed.iter().try_for_each(|missed| {
                writeln!(out, "  {}: {}", terminal(&missed.what), terminal(&missed.why))
            })
        }
    }
}
