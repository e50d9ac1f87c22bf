//! Judges one row after the other.

use super::side::Side;
use crate::pixels::{Around, Blend, Ignored, Mark, Place, Rule, antialiased, sweep};
use crate::{Config, Counts, Layout, Size};

/// What judges rows, and what it has found.
pub(super) struct Judge {
    rule: Rule,
    include_aa: bool,
    ignored: Ignored,
    /// What both pictures have.
    overlap: Size,
    /// Both rows are equal when their bytes are.
    alike: bool,
    same_width: bool,
    deep: bool,
    marks: Vec<u8>,
    /// True when the marks of the last row are more than [`Mark::Same`].
    marked: bool,
    wide: [Vec<u16>; 2],
    counts: Counts,
}

impl Judge {
    pub(super) fn new(before: &Side<'_>, after: &Side<'_>, config: &Config) -> Self {
        let overlap = before.size.overlap(after.size);
        Self {
            rule: Rule::new(Blend::of(config.profile, config.checkerboard), config.threshold),
            include_aa: config.include_aa,
            ignored: Ignored::new(&config.ignore),
            overlap,
            alike: before.layout == after.layout,
            same_width: before.size.width == after.size.width,
            deep: before.layout.deep() || after.layout.deep(),
            marks: vec![Mark::Same as u8; overlap.width as usize],
            marked: false,
            wide: Default::default(),
            counts: Counts::default(),
        }
    }

    pub(super) fn counts(&self) -> Counts {
        self.counts
    }

    /// The marks of the last row; empty when all are [`Mark::Same`].
    pub(super) fn marks(&self) -> &[u8] {
        if self.marked { &self.marks } else { &[] }
    }

    /// Judges row `y`; true when both pictures have it, and the very same.
    pub(super) fn row(&mut self, before: &mut Side<'_>, after: &mut Side<'_>, y: u32) -> bool {
        if std::mem::take(&mut self.marked) {
            self.marks.fill(Mark::Same as u8);
        }
        if y >= self.overlap.height {
            return false;
        }
        if self.alike && before.raw(y) == after.raw(y) {
            return true;
        }
        let far = self.differences(before, after, y);
        self.marked = self.marks.iter().any(|mark| *mark != Mark::Same as u8);
        if !self.marked {
            return self.same_width;
        }
        self.ignore(y);
        if far && !self.include_aa {
            self.smooth(before, after, y);
        }
        self.counts.add(&self.marks);
        false
    }

    /// Marks what differs, and by more than the threshold; true when there is such.
    fn differences(&mut self, before: &mut Side<'_>, after: &mut Side<'_>, y: u32) -> bool {
        let width = self.overlap.width as usize;
        let at = u64::from(y) * width as u64;
        if self.alike && matches!(before.layout, Layout::Rgb { key: None }) {
            let (before, after) = (before.raw(y).as_chunks::<3>().0, after.raw(y).as_chunks().0);
            return sweep(&self.rule, &before[..width], &after[..width], at, &mut self.marks);
        }
        before.expand(y);
        after.expand(y);
        let rows = (&before.pixels(y)[..width], &after.pixels(y)[..width]);
        let far = sweep(&self.rule, rows.0, rows.1, at, &mut self.marks);
        if self.deep {
            self.differences_of_16_bits(before, after, y);
        }
        far
    }

    /// Marks what is the same in 8 bits only.
    fn differences_of_16_bits(&mut self, before: &Side<'_>, after: &Side<'_>, y: u32) {
        for (side, wide) in [before, after].into_iter().zip(&mut self.wide) {
            wide.resize(side.size.width as usize * 4, 0);
            side.layout.rgba16(side.raw(y), wide);
        }
        let pixels = self.wide[0].as_chunks::<4>().0.iter().zip(self.wide[1].as_chunks::<4>().0);
        for (mark, (before, after)) in self.marks.iter_mut().zip(pixels) {
            if *mark == Mark::Same as u8 && before != after {
                *mark = Mark::Near as u8;
            }
        }
    }

    /// Takes differences in ignored places aside.
    fn ignore(&mut self, y: u32) {
        for span in self.ignored.spans(y, self.marks.len()) {
            for mark in &mut self.marks[span] {
                if *mark != Mark::Same as u8 {
                    *mark = Mark::Ignored as u8;
                }
            }
        }
    }

    /// Takes smoothed edges aside.
    fn smooth(&mut self, before: &mut Side<'_>, after: &mut Side<'_>, y: u32) {
        let Size { width, height } = self.overlap;
        let rows = [y.wrapping_sub(2), y.wrapping_sub(1), y, y + 1, y + 2];
        for y in rows {
            if y < height {
                before.expand(y);
                after.expand(y);
            }
        }
        fn around<'r>(side: &'r Side<'_>, rows: [u32; 5], overlap: Size) -> Around<'r> {
            let of = |y| {
                if y < overlap.height { &side.pixels(y)[..overlap.width as usize] } else { &[] }
            };
            rows.map(of)
        }
        let before = around(before, rows, self.overlap);
        let after = around(after, rows, self.overlap);
        for (x, mark) in self.marks.iter_mut().enumerate() {
            if *mark != Mark::Counted as u8 {
                continue;
            }
            let place = Place { x, y, width: width as usize };
            let blend = self.rule.blend;
            if antialiased(&before, &after, place, blend)
                || antialiased(&after, &before, place, blend)
            {
                *mark = Mark::AntiAliased as u8;
            }
        }
    }
}
