//! A letter that changed is a word that changed.

use super::backdrop::{plain_column, plain_row};
use super::regions::Found;
use super::sheet::Sheet;
use crate::Area;
use crate::region::Kind;

/// Higher parts are no line of text.
const HIGH: u32 = 26;
/// Plain columns between the letters of a word.
const LETTERS: u32 = 3;
/// A word is at most so much wider than what changed in it, on each side.
const WIDER: u32 = 160;

/// Widens what changed in a line of text to whole words.
pub(super) fn widen(before: &Sheet, after: &Sheet, found: &mut [Found]) {
    for one in found.iter_mut().filter(|one| one.kind == Kind::Content) {
        if let (Some(was), Some(is)) = (one.before, one.after)
            && was.height.max(is.height) <= HIGH
        {
            (one.before, one.after) = (Some(word(before, &was)), Some(word(after, &is)));
        }
    }
}

fn word(sheet: &Sheet, part: &Area) -> Area {
    let mut area = *part;
    let left = part.x.saturating_sub(WIDER);
    while let Some(x) =
        (area.x.saturating_sub(LETTERS).max(left)..area.x).find(|&x| !plain_column(sheet, x, &area))
    {
        (area.x, area.width) = (x, area.right() - x);
    }
    let right = (part.right() + WIDER).min(sheet.width());
    while let Some(x) = (area.right()..(area.right() + LETTERS).min(right))
        .rev()
        .find(|&x| !plain_column(sheet, x, &area))
    {
        area.width = x + 1 - area.x;
    }
    while area.height < HIGH && area.y > 0 && !plain_row(sheet, area.y - 1, &area) {
        (area.y, area.height) = (area.y - 1, area.height + 1);
    }
    while area.height < HIGH
        && area.bottom() < sheet.height()
        && !plain_row(sheet, area.bottom(), &area)
    {
        area.height += 1;
    }
    area
}

#[cfg(test)]
mod tests {
    use super::super::sheet::sheet;
    use super::*;

    #[test]
    fn a_letter_grows_to_its_word_and_not_to_the_next() {
        // Letters of four columns, two between them, six between words.
        let letter =
            |x: u32| [10, 16, 22, 32, 38].iter().any(|left| (*left..left + 4).contains(&x));
        let row = |y: u32| -> Vec<u32> {
            let ink = |x: u32| letter(x) && (8..18).contains(&y) && !(x + y).is_multiple_of(3);
            (0..60).map(|x| if ink(x) { 0xff00_0000 } else { 0xffff_ffff }).collect()
        };
        let sheet = sheet(&(0..30).map(row).collect::<Vec<_>>());
        let found = word(&sheet, &Area { x: 16, y: 10, width: 4, height: 5 });
        assert_eq!(found, Area { x: 10, y: 8, width: 16, height: 10 });
    }
}
