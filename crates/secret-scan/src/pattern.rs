//! A regular expression that is compiled when it is first needed, over bytes, ASCII only.

use std::ops::Range;
use std::sync::OnceLock;

use regex_automata::meta::{BuildError, Regex};
use regex_automata::util::syntax;
use regex_automata::{Anchored, Input};

use crate::rules::translated;

/// A pattern and, once it was needed, what it was compiled to.
#[derive(Debug)]
pub(crate) struct Pattern {
    text: String,
    compiled: OnceLock<Regex>,
}

/// Compiled patterns stay small; caches of the lazy automaton are bounded, too.
const SIZE: usize = 8 << 20;
const CACHE: usize = 2 << 20;

fn compile(patterns: &[&str]) -> Result<Regex, Box<BuildError>> {
    Regex::builder()
        .configure(
            Regex::config()
                .nfa_size_limit(Some(SIZE))
                .hybrid_cache_capacity(CACHE)
                .utf8_empty(false),
        )
        .syntax(syntax::Config::new().unicode(false).utf8(false))
        .build_many(patterns)
        .map_err(Box::new)
}

impl Pattern {
    /// A pattern in Go's dialect, not compiled.
    pub(crate) fn new(text: &str) -> Self {
        Self { text: translated(text), compiled: OnceLock::new() }
    }

    /// Several patterns, one of which is to match.
    pub(crate) fn any<'p>(texts: impl IntoIterator<Item = &'p String>) -> Option<Self> {
        let all: Vec<String> =
            texts.into_iter().map(|text| format!("(?:{})", translated(text))).collect();
        (!all.is_empty()).then(|| Self { text: all.join("|"), compiled: OnceLock::new() })
    }

    /// The text in Rust's dialect.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// Compiles it now, to know whether it can be.
    pub(crate) fn check(&self) -> Result<(), String> {
        let compiled = compile(&[&self.text]).map_err(|error| {
            let why = error.syntax_error().map_or_else(|| error.to_string(), ToString::to_string);
            why.lines().map(str::trim).collect::<Vec<_>>().join(" ")
        })?;
        // Another thread may have been faster; it compiled the same.
        let _ = self.compiled.set(compiled);
        Ok(())
    }

    fn regex(&self) -> &Regex {
        self.compiled.get_or_init(|| {
            compile(&[&self.text]).expect("a scanner is made of patterns that were checked")
        })
    }

    /// Whether it matches anywhere.
    pub(crate) fn matches(&self, text: &[u8]) -> bool {
        self.regex().is_match(Input::new(text).earliest(true))
    }

    /// Calls `each` with the groups of every match that lies in the range.
    pub(crate) fn find(&self, text: &[u8], within: Range<usize>, mut each: impl FnMut(&Groups)) {
        let regex = self.regex();
        let mut groups = Groups(regex.create_captures());
        let (mut at, end) = (within.start, within.end);
        while at <= end {
            let input = Input::new(text).range(at..end).anchored(Anchored::No);
            regex.search_captures(&input, &mut groups.0);
            let Some(found) = groups.0.get_match() else { return };
            let next = found.end();
            // An empty match would be found again and again.
            at = if next > at { next } else { at + 1 };
            each(&groups);
        }
    }
}

/// What the groups of one match took.
pub(crate) struct Groups(regex_automata::util::captures::Captures);

impl Groups {
    /// The bytes of a group; 0 is the whole match.
    pub(crate) fn get(&self, group: usize) -> Option<Range<usize>> {
        self.0.get_group(group).map(|span| span.start..span.end)
    }

    /// The secret: the group that was asked for, or the first that took something, or all.
    pub(crate) fn secret(&self, group: usize) -> Option<Range<usize>> {
        if group > 0 {
            return self.get(group);
        }
        let taken = (1..self.0.group_len())
            .find_map(|index| self.get(index).filter(|range| !range.is_empty()));
        taken.or_else(|| self.get(0))
    }
}
