//! Both pictures' rows as runs of one colour: small for screens, and quick to compare.

use std::cell::{RefCell, RefMut};
use std::ops::Range;
use std::rc::Rc;

use super::mix::Map;
use super::sketch::Tables;
use crate::{Area, Pixel};

/// Pixels of one colour, up to the column `end`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Run {
    pub(super) end: u32,
    pub(super) colour: u32,
}

/// Where the runs of a row begin and end, and where its part of the index begins.
#[derive(Clone, Copy, Debug)]
struct Row {
    start: u32,
    end: u32,
    index: u32,
}

/// Columns between two places of the index.
const INDEXED: u32 = 256;

/// The rows of both pictures, each kept once wherever and however often it stands.
#[derive(Debug, Default)]
struct Pool {
    runs: Vec<Run>,
    rows: Vec<Row>,
    /// For each row, of every so many columns, the first run that reaches beyond: rows of many runs
    /// are looked into at many places.
    index: Vec<u32>,
    /// What was made out of rows once.
    tables: RefCell<Tables>,
}

/// Rows of one picture, or of a part of it.
#[derive(Clone, Debug)]
pub(super) struct Sheet {
    width: u32,
    /// Numbers of rows; equal ones have equal pixels.
    rows: Vec<u32>,
    pool: Rc<Pool>,
}

/// Takes the rows of two pictures.
#[derive(Debug)]
pub(super) struct Builder {
    pool: Pool,
    /// Rows by what they show.
    known: Map<u64, u32>,
    sides: [Side; 2],
}

#[derive(Debug, Default)]
struct Side {
    width: u32,
    rows: Vec<u32>,
    last: Vec<Pixel>,
}

impl Pool {
    fn of(&self, row: &Row) -> &[Run] {
        &self.runs[row.start as usize..row.end as usize]
    }

    /// Adds the index of the last row, whose runs begin here.
    fn add_index(&mut self, start: usize) {
        let mut column = 0;
        for (at, run) in (0..).zip(&self.runs[start..]) {
            while column < run.end {
                self.index.push(at);
                column += INDEXED;
            }
        }
    }

    /// The first run of a row that reaches beyond a column.
    fn first(&self, row: &Row, column: u32) -> usize {
        let at = row.index as usize + (column / INDEXED) as usize;
        let from = self.index[at] as usize;
        let runs = self.of(row);
        let to = match self.index.get(at + 1) {
            // The next row's index begins with its first run.
            Some(&to) if to > 0 => (to as usize + 1).min(runs.len()),
            _ => runs.len(),
        };
        from + runs[from..to].partition_point(|run| run.end <= column)
    }
}

impl Builder {
    pub(super) fn new(widths: [u32; 2]) -> Self {
        let sides = widths.map(|width| Side { width, ..Side::default() });
        Self { pool: Pool::default(), known: Map::default(), sides }
    }

    /// What it holds, in bytes.
    pub(super) fn bytes(&self) -> usize {
        let Pool { runs, rows, index, .. } = &self.pool;
        size_of_val(&**runs) + size_of_val(&**rows) + size_of_val(&**index)
    }

    /// Adds a row to one picture.
    pub(super) fn push(&mut self, side: usize, row: &[Pixel]) {
        let one = &mut self.sides[side];
        if let Some(&same) = one.rows.last().filter(|_| one.last == row) {
            one.rows.push(same);
            return;
        }
        one.last.clear();
        one.last.extend_from_slice(row);
        let start = self.pool.runs.len();
        let hash = runs(row, &mut self.pool.runs);
        let id = *self.known.entry(hash).or_insert(u32::MAX);
        let known = self.pool.rows.get(id as usize);
        let id = match known {
            Some(row) if self.pool.of(row) == &self.pool.runs[start..] => {
                self.pool.runs.truncate(start);
                id
            }
            _ => {
                let index = |len| u32::try_from(len).expect("bounded by the cap on its bytes");
                let id = index(self.pool.rows.len());
                let end = index(self.pool.runs.len());
                self.pool.rows.push(Row {
                    start: index(start),
                    end,
                    index: index(self.pool.index.len()),
                });
                self.pool.add_index(start);
                self.known.insert(hash, id);
                id
            }
        };
        one.rows.push(id);
    }

    /// Adds a row of colours to one picture.
    pub(super) fn push_colours(&mut self, side: usize, row: &[u32]) {
        let pixels: Vec<Pixel> = row.iter().map(|colour| colour.to_le_bytes()).collect();
        self.push(side, &pixels);
    }

    /// Adds to the second picture the row that the first one has just been given.
    pub(super) fn repeat(&mut self) {
        let [one, other] = &mut self.sides;
        if let Some(&row) = one.rows.last() {
            other.rows.push(row);
            other.last.clone_from(&one.last);
        }
    }

    pub(super) fn finish(self) -> (Sheet, Sheet) {
        let pool = Rc::new(self.pool);
        let [one, other] = self.sides;
        let sheet = |side: Side| Sheet { width: side.width, rows: side.rows, pool: pool.clone() };
        (sheet(one), sheet(other))
    }
}

/// Appends the runs of a row, and says what they show in a number.
fn runs(row: &[Pixel], runs: &mut Vec<Run>) -> u64 {
    let mut hash = row.len() as u64;
    let mut x = 0;
    while let Some(&first) = row.get(x) {
        x = row[x..]
            .chunks(8)
            // Eight at a time, which the processor compares at once.
            .find_map(|some| {
                let same = some.iter().fold(true, |same, pixel| same & (*pixel == first));
                if same {
                    x += some.len();
                    return None;
                }
                Some(x + some.iter().take_while(|pixel| **pixel == first).count())
            })
            .unwrap_or(row.len());
        let colour = u32::from_le_bytes(first);
        let end = u32::try_from(x).expect("a width has 32 bits");
        runs.push(Run { end, colour });
        let value = u64::from(end) << 32 | u64::from(colour);
        hash = (hash ^ value).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29);
    }
    hash
}

impl Sheet {
    pub(super) fn width(&self) -> u32 {
        self.width
    }

    pub(super) fn height(&self) -> u32 {
        u32::try_from(self.rows.len()).expect("a picture has fewer rows")
    }

    pub(super) fn whole(&self) -> Area {
        Area { x: 0, y: 0, width: self.width, height: self.height() }
    }

    /// A number for what a row shows; rows of both pictures with one number are equal.
    pub(super) fn row(&self, y: u32) -> u32 {
        self.rows[y as usize]
    }

    /// Whether two rows of this picture are the same, as neighbours often are.
    pub(super) fn shared(&self, one: u32, other: u32) -> bool {
        self.row(one) == self.row(other)
    }

    pub(super) fn tables(&self) -> RefMut<'_, Tables> {
        self.pool.tables.borrow_mut()
    }

    /// The runs that cover these columns of a row; the first may begin earlier, the last end later.
    pub(super) fn runs(&self, y: u32, from: u32, to: u32) -> &[Run] {
        let row = &self.pool.rows[self.row(y) as usize];
        let runs = self.pool.of(row);
        if from == 0 && to >= self.width {
            return runs;
        }
        if from >= to.min(self.width) {
            return &[];
        }
        let first = self.pool.first(row, from);
        if runs[first].end >= to {
            return &runs[first..=first];
        }
        let last = self.pool.first(row, to.min(self.width) - 1);
        &runs[first..=last]
    }

    /// The same cut to these columns: from where to where each colour goes.
    pub(super) fn cut(
        &self,
        y: u32,
        from: u32,
        to: u32,
    ) -> impl Iterator<Item = (Range<u32>, u32)> {
        let runs = self.runs(y, from, to).iter();
        runs.scan(from, move |x, run| {
            let end = run.end.min(to);
            Some((std::mem::replace(x, end)..end, run.colour))
        })
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
}

/// An area of each picture turned by its diagonal, of every so many rows one: its columns are the
/// rows of the result.
pub(super) fn turned(sheets: [&Sheet; 2], areas: [&Area; 2], every: u32) -> (Sheet, Sheet) {
    let mut builder = Builder::new(areas.map(|area| area.height.div_ceil(every)));
    for (side, (sheet, area)) in sheets.into_iter().zip(areas).enumerate() {
        turn(sheet, area, every, |column| builder.push_colours(side, column));
    }
    builder.finish()
}

/// Gives the columns of an area one by one.
fn turn(sheet: &Sheet, area: &Area, every: u32, mut give: impl FnMut(&[u32])) {
    let (width, height) = (area.width as usize, area.height.div_ceil(every) as usize);
    let mut colours = Vec::with_capacity(width * height);
    for y in (area.y..area.bottom()).step_by(every as usize) {
        for (columns, colour) in sheet.cut(y, area.x, area.right()) {
            colours.extend(std::iter::repeat_n(colour, columns.len()));
        }
    }
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
        columns.chunks_exact(height).take(wide).for_each(&mut give);
    }
}

/// Two pictures of these rows.
#[cfg(test)]
pub(super) fn pair(one: &[Vec<u32>], other: &[Vec<u32>]) -> (Sheet, Sheet) {
    let mut builder = Builder::new([one, other].map(|rows| rows[0].len() as u32));
    for (side, rows) in [one, other].into_iter().enumerate() {
        rows.iter().for_each(|row| builder.push_colours(side, row));
    }
    builder.finish()
}

/// A picture of these rows.
#[cfg(test)]
pub(super) fn sheet(rows: &[Vec<u32>]) -> Sheet {
    pair(rows, rows).0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_come_back() {
        let long: Vec<u32> = (0..40).map(|x| x / 9).collect();
        let sheet = sheet(&[vec![1, 1, 2, 3], vec![1, 1, 2, 3], vec![4, 4, 4, 4]]);
        assert_eq!(sheet.colours(&sheet.whole()), [1, 1, 2, 3, 1, 1, 2, 3, 4, 4, 4, 4]);
        let area = Area { x: 1, y: 1, width: 2, height: 2 };
        assert_eq!(sheet.colours(&area), [1, 2, 4, 4]);
        assert!(sheet.shared(0, 1) && !sheet.shared(1, 2));
        let sheet = super::sheet(std::slice::from_ref(&long));
        assert_eq!(sheet.colours(&sheet.whole()), long);
        assert_eq!(sheet.runs(0, 0, 40).len(), 5);
    }

    #[test]
    fn equal_rows_have_one_number_in_both_pictures() {
        let mut builder = Builder::new([2, 2]);
        builder.push_colours(0, &[1, 2]);
        builder.repeat();
        builder.push_colours(1, &[3, 3]);
        builder.push_colours(0, &[3, 3]);
        builder.push_colours(1, &[1, 2]);
        let (one, other) = builder.finish();
        assert_eq!([one.row(0), one.row(1)], [other.row(0), other.row(1)]);
        assert_eq!(other.row(2), one.row(0));
        assert_ne!(one.row(0), one.row(1));
    }

    #[test]
    fn turned_is_columns_as_rows() {
        let sheet = sheet(&[vec![1, 2, 3], vec![4, 5, 6]]);
        let whole = sheet.whole();
        let (turned, _) = turned([&sheet, &sheet], [&whole, &whole], 1);
        assert_eq!((turned.width(), turned.height()), (2, 3));
        assert_eq!(turned.colours(&turned.whole()), [1, 4, 2, 5, 3, 6]);
    }
}
