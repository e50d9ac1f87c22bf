//! How many regions are right.

use crate::page::Truth;
use leadforge_visual_diff::{Area, Kind, Region};
use std::fmt;

const KINDS: [Kind; 5] = [Kind::Added, Kind::Removed, Kind::Moved, Kind::Recoloured, Kind::Content];

/// Right, wrong and missed regions of each kind.
#[derive(Default)]
pub(crate) struct Sums {
    right: [u32; 5],
    wrong: [u32; 5],
    missed: [u32; 5],
}

impl Sums {
    /// Counts the regions of a page and says what is not right.
    pub(crate) fn add(&mut self, truth: &[Truth], regions: &[Region]) -> Vec<String> {
        let mut left: Vec<&Region> = regions.iter().collect();
        let mut faults = Vec::new();
        for one in truth {
            match left.iter().position(|region| fits(one, region)) {
                Some(at) => {
                    left.remove(at);
                    self.right[place(one.kind)] += 1;
                }
                None => {
                    self.missed[place(one.kind)] += 1;
                    faults.push(format!("missed {}", told(one.kind, one.before, one.after)));
                }
            }
        }
        for region in left {
            self.wrong[place(region.kind)] += 1;
            faults.push(format!("wrong  {}", told(region.kind, region.before, region.after)));
        }
        faults
    }
}

impl fmt::Display for Sums {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "| kind | changes | right | wrong | missed | precision | recall | F1 |")?;
        writeln!(f, "|---|---|---|---|---|---|---|---|")?;
        let mut sum = 0.0;
        for (at, kind) in KINDS.iter().enumerate() {
            let [right, wrong, missed] =
                [self.right[at], self.wrong[at], self.missed[at]].map(f64::from);
            let precision = right / (right + wrong).max(1.0);
            let recall = right / (right + missed).max(1.0);
            let f1 = 2.0 * right / (2.0 * right + wrong + missed).max(1.0);
            sum += f1;
            let changes = right + missed;
            writeln!(
                f,
                "| {kind:?} | {changes} | {right} | {wrong} | {missed} | {precision:.3} | {recall:.3} | {f1:.3} |"
            )?;
        }
        let total = |counts: &[u32; 5]| f64::from(counts.iter().sum::<u32>());
        let changes = total(&self.right) + total(&self.missed);
        let regions = total(&self.right) + total(&self.wrong);
        write!(
            f,
            "macro-F1 {:.3}, {:.2} regions for a change",
            sum / 5.0,
            regions / changes.max(1.0)
        )
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
    truth.kind == region.kind
        && side(truth.before, region.before)
        && side(truth.after, region.after)
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
