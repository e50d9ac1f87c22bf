//! The first pass: where keywords stand, and the windows in which a rule is worth its cost.

use std::cell::OnceCell;
use std::ops::Range;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

use crate::rule::Rule;
use crate::rules::{Assigned, is_token};

/// All keywords of all rules in one automaton.
#[derive(Debug)]
pub(crate) struct Keywords {
    automaton: Option<AhoCorasick>,
    /// For each keyword the rules that want it.
    rules: Vec<Vec<usize>>,
}

impl Keywords {
    pub(crate) fn new(rules: &[Rule]) -> Self {
        let mut all: Vec<(String, usize)> = Vec::new();
        for (index, rule) in rules.iter().enumerate() {
            all.extend(rule.keywords.iter().map(|word| (word.to_ascii_lowercase(), index)));
        }
        all.sort_unstable();
        all.dedup();
        let groups: Vec<&[(String, usize)]> = all.chunk_by(|a, b| a.0 == b.0).collect();
        let words = groups.iter().map(|group| group[0].0.as_bytes());
        let automaton = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .match_kind(MatchKind::Standard)
            .kind(Some(AhoCorasickKind::DFA))
            .build(words)
            .ok();
        let rules =
            groups.iter().map(|group| group.iter().map(|(_, rule)| *rule).collect()).collect();
        Self { automaton, rules }
    }

    /// Whether the keywords fit into an automaton.
    pub(crate) const fn is_built(&self) -> bool {
        self.automaton.is_some()
    }

    /// For each rule the parts of a text in which it may match, in order and apart from each other.
    pub(crate) fn windows(&self, rules: &[Rule], text: &[u8]) -> Vec<(usize, Range<usize>)> {
        let Some(automaton) = &self.automaton else { return Vec::new() };
        let mut open: Vec<Option<Range<usize>>> = vec![None; rules.len()];
        let mut windows = Vec::new();
        let runs = Runs { text, long: OnceCell::new() };
        for hit in automaton.find_overlapping_iter(text) {
            for &index in &self.rules[hit.pattern().as_usize()] {
                let Some(window) = window(&rules[index], text, hit.start()..hit.end(), &runs)
                else {
                    continue;
                };
                match &mut open[index] {
                    Some(last) if window.start <= last.end => {
                        last.start = last.start.min(window.start);
                        last.end = last.end.max(window.end);
                    }
                    last => windows.extend(last.replace(window).map(|range| (index, range))),
                }
            }
        }
        let rest = open.into_iter().enumerate();
        windows.extend(rest.filter_map(|(index, range)| range.map(|range| (index, range))));
        windows.sort_unstable_by_key(|(index, range)| (*index, range.start));
        windows
    }
}

/// Where a rule may match around a keyword, if it can.
fn window(rule: &Rule, text: &[u8], hit: Range<usize>, runs: &Runs<'_>) -> Option<Range<usize>> {
    let outline = rule.outline();
    if let Some(assigned) = outline.assigned {
        let value = value(text, hit.end, assigned)?;
        return Some(hit.start.saturating_sub(80)..text.len().min(value + outline.after));
    }
    if rule.assigns && !operator_follows(text, hit.end) {
        return None;
    }
    let range = hit.start.saturating_sub(outline.before)..text.len().min(hit.start + outline.after);
    (outline.run < LONG || runs.any(&range, outline.run)).then_some(range)
}

/// Where the value begins that a name with a keyword in it is given, if it is given one of this length.
///
/// Whatever else the patterns of services' names allow, between the keyword and the operator nothing stands but
/// letters, digits, spaces, quotation marks and the signs of names.
fn value(text: &[u8], from: usize, assigned: Assigned) -> Option<usize> {
    let mut at = from;
    let named = |byte: u8| byte.is_ascii_alphanumeric() || b"_.- \t\r\n\x0b\x0c'\"".contains(&byte);
    while named(*text.get(at)?) {
        at += 1;
        if at - from > 64 {
            return None;
        }
    }
    let operator = at;
    while b"=>|:?,".contains(text.get(at)?) {
        at += 1;
    }
    if at == operator {
        return None;
    }
    let after = at;
    while at - after < 5 && b"`'\"\t\r\n\x0c =".contains(text.get(at)?) {
        at += 1;
    }
    // A value may begin with the sign that was taken for an operator.
    let signs = text[operator..at].iter().filter(|byte| **byte == b'=').count();
    let ends = |byte: u8| byte.is_ascii_whitespace() || b"\"'`;\\".contains(&byte);
    let value = &text[at..text.len().min(at + LONGEST)];
    let value = &value[..value.iter().position(|byte| ends(*byte)).unwrap_or(value.len())];
    let long = value.len() + signs >= assigned.least;
    (long && (!assigned.plain || value.iter().all(|byte| is_token(*byte)))).then_some(at)
}

/// No value that a rule describes is longer.
const LONGEST: usize = 400;

/// Whether soon after a keyword, behind the rest of a name, stands what may give it a value.
fn operator_follows(text: &[u8], from: usize) -> bool {
    let rest = text[from..].iter().take(48);
    let name = |byte: &&u8| byte.is_ascii_alphanumeric() || b"_.-\"'] \t\\".contains(*byte);
    let mut rest = rest.skip_while(name);
    rest.next().is_some_and(|byte| b"=:,|?(".contains(byte))
}

/// Shorter runs of token characters are everywhere.
const LONG: usize = 16;

/// The long runs of token characters in a text, found when they are first asked for.
struct Runs<'t> {
    text: &'t [u8],
    long: OnceCell<Vec<Range<usize>>>,
}

impl Runs<'_> {
    /// Whether a run of so many characters reaches into the range.
    fn any(&self, range: &Range<usize>, length: usize) -> bool {
        let long = self.long.get_or_init(|| {
            let mut long = Vec::new();
            let mut start = None;
            for (at, &byte) in self.text.iter().enumerate() {
                match (is_token(byte), start) {
                    (true, None) => start = Some(at),
                    (false, Some(from)) => {
                        if at - from >= LONG {
                            long.push(from..at);
                        }
                        start = None;
                    }
                    _ => {}
                }
            }
            long.extend(start.map(|from| from..self.text.len()).filter(|run| run.len() >= LONG));
            long
        });
        let first = long.partition_point(|run| run.end <= range.start);
        long[first..].iter().take_while(|run| run.start < range.end).any(|run| run.len() >= length)
    }
}
