//! Here documents: which ones a line announces, and the lines they take.

use crate::text::{Span, Text};

/// A here document of a `RUN`, `COPY` or `ADD`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heredoc {
    /// The name, which is also the line that ends it.
    pub name: String,
    /// Whether variables are expanded in it: its name was not quoted.
    pub expands: bool,
    /// Whether tabs at the beginning of lines are taken off (`<<-`).
    pub chomps: bool,
    /// The file descriptor it goes to; 0 when none is said.
    pub descriptor: u32,
    /// The word that announced it.
    pub mark: Span,
    /// What it holds, line ends included.
    pub body: Text,
}

/// The here documents that a logical line announces, in their order and without their bodies.
pub(crate) fn announced(line: &Text) -> Vec<Heredoc> {
    let mut found = Vec::new();
    for (start, end) in quoted_words(line.as_str()) {
        let word = &line.as_str()[start..end];
        let digits = word.len() - word.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let Some(rest) = word[digits..].strip_prefix("<<") else { continue };
        let (chomps, rest) = match rest.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, rest),
        };
        let name: String = rest.chars().filter(|c| !matches!(c, '"' | '\'' | '\\')).collect();
        if rest.contains('<') || name.is_empty() {
            continue;
        }
        found.push(Heredoc {
            expands: name == rest,
            name,
            chomps,
            descriptor: word[..digits].parse().unwrap_or(0),
            mark: line.span(start, end),
            body: Text::default(),
        });
    }
    found
}

/// Whether a line of the file ends a here document.
pub(crate) fn ends(heredoc: &Heredoc, line: &str) -> bool {
    let line = if heredoc.chomps { line.trim_start_matches('\t') } else { line };
    line == heredoc.name
}

/// Where the words of a line are; white space inside quotes parts none.
fn quoted_words(line: &str) -> Vec<(usize, usize)> {
    let mut words = Vec::new();
    let (mut start, mut quote, mut escaped) = (None, None, false);
    for (at, letter) in line.char_indices() {
        let parts = quote.is_none() && !escaped && letter.is_whitespace();
        match (parts, start) {
            (true, Some(from)) => {
                words.push((from, at));
                start = None;
            }
            (false, None) => start = Some(at),
            _ => {}
        }
        match (quote, letter) {
            _ if escaped => escaped = false,
            (None | Some('"'), '\\') => escaped = true,
            (None, '"' | '\'') => quote = Some(letter),
            (Some(open), _) if open == letter => quote = None,
            _ => {}
        }
    }
    if let Some(from) = start {
        words.push((from, line.len()));
    }
    words
}
