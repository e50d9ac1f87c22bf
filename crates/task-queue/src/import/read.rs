//! Finds out what a file is, reads it, and brings several files together.

use std::collections::{BTreeMap, BTreeSet};

use super::ai_task::{is_ai_task, parse_ai_task};
use super::backlog_md::{front_matter, is_backlog_md, parse_backlog_md};
use super::doc::{Doc, Kind};
use super::draft::{At, Draft, Format, Import, Remark, Why};
use super::form::{is_issue_form, parse_issue_form};
use super::github::parse_issues;
use super::sections::{parse_checklist, parse_todo};
use super::taskmaster::{is_taskmaster, parse_taskmaster};
use super::text::{anchor, decode};

/// Reads one file, whatever it is.
#[must_use]
pub fn read(path: &str, bytes: &[u8]) -> Import {
    read_all([(path, bytes)])
}

fn read_one(path: &str, bytes: &[u8]) -> Import {
    let text = match decode(path, bytes) {
        Ok(text) => text,
        Err(remark) => return Import::one(remark),
    };
    let remark = |why: Why, what: &str| {
        let at = At { path: path.to_owned(), line: 1, end: text.lines().count().max(1) as u32 };
        Import::one(Remark { at, why, what: what.to_owned() })
    };
    if path.ends_with(".json") {
        if is_taskmaster(&text) {
            return parse_taskmaster(path, &text);
        }
        if let Err(e) = serde_json::from_str::<serde::de::IgnoredAny>(&text) {
            let at = At::line(path, e.line() as u32);
            return Import::one(Remark {
                at,
                why: Why::Unreadable,
                what: format!("not JSON: {e}"),
            });
        }
        let other = "JSON, but neither task-master's tasks.json nor GitHub issues";
        return parse_issues(path, &text).unwrap_or_else(|| remark(Why::Unreadable, other));
    }
    if path.contains("ISSUE_TEMPLATE/") {
        return remark(Why::Inactive, "a template of issues, not an issue");
    }
    if is_backlog_md(&text) {
        return parse_backlog_md(path, &text);
    }
    if text.trim().is_empty() {
        return remark(Why::Empty, "an empty file");
    }
    let doc = Doc::scan(&text);
    if is_issue_form(&doc) {
        return parse_issue_form(path, None, &text);
    }
    if is_ai_task(path, &doc) {
        return parse_ai_task(path, &text);
    }
    if front_matter(&text).is_some()
        && !doc.lines.iter().any(|l| matches!(l.kind, Kind::Item(Some(_), _)))
    {
        return remark(Why::Prose, "front matter that is no task's");
    }
    match doc.sections.len() {
        1 => parse_checklist(path, &text),
        _ => parse_todo(path, &text),
    }
}

/// Reads several files as one import, dependencies across files resolved; their order does not matter.
#[must_use]
pub fn read_all<'a>(files: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> Import {
    let files: BTreeMap<&str, &[u8]> = files.into_iter().collect();
    let mut all = Import::default();
    let mut finished = BTreeMap::new();
    for (path, bytes) in files {
        let one = read_one(path, bytes);
        let ids = one.drafts.iter().any(|d| d.format.has_ids()) || path.ends_with(".json");
        for remark in one.remarks.iter().filter(|r| r.why == Why::Done && !ids) {
            finished.entry(anchor(&remark.what)).or_insert_with(|| remark.at.clone());
        }
        all.extend(one);
        all.files.push(path.to_owned());
    }
    unique(&mut all);
    for draft in all.drafts.iter().filter(|d| !d.format.has_ids()) {
        if let Some(at) = finished.get(&anchor(&draft.title)) {
            let what = format!("{}:{} says that a task of this title is done", at.path, at.line);
            all.remarks.push(Remark { at: draft.at.clone(), why: Why::Note, what });
        }
    }
    dependencies(&mut all);
    umbrellas(&mut all.drafts);
    all.drafts.sort_by(|a, b| (&a.at, &a.key).cmp(&(&b.at, &b.key)));
    all.remarks.sort();
    all
}

/// Leaves one draft of each key: two files may carry one id, one of them done.
fn unique(all: &mut Import) {
    let done: BTreeSet<&str> = all.done.iter().map(String::as_str).collect();
    let mut keys: BTreeMap<String, String> = BTreeMap::new();
    for mut draft in std::mem::take(&mut all.drafts) {
        let place = format!("{}:{}", draft.at.path, draft.at.line);
        let twin = if done.contains(draft.key.as_str()) {
            Some(format!("{}, which is done", draft.key))
        } else {
            keys.get(&draft.key).map(|place| format!("{} at {place}", draft.key))
        };
        if let Some(twin) = twin {
            all.remarks.push(Remark { at: draft.at, why: Why::Same(twin), what: draft.title });
        } else {
            keys.insert(draft.key.clone(), place);
            draft.stated_after.clone_from(&draft.after);
            all.drafts.push(draft);
        }
    }
}

/// Drops dependencies on finished entries; Backlog.md's older prefixes are matched by number.
fn dependencies(all: &mut Import) {
    let done: BTreeSet<&str> = all.done.iter().map(String::as_str).collect();
    let keys: BTreeSet<String> =
        all.drafts.iter().map(|d| d.key.clone()).chain(all.done.iter().cloned()).collect();
    let mut numbers: BTreeMap<String, Option<&str>> = BTreeMap::new();
    for key in &keys {
        if let Some(number) = numbered(key) {
            numbers.entry(number).and_modify(|other| *other = None).or_insert(Some(key));
        }
    }
    for draft in &mut all.drafts {
        if draft.format == Format::BacklogMd {
            for key in
                draft.after.iter_mut().chain(&mut draft.parent).filter(|k| !keys.contains(*k))
            {
                if let Some(Some(found)) = numbered(key).and_then(|n| numbers.get(&n)) {
                    *key = (*found).to_owned();
                }
            }
        }
        draft.after.retain(|key| !done.contains(key.as_str()) && *key != draft.key);
        draft.after.sort();
        draft.after.dedup();
    }
}

/// `backlog#task-24.1` as `backlog#24.1`.
fn numbered(key: &str) -> Option<String> {
    let (root, id) = key.rsplit_once('#')?;
    let number = id.rsplit('-').next()?;
    number.starts_with(|c: char| c.is_ascii_digit()).then(|| format!("{root}#{number}"))
}

/// A parent waits for its parts, unless one of them waits for it.
fn umbrellas(drafts: &mut [Draft]) {
    let index: BTreeMap<String, usize> =
        drafts.iter().enumerate().map(|(i, d)| (d.key.clone(), i)).collect();
    for child in 0..drafts.len() {
        let Some(parent) = drafts[child].parent.as_ref().and_then(|key| index.get(key).copied())
        else {
            continue;
        };
        if parent == child || waits_for(drafts, &index, child, parent) {
            continue;
        }
        let key = drafts[child].key.clone();
        if !drafts[parent].after.contains(&key) {
            drafts[parent].after.push(key);
            drafts[parent].after.sort();
        }
    }
}

/// Whether `from` waits for `to`, through any number of others.
fn waits_for(drafts: &[Draft], index: &BTreeMap<String, usize>, from: usize, to: usize) -> bool {
    let mut seen = BTreeSet::from([from]);
    let mut open = vec![from];
    while let Some(at) = open.pop() {
        if at == to {
            return true;
        }
        let next = drafts[at].after.iter().filter_map(|key| index.get(key).copied());
        open.extend(next.filter(|i| seen.insert(*i)));
    }
    false
}
