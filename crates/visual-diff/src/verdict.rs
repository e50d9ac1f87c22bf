//! Whether a difference matters, what decided it, and one line that says what it is.

use std::fmt::Write;

use serde::{Deserialize, Serialize};

use crate::{Area, Kind, Report, Structure};

/// What is accepted.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tolerance {
    /// So many counted pixels may differ.
    pub max_diff_pixels: Option<u64>,
    /// Such a share of the larger picture's pixels may be counted, from 0 to 1.
    pub max_diff_ratio: Option<f64>,
    /// Changes of these kinds are no difference.
    pub allow: Vec<Kind>,
}

/// Whether two pictures differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// They are the very same.
    Same,
    /// They differ in what is accepted.
    Within,
    /// They differ.
    Different,
}

/// What decided it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// Every pixel is equal.
    Identical,
    /// Nothing that differs is counted: it is invisible, a smoothed edge or ignored.
    Uncounted,
    /// A change of this kind.
    Kind(Kind),
    /// The kinds that are allowed cover everything.
    Allowed,
    /// The sizes differ, and no part that came or went says why.
    Size,
    /// The largest number of counted pixels.
    MaxDiffPixels,
    /// The largest share of counted pixels.
    MaxDiffRatio,
}

/// The outcome and its reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verdict {
    /// Whether they differ.
    pub outcome: Outcome,
    /// What decided it.
    pub decided_by: Cause,
    /// The pixels that the limits were held against: those that are counted, or, where parts stand
    /// elsewhere, those that differ visibly once they lie on each other.
    pub counted: u64,
}

/// Judges what was found.
pub(crate) fn judge(
    report: &Report,
    structure: Option<&Structure>,
    tolerance: &Tolerance,
) -> Verdict {
    let [before, after] = report.sizes;
    if report.counts.different == 0 && report.counts.ignored == 0 && before == after {
        return Verdict { outcome: Outcome::Same, decided_by: Cause::Identical, counted: 0 };
    }
    let kinds = structure.map(Structure::kinds).unwrap_or_default();
    let named = kinds.iter().any(|kind| *kind != Kind::Content);
    let counted = match structure {
        Some(structure) if named => structure.content,
        _ => report.counts.counted,
    };
    let different = |decided_by| Verdict { outcome: Outcome::Different, decided_by, counted };
    let within = |decided_by| Verdict { outcome: Outcome::Within, decided_by, counted };
    let refused =
        kinds.iter().find(|kind| **kind != Kind::Content && !tolerance.allow.contains(kind));
    if let Some(kind) = refused {
        return different(Cause::Kind(*kind));
    }
    if before != after && !named {
        return different(Cause::Size);
    }
    if tolerance.allow.contains(&Kind::Content) && kinds.contains(&Kind::Content) {
        return within(Cause::Allowed);
    }
    let pixels = before.pixels().max(after.pixels());
    let ratio = counted as f64 / pixels as f64;
    if tolerance.max_diff_pixels.is_some_and(|most| counted > most) {
        return different(Cause::MaxDiffPixels);
    }
    if tolerance.max_diff_ratio.is_some_and(|most| ratio > most) {
        return different(Cause::MaxDiffRatio);
    }
    match (counted, tolerance) {
        (0, _) if named => within(Cause::Allowed),
        (0, _) => within(Cause::Uncounted),
        (_, Tolerance { max_diff_pixels: Some(_), .. }) => within(Cause::MaxDiffPixels),
        (_, Tolerance { max_diff_ratio: Some(_), .. }) => within(Cause::MaxDiffRatio),
        _ => different(Cause::MaxDiffPixels),
    }
}

impl Structure {
    /// The kinds of change, each once, in their order.
    #[must_use]
    pub fn kinds(&self) -> Vec<Kind> {
        let mut kinds: Vec<Kind> = self.regions.iter().map(|region| region.kind).collect();
        if !self.inserted.is_empty() {
            kinds.push(Kind::Added);
        }
        if !self.removed.is_empty() {
            kinds.push(Kind::Removed);
        }
        if !self.shifts.is_empty() {
            kinds.push(Kind::Moved);
        }
        kinds.sort_unstable();
        kinds.dedup();
        kinds
    }
}

/// The most parts that the line names.
const NAMED: usize = 3;

/// What changed, in one line.
pub(crate) fn summary(report: &Report, structure: Option<&Structure>) -> String {
    let [before, after] = report.sizes;
    let counts = report.counts;
    if counts.different == 0 && before == after {
        return "identical".to_owned();
    }
    let mut parts = Vec::new();
    if before != after {
        parts.push(format!(
            "{}×{} became {}×{}",
            before.width, before.height, after.width, after.height
        ));
    }
    let Some(structure) = structure else {
        parts.push(format!("{} pixels counted, no parts named", counts.counted));
        return parts.join("; ");
    };
    let page = before.pixels().max(after.pixels());
    let mut regions: Vec<_> = structure.regions.iter().collect();
    regions.sort_by_key(|region| std::cmp::Reverse(region.pixels));
    for region in regions.iter().take(NAMED) {
        parts.push(part(region, page));
    }
    if regions.len() > NAMED {
        let more = regions.len() - NAMED;
        parts.push(format!("{more} more part{}", if more == 1 { "" } else { "s" }));
    }
    if !structure.aligned {
        parts.push("not aligned".to_owned());
    } else if structure.shifts.is_empty()
        && structure.inserted.is_empty()
        && structure.removed.is_empty()
    {
        parts.push("no layout change".to_owned());
    } else {
        parts.push(shifted(structure));
    }
    if regions.is_empty() && structure.shifts.is_empty() {
        parts.insert(0, format!("{} pixels differ, none visibly", counts.different));
    }
    parts.join("; ")
}

fn part(region: &crate::Region, page: u64) -> String {
    let place = |area: &Area| format!("{},{} {}×{}", area.x, area.y, area.width, area.height);
    let (before, after) = (region.before.as_ref(), region.after.as_ref());
    match region.kind {
        Kind::Recoloured => {
            let mut text = String::from("recolour ");
            let main = region.recolours.iter().filter(|map| map.pixels * 20 >= region.pixels);
            for (at, map) in main.take(2).enumerate() {
                let comma = if at > 0 { ", " } else { "" };
                write!(text, "{comma}{}→{}", map.from, map.to).expect("a string takes any text");
            }
            let share = region.pixels as f64 / page as f64;
            if share >= 0.5 {
                format!("theme {text} on {:.0} % of the page", (share * 100.0).floor())
            } else {
                format!("{text} at {}", after.map(place).unwrap_or_default())
            }
        }
        Kind::Added => format!("added {}", after.map(place).unwrap_or_default()),
        Kind::Removed => format!("removed {}", before.map(place).unwrap_or_default()),
        Kind::Moved => format!(
            "moved {} to {}",
            before.map(place).unwrap_or_default(),
            after.map(|area| format!("{},{}", area.x, area.y)).unwrap_or_default()
        ),
        Kind::Content => format!("changed {}", after.map(place).unwrap_or_default()),
    }
}

/// More ways in which parts moved are not told one by one.
const WAYS: usize = 6;

fn shifted(structure: &Structure) -> String {
    let offset = structure
        .shifts
        .iter()
        .max_by_key(|shift| u64::from(shift.after.width) * u64::from(shift.after.height));
    let by = offset.map(|shift| {
        if structure.shifts.len() > WAYS {
            return format!("{} parts of the rest moved", structure.shifts.len());
        }
        let x = i64::from(shift.after.x) - i64::from(shift.before.x);
        let y = i64::from(shift.after.y) - i64::from(shift.before.y);
        match (x, y) {
            (0, y) => format!("the rest moved by {y:+} px"),
            (x, 0) => format!("the rest moved sideways by {x:+} px"),
            (x, y) => format!("the rest moved by {x:+}, {y:+} px"),
        }
    });
    let mut parts = Vec::new();
    if !structure.inserted.is_empty() {
        parts.push(format!("{} inserted", bands(structure.inserted.len())));
    }
    if !structure.removed.is_empty() {
        parts.push(format!("{} removed", bands(structure.removed.len())));
    }
    parts.extend(by);
    parts.join(", ")
}

fn bands(count: usize) -> String {
    if count == 1 { "1 band".to_owned() } else { format!("{count} bands") }
}
