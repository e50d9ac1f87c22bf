//! From a report and what was posted to what is to be done.

use std::collections::BTreeMap;

use super::marker::is_mended;
use super::{Action, Comment, Limits, Posted, Standing, body, is_summary, marked};
use crate::change::{Change, FileChange, RepoPath};
use crate::identity::{Key, recognise};
use crate::{Finding, Looked, Report};

/// Says what is to be done so that every finding stands on the pull request exactly once.
///
/// A comment of ours is known by its hidden line, its finding by [`recognise`]: what moved, was
/// renamed or reformatted is not said again. A thread that is answered or that somebody resolved is
/// left as it is. A comment whose finding is gone is resolved and says so, unless a check did not look there: what
/// nobody looked for is not mended. When it comes back, the same comment says it again. Findings beyond the limits, and those
/// without a place, stand in the summary, which has all of them. Where nothing was found and nothing
/// was ever said, nothing is said. `gone` says of a path whether the file is no longer there.
#[must_use]
pub fn plan(
    report: &Report,
    change: &Change,
    standing: &Standing,
    limits: &Limits,
    gone: &dyn Fn(&str) -> bool,
) -> Vec<Action> {
    let ours: Vec<(Key, &Posted)> = (standing.posted.iter())
        .filter_map(|posted| Some((marked(&posted.body)?, posted)))
        .collect();
    let old: Vec<Key> = ours.iter().map(|(key, _)| key.clone()).collect();
    let known = recognise(&old, &report.keys, gone);
    let files: BTreeMap<&RepoPath, &FileChange> =
        change.files.iter().map(|file| (&file.path, file)).collect();
    let mut actions = Vec::new();
    let mut comments = Vec::new();
    let mut elsewhere = 0;
    let open = |posted: &Posted| !posted.resolved && !is_mended(&posted.body);
    let mut room = limits.comments.saturating_sub(ours.iter().filter(|(_, at)| open(at)).count());
    for ((finding, key), known) in report.findings.iter().zip(&report.keys).zip(&known) {
        let file = finding.at.as_ref().and_then(|at| files.get(&at.path)).copied();
        match known.map(|at| ours[at].1) {
            Some(posted) => {
                let text = body::comment(finding, key, file, limits.characters);
                // What we called mended ourselves is not: that has to be said wherever it stands.
                let settled = (posted.answered || posted.resolved) && !is_mended(&posted.body);
                if !settled && posted.body.trim_end() != text.trim_end() {
                    actions.push(Action::Update { id: posted.id, body: text });
                }
            }
            None => match file {
                Some(file) if room > 0 && !standing.refused.contains(key) => {
                    room -= 1;
                    comments.push(comment(finding, key, file, limits));
                }
                _ => elsewhere += 1,
            },
        }
    }
    for (at, (key, posted)) in ours.iter().enumerate() {
        let over = !known.contains(&Some(at)) && !posted.answered && open(posted);
        if over && report.looked.values().all(|looked| saw(looked, &key.path)) {
            let body = body::mended(key, &posted.body, limits.characters);
            actions.push(Action::Resolve { id: posted.id, body });
        }
    }
    let mut comments = comments.into_iter().peekable();
    while comments.peek().is_some() {
        let batch = comments.by_ref().take(limits.per_review.max(1)).collect();
        actions.push(Action::Review { comments: batch });
    }
    let text = body::summary(report, elsewhere, limits);
    let before = standing.posted.iter().find(|posted| is_summary(&posted.body));
    let silent = report.findings.is_empty() && report.blind().is_empty();
    match before {
        Some(before) if before.body.trim_end() == text.trim_end() => {}
        Some(before) => actions.push(Action::Summary { id: Some(before.id), body: text }),
        None if silent => {}
        None => actions.push(Action::Summary { id: None, body: text }),
    }
    actions
}

/// Whether a check looked at a file; whose comment it was that stands there is not known.
fn saw(looked: &Looked, path: &str) -> bool {
    match looked {
        Looked::Yes { .. } => true,
        Looked::Partly { missed, .. } => missed.iter().all(|missed| {
            let rest = missed.what.strip_prefix(path);
            path.is_empty() || rest.is_none_or(|rest| !rest.is_empty() && !rest.starts_with(':'))
        }),
        Looked::No { .. } => false,
    }
}

/// On its lines where they are in the diff, on the file otherwise.
fn comment(finding: &Finding, key: &Key, file: &FileChange, limits: &Limits) -> Comment {
    let at = finding.at.as_ref().expect("it is in a file");
    let first = at.line.filter(|line| file.added.contains(*line));
    let last = first.map(|first| {
        let end = at.end_line.unwrap_or(first);
        // The longest part from the first line on that is in the diff without a gap.
        file.added.run_from(first).map_or(first, |last| last.min(end))
    });
    Comment {
        path: at.path.clone(),
        start_line: first.filter(|first| Some(*first) != last),
        line: last,
        body: body::comment(finding, key, Some(file), limits.characters),
        key: key.clone(),
    }
}
