//! `conform dockerfile`: agreement on the shared rules, line by line, and the list of what is seen differently.

use crate::setup;
use crate::sh::{self, Fail, Result};
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::Path;

/// The list of the files: repository, commit, path, SHA-256.
const LIST: &str = "tests/corpora/dockerfiles.tsv";
/// What is seen differently: path, line, rule, who found it, who is right, why.
const DISAGREED: &str = "tests/corpora/dockerfiles-disagreed.tsv";
/// The least agreement, in parts of a thousand.
const LEAST: usize = 980;
/// The least number of files, and of repositories that they come from.
const ENOUGH: (usize, usize) = (300, 100);

/// A path, a line and a rule.
type Seen = (String, u64, String);

/// Looks at every file with both, and compares.
pub(crate) fn conform(corpora: &Path) -> Result {
    setup::ensure("dockerfile")?;
    let folder = corpora.join("container/dockerfiles");
    let paths = files(&folder)?;
    sh::run(sh::cargo().args([
        "build",
        "--locked",
        "-p",
        "leadforge-container-audit",
        "--example",
        "findings",
    ]))?;
    let ours = ours(&folder, &paths)?;
    let (theirs, refused) = theirs(&folder, &paths)?;
    let readable = |seen: &&Seen| !refused.contains(&seen.0);
    let ours: BTreeSet<&Seen> = ours.iter().filter(readable).collect();
    let theirs: BTreeSet<&Seen> = theirs.iter().filter(readable).collect();
    let both = ours.intersection(&theirs).count();
    let all = ours.union(&theirs).count();
    println!(
        "dockerfile: {} files; hadolint cannot read {}; {both} of {all} pairs of line and rule agree ({}.{} %)",
        paths.len(),
        refused.len(),
        both * 1000 / all.max(1) / 10,
        both * 1000 / all.max(1) % 10,
    );
    let told = table(&sh::root().join(DISAGREED))?;
    let told: BTreeSet<Seen> = told
        .iter()
        .filter_map(|row| {
            Some((row.first()?.clone(), row.get(1)?.parse().ok()?, row.get(2)?.clone()))
        })
        .collect();
    let differ: BTreeSet<Seen> =
        ours.symmetric_difference(&theirs).map(|seen| (*seen).clone()).collect();
    let mut faults = Vec::new();
    for (path, line, rule) in differ.difference(&told) {
        faults.push(format!(
            "{path}:{line}: {rule} is seen differently, and {DISAGREED} does not say who is right"
        ));
    }
    for (path, line, rule) in told.difference(&differ) {
        faults.push(format!(
            "{path}:{line}: {rule} is no disagreement any more: take it out of {DISAGREED}"
        ));
    }
    if both * 1000 < all * LEAST {
        faults.push(format!("{both} of {all} pairs agree, less than {LEAST} in a thousand"));
    }
    if faults.is_empty() { Ok(()) } else { Err(Fail::gate(faults.join("\n       "))) }
}

/// The rows of a table below its heading.
fn table(path: &Path) -> Result<Vec<Vec<String>>> {
    let text = std::fs::read_to_string(path)
        .map_err(|error| Fail::missing(format!("{}: {error}", path.display())))?;
    Ok(text.lines().skip(1).map(|line| line.split('\t').map(str::to_owned).collect()).collect())
}

/// The files of the list, each as it is there.
fn files(folder: &Path) -> Result<Vec<String>> {
    let mut paths = Vec::new();
    let mut repositories = BTreeSet::new();
    for row in table(&sh::root().join(LIST))? {
        let [repository, _, path, digest] = row.as_slice() else {
            return Err(Fail::gate(format!("{LIST}: a row has {} fields", row.len())));
        };
        let path = format!("{}/{path}", repository.replacen('/', "+", 1));
        let file = folder.join(&path);
        let said = sh::capture(sh::program("sha256sum").arg(&file))
            .map_err(|fail| Fail::missing(format!("{path}: {}", fail.message)))?;
        if !said.trim_start_matches('\\').starts_with(digest.as_str()) {
            return Err(Fail::gate(format!("{}: not the file of the list", file.display())));
        }
        repositories.insert(repository.clone());
        paths.push(path);
    }
    if paths.len() < ENOUGH.0 || repositories.len() < ENOUGH.1 {
        return Err(Fail::gate(format!(
            "{} files of {} are too few",
            paths.len(),
            repositories.len()
        )));
    }
    Ok(paths)
}

fn ours(folder: &Path, paths: &[String]) -> Result<BTreeSet<Seen>> {
    let program = sh::target().join("debug/examples/findings");
    let said = sh::capture(sh::program(program).args(paths).current_dir(folder))?;
    let row = |line: &str| {
        let mut fields = line.split('\t');
        let seen =
            (fields.next()?.to_owned(), fields.next()?.parse().ok()?, fields.next()?.to_owned());
        seen.2.starts_with("DL").then_some(seen)
    };
    Ok(said.lines().filter_map(row).collect())
}

/// What hadolint says, with its defaults, and the files that it cannot read.
fn theirs(folder: &Path, paths: &[String]) -> Result<(BTreeSet<Seen>, BTreeSet<String>)> {
    let (mut seen, mut refused) = (BTreeSet::new(), BTreeSet::new());
    for path in paths {
        let mut hadolint = sh::program(setup::tool_path("hadolint"));
        hadolint.args(["--no-fail", "--format", "json"]).arg(path).current_dir(folder);
        let said = sh::capture(&mut hadolint)?;
        let said: Value = serde_json::from_str(&said)
            .map_err(|error| Fail::missing(format!("hadolint on {path}: {error}")))?;
        for found in said.as_array().into_iter().flatten() {
            let (Some(rule), Some(line)) = (found["code"].as_str(), found["line"].as_u64()) else {
                continue;
            };
            if rule == "DL1000" {
                refused.insert(path.clone());
            } else if rule.starts_with("DL") {
                seen.insert((path.clone(), line, rule.to_owned()));
            }
        }
    }
    Ok((seen, refused))
}
