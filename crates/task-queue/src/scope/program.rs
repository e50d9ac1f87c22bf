//! A glob as a small program: the non-deterministic automaton that matching and meeting walk.

use super::chars::Chars;

/// One instruction; targets are indexes of the program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// Consume one character of the set, go on with the next instruction.
    Take(Chars),
    /// Go on at both places.
    Split(usize, usize),
    /// Go on there.
    Jump(usize),
    /// The whole text matched.
    Done,
}

/// The program of one glob; the last instruction is [`Step::Done`].
pub(crate) type Program = [Step];

/// The places that are reached without consuming anything, sorted; only `Take` and `Done` remain.
pub(crate) fn closure(program: &Program, from: impl IntoIterator<Item = usize>) -> Vec<usize> {
    let mut open: Vec<usize> = from.into_iter().collect();
    let mut seen = vec![false; program.len()];
    let mut places = Vec::new();
    while let Some(at) = open.pop() {
        if std::mem::replace(&mut seen[at], true) {
            continue;
        }
        match program[at] {
            Step::Jump(to) => open.push(to),
            Step::Split(a, b) => open.extend([a, b]),
            Step::Take(_) | Step::Done => places.push(at),
        }
    }
    places.sort_unstable();
    places
}

/// The places after this character.
pub(crate) fn advance(program: &Program, places: &[usize], c: char) -> Vec<usize> {
    let takes = |at: &usize| matches!(&program[*at], Step::Take(set) if set.has(c));
    closure(program, places.iter().filter(|at| takes(at)).map(|at| at + 1))
}

/// True when one of the places is the end.
pub(crate) fn accepts(program: &Program, places: &[usize]) -> bool {
    // `Done` is the last instruction, and places are sorted.
    places.last() == Some(&(program.len() - 1))
}

/// True when the whole text matches.
pub(crate) fn matches(program: &Program, text: &str) -> bool {
    let mut places = closure(program, [0]);
    for c in text.chars() {
        if places.is_empty() {
            return false;
        }
        places = advance(program, &places, c);
    }
    accepts(program, &places)
}
