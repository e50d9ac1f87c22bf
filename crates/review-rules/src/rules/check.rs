//! The rules applied to what a change made new.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::code::{self, CodeRule, Match};
use super::moved::Old;
use super::text::{TextRule, names};
use super::{Language, Rule, RuleKind, RuleSet, companion};
use crate::change::{Change, FileChange, Kind};
use crate::{Finding, Looked, Missed, Suggestion, Tree};

/// A file larger than this is not parsed; it is named as not looked at.
const LARGEST: usize = 8 << 20;

/// Why the files of a submodule are not looked at.
const SUBMODULE: &str = "a submodule: its files are in another repository";
/// Why source that git takes for binary is not judged; a NUL is enough for that.
pub(crate) const NO_TEXT: &str = "git takes it for binary, so it has no new lines to judge";

impl RuleSet {
    /// Judges a change: what is found, and what could not be looked at.
    ///
    /// A place counts when it stands on a new line and is not one that the file had before: what was only moved,
    /// indented or given another line ending is nobody's new fault. What begins on an old line counts only when
    /// the base has no such match that begins the same way, so that work inside an old fault is not blamed for it.
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
            // One fact, one finding: at the first of the files, with how many there are.
            let alone = needs.alone(files);
            if let Some((first, rest)) = alone.split_first() {
                let mut finding = rule.finding().at(first, None).about(first.to_string());
                if !rest.is_empty() {
                    let more = if rest.len() == 1 { "file" } else { "files" };
                    finding.message =
                        format!("{} (and {} more {more})", finding.message, rest.len());
                }
                findings.push(finding);
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
        if file.kind == Kind::Submodule {
            return (Vec::new(), vec![Missed::new(path, SUBMODULE)]);
        }
        let judged = |rule: &&Rule| matches!(rule.kind, RuleKind::Code(_) | RuleKind::Text(_));
        let language = Language::of_file(&file.path, head);
        if file.binary && language.is_some() && concerned.iter().any(judged) {
            return (Vec::new(), vec![Missed::new(path, NO_TEXT)]);
        }
        if file.binary || file.added.is_empty() {
            return (Vec::new(), Vec::new());
        }
        let mut old = Old::new(file, head, base);
        let (mut findings, mut unnamed) = (Vec::new(), Vec::new());
        for rule in &concerned {
            let RuleKind::Text(text) = &rule.kind else { continue };
            match found_text(rule, text, &mut old, head) {
                Ok(found) => findings.extend(found),
                Err(why) => unnamed.push(Missed::new(&*rule.id, why)),
            }
        }
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
            return (findings, unnamed);
        };
        let missed = |why: String| {
            let mut missed = unnamed.clone();
            missed.push(Missed::new(path.clone(), why));
            missed
        };
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
        for (rule, code) in structural {
            let found = code.find(language, &parsed);
            for found in old.made(code, found, language) {
                findings.push(told(rule, file, found));
            }
        }
        unnamed.extend(unread);
        (findings, unnamed)
    }
}

/// The places in a file's new lines that match a text.
fn found_text(
    rule: &Rule,
    text: &TextRule,
    old: &mut Old<'_>,
    head: &dyn Tree,
) -> Result<Vec<Finding>, String> {
    let file = old.file;
    let (mut findings, mut pages, mut told) = (Vec::new(), None, BTreeSet::new());
    for (line, content) in file.new_lines_with(text.ends) {
        let Some(found) = text.find(content) else { continue };
        let there = if text.ends { old.had(text) } else { old.moved(content) };
        if there {
            continue;
        }
        let mut finding = rule.finding().at(&file.path, Some(line));
        if text.names() {
            if pages.is_none() {
                pages = Some(text.pages(head)?);
            }
            let named = pages.iter().flatten().any(|page| names(page, &found));
            if named || !told.insert(found.clone()) {
                continue;
            }
            finding.message = format!("{found}: {}", finding.message);
        }
        findings.push(finding.about(found));
        if text.once {
            break;
        }
    }
    Ok(findings)
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
