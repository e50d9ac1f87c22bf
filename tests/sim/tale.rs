//! What a history came to: counts of what was exercised, and on demand its story.

use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Counts by name, and the story where somebody wants to read it.
#[derive(Debug, Default)]
pub(super) struct Tale {
    counts: BTreeMap<&'static str, u64>,
    faults: u32,
    done: u32,
    story: Option<Vec<String>>,
}

impl Tale {
    /// A tale that keeps its story.
    pub(super) fn told() -> Self {
        Self { story: Some(Vec::new()), ..Self::default() }
    }

    /// Something happened that a simulation must reach to prove anything.
    pub(super) fn count(&mut self, what: &'static str) {
        self.add(what, 1);
    }

    /// Something went wrong in the world, as it may.
    pub(super) fn fault(&mut self, what: &'static str) {
        self.faults += 1;
        self.count(what);
    }

    /// Something was brought to its end while things could go wrong.
    pub(super) fn done(&mut self, what: &'static str) {
        self.done += 1;
        self.count(what);
    }

    /// How much went wrong, and how much got done all the same.
    pub(super) fn weight(&self) -> (u32, u32) {
        (self.faults, self.done)
    }

    pub(super) fn add(&mut self, what: &'static str, times: u64) {
        *self.counts.entry(what).or_default() += times;
    }

    pub(super) fn counts(&self) -> &BTreeMap<&'static str, u64> {
        &self.counts
    }

    /// Begins a line of the story.
    pub(super) fn line(&mut self, words: impl FnOnce() -> String) {
        if let Some(story) = &mut self.story {
            story.push(words());
        }
    }

    /// Adds what came of it to the last line.
    pub(super) fn then(&mut self, words: impl FnOnce() -> String) {
        if let Some(last) = self.story.as_mut().and_then(|story| story.last_mut()) {
            write!(last, " -> {}", words()).expect("a text takes everything");
        }
    }

    pub(super) fn story(self) -> Vec<String> {
        self.story.unwrap_or_default()
    }
}
