//! `lead-review rules import`: criteria written as prose become a ledger that says who judges each.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use leadforge_cli_kit::{Context, Failure, Finding, Format, Level, Outcome, Report, Repository};
use leadforge_durable_fs::{RealDisk, create_dir_all, read, replace};
use leadforge_markup::terminal;
use leadforge_review_rules::criteria::{CriteriaError, Ledger, News, Open, Prose, Who};
use serde::Serialize;

use super::rules::{File, open};
use crate::policy::CHECKS;

/// Flags of `rules import`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The document with the criteria; that which the ledger names unless given.
    #[arg(value_name = "FILE")]
    document: Option<PathBuf>,
    /// The heading of the section that holds them; that which the ledger names, or all lists, unless given.
    #[arg(long, value_name = "HEADING")]
    section: Option<String>,
    /// The ledger.
    #[arg(long, value_name = "FILE", default_value = "docs/review/CRITERIA.md")]
    ledger: PathBuf,
    /// Keep no words in the ledger, only names, lines and digests.
    #[arg(long)]
    short: bool,
    /// Write nothing; 1 when the ledger is not what an import would write.
    #[arg(long)]
    check: bool,
    #[command(flatten)]
    rules: File,
}

/// What an import came to, for programs.
#[derive(Serialize)]
struct Data<'l> {
    file: &'l str,
    section: Option<&'l str>,
    items: usize,
    machine: usize,
    ai: usize,
    human: usize,
    /// Machine criteria of which somebody judges a rest.
    rests: usize,
    news: &'l News,
    /// Entries that somebody has to look at.
    open: usize,
    /// Lines with words that are no criteria.
    beside: &'l [u32],
    /// Documents that the prose mentions and the repository does not have.
    absent: &'l BTreeSet<String>,
    entries: &'l [leadforge_review_rules::criteria::Entry],
}

/// Files larger than this are not read.
const LARGEST: u64 = 8 << 20;

pub(crate) fn run(args: &Args, ctx: &Context) -> Result<Outcome, Failure> {
    ctx.only(&[Format::Human, Format::Json])?;
    let repository = Repository::here()?;
    let base = repository.base();
    // A path that the command line names is where it says; the plain one lies at the root.
    let at = |path: &Path| if path.exists() { path.to_owned() } else { base.join(path) };
    let target = at(&args.ledger);
    let before = if target.is_file() { Some(text(&target)?) } else { None };
    let wrong = |path: &Path, error: CriteriaError| {
        let shown = shown(base, path);
        Failure::usage("review.criteria", format!("{shown}:{}: {}", error.line, error.reason))
    };
    let mut ledger = match &before {
        Some(before) => Ledger::read(before).map_err(|error| wrong(&target, error))?,
        None => Ledger::default(),
    };
    if args.section.is_some() {
        ledger.head.section.clone_from(&args.section);
    }
    ledger.head.words &= !args.short;
    let document = match &args.document {
        Some(path) => at(path),
        None if before.is_some() => base.join(&ledger.head.file),
        None => {
            let message = "which document has the criteria? There is no ledger that names it";
            return Err(
                Failure::usage("review.criteria", message).hint("name it: rules import FILE")
            );
        }
    };
    if !document.is_file() {
        let message = format!("{} is not there", shown(base, &document));
        return Err(Failure::cannot_look("review.criteria", message));
    }
    let prose = Prose::read(&text(&document)?, ledger.head.section.as_deref())
        .map_err(|error| wrong(&document, error))?;
    let (ledger, news) = ledger.import(&shown(base, &document), &prose);
    let named = ledger.entries.iter().any(|entry| !entry.block.rules.is_empty());
    let mut findings = Vec::new();
    let place = shown(base, &target);
    if named || ledger.entries.iter().any(|entry| entry.block.judge == Who::Machine) {
        let rules = open(&args.rules, ctx)?.1;
        for (id, reason) in ledger.wrong(&rules, &CHECKS) {
            let message = format!("{id}: {reason}");
            findings.push(Finding::new("criteria.wrong", Level::Error, message).at(&*place, None));
        }
    }
    let after = ledger.text();
    let drift = before.as_deref() != Some(&*after);
    if args.check && drift {
        let message = "the ledger is not what an import writes now: lead-review rules import";
        findings.push(Finding::new("criteria.drift", Level::Error, message).at(&*place, None));
    }
    if !args.check && drift {
        if let Some(folder) = target.parent() {
            create_dir_all(&RealDisk, folder)?;
        }
        replace(&RealDisk, &target, after.as_bytes())?;
    }
    let absent = absent(&repository, &prose)?;
    let counts = ledger.counts();
    let count = |who| counts.get(&who).copied().unwrap_or(0);
    let data = Data {
        file: &ledger.head.file,
        section: ledger.head.section.as_deref(),
        items: ledger.head.items,
        machine: count(Who::Machine),
        ai: count(Who::Ai),
        human: count(Who::Human),
        rests: ledger
            .entries
            .iter()
            .filter(|entry| entry.block.judge == Who::Machine && entry.block.also.is_some())
            .count(),
        news: &news,
        open: ledger.entries.iter().filter(|entry| entry.block.open.is_some()).count(),
        beside: &prose.beside,
        absent: &absent,
        entries: &ledger.entries,
    };
    let told: Vec<String> = findings.iter().map(|finding| finding.message.clone()).collect();
    let report = Report::of(findings).with_data(&data).with_summary("items", data.items);
    ctx.emit(&report, |out| {
        for (what, ids) in [("new", &news.new), ("changed", &news.changed), ("gone", &news.gone)] {
            for id in ids {
                writeln!(out, "{what:8} {id}")?;
            }
        }
        for told in &told {
            writeln!(out, "wrong    {}", terminal(told))?;
        }
        let gone = ledger.entries.iter().filter(|e| e.block.open == Some(Open::Gone)).count();
        writeln!(
            out,
            "{} items in {} (lines {} to {}): {} machine ({} of them with a rest that others judge), {} ai, {} human{}",
            data.items,
            terminal(data.file),
            prose.lines.0,
            prose.lines.1,
            data.machine,
            data.rests,
            data.ai,
            data.human,
            if gone > 0 { format!("; {gone} of the entries are gone from it") } else { String::new() },
        )?;
        if data.open > 0 {
            writeln!(out, "{} entries are open: somebody has to look at them", data.open)?;
        }
        if !data.beside.is_empty() {
            let lines: Vec<String> = data.beside.iter().map(u32::to_string).collect();
            writeln!(out, "no criteria: the words on lines {}", lines.join(", "))?;
        }
        for absent in data.absent {
            writeln!(out, "mentions {}, which is not here", terminal(absent))?;
        }
        Ok(())
    })
}

fn text(path: &Path) -> Result<String, Failure> {
    let bytes = read(&RealDisk, path, LARGEST)?;
    String::from_utf8(bytes).map_err(|_| {
        let message = format!("{} is not text in UTF-8", path.display());
        Failure::usage("review.criteria", message)
    })
}

/// A path as it is called from the root.
fn shown(base: &Path, path: &Path) -> String {
    let whole = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let base = base.canonicalize().unwrap_or_else(|_| base.to_owned());
    whole.strip_prefix(&base).unwrap_or(path).display().to_string()
}

/// The mentioned documents of which no file has the name.
fn absent(repository: &Repository, prose: &Prose) -> Result<BTreeSet<String>, Failure> {
    let tree = repository.tree_now()?;
    let files = repository.git.ls_paths(&tree, "").map_err(|error| Failure::git(&error))?;
    let last = |path: &str| path.rsplit('/').next().unwrap_or_default().to_owned();
    let names: BTreeSet<String> =
        files.iter().map(|file| last(&String::from_utf8_lossy(&file.path))).collect();
    let gone = prose.documents.iter().filter(|document| !names.contains(&last(document)));
    Ok(gone.cloned().collect())
}
