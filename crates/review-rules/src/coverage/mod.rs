//! Coverage of the lines that a change made new, and of the whole.

mod cobertura;
mod coverage_py;
mod lcov;
mod llvm;
mod map;
mod patch;
mod read;

pub use patch::{Covered, FileCoverage, PatchCoverage, patch};
pub use read::CoverageError;

use std::collections::BTreeMap;

use serde::Serialize;

/// What a report says of the files that it measured.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    /// The measured files, by the paths that the report names, `/` between their parts.
    pub files: BTreeMap<String, Measured>,
    /// The folders that a report's relative paths may be below, as it names them.
    pub sources: Vec<String>,
}

/// The lines of one file that can run, and those that did; 64 lines to an entry.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Measured {
    /// Which 64 lines, which of them can run, which did; ascending.
    words: Vec<(u32, u64, u64)>,
    /// So many of the lines that ran are docstrings, which are no statements; which ones, only the source tells.
    beside: u32,
}

/// How much of something ran.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Share {
    /// Lines that ran.
    pub covered: u64,
    /// Lines that can run.
    pub lines: u64,
}

impl Share {
    /// Lines that ran per 100 that can; nothing when none can.
    #[must_use]
    pub fn percent(&self) -> Option<f64> {
        (self.lines > 0).then(|| 100.0 * self.covered as f64 / self.lines as f64)
    }
}

impl Measured {
    /// Notes that a line can run, and whether it did; a line that ran once has run.
    pub fn note(&mut self, line: u32, ran: bool) {
        let (word, bit) = (line / 64, 1 << (line % 64));
        let at = match self.words.last() {
            Some((last, ..)) if *last == word => self.words.len() - 1,
            None => self.push(word),
            Some((last, ..)) if *last < word => self.push(word),
            Some(_) => {
                let at = self.words.partition_point(|&(before, ..)| before < word);
                if self.words[at].0 != word {
                    self.words.insert(at, (word, 0, 0));
                }
                at
            }
        };
        let entry = &mut self.words[at];
        entry.1 |= bit;
        entry.2 |= if ran { bit } else { 0 };
    }

    fn push(&mut self, word: u32) -> usize {
        self.words.push((word, 0, 0));
        self.words.len() - 1
    }

    /// Whether a line ran; nothing when it cannot.
    #[must_use]
    pub fn get(&self, line: u32) -> Option<bool> {
        let at = self.words.binary_search_by_key(&(line / 64), |&(word, ..)| word).ok()?;
        let (_, can, did) = self.words[at];
        let bit = 1 << (line % 64);
        (can & bit != 0).then_some(did & bit != 0)
    }

    /// How much of the file ran.
    #[must_use]
    pub fn share(&self) -> Share {
        let share = self.words.iter().fold(Share::default(), |share, &(_, can, did)| Share {
            covered: share.covered + u64::from(did.count_ones()),
            lines: share.lines + u64::from(can.count_ones()),
        });
        let beside = u64::from(self.beside);
        Share {
            covered: share.covered.saturating_sub(beside),
            lines: share.lines.saturating_sub(beside),
        }
    }

    /// Takes the docstrings out that a report counts among the lines that ran.
    fn without(&mut self, docstrings: impl IntoIterator<Item = u32>) {
        for line in docstrings {
            if self.beside == 0 || self.get(line) != Some(true) {
                continue;
            }
            if let Ok(at) = self.words.binary_search_by_key(&(line / 64), |&(word, ..)| word) {
                let bit = !(1 << (line % 64));
                self.words[at].1 &= bit;
                self.words[at].2 &= bit;
                self.beside -= 1;
            }
        }
    }

    /// Adds what another report says of the same file.
    fn merge(&mut self, other: &Self) {
        self.beside = self.beside.max(other.beside);
        for &(word, can, did) in &other.words {
            match self.words.binary_search_by_key(&word, |&(word, ..)| word) {
                Ok(at) => {
                    self.words[at].1 |= can;
                    self.words[at].2 |= did;
                }
                Err(at) => self.words.insert(at, (word, can, did)),
            }
        }
    }
}

impl Coverage {
    /// How much of everything ran.
    #[must_use]
    pub fn share(&self) -> Share {
        self.files.values().map(Measured::share).fold(Share::default(), |sum, share| Share {
            covered: sum.covered + share.covered,
            lines: sum.lines + share.lines,
        })
    }

    /// Adds another report, such as that of the next test run.
    pub fn merge(&mut self, other: Self) {
        for (path, measured) in other.files {
            self.files.entry(path).or_default().merge(&measured);
        }
        self.sources.extend(other.sources);
        self.sources.sort();
        self.sources.dedup();
    }
}
