//! What a part lies on, and what stands out from it.

use std::ops::Range;

use super::mix::Map;
use super::patch::Axis;
use super::sheet::Sheet;
use super::visible::stands_out;
use crate::Area;

/// The colour around an area, when most of the pixels that touch it have one.
pub(super) fn ring(sheet: &Sheet, area: &Area) -> Option<u32> {
    let counts = around(sheet, area);
    let all: u64 = counts.values().sum();
    let most = counts.into_iter().max_by_key(|&(colour, count)| (count, colour))?;
    (most.1 * 100 >= all * 60).then_some(most.0)
}

/// How often each colour stands around an area.
pub(super) fn around(sheet: &Sheet, area: &Area) -> Map<u32, u64> {
    let mut counts: Map<u32, u64> = Map::default();
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
    counts
}

/// Whether nothing begins or ends in a column of an area.
pub(super) fn plain_column(sheet: &Sheet, x: u32, area: &Area) -> bool {
    let colour = |y: u32| sheet.runs(y, x, x + 1)[0].colour;
    let mut last = None;
    (area.y..area.bottom()).all(|y| {
        if last.is_some() && sheet.shared(y - 1, y) {
            return true;
        }
        let colour = colour(y);
        last.replace(colour).is_none_or(|last| !stands_out(last, colour))
    })
}

/// Whether nothing begins or ends in a row of an area.
pub(super) fn plain_row(sheet: &Sheet, y: u32, area: &Area) -> bool {
    let runs = sheet.runs(y, area.x, area.right());
    runs.windows(2).all(|pair| !stands_out(pair[0].colour, pair[1].colour))
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
    let [first, last] = neighbours(sheet, area, axis);
    let mut found: Option<Area> = None;
    let mut pixels = 0;
    let mut add = |y: u32, columns: Range<u32>| {
        let width = columns.len() as u32;
        pixels += u64::from(width);
        let part = Area { x: columns.start, y, width, height: 1 };
        found = Some(found.map_or(part, |found| found.around(&part)));
    };
    for y in area.y..area.bottom() {
        for (columns, colour) in sheet.cut(y, area.x, area.right()) {
            let alone = |at: u32| {
                let lies_on = |line: &Option<Vec<u32>>| {
                    line.as_ref().is_some_and(|line| !stands_out(colour, line[at as usize]))
                };
                !lies_on(&first) && !lies_on(&last)
            };
            match axis {
                Axis::Columns if alone(y - area.y) => add(y, columns),
                Axis::Columns => {}
                Axis::Rows => {
                    columns.filter(|x| alone(x - area.x)).for_each(|x| add(y, x..x + 1));
                }
            }
        }
    }
    found.map(|found| (found, pixels))
}

/// The colours of the lines before and behind an area: those that show a backdrop, if one does.
fn neighbours(sheet: &Sheet, area: &Area, axis: Axis) -> [Option<Vec<u32>>; 2] {
    let line = |area: Area| sheet.colours(&area);
    let lines = match axis {
        Axis::Rows => [
            area.y.checked_sub(1).map(|y| line(Area { y, height: 1, ..*area })),
            (area.bottom() < sheet.height())
                .then(|| line(Area { y: area.bottom(), height: 1, ..*area })),
        ],
        Axis::Columns => [
            area.x.checked_sub(1).map(|x| line(Area { x, width: 1, ..*area })),
            (area.right() < sheet.width())
                .then(|| line(Area { x: area.right(), width: 1, ..*area })),
        ],
    };
    // A line of one colour is a backdrop; one that shows something may be the edge of what came.
    let flat = |line: &Option<Vec<u32>>| {
        line.as_ref().is_some_and(|line| line.iter().all(|&colour| !stands_out(colour, line[0])))
    };
    match (flat(&lines[0]), flat(&lines[1]), lines) {
        (true, false, [first, _]) => [first, None],
        (false, true, [_, last]) => [None, last],
        (_, _, lines) => lines,
    }
}
