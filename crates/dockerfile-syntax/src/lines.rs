//! The file cut into logical lines, each with its here documents.

use crate::directive::{Directive, directive};
use crate::heredoc::{Heredoc, announced, ends};
use crate::instruction::Fault;
use crate::text::{Span, Text};

/// A comment on a line of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comment {
    /// What stands behind the `#`.
    pub text: String,
    /// The comment from its `#` on.
    pub span: Span,
}

/// A logical line.
pub(crate) struct Line {
    pub(crate) text: Text,
    pub(crate) heredocs: Vec<Heredoc>,
    /// From its first to its last line, here documents included.
    pub(crate) span: Span,
}

/// What a file is made of.
#[derive(Default)]
pub(crate) struct Lines {
    pub(crate) directives: Vec<Directive>,
    pub(crate) comments: Vec<Comment>,
    pub(crate) lines: Vec<Line>,
    pub(crate) faults: Vec<Fault>,
    /// The character that continues a line.
    pub(crate) escape: char,
}

/// Cuts a file into logical lines.
pub(crate) fn lines(source: &str) -> Lines {
    let mut out = Lines { escape: '\\', ..Lines::default() };
    let mut rows = rows(source).into_iter().peekable();
    while let Some((start, row)) = rows.peek().copied() {
        let Some(found) = directive(row, start) else { break };
        let known = matches!(found.name.as_str(), "syntax" | "escape" | "check");
        if found.name == "escape" {
            match found.value.as_str() {
                "\\" | "`" => out.escape = if found.value == "`" { '`' } else { '\\' },
                _ => out.fault(found.span, "the escape character is neither \\ nor `"),
            }
        }
        // What looks like a directive and is none that we know is a comment, too.
        if !known {
            out.comment(start, row);
        }
        out.directives.push(found);
        rows.next();
    }
    while let Some((start, row)) = rows.next() {
        if row.trim().is_empty() {
            continue;
        }
        if row.trim_start().starts_with('#') {
            out.comment(start, row);
            continue;
        }
        let indent = row.len() - row.trim_start().len();
        let (piece, mut continues) = continued(&row[indent..], out.escape);
        let mut text = Text::default();
        text.push(piece, start + indent);
        let mut span = Span { start: start + indent, end: start + row.len() };
        while continues {
            let Some((start, row)) = rows.next() else { break };
            if row.trim_start().starts_with('#') {
                out.comment(start, row);
                continue;
            }
            if row.trim().is_empty() {
                continue;
            }
            let (piece, more) = continued(row, out.escape);
            text.push(piece, start);
            span.end = start + row.len();
            continues = more;
        }
        let mut heredocs =
            if takes_heredocs(text.as_str()) { announced(&text) } else { Vec::new() };
        for heredoc in &mut heredocs {
            let mut ended = false;
            for (start, row) in rows.by_ref() {
                span.end = start + row.len();
                if ends(heredoc, row) {
                    ended = true;
                    break;
                }
                let cut = if heredoc.chomps { row.trim_start_matches('\t') } else { row };
                heredoc.body.push(cut, start + row.len() - cut.len());
                // The last line of a file may have no end.
                let after = start + row.len();
                if let Some(at) = source[after..].find('\n') {
                    heredoc.body.push("\n", after + at);
                }
            }
            if !ended {
                out.fault(heredoc.mark, "this here document has no end");
            }
        }
        out.lines.push(Line { text, heredocs, span });
    }
    out
}

impl Lines {
    fn comment(&mut self, start: usize, row: &str) {
        let indent = row.len() - row.trim_start().len();
        let text = row.trim_start().trim_start_matches('#').to_owned();
        let span = Span { start: start + indent, end: start + row.len() };
        self.comments.push(Comment { text, span });
    }

    fn fault(&mut self, span: Span, message: &str) {
        self.faults.push(Fault { span, message: message.to_owned() });
    }
}

/// The lines of a file without their ends, each with its offset; a byte order mark is left out.
fn rows(source: &str) -> Vec<(usize, &str)> {
    let mut rows = Vec::new();
    let mut start = if source.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    for row in source[start..].split_inclusive('\n') {
        let bare = row.strip_suffix('\n').unwrap_or(row);
        rows.push((start, bare.strip_suffix('\r').unwrap_or(bare)));
        start += row.len();
    }
    rows
}

/// A line without its continuation mark, and whether it had one.
fn continued(row: &str, escape: char) -> (&str, bool) {
    let bare = row.trim_end_matches([' ', '\t']);
    match bare.strip_suffix(escape) {
        // An escaped escape character is itself.
        Some(piece) if !piece.ends_with(escape) => (piece, true),
        _ => (row, false),
    }
}

/// Whether an instruction may have here documents.
fn takes_heredocs(line: &str) -> bool {
    let mut words = line.split_whitespace();
    let is = |word: &str, name: &str| word.eq_ignore_ascii_case(name);
    let Some(mut word) = words.next() else { return false };
    while is(word, "onbuild") {
        match words.next() {
            Some(next) => word = next,
            None => return false,
        }
    }
    ["run", "copy", "add"].iter().any(|name| is(word, name))
}
