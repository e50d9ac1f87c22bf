//! Docker's patterns: `*` and `?` stay inside a name, `**` spans folders, `!` takes back, the last match wins.
//!
//! The meaning is that of Docker's documentation of `.dockerignore`, and Go's `filepath.Match` for classes.

/// The patterns of a `.dockerignore`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ignore {
    patterns: Vec<Pattern>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Pattern {
    takes_back: bool,
    letters: Vec<char>,
}

impl Ignore {
    /// Reads the file.
    pub fn read(text: &str) -> Self {
        let text = text.trim_start_matches('\u{feff}');
        let lines = text.lines().filter(|line| !line.starts_with('#'));
        Self { patterns: lines.filter_map(Pattern::read).collect() }
    }

    /// Whether a path is left out of the context; the path is relative, with slashes.
    pub fn excludes(&self, path: &str) -> bool {
        let ends: Vec<usize> =
            path.match_indices('/').map(|(at, _)| at).chain([path.len()]).collect();
        let mut out = false;
        for pattern in &self.patterns {
            // What would change nothing is not looked at.
            if pattern.takes_back == out && ends.iter().any(|end| pattern.matches(&path[..*end])) {
                out = !pattern.takes_back;
            }
        }
        out
    }
}

impl Pattern {
    fn read(line: &str) -> Option<Self> {
        let line = line.trim();
        let (takes_back, line) = match line.strip_prefix('!') {
            Some(rest) => (true, rest.trim()),
            None => (false, line),
        };
        let mut parts: Vec<&str> = Vec::new();
        for part in line.split('/') {
            match part {
                "" | "." => {}
                ".." => {
                    parts.pop();
                }
                part => parts.push(part),
            }
        }
        let letters: Vec<char> = parts.join("/").chars().collect();
        (!letters.is_empty()).then_some(Self { takes_back, letters })
    }

    fn matches(&self, path: &str) -> bool {
        let path: Vec<char> = path.chars().collect();
        matches(&self.letters, &path)
    }
}

/// Matches by remembering which places of the path each place of the pattern may reach: no path makes it slow.
pub(super) fn matches(pattern: &[char], path: &[char]) -> bool {
    // reached[i]: the pattern so far can end before the path's letter i.
    let mut reached = vec![false; path.len() + 1];
    reached[0] = true;
    let mut at = 0;
    while at < pattern.len() {
        let mut next = vec![false; path.len() + 1];
        let rest = &pattern[at..];
        if rest.starts_with(&['*', '*']) {
            let mut length = 2;
            while rest.get(length) == Some(&'*') {
                length += 1;
            }
            if rest.get(length) == Some(&'/') {
                // Any number of whole folders, none too.
                let mut open = false;
                for i in 0..=path.len() {
                    next[i] |= reached[i];
                    if i > 0 && path[i - 1] == '/' {
                        next[i] |= open;
                    }
                    open |= reached[i];
                }
                length += 1;
            } else {
                let mut open = false;
                for i in 0..=path.len() {
                    open |= reached[i];
                    next[i] = open;
                }
            }
            at += length;
        } else if rest[0] == '*' {
            let mut open = false;
            for i in 0..=path.len() {
                if i > 0 && path[i - 1] == '/' {
                    open = false;
                }
                open |= reached[i];
                next[i] = open;
            }
            at += 1;
        } else {
            let (length, fits) = letter(rest);
            for i in 0..path.len() {
                next[i + 1] = reached[i] && fits(path[i]);
            }
            at += length;
        }
        reached = next;
    }
    reached[path.len()]
}

/// What one letter of the pattern stands for, and how long it is written.
fn letter(rest: &[char]) -> (usize, Box<dyn Fn(char) -> bool + '_>) {
    match rest[0] {
        '?' => (1, Box::new(|c| c != '/')),
        '\\' if rest.len() > 1 => (2, Box::new(move |c| c == rest[1])),
        '[' => match rest.iter().skip(1).position(|c| *c == ']') {
            Some(end) if end > 0 => {
                let inside = &rest[1..=end];
                (end + 2, Box::new(move |c| c != '/' && is_in(inside, c)))
            }
            _ => (1, Box::new(|c| c == '[')),
        },
        other => (1, Box::new(move |c| c == other)),
    }
}

/// Whether a letter is in a class such as `^a-z`.
fn is_in(class: &[char], letter: char) -> bool {
    let (not, class) = match class.first() {
        Some('^') => (true, &class[1..]),
        _ => (false, class),
    };
    let mut at = 0;
    let mut found = false;
    while at < class.len() {
        match (class.get(at + 1), class.get(at + 2)) {
            (Some('-'), Some(last)) => {
                found |= (class[at]..=*last).contains(&letter);
                at += 3;
            }
            _ => {
                found |= class[at] == letter;
                at += 1;
            }
        }
    }
    found != not
}
