//! Findings that are known and let pass: a file for each, so that branches which add some merge.

use serde::{Deserialize, Serialize};

use crate::Finding;
use crate::identity::{Key, recognise};

/// A finding that is let pass, as it stands in a file of its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// Why; it has to be said.
    pub reason: String,
    /// The last day on which it counts, as `2026-12-31`.
    pub until: String,
    /// By what the finding is recognised.
    pub finding: Key,
}

/// A file of a baseline that was not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{name}: {reason}")]
pub struct BaselineError {
    /// The file.
    pub name: String,
    /// What is wrong with it.
    pub reason: String,
}

/// What a baseline did to findings.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Applied {
    /// Findings that are let pass, each with why.
    pub passed: Vec<Passed>,
    /// Entries whose last day is over: their findings count again.
    pub expired: Vec<Entry>,
    /// Entries that no finding of this change belongs to.
    #[serde(skip)]
    pub idle: Vec<Entry>,
}

/// A finding that is let pass.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Passed {
    /// The finding.
    pub finding: Finding,
    /// Why it is let pass.
    pub reason: String,
}

impl Entry {
    /// The entry of a finding.
    ///
    /// # Errors
    /// When the reason says nothing or the day is none.
    pub fn new(finding: Key, reason: &str, until: &str) -> Result<Self, String> {
        let entry = Self { reason: reason.to_owned(), until: until.to_owned(), finding };
        entry.check().map(|()| entry)
    }

    /// Reads a file; `name` is for messages.
    ///
    /// # Errors
    /// When it is not what [`text`](Self::text) writes, gives no reason or no day.
    pub fn read(name: &str, text: &str) -> Result<Self, BaselineError> {
        let wrong = |reason: String| BaselineError { name: name.to_owned(), reason };
        let entry: Self = toml::from_str(text)
            .map_err(|error| wrong(error.message().trim().replace('\n', " ")))?;
        entry.check().map_err(wrong)?;
        Ok(entry)
    }

    fn check(&self) -> Result<(), String> {
        if self.reason.trim().is_empty() {
            return Err("the reason is empty: say why the finding is let pass".into());
        }
        if !is_day(&self.until) {
            return Err(format!("until is {:?}: expected a day such as 2026-12-31", self.until));
        }
        Ok(())
    }

    /// What stands in its file: nothing of when it was written, and no line number.
    #[must_use]
    pub fn text(&self) -> String {
        toml::to_string(self).expect("texts and a number")
    }

    /// The name of its file: the same for the same finding on every branch.
    #[must_use]
    pub fn file(&self) -> String {
        format!("{}.toml", self.finding.name())
    }
}

/// Takes what is let pass out of findings and their keys.
///
/// `today` is a day such as `2026-11-23`; `gone` says of a path whether the file is no longer there.
pub fn apply(
    entries: &[Entry],
    findings: &mut Vec<Finding>,
    keys: &mut Vec<Key>,
    today: &str,
    gone: &dyn Fn(&str) -> bool,
) -> Applied {
    let (valid, expired): (Vec<_>, Vec<_>) =
        entries.iter().cloned().partition(|entry| entry.until.as_str() >= today);
    let old: Vec<Key> = valid.iter().map(|entry| entry.finding.clone()).collect();
    let known = recognise(&old, keys, gone);
    let mut applied = Applied { expired, ..Applied::default() };
    let mut used = vec![false; valid.len()];
    let (mut left, mut left_keys) = (Vec::new(), Vec::new());
    for ((finding, key), entry) in findings.drain(..).zip(keys.drain(..)).zip(known) {
        match entry {
            Some(at) => {
                used[at] = true;
                applied.passed.push(Passed { finding, reason: valid[at].reason.clone() });
            }
            None => {
                left.push(finding);
                left_keys.push(key);
            }
        }
    }
    (*findings, *keys) = (left, left_keys);
    let idle = valid.into_iter().zip(used).filter(|(_, used)| !used);
    applied.idle = idle.map(|(entry, _)| entry).collect();
    applied
}

/// Whether a text is a day of the calendar, written so that days sort as texts.
fn is_day(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let [year, month, day] = parts[..] else { return false };
    let number = |text: &str, digits: usize| {
        (text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit()))
            .then(|| text.parse::<u32>().ok())
            .flatten()
    };
    let (Some(year), Some(month), Some(day)) = (number(year, 4), number(month, 2), number(day, 2))
    else {
        return false;
    };
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 => 28 + u32::from(leap),
        _ => return false,
    };
    (1..=days).contains(&day)
}
