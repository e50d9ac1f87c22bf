//! What a sweep tells: the violations, and a table of commands and calls.

use super::Case;
use super::judge::{End, Verdict};
use crate::torture::Tally;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// The end of the case with this number.
pub(super) type Numbered = (usize, Verdict);

/// One command and one call.
#[derive(Default)]
struct Row {
    /// How many calls there are, and which of them have met a fault.
    sites: BTreeSet<(usize, usize)>,
    met: BTreeSet<(usize, usize)>,
    faults: u64,
    left: u64,
    ends: BTreeMap<&'static str, u64>,
}

/// Sums up the cases that ended.
pub(super) fn tally(seed: u64, cases: &[Case<'_>], ends: &[Numbered]) -> Tally {
    let mut tally = Tally::default();
    let mut rows: BTreeMap<(&str, &str), Row> = BTreeMap::new();
    for case in cases {
        let row = rows.entry(case.row()).or_default();
        row.sites.insert((case.call.process, case.call.nth));
        row.left += 1;
    }
    for (number, end) in ends {
        let case = &cases[*number];
        if matches!(end, Ok(End::Missed)) {
            tally.count("not injected: the call did not come", 1);
            continue;
        }
        tally.cases += 1;
        let row = rows.get_mut(&case.row()).expect("every case has one");
        row.met.insert((case.call.process, case.call.nth));
        row.faults += 1;
        row.left -= 1;
        let word = end.as_ref().map_or("BROKEN", |end| end.word());
        *row.ends.entry(word).or_default() += 1;
        tally.count(&format!("ended: {word}"), 1);
        if let Err(what) = end {
            let again = format!("--seed {seed} --from {number} --cases 1");
            tally.broken(again, format!("{}: {what}", case.title()));
        }
    }
    for ((script, _), row) in &rows {
        let of = if *script == "run" { "a run" } else { "a command" };
        let left = row.sites.len() - row.met.len();
        tally.count(&format!("calls in {of} that can fail"), row.sites.len() as u64);
        tally.count(&format!("calls in {of} left without a fault"), left as u64);
        tally.count(&format!("faults left to inject in {of}"), row.left);
    }
    tally.facts.insert("table".into(), rows.iter().map(shown).collect());
    tally
}

fn shown(((script, call), row): (&(&str, &str), &Row)) -> Value {
    json!({"command": script, "call": call, "sites": row.sites.len(), "met": row.met.len(),
           "faults": row.faults, "left": row.left, "ends": row.ends})
}
