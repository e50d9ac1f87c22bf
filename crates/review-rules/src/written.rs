//! A report read back from what `lead-review check --format json` wrote, or from what somebody else says it wrote.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use crate::baseline::Applied;
use crate::change::{Change, RepoPath};
use crate::identity::Key;
use crate::size::Size;
use crate::{Finding, Looked, Report};

/// The shape that is read.
const SCHEMA: &str = "leadforge/review/1";
/// More of anything than this is no review that a pull request bears.
const MOST: usize = 100_000;
/// More characters than the name of a rule or a check has.
const NAME: usize = 300;

/// A report as it was written, with the change that it is about.
#[derive(Clone, Debug)]
pub struct Written {
    /// The commit that the change is compared with.
    pub base: String,
    /// The change's last commit.
    pub head: String,
    /// The pull request that it says it is of.
    pub pull_request: Option<u64>,
    /// The change, without its text.
    pub change: Change,
    /// The report, without its size and its baseline.
    pub report: Report,
}

/// Why a text is no report.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WrittenError {
    /// It is not the shape that is written.
    #[error("it is no report of lead-review check: {0}")]
    Shape(String),
    /// Its parts contradict each other, or what a review can be.
    #[error("the report contradicts itself: {0}")]
    Wrong(String),
    /// It is not about a commit.
    #[error("the report is not about a commit, but about files as they lay somewhere")]
    NoCommit,
}

#[derive(Deserialize)]
struct Envelope {
    schema: String,
    outcome: String,
    data: Data,
}

#[derive(Deserialize)]
struct Data {
    base: Option<String>,
    head: Option<String>,
    #[serde(default)]
    pull_request: Option<u64>,
    findings: Vec<Finding>,
    looked: BTreeMap<String, Looked>,
    required: BTreeSet<String>,
    keys: Vec<Key>,
    change: Change,
}

impl Written {
    /// Reads a report; nothing in it is believed further than its shape.
    ///
    /// # Errors
    /// When it is none, contradicts itself, or is about no commit.
    pub fn read(text: &[u8]) -> Result<Self, WrittenError> {
        let shape = |error: serde_json::Error| WrittenError::Shape(error.to_string());
        let Envelope { schema, outcome, data } = serde_json::from_slice(text).map_err(shape)?;
        if schema != SCHEMA {
            return Err(WrittenError::Shape(format!("its schema is not {SCHEMA}")));
        }
        if !["clean", "findings", "incomplete"].contains(&outcome.as_str()) {
            return Err(WrittenError::Shape("its outcome is none of a review".to_owned()));
        }
        let commit = |name: Option<String>| name.ok_or(WrittenError::NoCommit).and_then(oid);
        let (base, head) = (commit(data.base)?, commit(data.head)?);
        let Data { pull_request, findings, looked, required, keys, change, .. } = data;
        sound(&findings, &keys, &change, &looked).map_err(WrittenError::Wrong)?;
        let (size, baseline) = (Size::default(), Applied::default());
        let report = Report { findings, looked, required, size, baseline, keys };
        Ok(Self { base, head, pull_request, change, report })
    }
}

fn oid(name: String) -> Result<String, WrittenError> {
    let hex = name.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte));
    if hex && [40, 64].contains(&name.len()) {
        return Ok(name);
    }
    Err(WrittenError::Wrong("what it calls a commit is none".to_owned()))
}

/// Whether the parts fit each other.
fn sound(
    findings: &[Finding],
    keys: &[Key],
    change: &Change,
    looked: &BTreeMap<String, Looked>,
) -> Result<(), String> {
    let counts = [findings.len(), change.files.len(), looked.len()];
    if counts.into_iter().max() > Some(MOST) {
        return Err(format!("it has more than {MOST} of something"));
    }
    if findings.len() != keys.len() {
        return Err(format!("{} findings and {} keys", findings.len(), keys.len()));
    }
    if keys.iter().collect::<BTreeSet<_>>().len() != keys.len() {
        return Err("two findings have the same key".to_owned());
    }
    for (at, (finding, key)) in findings.iter().zip(keys).enumerate() {
        let path = finding.at.as_ref().map(|place| place.path.to_string()).unwrap_or_default();
        let digest = |text: &str| text.len() <= 64 && text.bytes().all(|b| b.is_ascii_hexdigit());
        if finding.rule != key.rule || path != key.path {
            return Err(format!("finding {at} and its key name different things"));
        }
        if finding.rule.is_empty() || finding.rule.chars().count() > NAME {
            return Err(format!("finding {at} names no rule"));
        }
        if !digest(&key.text) || !digest(&key.around) {
            return Err(format!("the key of finding {at} is none"));
        }
        let lines = finding.at.as_ref().map_or((None, None), |place| (place.line, place.end_line));
        let ordered = match lines {
            (Some(first), last) => first >= 1 && last.is_none_or(|last| last >= first),
            (None, last) => last.is_none(),
        };
        let fix = finding.fix.as_ref();
        if !ordered || fix.is_some_and(|fix| fix.line < 1 || fix.end_line < fix.line) {
            return Err(format!("finding {at} is at lines that there cannot be"));
        }
    }
    let paths: BTreeSet<&RepoPath> = change.files.iter().map(|file| &file.path).collect();
    if paths.len() != change.files.len() {
        return Err("a file is changed twice".to_owned());
    }
    Ok(())
}
