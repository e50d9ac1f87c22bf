//! What a part lies on, and what stands out from it.

use std::collections::HashMap;

use super::patch::Axis;
use super::sheet::Sheet;
use super::visible::stands_out;
use crate::Area;

/// The colour around an area, when most of the pixels that touch it have one.
pub(super) fn ring(sheet: &Sheet, area: &Area) -> Option<u32> {
    let mut counts: HashMap<u32, u64> = HashMap::new();
    let (left, right) = (area.x.saturating_sub(1), (area.right() + 1).min(sheet.width()));
    let mut count = |y: u32, from: u32, to: u32| {
        for (columns, colour) in sheet.cut(y, from, to) {
            *counts.entry(colour).or_default() += columns.len() as u64;
        }
    };
    if area.y > 0 {
        count(area.y - 1, left, right);
    }
    if area.bottom() < sheet.height() {
        count(area.bottom(), left, right);
    }
    for y in area.y..area.bottom() {
        if area.x > 0 {
            count(y, area.x - 1, area.x);
        }
        if area.right() < sheet.width() {
            count(y, area.right(), area.right() + 1);
        }
    }
    let all: u64 = counts.values().sum();
    let most = counts.into_iter().max_by_key(|&(colour, count)| (count, colour))?;
    (most.1 * 100 >= all * 60).then_some(most.0)
}

/// The smallest area within one that holds everything which stands out from a colour.
pub(super) fn tight(sheet: &Sheet, area: &Area, backdrop: u32) -> Option<Area> {
    let mut found: Option<Area> = None;
    for y in area.y..area.bottom() {
        for (columns, colour) in sheet.cut(y, area.x, area.right()) {
            if stands_out(colour, backdrop) {
                let part = Area { x: columns.start, y, width: columns.len() as u32, height: 1 };
                found = Some(found.map_or(part, |found| found.around(&part)));
            }
        }
    }
    found
}

/// Whether the same shapes stand out from both backdrops, in whatever colours.
pub(super) fn same_shapes(
    (before, one, left): (&Sheet, &Area, u32),
    (after, other, right): (&Sheet, &Area, u32),
) -> bool {
    let (a, b) = (before.colours(one), after.colours(other));
    let (mut either, mut both) = (0_u64, 0_u64);
    for (a, b) in a.into_iter().zip(b) {
        let (a, b) = (stands_out(a, left), stands_out(b, right));
        either += u64::from(a || b);
        both += u64::from(a && b);
    }
    either > 0 && both * 100 >= either * 85
}

/// What stands out in lines that one picture has alone from the lines before and behind them:
/// its box and its pixels.
pub(super) fn beside(sheet: &Sheet, area: &Area, axis: Axis) -> Option<(Area, u64)> {
    if axis == Axis::Columns {
        let wide = Area {
            x: area.x.saturating_sub(1),
            width: (area.right() + 1).min(sheet.width()) - area.x.saturating_sub(1),
            ..*area
        };
        let turned = sheet.turned(&wide);
        let inside = Area { x: 0, y: area.x - wide.x, width: area.height, height: area.width };
        return beside(&turned, &inside, Axis::Rows).map(|(found, pixels)| {
            let back = Area {
                x: wide.x + found.y,
                y: wide.y + found.x,
                width: found.height,
                height: found.width,
            };
            (back, pixels)
        });
    }
    let line = |y: u32| sheet.colours(&Area { y, height: 1, ..*area });
    let above = area.y.checked_sub(1).map(line);
    let below = (area.bottom() < sheet.height()).then(|| line(area.bottom()));
    // A line of one colour is a backdrop; one that shows something may be the edge of what came.
    let flat = |line: &Option<Vec<u32>>| {
        line.as_ref().is_some_and(|line| line.iter().all(|&colour| !stands_out(colour, line[0])))
    };
    let (above, below) = match (flat(&above), flat(&below)) {
        (true, false) => (above, None),
        (false, true) => (None, below),
        _ => (above, below),
    };
    let mut found: Option<Area> = None;
    let mut pixels = 0;
    for y in area.y..area.bottom() {
        for (columns, colour) in sheet.cut(y, area.x, area.right()) {
            let alone = |at: &u32| {
                let lies_on = |line: &Option<Vec<u32>>| {
                    line.as_ref()
                        .is_some_and(|line| !stands_out(colour, line[(at - area.x) as usize]))
                };
                !lies_on(&above) && !lies_on(&below)
            };
            let mut columns = columns.filter(alone);
            if let Some(first) = columns.next() {
                let more = columns.by_ref().fold((0, first), |(count, _), last| (count + 1, last));
                pixels += more.0 + 1;
                let part = Area { x: first, y, width: more.1 + 1 - first, height: 1 };
                found = Some(found.map_or(part, |found| found.around(&part)));
            }
        }
    }
    found.map(|found| (found, pixels))
}
