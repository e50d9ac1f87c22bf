//! What a row shows, in a few numbers: one for each stretch of it.

use super::mix::Map;
use super::sheet::Sheet;
use super::visible::stands_out;
use crate::Area;

/// Columns in a stretch.
pub(super) const STRETCH: u32 = 64;

/// A run of at least so many columns is no step of a gradient.
const LONG: u32 = 12;

/// What is looked at: colours, or only where they change, which a recolour leaves as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Look {
    Colours,
    Edges,
}

/// The marks of an area's rows.
#[derive(Debug, Default)]
pub(super) struct Sketch {
    /// Marks in a row.
    pub(super) width: usize,
    marks: Vec<Mark>,
    /// A mark for each whole row.
    pub(super) rows: Vec<Mark>,
}

/// Equal marks stand for equal pixels; the lowest bit is set where there is more than one colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Mark(pub(super) u64);

impl Mark {
    pub(super) const fn has_content(self) -> bool {
        self.0 & 1 == 1
    }

    fn add(&mut self, value: u64) {
        self.0 = (self.0 ^ value).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29);
    }

    fn close(self, content: bool) -> Self {
        Self((self.0 ^ (self.0 >> 32)) << 1 | u64::from(content))
    }
}

/// More marks are not kept for the next one who asks.
const KEPT: usize = 1 << 19;

/// The marks of rows by the columns that were looked at, for rows are looked at many times.
#[derive(Debug, Default)]
pub(super) struct Tables {
    tables: Map<(u32, u32), Table>,
    marks: usize,
}

/// The marks of some columns.
#[derive(Debug, Default)]
struct Table {
    /// Which of the rows below each row of the pictures is.
    known: Map<u32, usize>,
    colours: Sketch,
    edges: Sketch,
}

impl Sketch {
    pub(super) fn of(sheet: &Sheet, area: &Area, look: Look) -> Self {
        let width = area.width.div_ceil(STRETCH) as usize;
        let height = area.height as usize;
        let mut sketch = Self {
            width,
            marks: Vec::with_capacity(width * height),
            rows: Vec::with_capacity(height),
        };
        let mut tables = sheet.tables();
        if tables.marks > KEPT {
            *tables = Tables::default();
        }
        let table = tables.tables.entry((area.x, area.width)).or_default();
        (table.colours.width, table.edges.width) = (width, width);
        let before = table.colours.marks.len();
        let mut last = None;
        for y in area.y..area.bottom() {
            let row = sheet.row(y);
            let at = match last {
                Some((same, at)) if same == row => at,
                _ => match table.known.get(&row) {
                    Some(&at) => at,
                    None => table.add(sheet, area, y),
                },
            };
            last = Some((row, at));
            let of = if look == Look::Colours { &table.colours } else { &table.edges };
            sketch.marks.extend_from_slice(of.marks(at));
            sketch.rows.push(of.rows[at]);
        }
        let more = table.colours.marks.len() - before;
        tables.marks += 2 * more;
        sketch
    }

    /// The row whose marks were added last.
    fn close_row(&mut self, colours: bool) {
        let mut row = Mark(0);
        let marks = &self.marks[self.marks.len() - self.width..];
        marks.iter().for_each(|mark| row.add(mark.0));
        let content = marks.iter().any(|mark| mark.has_content())
            || colours && marks.windows(2).any(|pair| pair[0] != pair[1]);
        self.rows.push(row.close(content));
    }

    pub(super) fn height(&self) -> usize {
        self.rows.len()
    }

    /// Stretches with content.
    pub(super) fn content(&self) -> usize {
        self.marks.iter().filter(|mark| mark.has_content()).count()
    }

    pub(super) fn marks(&self, y: usize) -> &[Mark] {
        &self.marks[y * self.width..][..self.width]
    }
}

impl Table {
    /// Looks at a row, for its colours and for its edges.
    fn add(&mut self, sheet: &Sheet, area: &Area, y: u32) -> usize {
        let (mut x, mut begin) = (area.x, area.x);
        let (mut colours, mut edges, mut content) = (Mark(0), Mark(0), false);
        let mut runs = sheet.runs(y, area.x, area.right()).iter().peekable();
        // Whether the run that is looked at begins with an edge; that of the area is one.
        let mut edge = true;
        while let Some(run) = runs.next() {
            let end = run.end.min(area.right());
            let next = runs.peek().is_none_or(|next| stands_out(run.colour, next.colour));
            // The steps of a gradient are no content, and their colours move with it.
            let told = end - x >= LONG || edge && next;
            loop {
                let stop = (begin + STRETCH).min(area.right());
                x = end.min(stop);
                if told {
                    colours.add(u64::from(run.colour));
                }
                if x < stop {
                    break;
                }
                self.colours.marks.push(colours.close(content));
                self.edges.marks.push(edges.close(content));
                (colours, edges, content, begin) = (Mark(0), Mark(0), false, stop);
                if x == end {
                    break;
                }
            }
            edge = next;
            if edge && x < area.right() {
                let place = u64::from(x - begin) << 32;
                colours.add(place);
                edges.add(place);
                content |= x > begin;
            }
        }
        self.colours.close_row(true);
        self.edges.close_row(false);
        let at = self.colours.height() - 1;
        self.known.insert(sheet.row(y), at);
        at
    }
}

#[cfg(test)]
mod tests {
    use super::super::sheet::sheet;
    use super::*;

    fn row(changes: &[(usize, u32)]) -> Vec<u32> {
        let mut row = vec![7; 150];
        changes.iter().for_each(|&(x, colour)| row[x] = colour * 50);
        row
    }

    #[test]
    fn a_stretch_has_content_where_a_colour_changes_in_it() {
        let sheet = sheet(&[row(&[]), row(&[(70, 9)]), row(&[(70, 8)]), row(&[(64, 9)])]);
        let sketch = Sketch::of(&sheet, &sheet.whole(), Look::Colours);
        let content: Vec<Vec<bool>> = (0..4)
            .map(|y| sketch.marks(y).iter().map(|mark| mark.has_content()).collect())
            .collect();
        assert_eq!(content[0], [false; 3]);
        assert_eq!(content[1], [false, true, false]);
        assert_eq!(content[3], [false, true, false]);
        assert_eq!(sketch.marks(0)[0], sketch.marks(1)[0]);
        assert_ne!(sketch.marks(1)[1], sketch.marks(2)[1]);
        let edges = Sketch::of(&sheet, &sheet.whole(), Look::Edges);
        assert_eq!(edges.marks(1), edges.marks(2));
        assert_ne!(edges.marks(1), edges.marks(3));
    }

    #[test]
    fn an_area_is_seen_as_if_it_were_alone() {
        let wide = sheet(&[row(&[(70, 9)])]);
        let alone = sheet(&[row(&[(70, 9)])[60..90].to_vec()]);
        let area = Area { x: 60, y: 0, width: 30, height: 1 };
        let (inside, alone) = (
            Sketch::of(&wide, &area, Look::Colours),
            Sketch::of(&alone, &alone.whole(), Look::Colours),
        );
        assert_eq!((inside.marks(0), &inside.rows), (alone.marks(0), &alone.rows));
    }
}
