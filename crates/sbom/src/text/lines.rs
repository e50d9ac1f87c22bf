//! Which line a byte is in.

/// The beginnings of the lines of a text.
pub(crate) struct Lines<'a> {
    text: &'a str,
    starts: Vec<usize>,
}

impl<'a> Lines<'a> {
    /// Looks for the lines of a text.
    pub(crate) fn of(text: &'a str) -> Self {
        let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let starts = std::iter::once(0).chain(ends.map(|(at, _)| at + 1)).collect();
        Self { text, starts }
    }

    /// The line of a byte, counted from 1.
    pub(crate) fn at(&self, offset: usize) -> u32 {
        let line = self.starts.partition_point(|start| *start <= offset);
        u32::try_from(line).unwrap_or(u32::MAX)
    }

    /// The line in which a part of the text begins, counted from 1.
    pub(crate) fn of_part(&self, part: &str) -> u32 {
        self.at((part.as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_is_in_the_line_that_begins_at_or_before_it() {
        let text = "a\n\nbc";
        let lines = Lines::of(text);
        assert_eq!([0, 1, 2, 3, 4].map(|at| lines.at(at)), [1, 1, 2, 3, 3]);
        assert_eq!(lines.of_part(&text[4..]), 3);
    }
}
