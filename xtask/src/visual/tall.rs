//! `conform tall`: a page of 20,000 rows, into which cards came and from which one went.

use super::ours::{self, Said};
use super::{Data, peers, table};
use crate::sh::{self, Result};

/// MiB of resident memory, what the measuring process leaves behind included.
const MEMORY: f64 = 64.0;
const PAIRS: &[(&str, &str, &str)] = &[
    ("cards came and went", "before", "after"),
    ("another page", "before", "other"),
    ("noise, a quarter of the rows", "noise-1", "noise-2"),
];
/// Visibly different pixels that are not explained: the card that says something else has its own region.
const RESIDUAL: u64 = 200;

pub(super) fn check(_: &Data<'_>) -> Result<Vec<String>> {
    let dir = sh::scratch("conform/tall");
    sh::fresh(&dir)?;
    let script = sh::root().join("xtask/src/visual/tall.py");
    sh::capture(sh::program("python3").arg(script).arg(&dir))?;
    let mut faults = Vec::new();
    let mut rows = Vec::new();
    let mut first = None;
    for (name, before, after) in PAIRS {
        let [before, after] = [before, after].map(|file| dir.join(format!("{file}.png")));
        let [counting, telling] = &ours::both(&before, &after);
        let costs = peers::cost(&[counting, telling], 1)?;
        let said = Said::parse(&costs[1].said)?;
        for (program, cost) in [counting, telling].into_iter().zip(&costs) {
            if cost.mib() > MEMORY {
                let name = format!("{name}, {}", program.name);
                faults.push(format!("{name}: {:.1} MiB > {MEMORY}", cost.mib()));
            }
            rows.push([
                (*name).to_owned(),
                program.name.to_owned(),
                format!("{:.0}", cost.cpu),
                format!("{:.1}", cost.mib()),
                said.summary().to_owned(),
            ]);
        }
        first.get_or_insert(said);
    }
    table(["20,000 rows", "program", "CPU, ms", "memory, MiB", "summary"], &rows);
    faults.extend(first.iter().flat_map(named));
    Ok(faults)
}

/// What is wrong with what was said of the first pair: three cards came, one went, one says something else.
fn named(said: &Said) -> Vec<String> {
    let kinds = ["added", "removed", "moved", "recoloured", "content"];
    let found = kinds.map(|kind| said.regions(kind));
    println!("regions: {found:?} of {kinds:?}");
    let mut faults = Vec::new();
    if found[..4] != [3, 1, 0, 0] || !(1..=3).contains(&found[4]) {
        faults.push(format!("regions {found:?}, not [3, 1, 0, 0, 1 to 3] of {kinds:?}"));
    }
    let unexplained = said.residual().zip(said.content()).map(|(all, known)| all - known.min(all));
    if unexplained.is_none_or(|pixels| pixels > RESIDUAL) {
        faults.push(format!("residual {unexplained:?} > {RESIDUAL} beside other content"));
    }
    faults
}
