//! Secrets in what a change made new.

use std::collections::BTreeSet;

use leadforge_cli_kit::Failure;
use leadforge_durable_fs::{Disk, RealDisk};
use leadforge_review_rules::baseline::Entry;
use leadforge_review_rules::change::{FileChange, Kind};
use leadforge_review_rules::identity::Key;
use leadforge_review_rules::{Checked, Finding, Level, Looked, Missed, Tree};
use leadforge_secret_scan::{Baseline, Borne, Confidence, Config, Finding as Secret, Scanner};

use crate::states::States;

/// How a file begins whose content Git LFS keeps elsewhere.
const LFS: &[u8] = b"version https://git-lfs.github.com/spec/";

/// What was found, and how the base lets some of it pass.
pub(crate) struct Found {
    pub(crate) checked: Checked,
    /// For each secret that a file of the base bears, by what its finding is recognised.
    pub(crate) passes: Vec<Entry>,
}

/// Looks for secrets in the new lines; the whole file is read, because a key has several.
pub(crate) fn check(states: &States, known: &Baseline) -> Found {
    let scanner = match Scanner::new(&Config::default()) {
        Ok(scanner) => scanner,
        Err(error) => {
            let looked = Looked::no(error.to_string());
            return Found { checked: Checked { findings: Vec::new(), looked }, passes: Vec::new() };
        }
    };
    let (mut findings, mut missed, mut files, mut lines) = (Vec::new(), Vec::new(), 0, 0);
    let (mut passes, mut salt) = (Vec::new(), None);
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
        let mut allowed = None;
        for secret in scanner.scan(&path, &content) {
            let (first, last) = (secret.start.line, secret.end.line);
            // A binary file has no lines of its own: what is in a changed one is new.
            if !file.binary && !file.added.touches(first..=last) {
                continue;
            }
            // Who adds a secret can add a comment, too: it counts where the base has both.
            if secret.allow_comment
                && allowed
                    .get_or_insert_with(|| allowed_before(states, file, &scanner))
                    .contains(secret.digest.as_str())
            {
                continue;
            }
            let salt = salt.get_or_insert_with(|| {
                states.first().map_err(|why| missed.push(Missed::new("the first commit", why)))
            });
            let mut finding = told(&secret, file, salt.as_ref().map_or("", |salt| salt));
            for borne in known.of(&secret, &path) {
                let key = Key::of(std::slice::from_mut(&mut finding), &states.head).remove(0);
                let (reason, until) = (borne.reason.clone(), borne.until.clone());
                passes.push(Entry { reason, until, finding: key });
            }
            findings.push(finding);
        }
    }
    let checked = Checked { findings, looked: Looked::at(files, lines, missed) };
    Found { checked, passes }
}

/// A secret as a finding. Its digest is salted by what no other repository has and every whole clone of this one does:
/// the same secret is recognised on every machine, and no table that was made for others fits.
fn told(secret: &Secret, file: &FileChange, salt: &str) -> Finding {
    let high = secret.confidence == Confidence::High;
    let level = if high { Level::Error } else { Level::Warning };
    let message = format!("{} ({})", secret.description.trim_end_matches('.'), secret.shape);
    let (first, last) = (secret.start.line, secret.end.line);
    let finding = Finding::new(rule(secret), level, message).at(&file.path, Some(first));
    let mut finding = finding.about(secret.digest.salted(salt).as_str());
    finding.at.as_mut().expect("it was just given").end_line = (last > first).then_some(last);
    finding
}

fn rule(secret: &Secret) -> String {
    format!("secret.{}", secret.rule)
}

/// A file that lets the secret of a finding pass, here and for `lead-guard`; nothing when the finding is about no secret.
pub(crate) fn bear(
    states: &States,
    finding: &Finding,
    reason: &str,
    until: &str,
) -> Result<Option<Borne>, Failure> {
    let Some(at) = finding.at.as_ref().filter(|_| finding.origin == "secrets") else {
        return Ok(None);
    };
    let failed = |error: String| Failure::cannot_look("review.baseline", error);
    let scanner = Scanner::new(&Config::default()).map_err(|error| failed(error.to_string()))?;
    let content = states.head.read(&at.path).map_err(failed)?.unwrap_or_default();
    let path = at.path.to_string();
    let first = states.first().unwrap_or_default();
    let found = scanner.scan(&path, &content).into_iter().find(|secret| {
        rule(secret) == finding.rule && secret.digest.salted(&first).as_str() == finding.matched
    });
    let found = found.ok_or_else(|| failed(format!("{path} no longer has this secret")))?;
    let random = || RealDisk.random().map_err(Failure::from);
    let salt = format!("{:016x}{:016x}", random()?, random()?);
    let borne = Borne::new(&found, &path, reason, until, &salt);
    borne.map(Some).map_err(|error| Failure::usage("review.baseline", error))
}

/// The digests of the secrets that the base has with a comment that asks to leave them out.
fn allowed_before(states: &States, file: &FileChange, scanner: &Scanner) -> BTreeSet<String> {
    let path = file.old_path.as_ref().unwrap_or(&file.path);
    let Ok(Some(content)) = states.base.read(path) else { return BTreeSet::new() };
    let found = scanner.scan(&path.to_string(), &content).into_iter();
    found
        .filter(|secret| secret.allow_comment)
        .map(|secret| secret.digest.as_str().to_owned())
        .collect()
}
