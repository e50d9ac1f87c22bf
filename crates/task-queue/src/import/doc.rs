//! A Markdown file as lines with a role, and as sections: only what task lists need, linear in the input.

/// What a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind<'a> {
    /// Nothing, or a thematic break.
    Blank,
    /// Inside a code fence or an HTML comment, fence lines included.
    Opaque,
    /// `## text`; level 7 is a line `**TODO 1.1: text**`.
    Heading(u8, &'a str),
    /// `- text`, `1. text`, with the state of its box if it has one.
    Item(Option<bool>, &'a str),
    /// Anything else.
    Text,
}

/// One line of a document.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line<'a> {
    /// The line as it stands.
    pub raw: &'a str,
    /// The line without its indent and without trailing space.
    pub text: &'a str,
    /// Columns of leading white space, a tab counting as four.
    pub indent: usize,
    /// Its role.
    pub kind: Kind<'a>,
}

/// A heading and the lines that belong to it, as indexes into [`Doc::lines`].
#[derive(Clone, Copy, Debug)]
pub(super) struct Section<'a> {
    /// Level (0 for what stands before the first heading) and text.
    pub level: u8,
    /// Text of the heading.
    pub text: &'a str,
    /// Index of the heading's line.
    pub start: usize,
    /// First line under the heading.
    pub body: usize,
    /// End of the lines directly under it.
    pub own: usize,
    /// End of it with all its subsections.
    pub end: usize,
    /// The section that holds it.
    pub parent: Option<usize>,
}

/// A scanned document.
pub(super) struct Doc<'a> {
    /// Every line of the text.
    pub lines: Vec<Line<'a>>,
    /// Sections in order; the first is the preamble.
    pub sections: Vec<Section<'a>>,
}

impl<'a> Doc<'a> {
    pub(super) fn scan(text: &'a str) -> Self {
        let mut lines = Vec::new();
        let mut fence: Option<(char, usize)> = None;
        let mut comment = false;
        for raw in text.lines() {
            let text = raw.trim();
            let indent = raw.chars().take_while(|c| c.is_whitespace()).map(width).sum();
            let opens = fence_of(text);
            let kind = if let Some((mark, len)) = fence {
                let closes = opens.is_some_and(|(m, l, bare)| m == mark && l >= len && bare);
                fence = if closes { None } else { fence };
                Kind::Opaque
            } else if comment || text.starts_with("<!--") {
                comment = !text.contains("-->");
                Kind::Opaque
            } else if let Some((mark, len, _)) = opens {
                fence = Some((mark, len));
                Kind::Opaque
            } else {
                kind(text, indent)
            };
            lines.push(Line { raw, text, indent, kind });
        }
        let sections = sections(&lines);
        Self { lines, sections }
    }

    /// The index after the block that the item at `start` opens, blank lines at its end excluded.
    pub(super) fn item_end(&self, start: usize, limit: usize) -> usize {
        let indent = self.lines[start].indent;
        let mut end = start + 1;
        let mut fenced = false;
        for i in start + 1..limit {
            let line = self.lines[i];
            let inside = line.indent > indent || (fenced && line.kind == Kind::Opaque);
            if line.text.is_empty() {
                continue;
            }
            if !inside {
                break;
            }
            fenced = line.kind == Kind::Opaque;
            end = i + 1;
        }
        end
    }

    /// Lines `from..to` as text, common indent removed, blank ends trimmed.
    pub(super) fn text(&self, from: usize, to: usize) -> String {
        let shown = |i: &usize| !self.lines[*i].text.is_empty();
        let common = (from..to).filter(shown).map(|i| self.lines[i].indent).min().unwrap_or(0);
        let mut out = String::new();
        for line in self.lines.get(from..to).unwrap_or_default() {
            out.push_str(dedent(line.raw, common).trim_end());
            out.push('\n');
        }
        let text = out.trim_end().trim_start_matches('\n');
        if text.is_empty() { String::new() } else { format!("{text}\n") }
    }
}

fn width(c: char) -> usize {
    if c == '\t' { 4 } else { 1 }
}

fn dedent(raw: &str, columns: usize) -> &str {
    let mut left = columns;
    let mut rest = raw;
    while let Some(c) = rest.chars().next().filter(|c| c.is_whitespace() && left >= width(*c)) {
        left -= width(c);
        rest = &rest[c.len_utf8()..];
    }
    rest
}

/// The mark and length of a code fence, and whether nothing follows it.
fn fence_of(text: &str) -> Option<(char, usize, bool)> {
    let mark = text.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let len = text.chars().take_while(|c| *c == mark).count();
    let rest = &text[len..];
    (len >= 3 && !rest.contains('`')).then_some((mark, len, rest.trim().is_empty()))
}

fn kind(text: &str, indent: usize) -> Kind<'_> {
    let marks = |c: char| text.chars().all(|x| x == c) && text.len() >= 3;
    if text.is_empty() || marks('-') || marks('*') || marks('_') {
        return Kind::Blank;
    }
    let level = text.chars().take_while(|c| *c == '#').count();
    if (1..=6).contains(&level) && indent < 4 && text[level..].starts_with([' ', '\t']) {
        return Kind::Heading(level as u8, text[level..].trim().trim_end_matches('#').trim_end());
    }
    if let Some(title) = todo(text).filter(|_| indent == 0) {
        return Kind::Heading(7, title);
    }
    match item(text) {
        Some(rest) => match checkbox(rest) {
            Some((done, rest)) => Kind::Item(Some(done), rest),
            None => Kind::Item(None, rest),
        },
        None => Kind::Text,
    }
}

/// The title in a line that is `**TODO 1.1: title**`.
fn todo(text: &str) -> Option<&str> {
    let bold = text.strip_prefix("**TODO")?.trim_end_matches(':').strip_suffix("**")?;
    let (number, title) = bold.split_once(':')?;
    let title = title.trim();
    let numbered = number.chars().all(|c| c.is_ascii_digit() || matches!(c, ' ' | '.'));
    (numbered && !title.is_empty() && !title.contains("**")).then_some(title)
}

/// The text after `- `, `* `, `+ `, `1. ` or `1) `.
fn item(text: &str) -> Option<&str> {
    let rest = match text.strip_prefix(['-', '*', '+']) {
        Some(rest) => rest,
        None => {
            let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
            let digits = text.len() - rest.len();
            rest.strip_prefix(['.', ')']).filter(|_| (1..=9).contains(&digits))?
        }
    };
    rest.starts_with([' ', '\t']).then(|| rest.trim_start())
}

fn checkbox(rest: &str) -> Option<(bool, &str)> {
    let inner = rest.strip_prefix('[')?;
    let mark = inner.chars().next()?;
    let rest = inner[mark.len_utf8()..].strip_prefix(']')?;
    let done = match mark {
        ' ' => false,
        'x' | 'X' => true,
        _ => return None,
    };
    (rest.is_empty() || rest.starts_with([' ', '\t'])).then(|| (done, rest.trim()))
}

fn sections<'a>(lines: &[Line<'a>]) -> Vec<Section<'a>> {
    let end = lines.len();
    let first = Section { level: 0, text: "", start: 0, body: 0, own: end, end, parent: None };
    let mut all = vec![first];
    let mut open = vec![0usize];
    for (i, line) in lines.iter().enumerate() {
        let Kind::Heading(level, text) = line.kind else { continue };
        let last = all.len() - 1;
        all[last].own = i;
        while let Some(top) = open.last().copied().filter(|top| all[*top].level >= level) {
            all[top].end = i;
            open.pop();
        }
        let parent = open.last().copied();
        open.push(all.len());
        all.push(Section { level, text, start: i, body: i + 1, own: end, end, parent });
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "intro\n# One\n- [ ] a\n  - [x] b\n\n  text\n- c\n```\n# not\n- [ ] no\n```\n## Two #\n**TODO 1.1: Do**\n1) x\n<!-- - [ ] hidden\n-->\n# Three\n";

    #[test]
    fn lines_have_roles() {
        let doc = Doc::scan(TEXT);
        let kinds: Vec<Kind<'_>> = doc.lines.iter().map(|l| l.kind).collect();
        use Kind::{Blank, Heading, Item, Opaque, Text};
        assert_eq!(
            kinds,
            [
                Text,
                Heading(1, "One"),
                Item(Some(false), "a"),
                Item(Some(true), "b"),
                Blank,
                Text,
                Item(None, "c"),
                Opaque,
                Opaque,
                Opaque,
                Opaque,
                Heading(2, "Two"),
                Heading(7, "Do"),
                Item(None, "x"),
                Opaque,
                Opaque,
                Heading(1, "Three")
            ]
        );
        assert_eq!(doc.item_end(2, doc.lines.len()), 6);
        assert_eq!(doc.text(3, 6), "- [x] b\n\ntext\n");
    }

    #[test]
    fn sections_nest() {
        let doc = Doc::scan(TEXT);
        let shape: Vec<_> =
            doc.sections.iter().map(|s| (s.level, s.start, s.own, s.end, s.parent)).collect();
        assert_eq!(
            shape,
            [
                (0, 0, 1, 17, None),
                (1, 1, 11, 16, Some(0)),
                (2, 11, 12, 16, Some(1)),
                (7, 12, 16, 16, Some(2)),
                (1, 16, 17, 17, Some(0))
            ]
        );
    }
}
