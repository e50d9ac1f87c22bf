//! By what a finding is recognised after lines have moved, files were renamed and code was reformatted.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::change::RepoPath;
use crate::{Finding, Tree};

/// What identifies a finding: never a line number, never the text itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Key {
    /// The rule.
    pub rule: String,
    /// The file, empty for the change as a whole.
    pub path: String,
    /// A digest of the text it is about, without what a formatter changes.
    pub text: String,
    /// A digest of the lines before and after it, in the same way.
    pub around: String,
    /// Which one it is of those in the file that are alike, from 0.
    pub nth: u32,
}

impl Key {
    /// A short name of it, of letters and digits.
    #[must_use]
    pub fn name(&self) -> String {
        digest(&[&self.rule, &self.path, &self.text, &self.around, &self.nth.to_string()])
    }

    /// The keys of findings, in their order; sets each finding's fingerprint.
    pub fn of(findings: &mut [Finding], head: &dyn Tree) -> Vec<Self> {
        let mut contents: BTreeMap<RepoPath, Option<Vec<String>>> = BTreeMap::new();
        let mut seen: BTreeMap<(String, String, String), u32> = BTreeMap::new();
        let mut keys = Vec::new();
        for finding in findings {
            let mut key = Self { rule: finding.rule.clone(), ..Self::default() };
            let mut matched = finding.matched.clone();
            if let Some(at) = &finding.at {
                key.path = at.path.to_string();
                let lines = contents.entry(at.path.clone()).or_insert_with(|| {
                    let content = head.read(&at.path).ok().flatten()?;
                    Some(String::from_utf8_lossy(&content).lines().map(plain).collect())
                });
                if let (Some(line), Some(lines)) = (at.line, lines) {
                    let (first, last) = (line as usize, at.end_line.unwrap_or(line) as usize);
                    let near = |range: Option<&[String]>, end: bool| {
                        let mut told =
                            range.unwrap_or_default().iter().filter(|line| !line.is_empty());
                        let line = if end { told.next_back() } else { told.next() };
                        line.cloned().unwrap_or_default()
                    };
                    let before = near(lines.get(..first.saturating_sub(1)), true);
                    key.around = digest(&[&before, &near(lines.get(last..), false)]);
                    if matched.is_empty() {
                        matched =
                            lines.get(first.saturating_sub(1)..last).unwrap_or_default().concat();
                    }
                }
            }
            key.text = digest(&[&plain(&matched)]);
            let alike =
                seen.entry((key.rule.clone(), key.path.clone(), key.text.clone())).or_default();
            key.nth = *alike;
            *alike += 1;
            let nth = key.nth.to_string();
            finding.fingerprint = digest(&[&key.rule, &key.path, &key.text, &nth]);
            keys.push(key);
        }
        keys
    }
}

/// Which of the new keys is which of the old ones: for each new key the old one's place.
///
/// Each old key stands for at most one new one. Alike first by file, text and surroundings, then by
/// file and text; then, for files of which `gone` says that they are no longer there, by text and
/// surroundings, and by text where it is the only one.
#[must_use]
pub fn recognise(old: &[Key], new: &[Key], gone: &dyn Fn(&str) -> bool) -> Vec<Option<usize>> {
    let mut found = vec![None; new.len()];
    let mut taken = BTreeSet::new();
    let sure = |a: &Key, b: &Key| (a.path == b.path, a.text == b.text, a.around == b.around);
    for pass in 0..4 {
        for (at, key) in new.iter().enumerate() {
            if found[at].is_some() {
                continue;
            }
            let fits = |(place, before): &(usize, &Key)| {
                let (path, text, around) = sure(before, key);
                !taken.contains(place)
                    && before.rule == key.rule
                    && text
                    && match pass {
                        0 => path && around,
                        1 => path,
                        2 => around && gone(&before.path),
                        _ => gone(&before.path),
                    }
            };
            let mut fitting = old.iter().enumerate().filter(fits);
            let first = fitting.next();
            // The weakest likeness counts only when nothing else is as alike.
            let only = pass < 3 || fitting.next().is_none();
            if let Some((place, _)) = first.filter(|_| only) {
                found[at] = Some(place);
                taken.insert(place);
            }
        }
    }
    found
}

/// A text without what formatters change: white space, the kind of quotes, a last comma.
fn plain(text: &str) -> String {
    let text: String = text
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| if c == '\'' { '"' } else { c })
        .collect();
    [",)", ",]", ",}"].iter().fold(text, |text, last| text.replace(last, &last[1..]))
}

fn digest(parts: &[&str]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part.as_bytes());
    }
    hash.finalize().iter().take(12).map(|byte| format!("{byte:02x}")).collect()
}
