//! The verdicts of a person on every finding of our own rules in samples of the list.
//!
//! Sample 1 is 39 files. Sample 2 is 40 files of as many repositories, none of them in sample 1: the list in the order
//! of the SHA-256 of `sample-2`, repository, commit and path, with tabs between, and the first of each repository. When
//! it was judged, 90 of 91 findings were right; the wrong one is mended, and what was missed then is found since.

use super::list::{Seen, place, table};
use crate::sh::{self, Fail, Result};
use std::collections::{BTreeMap, BTreeSet};

/// Sample, repository, commit, path, line, rule, verdict, why. A file in which nothing is found has line 0 and `none`.
const JUDGED: &str = "tests/corpora/dockerfiles-judged.tsv";
/// The least share of findings that are right, in parts of a thousand.
const LEAST: usize = 950;

/// One verdict.
struct Verdict {
    sample: String,
    right: bool,
}

/// Holds what is found beside the verdicts.
pub(super) fn conform(found: &BTreeSet<Seen>) -> Result {
    let mut verdicts: BTreeMap<Seen, Verdict> = BTreeMap::new();
    let mut samples: BTreeMap<String, String> = BTreeMap::new();
    for row in table(&sh::root().join(JUDGED))? {
        let [sample, repository, _, path, line, rule, verdict, why] = row.as_slice() else {
            return Err(Fail::gate(format!("{JUDGED}: a row has {} fields", row.len())));
        };
        let right = match verdict.as_str() {
            "right" => true,
            "wrong" => false,
            other => return Err(Fail::gate(format!("{JUDGED}: {other} is no verdict"))),
        };
        let line: u64 =
            line.parse().map_err(|_| Fail::gate(format!("{JUDGED}: {line} is no line")))?;
        let path = place(repository, path);
        if why.trim().is_empty() {
            return Err(Fail::gate(format!("{JUDGED}: {path}:{line}: a verdict without a reason")));
        }
        samples.insert(path.clone(), sample.clone());
        if rule != "none" {
            let verdict = Verdict { sample: sample.clone(), right };
            verdicts.insert((path, line, rule.clone()), verdict);
        }
    }
    let ours = |seen: &&Seen| !seen.2.starts_with("DL") && samples.contains_key(&seen.0);
    let mut faults = Vec::new();
    // Per sample: files, findings, right ones.
    let mut shares: BTreeMap<&str, [usize; 3]> = BTreeMap::new();
    for sample in samples.values() {
        shares.entry(sample).or_default()[0] += 1;
    }
    for seen in found.iter().filter(ours) {
        let Some(verdict) = verdicts.get(seen) else {
            faults.push(format!("{}:{}: {} has no verdict in {JUDGED}", seen.0, seen.1, seen.2));
            continue;
        };
        let share = shares.entry(&verdict.sample).or_default();
        share[1] += 1;
        share[2] += usize::from(verdict.right);
    }
    // What was wrong and is found no more is mended; what was right must be found.
    for (seen, _) in verdicts.iter().filter(|(seen, v)| v.right && !found.contains(*seen)) {
        faults.push(format!("{}:{}: {} was right and is found no more", seen.0, seen.1, seen.2));
    }
    for (sample, [files, all, right]) in shares {
        println!("dockerfile: sample {sample}: {files} files, {right} of {all} findings are right");
        if right * 1000 < all * LEAST || all == 0 {
            faults.push(format!(
                "sample {sample}: {right} of {all} findings are right, less than {LEAST} in a thousand"
            ));
        }
    }
    if faults.is_empty() { Ok(()) } else { Err(Fail::gate(faults.join("\n       "))) }
}
