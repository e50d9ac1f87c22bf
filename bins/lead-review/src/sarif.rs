//! What other tools found, in SARIF, brought to the lines that the change made new.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use leadforge_cli_kit::{self as kit, Failure, sarif};
use leadforge_durable_fs::{RealDisk, read};
use leadforge_review_rules::change::RepoPath;
use leadforge_review_rules::{Checked, Finding, Level, Looked, Missed, Tree};

use crate::states::States;

/// A log larger than this is not read.
const LARGEST: u64 = 256 << 20;

/// The checks of these logs: one for each tool, and one for each log that was not read.
pub(crate) fn checks(paths: &[PathBuf], states: &States) -> BTreeMap<String, Checked> {
    let mut checks: BTreeMap<String, Checked> = BTreeMap::new();
    for path in paths {
        let name = path.display().to_string();
        match log(path, states) {
            Err(failure) => blind(&mut checks, format!("sarif:{name}"), failure.message),
            Ok(log) if log.runs.is_empty() => {
                blind(
                    &mut checks,
                    format!("sarif:{name}"),
                    "the log has no run of any tool".to_owned(),
                );
            }
            Ok(log) => {
                for run in &log.runs {
                    let (tool, checked) = run_of(run, states);
                    merge(&mut checks, format!("sarif:{tool}"), checked);
                }
            }
        }
    }
    checks
}

fn log(path: &Path, states: &States) -> Result<sarif::Log, Failure> {
    let bytes = read(&RealDisk, path, LARGEST)?;
    let root = states.root.display().to_string();
    sarif::read(&path.display().to_string(), &bytes, &root)
}

fn blind(checks: &mut BTreeMap<String, Checked>, name: String, why: String) {
    checks.insert(name, Checked { findings: Vec::new(), looked: Looked::no(why) });
}

/// Two runs of one tool are one check; what either missed is missed.
fn merge(checks: &mut BTreeMap<String, Checked>, name: String, checked: Checked) {
    let Some(before) = checks.get_mut(&name) else {
        checks.insert(name, checked);
        return;
    };
    before.findings.extend(checked.findings);
    let missed = |looked: &Looked| match looked {
        Looked::Partly { missed, .. } => missed.clone(),
        _ => Vec::new(),
    };
    let (files, lines) = match checked.looked {
        Looked::Yes { files, lines } | Looked::Partly { files, lines, .. } => (files, lines),
        Looked::No { .. } => (0, 0),
    };
    let all = [missed(&before.looked), missed(&checked.looked)].concat();
    before.looked = Looked::at(files, lines, all);
}

fn run_of(run: &sarif::Run, states: &States) -> (String, Checked) {
    let tool = if run.tool.is_empty() { "unnamed".to_owned() } else { run.tool.to_lowercase() };
    let mut missed: Vec<Missed> = run.gaps.iter().map(|gap| Missed::new(&*tool, gap)).collect();
    let mut findings = Vec::new();
    let mut known: BTreeMap<String, bool> = BTreeMap::new();
    let mut strangers = BTreeSet::new();
    for hit in run.hits.iter().filter(|hit| hit.suppressed.is_none()) {
        let Some(level) = hit.level.map(level) else { continue };
        if hit.places.is_empty() {
            findings.push(told(&tool, hit, level));
            continue;
        }
        for place in &hit.places {
            let there = place.path.as_deref().filter(|path| {
                *known.entry((*path).to_owned()).or_insert_with(|| {
                    matches!(states.head.read(&RepoPath::from(*path)), Ok(Some(_)))
                        || matches!(states.base.read(&RepoPath::from(*path)), Ok(Some(_)))
                })
            });
            let Some(path) = there else {
                strangers.insert(place.address.clone());
                continue;
            };
            if is_new(states, path, place.line, place.end_line) {
                let mut finding = told(&tool, hit, level).at(&RepoPath::from(path), place.line);
                let end = place.end_line.filter(|end| Some(*end) != place.line);
                finding.at.as_mut().expect("it was just given").end_line = end;
                findings.push(finding);
            }
        }
    }
    // One place outside is told; a hundred are one message: the log is of another folder.
    if let Some(first) = strangers.first() {
        let why = match strangers.len() {
            1 => "the place that it names is in no file of the repository".to_owned(),
            more => format!("with it {more} places that are in no file of the repository"),
        };
        missed.push(Missed::new(first, why));
    }
    let files = u32::try_from(states.change.files.len()).unwrap_or(u32::MAX);
    let lines = states.change.files.iter().map(|file| file.added.len()).sum();
    (tool, Checked { findings, looked: Looked::at(files, lines, missed) })
}

/// Whether a place is on a new line, or in a new file when it has no line.
fn is_new(states: &States, path: &str, line: Option<u32>, end: Option<u32>) -> bool {
    let file = states.change.files.iter().find(|file| file.path.as_str() == Some(path));
    let Some(file) = file else { return false };
    match line {
        None => file.binary || !file.added.is_empty(),
        Some(line) => file.added.touches(line..=end.unwrap_or(line).max(line)),
    }
}

fn told(tool: &str, hit: &sarif::Hit, level: Level) -> Finding {
    let rule = if hit.rule.is_empty() { "unnamed" } else { &hit.rule };
    let message = hit.message.split_whitespace().collect::<Vec<_>>().join(" ");
    let message = if message.is_empty() { format!("{tool} says nothing of it") } else { message };
    Finding::new(format!("{tool}.{rule}"), level, message)
}

fn level(level: kit::Level) -> Level {
    match level {
        kit::Level::Error => Level::Error,
        kit::Level::Warning => Level::Warning,
        kit::Level::Note => Level::Note,
    }
}
