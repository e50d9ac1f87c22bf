//! Whether some path matches two globs and none of a few others: a walk through the product.

use std::collections::{BTreeSet, HashMap};

use super::chars::{rank, readable};
use super::glob::Glob;
use super::program::{Program, Step, accepts, advance, closure};

/// What a walk found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Meet {
    /// No path matches both.
    Never,
    /// This path does.
    At(String),
    /// The walk grew past its budget.
    TooComplex,
}

/// States that one comparison may visit; a pair of real globs needs some hundreds.
const BUDGET: usize = 400_000;
/// States of the walk with exceptions, each of which is larger.
const BUDGET_WITHOUT: usize = 20_000;

/// Looks for a path that both globs match.
pub(crate) fn meet(a: &Glob, b: &Glob) -> Meet {
    if a.weight(b) == 1 {
        return Meet::Never;
    }
    product(a.program(), b.program())
}

/// A trail of states: where each came from, and by which character.
struct Trail<S> {
    states: Vec<(S, usize, Option<char>)>,
}

impl<S> Trail<S> {
    fn path(&self, mut at: usize) -> String {
        let mut path: Vec<char> = Vec::new();
        loop {
            let (_, from, c) = &self.states[at];
            path.extend(c);
            if at == 0 {
                break;
            }
            at = *from;
        }
        path.iter().rev().collect()
    }
}

/// Breadth first through pairs of places; the flag says that a part of the path begins here, so
/// that neither `a//b` nor `a/` counts as a path.
fn product(a: &Program, b: &Program) -> Meet {
    if a.len().saturating_mul(b.len()) > BUDGET {
        return Meet::TooComplex;
    }
    let key = |(i, j, start): (usize, usize, bool)| (i * b.len() + j) * 2 + usize::from(start);
    let mut seen = vec![false; a.len() * b.len() * 2];
    let mut trail = Trail { states: vec![((0, 0, true), 0, None)] };
    seen[key((0, 0, true))] = true;
    let mut next = 0;
    while next < trail.states.len() {
        let (i, j, start) = trail.states[next].0;
        let mut reach = |state, c| {
            if !std::mem::replace(&mut seen[key(state)], true) {
                trail.states.push((state, next, c));
            }
        };
        match (&a[i], &b[j]) {
            (Step::Jump(to), _) => reach((*to, j, start), None),
            (_, Step::Jump(to)) => reach((i, *to, start), None),
            (Step::Split(x, y), _) => {
                reach((*x, j, start), None);
                reach((*y, j, start), None);
            }
            (_, Step::Split(x, y)) => {
                reach((i, *x, start), None);
                reach((i, *y, start), None);
            }
            (Step::Done, Step::Done) if !start => return Meet::At(trail.path(next)),
            (Step::Take(x), Step::Take(y)) => {
                if !start && x.has('/') && y.has('/') {
                    reach((i + 1, j + 1, true), Some('/'));
                }
                if let Some(c) = x.common(y) {
                    reach((i + 1, j + 1, false), Some(c));
                }
            }
            _ => {}
        }
        next += 1;
    }
    Meet::Never
}

/// Looks for a path that both globs match and none of `without` does.
///
/// Taking away needs a deterministic walk: every state is the set of places in every glob.
pub(crate) fn meet_without(a: &Glob, b: &Glob, without: &[&Glob]) -> Meet {
    let programs: Vec<&Program> = [a, b].iter().chain(without).map(|glob| glob.program()).collect();
    let letters = alphabet(&programs);
    let first: Vec<Vec<usize>> = programs.iter().map(|p| closure(p, [0])).collect();
    let mut seen = HashMap::from([((first.clone(), true), ())]);
    let mut trail = Trail { states: vec![((first, true), 0, None)] };
    let mut next = 0;
    while next < trail.states.len() {
        let (places, start) = trail.states[next].0.clone();
        let ends = |n: usize| accepts(programs[n], &places[n]);
        if !start && ends(0) && ends(1) && !(2..programs.len()).any(ends) {
            return Meet::At(trail.path(next));
        }
        for &c in &letters {
            if start && c == '/' {
                continue;
            }
            let after: Vec<Vec<usize>> =
                programs.iter().zip(&places).map(|(p, at)| advance(p, at, c)).collect();
            if after[0].is_empty() || after[1].is_empty() {
                continue;
            }
            let state = (after, c == '/');
            if seen.insert(state.clone(), ()).is_none() {
                if trail.states.len() == BUDGET_WITHOUT {
                    return Meet::TooComplex;
                }
                trail.states.push((state, next, Some(c)));
            }
        }
        next += 1;
    }
    Meet::Never
}

/// One character for each class that no set of the programs tells apart.
fn alphabet(programs: &[&Program]) -> Vec<char> {
    let mut bounds = BTreeSet::from(['\0' as u32, '/' as u32, '0' as u32, 0xD800, 0xE000]);
    for step in programs.iter().flat_map(|program| program.iter()) {
        if let Step::Take(set) = step {
            for (low, high) in set.ranges().iter() {
                bounds.extend([*low as u32, *high as u32 + 1]);
            }
        }
    }
    let mut letters: Vec<char> = Vec::new();
    let bounds: Vec<u32> = bounds.into_iter().chain([char::MAX as u32 + 1]).collect();
    for pair in bounds.windows(2) {
        // Between two bounds lie surrogates only, which no text holds, or none.
        if let (Some(low), Some(high)) = (char::from_u32(pair[0]), char::from_u32(pair[1] - 1)) {
            letters.extend(readable([(low, high)].into_iter()));
        }
    }
    // The walk takes them in this order, so the path it finds is the most readable of its length.
    letters.sort_by_key(|c| (rank(*c), *c));
    letters
}
