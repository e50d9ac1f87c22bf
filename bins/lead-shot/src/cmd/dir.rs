//! `lead-shot dir`: two folders of pictures, and every form in which the result is read.

mod outputs;

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use leadforge_cli_kit::{Context, Failure, Finding, Level, Outcome, Report};
use leadforge_durable_fs::{AtomicFile, RealDisk, create_dir_all};
use leadforge_markup::terminal;
use leadforge_visual_diff::{
    Config, Diff, Error, FolderConfig, Folders, Item, Source, State, Tolerance, compare_folders,
    diff,
};

use crate::cmd::{approve, diff as one};
use crate::comparing::{Flags, decision, warning};
use crate::expected::expected;
use crate::failure;

/// Flags of `dir`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The folder of baselines.
    baseline: PathBuf,
    /// The folder of new pictures.
    new: PathBuf,
    #[command(flatten)]
    flags: Flags,
    /// Fail for these too.
    #[arg(long, value_enum, value_name = "STATE", value_delimiter = ',')]
    fail_on: Vec<Alone>,
    #[command(flatten)]
    outputs: outputs::Outputs,
}

/// Pictures that stand in one folder only.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Alone {
    /// A picture without a baseline.
    New,
    /// A baseline without a picture.
    Deleted,
}

pub(crate) fn run(args: &Args, ctx: &Context) -> Result<Outcome, Failure> {
    let (config, tolerance) = (args.flags.config()?, args.flags.tolerance()?);
    let mut skip = approve::views(&args.new, &args.baseline);
    skip.extend(args.outputs.diffs.clone());
    let state = |alone: &Alone| match alone {
        Alone::New => State::New,
        Alone::Deleted => State::Deleted,
    };
    let asked = FolderConfig {
        fail_on: args.fail_on.iter().map(state).collect(),
        expected: expected(ctx)?,
        skip,
    };
    let judge = |path: &str, before: &Path, after: &Path| match &args.outputs.diffs {
        Some(folder) => {
            let to = folder.join(outputs::drawn(path));
            drawn(&before.to_owned(), &after.to_owned(), &to, &config, &tolerance)
        }
        None => diff(&before.to_owned(), &after.to_owned(), &config, &tolerance),
    };
    let found = compare_folders(&args.baseline, &args.new, &asked, &judge)
        .map_err(|e| failure::picture(&e))?;
    args.outputs.write(&args.baseline, &args.new, &found, &tolerance)?;
    let report = report(args, &found, &tolerance);
    for item in &found.items {
        for one in item.diff.iter().flat_map(|diff| &diff.report.warnings) {
            ctx.warn(&format!("{}: {}", item.path, warning(one)));
        }
    }
    ctx.emit(&report, |out| tell(out, &found, &tolerance))
}

fn report(args: &Args, found: &Folders, tolerance: &Tolerance) -> Report {
    let failing = found.items.iter().filter(|item| item.fails || item.problem.is_some());
    let mut findings: Vec<Finding> = failing
        .map(|item| {
            let (rule, message) = match (&item.diff, &item.problem) {
                (Some(diff), _) => {
                    return one::finding(&args.new.join(&item.path), diff, tolerance);
                }
                (_, Some(problem)) => ("picture.unreadable", problem.clone()),
                _ if item.state == State::New => {
                    ("picture.new", format!("{} has no baseline", item.path))
                }
                _ => ("picture.deleted", format!("{} has a baseline and is gone", item.path)),
            };
            let folder = if item.state == State::Deleted { &args.baseline } else { &args.new };
            let at = folder.join(&item.path).display().to_string();
            Finding::new(rule, Level::Error, message).at(at, None)
        })
        .collect();
    let missing = found.missing.iter().map(|path| {
        let at = args.baseline.join(path).display().to_string();
        let message = format!("{path} is configured and has no baseline: lead-shot approve");
        Finding::new("picture.no-baseline", Level::Error, message).at(at, None)
    });
    findings.extend(missing);
    let mut report = Report::of(findings);
    for (word, state) in WORDS {
        report = report.with_summary(word, found.of(state).len());
    }
    if !found.complete() {
        report.outcome = Outcome::Incomplete;
    }
    report.with_data(found)
}

/// The states by their words, in the order in which they are told.
const WORDS: [(&str, State); 4] = [
    ("failed", State::Failed),
    ("deleted", State::Deleted),
    ("new", State::New),
    ("passed", State::Passed),
];

fn tell(out: &mut dyn Write, found: &Folders, tolerance: &Tolerance) -> io::Result<()> {
    for (word, state) in WORDS {
        for item in found.items.iter().filter(|item| item.state == state) {
            let text = about(item, tolerance);
            let colon = if text.is_empty() { "" } else { ": " };
            writeln!(out, "{word} {}{colon}{}", terminal(&item.path), terminal(&text))?;
        }
    }
    for path in &found.missing {
        writeln!(out, "no baseline for {}, which is configured", terminal(path))?;
    }
    if found.of(State::Passed).is_empty() && found.of(State::Failed).is_empty() {
        writeln!(out, "nothing to compare: no picture stands in both folders")?;
    }
    let counts = WORDS.map(|(word, state)| format!("{} {word}", found.of(state).len()));
    writeln!(out, "{}", counts.join(", "))
}

/// What is said of a picture beside its state.
pub(crate) fn about(item: &Item, tolerance: &Tolerance) -> String {
    match (&item.diff, &item.problem) {
        (Some(diff), _) if item.state == State::Failed => {
            format!("{} ({})", diff.summary, decision(diff, tolerance))
        }
        (Some(diff), _) if diff.report.counts.different > 0 => diff.summary.clone(),
        (_, Some(problem)) => problem.clone(),
        _ => String::new(),
    }
}

/// Compares two pictures and keeps the picture of the differences when they differ.
fn drawn(
    before: &dyn Source,
    after: &dyn Source,
    to: &Path,
    config: &Config,
    tolerance: &Tolerance,
) -> Result<Diff, Error> {
    let failed = |error: leadforge_durable_fs::Error| Error::Write(io::Error::other(error));
    let folder = to.parent().unwrap_or(Path::new("."));
    create_dir_all(&RealDisk, folder).map_err(failed)?;
    let mut file = AtomicFile::create(&RealDisk, to).map_err(failed)?;
    let found = one::draw(before, after, &mut file, config, tolerance)?;
    if found.verdict.outcome == leadforge_visual_diff::Outcome::Different {
        file.commit().map_err(failed)?;
    }
    Ok(found)
}
