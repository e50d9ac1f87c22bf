//! How many regions are right, and what the others were taken for.

use crate::truth::Truth;
use leadforge_visual_diff::{Area, Kind, Region};
use std::collections::BTreeMap;
use std::fmt;

const KINDS: [Kind; 5] = [Kind::Added, Kind::Removed, Kind::Moved, Kind::Recoloured, Kind::Content];

/// Right, wrong and missed regions of each kind.
#[derive(Default)]
pub(crate) struct Sums {
    right: [u32; 5],
    wrong: [u32; 5],
    missed: [u32; 5],
    /// For each sort of change what it was called, and how often.
    called: BTreeMap<String, BTreeMap<String, u32>>,
}

impl Sums {
    /// Counts the regions of a page and says what is not right.
    pub(crate) fn add(&mut self, truth: &[Truth], regions: &[Region]) -> Vec<String> {
        let mut left: Vec<&Region> = regions.iter().collect();
        let mut faults = Vec::new();
        for one in truth {
            let (kind, before, after) = one.any[0];
            let called = match left.iter().position(|region| fits(one, region)) {
                Some(at) => {
                    left.remove(at);
                    self.right[place(kind)] += 1;
                    "right".to_owned()
                }
                None => {
                    self.missed[place(kind)] += 1;
                    faults.push(format!("missed {} ({})", told(kind, before, after), one.what));
                    instead(one, regions)
                }
            };
            *self.called.entry(one.what.clone()).or_default().entry(called).or_default() += 1;
        }
        for region in left {
            self.wrong[place(region.kind)] += 1;
            faults.push(format!("wrong  {}", told(region.kind, region.before, region.after)));
        }
        faults
    }

    /// The mean of the kinds' F1, and how many regions there were for a change.
    pub(crate) fn marks(&self) -> (f64, f64) {
        let f1 = |at: usize| {
            let [right, wrong, missed] =
                [self.right[at], self.wrong[at], self.missed[at]].map(f64::from);
            2.0 * right / (2.0 * right + wrong + missed).max(1.0)
        };
        let total = |counts: &[u32; 5]| f64::from(counts.iter().sum::<u32>());
        let changes = total(&self.right) + total(&self.missed);
        let regions = total(&self.right) + total(&self.wrong);
        ((0..5).map(f1).sum::<f64>() / 5.0, regions / changes.max(1.0))
    }
}

impl fmt::Display for Sums {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "| kind | changes | right | wrong | missed | precision | recall | F1 |")?;
        writeln!(f, "|---|---|---|---|---|---|---|---|")?;
        for (at, kind) in KINDS.iter().enumerate() {
            let [right, wrong, missed] =
                [self.right[at], self.wrong[at], self.missed[at]].map(f64::from);
            let precision = right / (right + wrong).max(1.0);
            let recall = right / (right + missed).max(1.0);
            let f1 = 2.0 * right / (2.0 * right + wrong + missed).max(1.0);
            let changes = right + missed;
            writeln!(
                f,
                "| {kind:?} | {changes} | {right} | {wrong} | {missed} | {precision:.3} | {recall:.3} | {f1:.3} |"
            )?;
        }
        writeln!(f, "\n| change | was called |\n|---|---|")?;
        for (what, called) in &self.called {
            let called: Vec<String> =
                called.iter().map(|(called, count)| format!("{count} {called}")).collect();
            writeln!(f, "| {what} | {} |", called.join("; "))?;
        }
        let (f1, regions) = self.marks();
        write!(f, "\nmacro-F1 {f1:.3}, {regions:.2} regions for a change")
    }
}

fn place(kind: Kind) -> usize {
    KINDS.iter().position(|one| *one == kind).unwrap_or(KINDS.len() - 1)
}

fn fits(truth: &Truth, region: &Region) -> bool {
    let side = |one: Option<Area>, other: Option<Area>| match (one, other) {
        (Some(one), Some(other)) => overlap(&one, &other) >= 0.5,
        (None, None) => true,
        _ => false,
    };
    truth.any.iter().any(|&(kind, before, after)| {
        kind == region.kind && side(before, region.before) && side(after, region.after)
    })
}

/// The kinds of the regions that touch what changed; with a star where the box is right.
fn instead(truth: &Truth, regions: &[Region]) -> String {
    let (_, before, after) = truth.any[0];
    let touch = |one: Option<Area>, other: Option<Area>| {
        one.zip(other).map_or(0.0, |(one, other)| overlap(&one, &other))
    };
    let mut kinds: Vec<String> = regions
        .iter()
        .map(|region| (region.kind, touch(before, region.before).max(touch(after, region.after))))
        .filter(|(_, share)| *share > 0.0)
        .map(|(kind, share)| format!("{kind:?}{}", if share >= 0.5 { "*" } else { "" }))
        .collect();
    kinds.sort_unstable();
    kinds.dedup();
    if kinds.is_empty() { "nothing".to_owned() } else { kinds.join("+") }
}

/// Intersection over union.
fn overlap(one: &Area, other: &Area) -> f64 {
    let size = |area: &Area| f64::from(area.width) * f64::from(area.height);
    let both = one.overlap(other).map_or(0.0, |area| size(&area));
    both / (size(one) + size(other) - both).max(1.0)
}

fn told(kind: Kind, before: Option<Area>, after: Option<Area>) -> String {
    let area = |area: Option<Area>| {
        area.map_or("-".to_owned(), |a| format!("{},{} {}x{}", a.x, a.y, a.width, a.height))
    };
    format!("{kind:?} {} -> {}", area(before), area(after))
}
