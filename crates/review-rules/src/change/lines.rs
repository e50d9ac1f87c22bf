//! A set of line numbers, kept as runs.

use std::ops::RangeInclusive;

use serde::Serialize;

/// Line numbers from 1, ascending, as runs of neighbours.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Lines {
    runs: Vec<(u32, u32)>,
}

impl Lines {
    /// Adds a line that is greater than every one before it; others are already in or are left out.
    pub fn push(&mut self, line: u32) {
        match self.runs.last_mut() {
            Some((_, last)) if line <= *last => {}
            Some((_, last)) if line == *last + 1 => *last = line,
            _ => self.runs.push((line, line)),
        }
    }

    /// Whether a line is in the set.
    #[must_use]
    pub fn contains(&self, line: u32) -> bool {
        self.touches(line..=line)
    }

    /// Whether any line of a range is in the set.
    #[must_use]
    pub fn touches(&self, lines: RangeInclusive<u32>) -> bool {
        let at = self.runs.partition_point(|&(_, last)| last < *lines.start());
        self.runs.get(at).is_some_and(|&(first, _)| first <= *lines.end())
    }

    /// How many lines there are.
    #[must_use]
    pub fn len(&self) -> u32 {
        self.runs.iter().map(|(first, last)| last - first + 1).sum()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.runs.is_empty()
    }

    /// The lines, ascending.
    pub fn iter(&self) -> impl Iterator<Item = u32> {
        self.runs.iter().flat_map(|&(first, last)| first..=last)
    }

    /// The runs, first and last line of each.
    #[must_use]
    pub fn runs(&self) -> &[(u32, u32)] {
        &self.runs
    }
}

impl FromIterator<u32> for Lines {
    /// From ascending numbers.
    fn from_iter<I: IntoIterator<Item = u32>>(lines: I) -> Self {
        let mut set = Self::default();
        lines.into_iter().for_each(|line| set.push(line));
        set
    }
}
