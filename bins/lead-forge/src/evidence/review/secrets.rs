//! Secrets in the lines that landed.

use leadforge_review_rules::change::{Change, Kind};
use leadforge_review_rules::{Checked, Finding, Level, Looked, Missed, Tree};
use leadforge_secret_scan::{Confidence, Config, Scanner};

/// How a file begins whose content Git LFS keeps elsewhere.
const LFS: &[u8] = b"version https://git-lfs.github.com/spec/";

/// Looks for them in every file that changed; one that the base has with its comment is left out.
pub(super) fn check(change: &Change, base: &dyn Tree, head: &dyn Tree) -> Checked {
    let scanner = match Scanner::new(&Config::default()) {
        Ok(scanner) => scanner,
        Err(error) => {
            return Checked { findings: Vec::new(), looked: Looked::no(error.to_string()) };
        }
    };
    let (mut findings, mut missed, mut files, mut lines) = (Vec::new(), Vec::new(), 0, 0);
    let there = |kind| !matches!(kind, Kind::Deleted | Kind::Submodule);
    for file in change.files.iter().filter(|file| there(file.kind)) {
        let path = file.path.to_string();
        let content = match head.read(&file.path) {
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
        let old = file.old_path.as_ref().unwrap_or(&file.path);
        for secret in scanner.scan(&path, &content) {
            let (first, last) = (secret.start.line, secret.end.line);
            if !file.binary && !file.added.touches(first..=last) {
                continue;
            }
            let known = || {
                let Ok(Some(before)) = base.read(old) else { return false };
                let before = scanner.scan(&old.to_string(), &before);
                before.iter().any(|one| one.allow_comment && one.digest == secret.digest)
            };
            if secret.allow_comment && known() {
                continue;
            }
            let sure = secret.confidence == Confidence::High;
            let level = if sure { Level::Error } else { Level::Warning };
            let what = secret.description.trim_end_matches('.');
            let rule = format!("secret.{}", secret.rule);
            let finding = Finding::new(rule, level, format!("{what} ({})", secret.shape));
            findings.push(finding.at(&file.path, Some(first)).about(secret.digest.as_str()));
        }
    }
    Checked { findings, looked: Looked::at(files, lines, missed) }
}
