//! Where in a text something stands: lines and columns as editors count them.

use serde::Serialize;

/// A place in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Place {
    /// The line, from 1.
    pub line: u32,
    /// The column in characters, from 1.
    pub column: u32,
}

/// Counts lines and columns on the way through a text; questions have to come in rising order.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Counter {
    at: usize,
    place: Place,
}

impl Counter {
    /// A counter that stands at the beginning of a text.
    pub(crate) const fn new() -> Self {
        Self { at: 0, place: Place { line: 1, column: 1 } }
    }

    /// The same counter for a text whose first bytes were dropped; it has passed them.
    pub(crate) const fn dropped(self, bytes: usize) -> Self {
        Self { at: self.at.saturating_sub(bytes), place: self.place }
    }

    /// How far it has come.
    pub(crate) const fn at(self) -> usize {
        self.at
    }

    /// Goes on to an offset, which lies ahead.
    pub(crate) fn place(&mut self, text: &[u8], offset: usize) -> Place {
        let passed = text.get(self.at..offset).unwrap_or_default();
        let lines = passed.iter().filter(|byte| **byte == b'\n').count();
        let tail =
            passed.iter().rposition(|byte| *byte == b'\n').map_or(passed, |end| &passed[end + 1..]);
        let columns = to_u32(characters(tail));
        if lines > 0 {
            self.place.line = self.place.line.saturating_add(to_u32(lines));
            self.place.column = 1;
        }
        self.place.column = self.place.column.saturating_add(columns);
        self.at = self.at.max(offset);
        self.place
    }
}

fn to_u32(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// Characters of UTF-8; a byte that is none counts where it begins one.
fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0xc0 != 0x80).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_columns() {
        let text = "aé\nb".as_bytes();
        let mut counter = Counter::new();
        assert_eq!(counter.place(text, 3), Place { line: 1, column: 3 });
        assert_eq!(counter.place(text, 5), Place { line: 2, column: 2 });
    }
}
