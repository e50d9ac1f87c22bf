//! Secrets in what a change made new.

use std::collections::BTreeSet;

use leadforge_review_rules::change::{FileChange, Kind};
use leadforge_review_rules::{Checked, Finding, Level, Looked, Missed, Tree};
use leadforge_secret_scan::{Config, Scanner};

use crate::states::States;

/// How a file begins whose content Git LFS keeps elsewhere.
const LFS: &[u8] = b"version https://git-lfs.github.com/spec/";

/// Looks for secrets in the new lines; the whole file is read, because a key has several.
pub(crate) fn check(states: &States) -> Checked {
    // The repository's first place of digests: the same secret is recognised, and no other repository's table fits.
    let salt = b"leadforge/review".to_vec();
    let scanner = match Scanner::new(&Config { salt, ..Config::default() }) {
        Ok(scanner) => scanner,
        Err(error) => {
            return Checked { findings: Vec::new(), looked: Looked::no(error.to_string()) };
        }
    };
    let (mut findings, mut missed, mut files, mut lines) = (Vec::new(), Vec::new(), 0, 0);
    for file in states
        .change
        .files
        .iter()
        .filter(|file| !matches!(file.kind, Kind::Deleted | Kind::Submodule))
    {
        let path = file.path.to_string();
        let content = match states.head.read(&file.path) {
            Ok(Some(content)) => content,
            Ok(None) => {
                missed.push(Missed::new(path, "it is in the change and not in the tree"));
                continue;
            }
            Err(error) => {
                missed.push(Missed::new(path, error));
                continue;
            }
        };
        if content.starts_with(LFS) && !scanner.skips(&path) {
            missed.push(Missed::new(path, "a pointer of Git LFS: its content is not in git"));
            continue;
        }
        files += 1;
        lines += file.added.len();
        let mut known = None;
        for secret in scanner.scan(&path, &content) {
            let (first, last) = (secret.start.line, secret.end.line);
            // A binary file has no lines of its own: what is in a changed one is new.
            if !file.binary && !file.added.touches(first..=last) {
                continue;
            }
            // Who adds a secret can add a comment, too: it counts where the base has both.
            if secret.allow_comment
                && known
                    .get_or_insert_with(|| allowed(states, file, &scanner))
                    .contains(secret.digest.as_str())
            {
                continue;
            }
            let level = if secret.confidence == leadforge_secret_scan::Confidence::High {
                Level::Error
            } else {
                Level::Warning
            };
            let message =
                format!("{} ({})", secret.description.trim_end_matches('.'), secret.shape);
            let rule = format!("secret.{}", secret.rule);
            let mut finding = Finding::new(rule, level, message).at(&file.path, Some(first));
            finding = finding.about(secret.digest.as_str());
            finding.at.as_mut().expect("it was just given").end_line =
                (last > first).then_some(last);
            findings.push(finding);
        }
    }
    Checked { findings, looked: Looked::at(files, lines, missed) }
}

/// The digests of the secrets that the base has with a comment that asks to leave them out.
fn allowed(states: &States, file: &FileChange, scanner: &Scanner) -> BTreeSet<String> {
    let path = file.old_path.as_ref().unwrap_or(&file.path);
    let Ok(Some(content)) = states.base.read(path) else { return BTreeSet::new() };
    let found = scanner.scan(&path.to_string(), &content).into_iter();
    found
        .filter(|secret| secret.allow_comment)
        .map(|secret| secret.digest.as_str().to_owned())
        .collect()
}
