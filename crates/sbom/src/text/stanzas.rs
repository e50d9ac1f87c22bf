//! Files of stanzas: `Key: value` with continuation lines, and an empty line between two of them.

/// A stanza.
pub(crate) struct Stanza<'a> {
    /// The line at which it begins, counted from 1.
    pub(crate) line: u32,
    text: &'a str,
}

impl<'a> Stanza<'a> {
    /// The first value of a key, continuation lines included.
    pub(crate) fn field(&self, key: &str) -> Option<&'a str> {
        self.fields(key).next()
    }

    /// All values of a key.
    pub(crate) fn fields(&self, key: &str) -> impl Iterator<Item = &'a str> {
        let text = self.text;
        let key = key.to_owned();
        let mut from = 0;
        std::iter::from_fn(move || {
            while from < text.len() {
                let start = from;
                let mut end = line_end(text, start);
                while text[end..].starts_with([' ', '\t']) {
                    end = line_end(text, end);
                }
                from = end;
                let line = &text[start..end];
                let named =
                    line.get(..key.len()).is_some_and(|name| name.eq_ignore_ascii_case(&key));
                if named && let Some(value) = line[key.len()..].strip_prefix(':') {
                    return Some(value.trim());
                }
            }
            None
        })
    }
}

/// Where the next line begins.
fn line_end(text: &str, from: usize) -> usize {
    text[from..].find('\n').map_or(text.len(), |at| from + at + 1)
}

/// The stanzas of a text; what has no key is none.
pub(crate) fn stanzas(text: &str) -> impl Iterator<Item = Stanza<'_>> {
    let (mut at, mut line) = (0, 1_u32);
    std::iter::from_fn(move || {
        loop {
            if at >= text.len() {
                return None;
            }
            let (start, begin) = (at, line);
            while at < text.len() {
                let end = line_end(text, at);
                let blank = text[at..end].trim().is_empty();
                line = line.saturating_add(1);
                at = end;
                if blank {
                    break;
                }
            }
            let body = text[start..at].trim_end();
            if body.lines().next().is_some_and(|first| first.contains(':')) {
                return Some(Stanza { line: begin, text: body });
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stanzas_have_their_lines_and_fields_their_continuations() {
        let text = "\nA: 1\nB: x,\n y\nb: z\n\n\n\nA: 2\n";
        let found: Vec<_> =
            stanzas(text).map(|s| (s.line, s.field("A").map(str::to_owned))).collect();
        assert_eq!(found, [(2, Some("1".to_owned())), (9, Some("2".to_owned()))]);
        let first = stanzas(text).next().expect("there is one");
        assert_eq!(first.fields("B").collect::<Vec<_>>(), ["x,\n y", "z"]);
        assert_eq!(first.field("C"), None);
    }
}
