//! From a report and what was posted to what is to be done.

use super::{Action, Comment, Limits, Posted, body, is_summary, marked};
use crate::change::{Change, FileChange};
use crate::identity::{Key, recognise};
use crate::{Finding, Report};

/// Says what is to be done so that every finding stands on the pull request exactly once.
///
/// A comment of ours is known by its hidden line, its finding by [`recognise`]: what moved, was
/// renamed or reformatted is not said again. A thread that is answered or that somebody resolved is
/// left as it is. A comment whose finding is gone is resolved. Findings beyond the limits, and those
/// without a place, stand in the summary, which has all of them. Where nothing was found and nothing
/// was ever said, nothing is said. `gone` says of a path whether the file is no longer there.
#[must_use]
pub fn plan(
    report: &Report,
    change: &Change,
    posted: &[Posted],
    limits: &Limits,
    gone: &dyn Fn(&str) -> bool,
) -> Vec<Action> {
    let ours: Vec<(Key, &Posted)> =
        posted.iter().filter_map(|posted| Some((marked(&posted.body)?, posted))).collect();
    let old: Vec<Key> = ours.iter().map(|(key, _)| key.clone()).collect();
    let known = recognise(&old, &report.keys, gone);
    let mut actions = Vec::new();
    let mut comments = Vec::new();
    let mut elsewhere = 0;
    let mut standing = ours.iter().filter(|(_, posted)| !posted.resolved).count();
    for ((finding, key), known) in report.findings.iter().zip(&report.keys).zip(&known) {
        let file = file(finding, change);
        match known.map(|at| ours[at].1) {
            Some(posted) => {
                let text = body::comment(finding, key, file, limits.characters);
                if !posted.answered && !posted.resolved && posted.body.trim_end() != text.trim_end()
                {
                    actions.push(Action::Update { id: posted.id, body: text });
                }
            }
            None => match file {
                Some(file) if standing < limits.comments => {
                    standing += 1;
                    comments.push(comment(finding, key, file, limits));
                }
                _ => elsewhere += 1,
            },
        }
    }
    for (at, (_, posted)) in ours.iter().enumerate() {
        if !known.contains(&Some(at)) && !posted.answered && !posted.resolved {
            actions.push(Action::Resolve { id: posted.id });
        }
    }
    let mut comments = comments.into_iter().peekable();
    while comments.peek().is_some() {
        let batch = comments.by_ref().take(limits.per_review.max(1)).collect();
        actions.push(Action::Review { comments: batch });
    }
    let text = body::summary(report, elsewhere, limits.characters);
    let before = posted.iter().find(|posted| is_summary(&posted.body));
    let silent = report.findings.is_empty() && report.blind().is_empty();
    match before {
        Some(before) if before.body.trim_end() == text.trim_end() => {}
        Some(before) => actions.push(Action::Summary { id: Some(before.id), body: text }),
        None if silent => {}
        None => actions.push(Action::Summary { id: None, body: text }),
    }
    actions
}

/// The changed file that a finding is in.
fn file<'c>(finding: &Finding, change: &'c Change) -> Option<&'c FileChange> {
    let at = finding.at.as_ref()?;
    change.files.iter().find(|file| file.path == at.path)
}

/// On its lines where they are in the diff, on the file otherwise.
fn comment(finding: &Finding, key: &Key, file: &FileChange, limits: &Limits) -> Comment {
    let at = finding.at.as_ref().expect("it is in a file");
    let first = at.line.filter(|line| file.added.contains(*line));
    let last = first.map(|first| {
        let end = at.end_line.unwrap_or(first);
        // The longest part from the first line on that is in the diff without a gap.
        (first..=end).take_while(|line| file.added.contains(*line)).last().unwrap_or(first)
    });
    Comment {
        path: at.path.clone(),
        start_line: first.filter(|first| Some(*first) != last),
        line: last,
        body: body::comment(finding, key, Some(file), limits.characters),
        key: key.clone(),
    }
}
