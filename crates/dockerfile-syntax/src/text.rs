//! Text that was joined from pieces of a file, and where each piece was.

/// A range of bytes of the file, end excluded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// The byte behind the last one.
    pub end: usize,
}

/// A word and where it stands.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Word {
    /// The word; quotes are taken off where its instruction takes them off.
    pub value: String,
    /// Where it stands, with its quotes.
    pub span: Span,
}

/// A logical line: continuations joined, comments inside left out.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Text {
    value: String,
    /// Offset in the value and offset in the file, where a piece begins.
    marks: Vec<(usize, usize)>,
    /// The offset in the file behind the last piece.
    end: usize,
}

impl Text {
    /// A text that is one piece of the file.
    pub fn at(value: &str, start: usize) -> Self {
        let mut text = Self { end: start, ..Self::default() };
        text.push(value, start);
        text
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.value
    }

    /// Adds a piece that stands at this offset of the file.
    pub(crate) fn push(&mut self, piece: &str, start: usize) {
        self.marks.push((self.value.len(), start));
        self.value.push_str(piece);
        self.end = start + piece.len();
    }

    /// The offset in the file of a byte of the text; the end of the text gives the end of its last piece.
    pub fn source(&self, at: usize) -> usize {
        if at >= self.value.len() {
            return self.end;
        }
        let after = self.marks.partition_point(|(value, _)| *value <= at);
        match after.checked_sub(1).and_then(|index| self.marks.get(index)) {
            Some((value, source)) => source + (at - value),
            None => self.end,
        }
    }

    /// Where a range of the text stands in the file.
    pub fn span(&self, start: usize, end: usize) -> Span {
        let first = self.source(start);
        let last = if end > start { self.source(end - 1) + 1 } else { first };
        Span { start: first, end: last.max(first) }
    }

    /// A part of the text that knows its places.
    pub fn slice(&self, start: usize, end: usize) -> Self {
        let end = end.min(self.value.len());
        let start = start.min(end);
        let Some(value) = self.value.get(start..end) else { return Self::default() };
        let mut part = Self { value: value.to_owned(), marks: Vec::new(), end: 0 };
        part.marks.push((0, self.source(start)));
        let inside = self.marks.iter().filter(|(at, _)| *at > start && *at < end);
        part.marks.extend(inside.map(|(at, source)| (at - start, *source)));
        part.end = if end > start { self.span(start, end).end } else { self.source(start) };
        part
    }

    /// The text without white space at both ends.
    pub fn trimmed(&self) -> Self {
        let left = self.value.len() - self.value.trim_start().len();
        let right = self.value.trim_end().len();
        self.slice(left, right.max(left))
    }

    /// The whole as a word.
    pub fn word(&self) -> Word {
        Word { value: self.value.clone(), span: self.span(0, self.value.len()) }
    }

    /// The words between white space, quotes kept.
    pub(crate) fn words(&self) -> Vec<Word> {
        let mut words = Vec::new();
        let mut start = None;
        for (at, letter) in self.value.char_indices().chain([(self.value.len(), ' ')]) {
            match (letter.is_whitespace(), start) {
                (false, None) => start = Some(at),
                (true, Some(from)) => {
                    let value = self.value[from..at].to_owned();
                    words.push(Word { value, span: self.span(from, at) });
                    start = None;
                }
                _ => {}
            }
        }
        words
    }
}
