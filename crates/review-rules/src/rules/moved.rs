//! What a file held before a change, by which what is moved, indented or ended otherwise is told from what is new.

use std::collections::BTreeMap;

use super::Language;
use super::code::{self, CodeRule, Match};
use super::text::TextRule;
use crate::Tree;
use crate::change::{FileChange, Kind};

/// The file before the change, read when it is asked for.
pub(crate) struct Old<'c> {
    pub(super) file: &'c FileChange,
    head: &'c dyn Tree,
    base: &'c dyn Tree,
    parsed: Option<Option<code::Parsed>>,
    /// How many more lines of a text the file has after the change than before.
    lines: Option<BTreeMap<Vec<u8>, i64>>,
}

/// How often each match was there.
#[derive(Default)]
struct Before {
    /// By its whole text, however it is indented.
    whole: BTreeMap<String, usize>,
    /// By how it begins.
    begins: BTreeMap<String, usize>,
}

impl<'c> Old<'c> {
    pub(crate) fn new(file: &'c FileChange, head: &'c dyn Tree, base: &'c dyn Tree) -> Self {
        Self { file, head, base, parsed: None, lines: None }
    }

    /// The matches that the change made.
    ///
    /// A match of the same words that was there before stands for one that was moved or indented; one that begins
    /// the same way stands for one inside which the change worked.
    pub(super) fn made(&mut self, code: &CodeRule, found: Vec<Match>, at: Language) -> Vec<Match> {
        let added = &self.file.added;
        let touched = |found: &Match| added.touches(found.lines.clone());
        if !found.iter().any(touched) {
            return Vec::new();
        }
        if self.file.kind == Kind::Added {
            return found.into_iter().filter(touched).collect();
        }
        let mut before = self.before(code, at);
        let mut left = Vec::new();
        // Those that the change did not touch were there; the rest of what was there stands for the touched.
        let (fresh, kept): (Vec<_>, Vec<_>) = found.into_iter().partition(touched);
        for found in kept.into_iter().chain(fresh) {
            if take(&mut before.whole, &words(&found.text)) {
                take(&mut before.begins, &found.first);
            } else {
                left.push(found);
            }
        }
        // What has grown too large keeps its name, whatever else is new on its first line.
        let begun = |found: &Match| added.contains(*found.lines.start()) && !code.about_length();
        let mut new: Vec<_> = left
            .into_iter()
            .filter(|found| begun(found) || !take(&mut before.begins, &found.first))
            .filter(touched)
            .collect();
        new.sort_by_key(|found| *found.lines.start());
        new
    }

    fn before(&mut self, code: &CodeRule, language: Language) -> Before {
        let (file, base) = (self.file, self.base);
        let parsed = self.parsed.get_or_insert_with(|| {
            let path = file.old_path.as_ref().unwrap_or(&file.path);
            // Without the old file every match counts as new: nothing is hidden.
            let content = base.read(path).ok().flatten()?;
            Some(code::parse(language, str::from_utf8(&content).ok()?))
        });
        let mut before = Before::default();
        for found in parsed.iter().flat_map(|parsed| code.find(language, parsed)) {
            *before.whole.entry(words(&found.text)).or_default() += 1;
            *before.begins.entry(found.first).or_default() += 1;
        }
        before
    }

    /// Whether a new line stands for one that went: the file has no more of them than it had.
    pub(crate) fn moved(&mut self, line: &[u8]) -> bool {
        if self.file.kind == Kind::Added {
            return false;
        }
        let (file, head, base) = (self.file, self.head, self.base);
        let lines = self.lines.get_or_insert_with(|| {
            let mut lines = BTreeMap::new();
            let before = file.old_path.as_ref().unwrap_or(&file.path);
            for (tree, path, one) in [(head, &file.path, 1), (base, before, -1)] {
                let Ok(Some(content)) = tree.read(path) else { return BTreeMap::new() };
                for line in content.split(|&byte| byte == b'\n') {
                    *lines.entry(line.trim_ascii().to_vec()).or_default() += one;
                }
            }
            lines
        });
        lines.get(line.trim_ascii()).is_some_and(|more| *more <= 0)
    }
}

impl Old<'_> {
    /// Whether any line of the file before the change matched: new lines then end as the old ones do.
    pub(super) fn had(&self, text: &TextRule) -> bool {
        let path = self.file.old_path.as_ref().unwrap_or(&self.file.path);
        let before = if self.file.kind == Kind::Added { None } else { self.base.read(path).ok() };
        let before = before.flatten().unwrap_or_default();
        before
            .split_inclusive(|&byte| byte == b'\n')
            .any(|line| text.find(line.strip_suffix(b"\n").unwrap_or(line)).is_some())
    }
}

fn take(counts: &mut BTreeMap<String, usize>, text: &str) -> bool {
    match counts.get_mut(text) {
        Some(left) if *left > 0 => {
            *left -= 1;
            true
        }
        _ => false,
    }
}

/// A text without the spaces by which it is indented and broken into lines.
fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
