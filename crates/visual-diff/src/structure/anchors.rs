//! Long stretches of rows that stand where they stood: what lies between them is looked into alone.

use std::ops::Range;

use super::sheet::Sheet;

/// Rows, each unlike the one above it, by which a stretch is sure to be the same thing.
const SURE: usize = 64;

/// So many equal rows are a place between things.
const CALM: u32 = 6;

/// Rows that are equal as they lie, without what lies at their ends behind the last calm place: it may
/// be the beginning of something that only looks like something else.
pub(super) fn anchors(before: &Sheet, after: &Sheet) -> Vec<Range<u32>> {
    let mut anchors = Vec::new();
    if before.width() != after.width() {
        return anchors;
    }
    let height = before.height().min(after.height());
    let mut y = 0;
    while y < height {
        let start = y;
        while y < height && before.row(y) == after.row(y) {
            y += 1;
        }
        if (y - start) as usize >= SURE {
            anchors.extend(whole(before, start..y));
        }
        y += 1;
    }
    anchors
}

/// The things that lie in these rows as a whole, if they are many enough.
fn whole(sheet: &Sheet, rows: Range<u32>) -> Option<Range<u32>> {
    let calm = |y: u32| (y..y + CALM).all(|y| sheet.shared(y, y + 1));
    let places: Vec<u32> =
        (rows.start..rows.end.saturating_sub(CALM)).filter(|&y| calm(y)).collect();
    // The inside of a frame is calm too; between things there is less to see.
    let seen = |y: u32| sheet.runs(y, 0, sheet.width()).len();
    let least = places.iter().map(|&y| seen(y)).min()?;
    let mut gaps = places.into_iter().filter(|&y| seen(y) == least);
    let first = gaps.next()?;
    let last = gaps.next_back()? + 1;
    let first = if rows.start == 0 { 0 } else { first };
    let told = (first + 1..last).filter(|&y| !sheet.shared(y - 1, y)).count();
    (told >= SURE).then_some(first..last)
}

#[cfg(test)]
mod tests {
    use super::super::sheet::pair;
    use super::*;

    /// Each number draws another pattern, 0 none.
    fn rows(numbers: impl Iterator<Item = u32>) -> Vec<Vec<u32>> {
        let row = |number: u32| {
            let pixel =
                |x: u32| if number > 0 && x % 20 == 3 + number % 9 { number * 100 } else { 0 };
            (0..128).map(pixel).collect()
        };
        numbers.map(row).collect()
    }

    #[test]
    fn what_is_equal_for_long_is_an_anchor_up_to_its_last_gap() {
        let before = rows((0..200).map(|y| if y % 20 < 8 { 0 } else { y }));
        let mut after = before.clone();
        after[130] = before[5].clone();
        let (before, after) = pair(&before, &after);
        // The thing in which the row changed begins in row 128, the calm place before it ends in row 122.
        assert_eq!(anchors(&before, &after), vec![Range { start: 0, end: 122 }]);
    }

    #[test]
    fn a_frame_around_nothing_is_none() {
        let before = rows((0..300).map(|y| if y % 20 < 8 { 0 } else { 7 }));
        let (before, after) = pair(&before, &before);
        assert_eq!(anchors(&before, &after), []);
    }
}
