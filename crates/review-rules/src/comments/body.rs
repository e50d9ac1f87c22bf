//! The texts of comments: Markdown in which nothing of a finding acts.

use leadforge_markup::{markdown, markdown_code, markdown_fence};

use super::{Limits, marker};
use crate::change::FileChange;
use crate::identity::Key;
use crate::{Finding, Level, Report};

/// A finding's comment.
pub(super) fn comment(
    finding: &Finding,
    key: &Key,
    file: Option<&FileChange>,
    most: usize,
) -> String {
    // On a file as a whole nobody sees which line is meant.
    let line = finding.at.as_ref().and_then(|at| at.line);
    let beside = line.filter(|line| file.is_some_and(|file| !file.added.contains(*line)));
    let mut out = format!(
        "{}\n{}**{}** {} ({})",
        marker::comment(key),
        beside.map(|line| format!("Line {line}: ")).unwrap_or_default(),
        word(finding.level),
        markdown(&finding.message),
        markdown_code(&finding.rule)
    );
    if let (Some(fix), Some(file)) = (&finding.fix, file) {
        let inside = file.added.run_from(fix.line).is_some_and(|last| fix.end_line <= last);
        let suggestion = markdown_fence(&fix.text, "suggestion");
        // A suggestion is taken by a click: only where every line of it is the change's own.
        if inside && out.len() + suggestion.len() < most {
            out.push_str("\n\n");
            out.push_str(&suggestion);
        }
    }
    cut(out, most)
}

/// The same comment once its finding is gone: what it said stays, so that the thread can be followed.
pub(super) fn mended(key: &Key, before: &str, most: usize) -> String {
    let said = before.lines().nth(1).unwrap_or_default();
    let out = format!("{}\nNo longer found.\n\n> {said}", marker::mended(key));
    cut(out, most)
}

/// The summary of a review, as it stands on a pull request: what was not looked at, and every finding that fits into so
/// many characters. `elsewhere` is how many of them have no comment of their own.
#[must_use]
pub fn summary(report: &Report, elsewhere: usize, limits: &Limits) -> String {
    let most = limits.characters;
    let mut out = format!("{}\n## Review\n\n", marker::summary());
    if !limits.note.is_empty() {
        out.push_str(&format!("{}\n\n", markdown(limits.note)));
    }
    let blind = report.blind();
    if !blind.is_empty() {
        out.push_str("**Incomplete**: a check that is required did not look at everything.\n\n");
        for line in blind.iter().take(20) {
            out.push_str(&format!("- {}\n", cut(markdown(line), 500)));
        }
        if blind.len() > 20 {
            out.push_str(&format!("- and {} more\n", blind.len() - 20));
        }
        out.push('\n');
    }
    let count =
        |level: Level| report.findings.iter().filter(|finding| finding.level == level).count();
    let (errors, warnings, notes) =
        (count(Level::Error), count(Level::Warning), count(Level::Note));
    out.push_str(&format!("{errors} errors, {warnings} warnings, {notes} notes"));
    out.push_str(&match elsewhere {
        0 => ".\n".to_owned(),
        more => format!("; {more} of them stand only here.\n"),
    });
    if !report.findings.is_empty() {
        out.push('\n');
    }
    let mut ordered: Vec<&Finding> = report.findings.iter().collect();
    ordered.sort_by_key(|finding| std::cmp::Reverse(finding.level));
    for (told, finding) in ordered.iter().enumerate() {
        let at = finding.at.as_ref().map(|at| {
            let line = at.line.map(|line| format!(":{line}")).unwrap_or_default();
            format!("{} ", markdown_code(&format!("{}{line}", at.path)))
        });
        let line = format!(
            "- {}**{}** {} ({})\n",
            at.unwrap_or_default(),
            word(finding.level),
            cut(markdown(&finding.message), 500),
            markdown_code(&finding.rule)
        );
        let rest = format!("- and {} more, which the report in JSON has\n", ordered.len() - told);
        if out.chars().count() + line.chars().count() + rest.chars().count() > most {
            out.push_str(&rest);
            break;
        }
        out.push_str(&line);
    }
    out
}

fn word(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Note => "note",
    }
}

/// No longer than so many characters.
fn cut(text: String, most: usize) -> String {
    if text.chars().count() <= most {
        return text;
    }
    let mut out: String = text.chars().take(most.saturating_sub(1)).collect();
    // Half an escape would let the other half act.
    while out.ends_with('\\') {
        out.pop();
    }
    out.push('…');
    out
}
