//! `lead-queue import`: other lists become task files; what does not is told with its reason.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::PathBuf;

use leadforge_cli_kit::{Context, Failure, Finding, Format, Level, Outcome, Report};
use leadforge_durable_fs::{RealDisk, create_dir_all, create_new, sweep};
use leadforge_markup::terminal;
use leadforge_task_queue::import::{self, Plan, Remark, State, Why};

use super::sources;
use crate::failure;
use crate::place::Place;

/// More than this is no list that somebody wrote.
const MOST: usize = 10_000;

/// Flags of `import`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Files and folders to read; the format of each is found out.
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Only show what would be written.
    #[arg(long)]
    dry_run: bool,
}

pub(crate) fn run(args: &Args, ctx: &Context) -> Result<Outcome, Failure> {
    ctx.only(&[Format::Human, Format::Json, Format::Github])?;
    let place = Place::here()?;
    let queue = place.queue()?;
    let sources = sources::gather(&args.paths, &place)?;
    let read = import::read_all(sources.files.iter().map(|(p, b)| (p.as_str(), b.as_slice())));
    let plan = import::plan(&read, &queue).map_err(|e| failure::queue(&e))?;
    if plan.files.len() > MOST {
        let message = format!("{} new tasks, more than {MOST} at once", plan.files.len());
        return Err(
            Failure::usage("import.too-many", message).hint("name the files that hold tasks")
        );
    }
    if !args.dry_run {
        // Also where there is nothing to write: an import that was killed left something.
        sweep(&RealDisk, &place.queue_dir().join("pending"))?;
    }
    if !args.dry_run && !plan.files.is_empty() {
        create_dir_all(&RealDisk, &place.queue_dir().join("pending"))?;
        for file in &plan.files {
            create_new(&RealDisk, &place.queue_dir().join(&file.path), &file.bytes)?;
        }
    }
    let report = report(&plan, &sources, args.dry_run);
    ctx.emit(&report, |out| print(out, &plan, &sources, args.dry_run, ctx.common.verbose > 0))
}

fn report(plan: &Plan, sources: &sources::Sources, dry_run: bool) -> Report {
    let mut findings: Vec<Finding> = plan.remarks.iter().map(finding).collect();
    for known in plan.known.iter().filter(|k| tells(k.state).is_some()) {
        let what = tells(known.state).unwrap_or_default();
        let message = format!("{}: {what} ({})", known.id, known.key);
        findings.push(Finding::new(
            &format!("import.{}", word(&known.state)),
            Level::Warning,
            message,
        ));
    }
    for (path, reason) in &sources.skipped {
        findings.push(
            Finding::new("import.skipped", Level::Note, reason.clone()).at(path.clone(), None),
        );
    }
    // What could not be read may hold tasks: the look was not complete.
    let unread = plan.remarks.iter().any(|remark| remark.why == Why::Unreadable);
    let outcome = if unread { Outcome::Incomplete } else { Outcome::Clean };
    let left = plan.remarks.iter().filter(|remark| remark.why.left_out()).count();
    let mut report = Report::new(outcome)
        .with_summary("new", plan.files.len())
        .with_summary("known", plan.known.len())
        .with_summary("left_out", left)
        .with_data(
            &serde_json::json!({"new": plan.files, "known": plan.known, "dry_run": dry_run}),
        );
    report.findings = findings;
    report
}

fn finding(remark: &Remark) -> Finding {
    let level = match remark.why {
        Why::Unreadable => Level::Error,
        Why::Note | Why::Same(_) | Why::Empty => Level::Warning,
        _ => Level::Note,
    };
    let rule = match &remark.why {
        Why::Same(_) => "import.same".to_owned(),
        why => format!("import.{}", word(why)),
    };
    Finding::new(&rule, level, line(remark)).at(remark.at.path.clone(), Some(remark.at.line))
}

/// The name of a unit variant, as it is written in JSON.
fn word(value: &impl serde::Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        Ok(value) => value["kind"].as_str().unwrap_or("other").to_owned(),
        Err(_) => "other".to_owned(),
    }
}

fn line(remark: &Remark) -> String {
    let what = &remark.what;
    match &remark.why {
        Why::Done => format!("{what}: done already"),
        Why::Prose => format!("{what}: text, not a task"),
        Why::Criteria => format!("{what}: criteria, not a task"),
        Why::Decided => format!("{what}: decided against or put off"),
        Why::Inactive => format!("{what}: not active"),
        Why::Same(key) => format!("{what}: the same as {key}"),
        Why::Empty | Why::Unreadable | Why::Note => what.clone(),
    }
}

fn say(out: &mut dyn Write, remark: &Remark) -> io::Result<()> {
    let label = if remark.why.left_out() { "left" } else { "note" };
    let place = terminal(&format!("{}:{}", remark.at.path, remark.at.line));
    writeln!(out, "{label}  {place}  {}", terminal(&line(remark)))
}

/// What a person is told of a task that was there already, if anything.
fn tells(state: State) -> Option<&'static str> {
    match state {
        State::Unchanged | State::Completed => None,
        State::ChangedAtSource => Some("changed at its source; its file was left alone"),
        State::DoneAtSource => Some("done at its source, pending here"),
        State::GoneAtSource => Some("no longer a task at its source"),
    }
}

fn print(
    out: &mut dyn Write,
    plan: &Plan,
    sources: &sources::Sources,
    dry_run: bool,
    verbose: bool,
) -> io::Result<()> {
    let mut new: Vec<_> = plan.files.iter().collect();
    new.sort_by_key(|file| &file.at);
    for file in new {
        let place = terminal(&format!("{}:{}", file.at.path, file.at.line));
        writeln!(out, "new   {}  {}  \x1b[2m{place}\x1b[0m", file.id, terminal(&file.title))?;
    }
    for known in &plan.known {
        if let Some(what) = tells(known.state) {
            writeln!(out, "kept  {}  {what}  \x1b[2m{}\x1b[0m", known.id, terminal(&known.key))?;
        }
    }
    let mut prose: BTreeMap<&str, Vec<&Remark>> = BTreeMap::new();
    for remark in &plan.remarks {
        // Text around tasks is counted; every other thing that was left out is named.
        if remark.why == Why::Prose && !verbose {
            prose.entry(&remark.at.path).or_default().push(remark);
            continue;
        }
        say(out, remark)?;
    }
    for (path, remarks) in prose {
        match remarks[..] {
            [one] => say(out, one)?,
            _ => writeln!(
                out,
                "left  {}  text around the tasks, in {} places (-v lists them)",
                terminal(path),
                remarks.len()
            )?,
        }
    }
    for (path, reason) in &sources.skipped {
        writeln!(out, "left  {}  {}", terminal(path), terminal(reason))?;
    }
    let unchanged = plan.known.iter().filter(|known| tells(known.state).is_none()).count();
    let verb = if dry_run { "would be written" } else { "written" };
    writeln!(
        out,
        "{} {verb}, {unchanged} unchanged, {} files read",
        plan.files.len(),
        sources.files.len()
    )
}
