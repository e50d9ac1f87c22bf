//! The words of a line, those of identifiers too.

use std::ops::Range;

/// Its letters and digits in lower case, with nothing between them.
pub(super) fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The words of a line: runs of letters and digits, which end where the case changes as identifiers have it.
pub(super) fn parts(line: &str) -> Vec<Range<usize>> {
    let letters: Vec<(usize, char)> = line.char_indices().collect();
    let mut parts: Vec<Range<usize>> = Vec::new();
    let mut start = None;
    for (n, &(at, letter)) in letters.iter().enumerate() {
        if !letter.is_alphanumeric() {
            parts.extend(start.take().map(|start| start..at));
            continue;
        }
        let before = n.checked_sub(1).map(|n| letters[n].1);
        let after = letters.get(n + 1).map(|(_, letter)| *letter);
        // `aB` parts before B, `ABc` before B.
        let begins = letter.is_uppercase()
            && (before.is_some_and(char::is_lowercase)
                || before.is_some_and(char::is_uppercase) && after.is_some_and(char::is_lowercase));
        if begins {
            parts.extend(start.take().map(|start| start..at));
        }
        start.get_or_insert(at);
    }
    parts.extend(start.map(|start| start..line.len()));
    parts
}

/// Where neighbouring words are these letters together, or their plural.
pub(super) fn runs(
    line: &str,
    parts: &[Range<usize>],
    letters: &str,
    apart: bool,
) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for (n, first) in parts.iter().enumerate() {
        let (mut joined, mut short) = (String::new(), false);
        let mut end = first.start;
        for part in &parts[n..] {
            let between = &line[end..part.start];
            let near = matches!(between, "" | "-" | "_") || apart && between == " ";
            // A word of its own is not the tail of another: only identifiers have nothing between.
            if !near && !joined.is_empty() {
                break;
            }
            joined.extend(line[part.clone()].chars().flat_map(char::to_lowercase));
            // Pieces of two letters make a word of nothing.
            short |= part.len() < 3;
            end = part.end;
            if short && end > first.end {
                break;
            }
            if joined == letters || joined.strip_suffix('s') == Some(letters) {
                found.push(first.start..end);
                break;
            }
            if joined.len() > letters.len() {
                break;
            }
        }
    }
    found
}

/// Where addresses stand, whose words are somebody else's.
pub(super) fn addresses(line: &str) -> Vec<Range<usize>> {
    let ends = |letter: char| letter.is_whitespace() || "\"'<>)`".contains(letter);
    line.match_indices("://")
        .map(|(at, _)| {
            let start = line[..at]
                .rfind(|c: char| !c.is_ascii_alphanumeric())
                .map_or(0, |at| at + line[at..].chars().next().map_or(1, char::len_utf8));
            let end = line[at..].find(ends).map_or(line.len(), |length| at + length);
            start..end
        })
        .collect()
}
