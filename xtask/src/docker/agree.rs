//! `conform dockerfile`: agreement on the shared rules, line by line, and the list of what is seen differently.

use super::list::{Seen, table};
use crate::setup;
use crate::sh::{self, Fail, Result};
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::Path;

/// What is seen differently: path, line, rule, who found it, who is right, why.
const DISAGREED: &str = "tests/corpora/dockerfiles-disagreed.tsv";
/// The least agreement, in parts of a thousand.
const LEAST: usize = 980;

/// Looks at every file with hadolint, and compares with what ours found.
pub(super) fn conform(folder: &Path, paths: &[String], found: &BTreeSet<Seen>) -> Result {
    let (theirs, refused) = theirs(folder, paths)?;
    let readable = |seen: &&Seen| !refused.contains(&seen.0);
    let shared = |seen: &&Seen| seen.2.starts_with("DL");
    let ours: BTreeSet<&Seen> = found.iter().filter(shared).filter(readable).collect();
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
