//! A set of line numbers, kept as runs.

use std::ops::RangeInclusive;

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};

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

    /// The last of the lines that follow each other from this one on; nothing when this one is not in the set.
    #[must_use]
    pub fn run_from(&self, line: u32) -> Option<u32> {
        let at = self.runs.partition_point(|&(_, last)| last < line);
        self.runs.get(at).filter(|(first, _)| *first <= line).map(|(_, last)| *last)
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

/// From runs that somebody else wrote: ascending, with a gap between each two.
impl<'d> Deserialize<'d> for Lines {
    fn deserialize<D: Deserializer<'d>>(from: D) -> Result<Self, D::Error> {
        let runs: Vec<(u32, u32)> = Vec::deserialize(from)?;
        let whole =
            runs.iter().all(|&(first, last)| 1 <= first && first <= last && last < u32::MAX);
        let apart = runs.windows(2).all(|pair| pair[0].1 + 1 < pair[1].0);
        if whole && apart {
            Ok(Self { runs })
        } else {
            Err(D::Error::custom("runs of lines are not in order"))
        }
    }
}
