//! A picture's rows as runs of one colour: small for screens, and quick to compare.

use crate::{Area, Pixel};

/// Pixels of one colour, up to the column `end`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Run {
    pub(super) end: u32,
    pub(super) colour: u32,
}

/// Rows of one picture; equal neighbours share their runs.
#[derive(Debug)]
pub(super) struct Sheet {
    width: u32,
    runs: Vec<Run>,
    /// For each row where its runs begin and end.
    rows: Vec<(u32, u32)>,
    last: Vec<Pixel>,
}

impl Sheet {
    pub(super) fn new(width: u32) -> Self {
        Self { width, runs: Vec::new(), rows: Vec::new(), last: Vec::new() }
    }

    pub(super) fn width(&self) -> u32 {
        self.width
    }

    pub(super) fn height(&self) -> u32 {
        u32::try_from(self.rows.len()).expect("a picture has fewer rows")
    }

    pub(super) fn whole(&self) -> Area {
        Area { x: 0, y: 0, width: self.width, height: self.height() }
    }

    /// What it holds, in bytes.
    pub(super) fn bytes(&self) -> usize {
        size_of_val(&*self.runs) + size_of_val(&*self.rows)
    }

    /// Adds a row.
    pub(super) fn push(&mut self, row: &[Pixel]) {
        if let Some(&same) = self.rows.last().filter(|_| self.last == row) {
            self.rows.push(same);
            return;
        }
        self.last.clear();
        self.last.extend_from_slice(row);
        let start = self.index();
        let mut pixels = row.iter().map(|pixel| u32::from_le_bytes(*pixel));
        let Some(mut colour) = pixels.next() else {
            self.rows.push((start, start));
            return;
        };
        let mut x = 1;
        for next in pixels {
            if next != colour {
                self.runs.push(Run { end: x, colour });
                colour = next;
            }
            x += 1;
        }
        self.runs.push(Run { end: x, colour });
        self.rows.push((start, self.index()));
    }

    /// Adds the row that the other picture has just been given: equal rows are looked at once.
    pub(super) fn push_last_of(&mut self, other: &Self) {
        match (self.rows.last(), other.rows.last()) {
            (Some(&same), _) if self.last == other.last => self.rows.push(same),
            (_, Some(&(from, to))) => {
                self.last.clone_from(&other.last);
                let start = self.index();
                self.runs.extend_from_slice(&other.runs[from as usize..to as usize]);
                self.rows.push((start, self.index()));
            }
            (_, None) => {}
        }
    }

    /// Adds a row of colours.
    pub(super) fn push_colours(&mut self, row: &[u32]) {
        let pixels: Vec<Pixel> = row.iter().map(|colour| colour.to_le_bytes()).collect();
        self.push(&pixels);
    }

    fn index(&self) -> u32 {
        u32::try_from(self.runs.len()).expect("bounded by the cap on its bytes")
    }

    /// The runs that cover these columns of a row; the first may begin earlier, the last end later.
    pub(super) fn runs(&self, y: u32, from: u32, to: u32) -> &[Run] {
        let (start, end) = self.rows[y as usize];
        let row = &self.runs[start as usize..end as usize];
        if from == 0 && to >= self.width {
            return row;
        }
        let first = row.partition_point(|run| run.end <= from);
        let last = row.partition_point(|run| run.end < to);
        &row[first..(last + 1).min(row.len())]
    }

    /// The same cut to these columns: from where to where each colour goes.
    pub(super) fn cut(
        &self,
        y: u32,
        from: u32,
        to: u32,
    ) -> impl Iterator<Item = (std::ops::Range<u32>, u32)> {
        let runs = self.runs(y, from, to).iter();
        runs.scan(from, move |x, run| {
            let end = run.end.min(to);
            Some((std::mem::replace(x, end)..end, run.colour))
        })
    }

    /// Whether two rows of this picture hold the same runs, as neighbours often do.
    pub(super) fn shared(&self, one: u32, other: u32) -> bool {
        self.rows[one as usize] == self.rows[other as usize]
    }

    /// The colours of an area, row by row.
    pub(super) fn colours(&self, area: &Area) -> Vec<u32> {
        let mut colours = Vec::with_capacity(area.width as usize * area.height as usize);
        for y in area.y..area.bottom() {
            for (columns, colour) in self.cut(y, area.x, area.right()) {
                colours.extend(std::iter::repeat_n(colour, columns.len()));
            }
        }
        colours
    }

    /// An area turned by its diagonal: its columns are the rows of the result.
    pub(super) fn turned(&self, area: &Area) -> Self {
        let colours = self.colours(area);
        let (width, height) = (area.width as usize, area.height as usize);
        let mut turned = Self::new(area.height);
        // Eight columns at a time, because each reads every line of the cache.
        let mut columns = vec![0_u32; 8 * height];
        for x in (0..width).step_by(8) {
            let wide = (width - x).min(8);
            for y in 0..height {
                let row = &colours[y * width + x..][..wide];
                for (at, &colour) in row.iter().enumerate() {
                    columns[at * height + y] = colour;
                }
            }
            for column in columns.chunks_exact(height).take(wide) {
                turned.push_colours(column);
            }
        }
        turned
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(rows: &[&[u32]]) -> Sheet {
        let mut sheet = Sheet::new(rows[0].len() as u32);
        rows.iter().for_each(|row| sheet.push_colours(row));
        sheet
    }

    #[test]
    fn colours_come_back() {
        let sheet = sheet(&[&[1, 1, 2, 3], &[1, 1, 2, 3], &[4, 4, 4, 4]]);
        assert_eq!(sheet.colours(&sheet.whole()), [1, 1, 2, 3, 1, 1, 2, 3, 4, 4, 4, 4]);
        let area = Area { x: 1, y: 1, width: 2, height: 2 };
        assert_eq!(sheet.colours(&area), [1, 2, 4, 4]);
        assert!(sheet.shared(0, 1) && !sheet.shared(1, 2));
    }

    #[test]
    fn turned_is_columns_as_rows() {
        let sheet = sheet(&[&[1, 2, 3], &[4, 5, 6]]);
        let turned = sheet.turned(&sheet.whole());
        assert_eq!((turned.width(), turned.height()), (2, 3));
        assert_eq!(turned.colours(&turned.whole()), [1, 4, 2, 5, 3, 6]);
    }
}
