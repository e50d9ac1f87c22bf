//! The rules applied to what a change made new.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::code::{self, CodeRule, Match};
use super::{Language, Rule, RuleKind, RuleSet, companion};
use crate::change::{Change, FileChange, Kind};
use crate::{Finding, Looked, Missed, Suggestion, Tree};

/// A file larger than this is not parsed; it is named as not looked at.
const LARGEST: usize = 8 << 20;

impl RuleSet {
    /// Judges a change: what is found, and what could not be looked at.
    ///
    /// A place counts when it stands on a new line. What begins on an old line counts only when the
    /// base has no such match that begins the same way, so that work inside an old fault is not blamed
    /// for it.
    #[must_use]
    pub fn check(
        &self,
        change: &Change,
        head: &dyn Tree,
        base: &dyn Tree,
    ) -> (Vec<Finding>, Looked) {
        let each: Vec<_> = change
            .files
            .par_iter()
            .filter(|file| file.kind != Kind::Deleted)
            .map(|file| self.file(file, head, base))
            .collect();
        let (mut findings, mut missed, mut files, mut lines) = (Vec::new(), Vec::new(), 0, 0);
        for (file, told) in change.files.iter().filter(|file| file.kind != Kind::Deleted).zip(each)
        {
            findings.extend(told.0);
            missed.extend(told.1);
            files += 1;
            lines += file.added.len();
        }
        findings.extend(self.companions(change));
        (findings, Looked::at(files, lines, missed))
    }

    fn companions(&self, change: &Change) -> Vec<Finding> {
        let mut findings = Vec::new();
        for rule in &self.rules {
            let RuleKind::Companion(needs) = &rule.kind else { continue };
            let files = change.files.iter().map(|file| {
                (&file.path, companion::calls(file) && rule.concerns(&file.path.to_string()))
            });
            for path in needs.alone(files) {
                findings.push(rule.finding().at(path, None).about(path.to_string()));
            }
        }
        findings
    }

    fn file(
        &self,
        file: &FileChange,
        head: &dyn Tree,
        base: &dyn Tree,
    ) -> (Vec<Finding>, Vec<Missed>) {
        let path = file.path.to_string();
        let concerned: Vec<&Rule> = self.rules.iter().filter(|rule| rule.concerns(&path)).collect();
        if file.binary || file.kind == Kind::Submodule || file.added.is_empty() {
            return (Vec::new(), Vec::new());
        }
        let mut findings = Vec::new();
        for rule in &concerned {
            let RuleKind::Text(text) = &rule.kind else { continue };
            for (line, content) in file.new_lines() {
                if let Some(found) = text.find(content) {
                    findings.push(rule.finding().at(&file.path, Some(line)).about(found));
                }
            }
        }
        let language = Language::of(&file.path);
        let structural: Vec<(&Rule, &CodeRule)> = concerned
            .iter()
            .filter_map(|rule| match &rule.kind {
                RuleKind::Code(code)
                    if language.is_some_and(|language| code.language.covers(language)) =>
                {
                    Some((*rule, code))
                }
                _ => None,
            })
            .collect();
        let Some(language) = language.filter(|_| !structural.is_empty()) else {
            return (findings, Vec::new());
        };
        let missed = |why: String| vec![Missed::new(path.clone(), why)];
        let content = match head.read(&file.path) {
            Ok(Some(content)) => content,
            Ok(None) => {
                return (findings, missed("it is in the change and not in the tree".into()));
            }
            Err(error) => return (findings, missed(error)),
        };
        if content.len() > LARGEST {
            return (findings, missed(format!("{} bytes are more than are parsed", content.len())));
        }
        let Ok(text) = str::from_utf8(&content) else {
            return (findings, missed("it is not text in UTF-8".into()));
        };
        let parsed = code::parse(language, text);
        let gave_up = code::unparsed(&parsed);
        let unread =
            gave_up.iter().find(|lines| file.added.touches((*lines).clone())).map(|lines| {
                Missed::new(
                    format!("{path}:{}", lines.start()),
                    format!("it does not parse as {language:?}"),
                )
            });
        let mut old = Old { file, base, language, found: None };
        for (rule, code) in structural {
            let found = code.find(language, &parsed);
            for found in new_ones(file, found, || old.counts(code)) {
                findings.push(told(rule, file, found));
            }
        }
        (findings, unread.into_iter().collect())
    }
}

/// The matches that the change made.
fn new_ones(
    file: &FileChange,
    found: Vec<Match>,
    before: impl FnOnce() -> BTreeMap<String, usize>,
) -> Vec<Match> {
    let touched = |found: &Match| file.added.touches(found.lines.clone());
    let begins = |found: &Match| file.added.contains(*found.lines.start());
    if !found.iter().any(|found| touched(found) && !begins(found)) {
        return found.into_iter().filter(begins).collect();
    }
    let mut before = before();
    let (mut new, mut old): (Vec<_>, Vec<_>) = found.into_iter().partition(begins);
    // Those that the change did not touch were there; the rest of what was there stands for the touched.
    old.sort_by_key(touched);
    for found in old {
        let was = before.get_mut(&found.first).filter(|left| **left > 0);
        match was {
            Some(left) => *left -= 1,
            None if touched(&found) => new.push(found),
            None => {}
        }
    }
    new.sort_by_key(|found| *found.lines.start());
    new
}

/// The matches of the file before the change, read when they are asked for.
struct Old<'c> {
    file: &'c FileChange,
    base: &'c dyn Tree,
    language: Language,
    found: Option<Option<code::Parsed>>,
}

impl Old<'_> {
    fn counts(&mut self, code: &CodeRule) -> BTreeMap<String, usize> {
        let (file, base, language) = (self.file, self.base, self.language);
        let parsed = self.found.get_or_insert_with(|| {
            let path = file.old_path.as_ref().unwrap_or(&file.path);
            // Without the old file every match counts as new: nothing is hidden.
            let content = base.read(path).ok().flatten()?;
            Some(code::parse(language, str::from_utf8(&content).ok()?))
        });
        let mut counts = BTreeMap::new();
        for found in parsed.iter().flat_map(|parsed| code.find(language, parsed)) {
            *counts.entry(found.first).or_default() += 1;
        }
        counts
    }
}

fn told(rule: &Rule, file: &FileChange, found: Match) -> Finding {
    let (line, end) = found.lines.into_inner();
    let mut finding = rule.finding().at(&file.path, Some(line)).about(found.text);
    let place = finding.at.as_mut().expect("it was just given");
    place.end_line = (end > line).then_some(end);
    finding.fix = found.fix.map(|text| Suggestion { line, end_line: end, text });
    finding
}

impl Rule {
    pub(super) fn finding(&self) -> Finding {
        let mut finding = Finding::new(&*self.id, self.level, self.message());
        finding.origin = "rules".into();
        finding
    }
}
