//! A whole review: every check, what it found and what it looked at.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::baseline::{self, Applied, Entry};
use crate::change::{Change, FileChange, RepoPath};
use crate::identity::Key;
use crate::rules::{NO_TEXT, RuleSet};
use crate::size::{self, Size};
use crate::{Finding, Level, Looked, Missed, Tree};

/// The checks that are required where nothing else is said.
pub const REQUIRED: [&str; 3] = ["rules", "secrets", "size"];

/// What a review is held against.
#[derive(Clone, Debug, Default)]
pub struct Config {
    /// The checks that must have looked at everything; see [`REQUIRED`].
    pub required: BTreeSet<String>,
    /// What is too much.
    pub size: size::Config,
    /// Findings that are let pass.
    pub baseline: Vec<Entry>,
    /// The day on which is asked, as `2026-11-23`; entries of the baseline count until their last day.
    pub today: String,
}

/// What one check says.
#[derive(Clone, Debug)]
pub struct Checked {
    /// What it found.
    pub findings: Vec<Finding>,
    /// What it looked at.
    pub looked: Looked,
}

/// What a review reads.
pub struct Evidence<'e> {
    /// The files after the change.
    pub head: &'e dyn Tree,
    /// The files before it.
    pub base: &'e dyn Tree,
    /// Checks that others have made, by name.
    pub others: BTreeMap<String, Checked>,
}

/// A review.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    /// Everything that was found, by place, then by rule.
    pub findings: Vec<Finding>,
    /// Every check with what it looked at.
    pub looked: BTreeMap<String, Looked>,
    /// The checks that had to look at everything.
    pub required: BTreeSet<String>,
    /// How much there is to read.
    pub size: Size,
    /// What the baseline let pass, and what of it counts no more.
    pub baseline: Applied,
    /// By what each finding is recognised, in their order.
    pub keys: Vec<Key>,
}

/// What a review comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Everything that is required was looked at, and nothing weighs enough.
    Clean,
    /// Something was found that weighs enough.
    Findings,
    /// A required check has not looked at everything; findings may be there as well.
    Incomplete {
        /// The checks, each with what it missed.
        blind: Vec<String>,
    },
}

/// Reviews a change.
#[must_use]
pub fn review(change: &Change, rules: &RuleSet, evidence: Evidence<'_>, config: &Config) -> Report {
    let mut findings = Vec::new();
    let mut looked = BTreeMap::new();
    let (size, large) = size::size(change, &config.size, evidence.head, evidence.base);
    if change.files.is_empty() {
        for check in ["rules", "size"] {
            looked.insert(check.to_owned(), Looked::no("there is no change: nothing was compared"));
        }
    } else {
        let (found, saw) = rules.check(change, evidence.head, evidence.base);
        findings.extend(found);
        looked.insert("rules".to_owned(), saw);
        if let Some((found, saw)) = rules.imports(change, evidence.head, evidence.base) {
            findings.extend(found);
            looked.insert("arch".to_owned(), saw);
        }
        findings.extend(large);
        let files = u32::try_from(change.files.len()).unwrap_or(u32::MAX);
        let lines = change.files.iter().map(|file| file.added.len()).sum();
        let (classes, head) = (&config.size.classes, evidence.head);
        let hides = |file: &&FileChange| size::hides(file, classes.of_file(&file.path, head));
        let missed = change.files.iter().filter(hides);
        let missed = missed.map(|file| Missed::new(file.path.to_string(), NO_TEXT)).collect();
        looked.insert("size".to_owned(), Looked::at(files, lines, missed));
    }
    for (name, checked) in evidence.others {
        findings.extend(checked.findings.into_iter().map(|mut finding| {
            if finding.origin.is_empty() {
                finding.origin.clone_from(&name);
            }
            finding
        }));
        looked.insert(name, checked.looked);
    }
    findings.sort_by(|a, b| (&a.at, &a.rule, &a.message).cmp(&(&b.at, &b.rule, &b.message)));
    let mut keys = Key::of(&mut findings, evidence.head);
    let gone = |path: &str| !matches!(evidence.head.read(&RepoPath::from(path)), Ok(Some(_)));
    let baseline =
        baseline::apply(&config.baseline, &mut findings, &mut keys, &config.today, &gone);
    // Contracts are rules as well: who requires rules requires them.
    let mut required = config.required.clone();
    if required.contains("rules") && looked.contains_key("arch") {
        required.insert("arch".to_owned());
    }
    for required in &required {
        let never = || Looked::no("the check was not run");
        looked.entry(required.clone()).or_insert_with(never);
    }
    Report { findings, looked, required, size, baseline, keys }
}

impl Report {
    /// What it comes to, when findings from this level on count.
    #[must_use]
    pub fn verdict(&self, fail: Option<Level>) -> Verdict {
        let blind = self.blind();
        if !blind.is_empty() {
            return Verdict::Incomplete { blind };
        }
        let counts = |finding: &Finding| fail.is_some_and(|fail| finding.level >= fail);
        if self.findings.iter().any(counts) { Verdict::Findings } else { Verdict::Clean }
    }

    /// What the required checks have not seen, one line each.
    #[must_use]
    pub fn blind(&self) -> Vec<String> {
        let required = self.looked.iter().filter(|(name, _)| self.required.contains(*name));
        required
            .flat_map(|(name, looked)| match looked {
                Looked::Yes { .. } => Vec::new(),
                Looked::No { why } => vec![format!("{name}: not looked: {why}")],
                Looked::Partly { missed, .. } => missed
                    .iter()
                    .map(|missed| format!("{name}: {}: {}", missed.what, missed.why))
                    .collect(),
            })
            .collect()
    }
}
