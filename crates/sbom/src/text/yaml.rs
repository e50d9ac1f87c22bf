//! The YAML that package managers write, as a tree with lines; what they never write is refused.
//!
//! A lock file of a megabyte is read here in a fraction of the time that a whole YAML reader takes,
//! and it is the larger part of the time that an inventory may take. Refused, with the line, are
//! anchors, aliases, tags, tabs for indentation and directives, so nothing can be expanded.

mod flow;
mod scalar;

use std::borrow::Cow;

use scalar::{key_end, quoted_end};

/// A value and the line it begins in.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Node<'a> {
    /// A scalar: its text, whatever type a reader of YAML would give it.
    Text(Cow<'a, str>),
    /// A mapping, in the order of the file.
    Map(Vec<Entry<'a>>),
    /// A sequence.
    List(Vec<Self>),
    /// Nothing.
    Null,
}

/// An entry of a mapping.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Entry<'a> {
    /// Its key.
    pub(crate) key: Cow<'a, str>,
    /// The line of the key, counted from 1.
    pub(crate) line: u32,
    /// Its value.
    pub(crate) value: Node<'a>,
}

/// What is wrong, and where.
pub(crate) type Fault = (u32, &'static str);

/// How deep mappings and sequences may be nested.
const DEPTH: usize = 64;
/// How many bytes the lines of one flow collection or quoted text may have together.
const JOINED: usize = 1 << 14;

impl<'a> Node<'a> {
    /// The entries of a mapping; none for everything else.
    pub(crate) fn entries(&self) -> &[Entry<'a>] {
        match self {
            Self::Map(entries) => entries,
            _ => &[],
        }
    }

    /// The value of a key.
    pub(crate) fn get(&self, key: &str) -> Option<&Self> {
        self.entries().iter().find(|entry| entry.key == key).map(|entry| &entry.value)
    }

    /// The text of a key.
    pub(crate) fn text(&self, key: &str) -> Option<&str> {
        self.get(key)?.as_text()
    }

    /// The text of a scalar.
    pub(crate) fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }
}

/// Reads the documents of a text.
pub(crate) fn read(text: &str) -> Result<Vec<Node<'_>>, Fault> {
    let mut documents = Vec::new();
    let mut reader = Reader { lines: lines(text)?, at: 0 };
    while let Some(line) = reader.peek() {
        if line.text == "---" || line.text == "..." {
            reader.at += 1;
            continue;
        }
        documents.push(reader.block(line.indent, 0)?);
        match reader.peek() {
            Some(line) if line.text != "---" && line.text != "..." => {
                return Err((line.number, "is indented as nothing before it is"));
            }
            _ => {}
        }
    }
    Ok(documents)
}

/// A line that holds more than blanks and comments.
#[derive(Clone, Copy)]
struct Line<'a> {
    number: u32,
    indent: usize,
    /// Without indentation and blanks at the end.
    text: &'a str,
}

fn lines(text: &str) -> Result<Vec<Line<'_>>, Fault> {
    let mut found = Vec::with_capacity(text.len() / 32);
    for (number, line) in (1..).zip(text.lines()) {
        let inner = line.trim_start_matches(' ');
        // Lines of a folded text may be empty or begin like a comment; those that hold none of
        // the structure are told apart where a text is skipped.
        if inner.starts_with('\t') {
            return Err((number, "is indented with a tab"));
        }
        if inner.trim_end().is_empty() || inner.starts_with('#') {
            continue;
        }
        found.push(Line { number, indent: line.len() - inner.len(), text: inner.trim_end() });
    }
    Ok(found)
}

struct Reader<'a> {
    lines: Vec<Line<'a>>,
    at: usize,
}

impl<'a> Reader<'a> {
    fn peek(&self) -> Option<Line<'a>> {
        self.lines.get(self.at).copied()
    }

    /// A mapping, a sequence or a scalar whose lines are indented by `indent`.
    fn block(&mut self, indent: usize, depth: usize) -> Result<Node<'a>, Fault> {
        let Some(line) = self.peek() else {
            return Ok(Node::Null);
        };
        if depth > DEPTH {
            return Err((line.number, "is nested too deep"));
        }
        if line.text == "-" || line.text.starts_with("- ") {
            return self.list(indent, depth);
        }
        if line.text.starts_with("? ") || key_end(line.text, line.number)?.is_some() {
            return self.map(indent, depth);
        }
        self.at += 1;
        self.scalar(line.text, line.number, indent.saturating_sub(1), true)
    }

    fn map(&mut self, indent: usize, depth: usize) -> Result<Node<'a>, Fault> {
        let mut entries = Vec::new();
        while let Some(line) = self.peek() {
            if line.indent != indent || line.text == "---" || line.text == "..." {
                break;
            }
            if let Some(key) = line.text.strip_prefix("? ") {
                entries.push(self.long_key(key, line, depth)?);
                continue;
            }
            let Some(end) = key_end(line.text, line.number)? else {
                return Err((line.number, "is no key with a value"));
            };
            self.at += 1;
            let key = scalar::scalar(line.text[..end].trim_end(), line.number)?;
            let rest = line.text[end + 1..].trim_start();
            let value = self.value(rest, line.number, indent, depth)?;
            entries.push(Entry { key, line: line.number, value });
        }
        Ok(Node::Map(entries))
    }

    /// `? key` with `: value` below it, as keys of more than 1,024 characters are written.
    fn long_key(&mut self, key: &'a str, line: Line<'a>, depth: usize) -> Result<Entry<'a>, Fault> {
        self.at += 1;
        let below = self.peek().filter(|next| next.indent == line.indent);
        let Some(next) = below.filter(|next| next.text.starts_with(": ")) else {
            return Err((line.number, "is a key without a value"));
        };
        let rest = next.text[1..].trim_start();
        let indent = line.indent + next.text.len() - rest.len();
        self.lines[self.at] = Line { indent, text: rest, ..next };
        let key = scalar::scalar(key.trim_end(), line.number)?;
        Ok(Entry { key, line: line.number, value: self.block(indent, depth + 1)? })
    }

    fn list(&mut self, indent: usize, depth: usize) -> Result<Node<'a>, Fault> {
        let mut items = Vec::new();
        while let Some(line) = self.peek() {
            if line.indent != indent || !(line.text == "-" || line.text.starts_with("- ")) {
                break;
            }
            let rest = line.text[1..].trim_start();
            let nested = rest.starts_with("- ") || rest == "-";
            if !rest.is_empty() && (nested || key_end(rest, line.number)?.is_some()) {
                // What follows the dash is a block of its own, indented to where it stands.
                let indent = indent + line.text.len() - rest.len();
                self.lines[self.at] = Line { indent, text: rest, ..line };
                items.push(self.block(indent, depth + 1)?);
            } else {
                self.at += 1;
                items.push(self.value(rest, line.number, indent, depth)?);
            }
        }
        Ok(Node::List(items))
    }

    /// What stands behind a key or a dash in a line, or in the lines below it.
    fn value(
        &mut self,
        rest: &'a str,
        number: u32,
        indent: usize,
        depth: usize,
    ) -> Result<Node<'a>, Fault> {
        if !rest.is_empty() && !rest.starts_with('#') {
            return self.scalar(rest, number, indent, false);
        }
        match self.peek() {
            Some(next) if next.indent > indent => self.block(next.indent, depth + 1),
            // A sequence may stand as deep as its key.
            Some(next)
                if next.indent == indent && (next.text == "-" || next.text.starts_with("- ")) =>
            {
                self.list(indent, depth + 1)
            }
            _ => Ok(Node::Null),
        }
    }

    /// A scalar or a flow collection, and the lines in which it goes on.
    fn scalar(
        &mut self,
        text: &'a str,
        number: u32,
        indent: usize,
        top: bool,
    ) -> Result<Node<'a>, Fault> {
        let more = |next: &Line<'_>| next.indent > indent || (top && next.indent >= indent);
        match text.as_bytes()[0] {
            b'|' | b'>' => {
                let mut folded = String::new();
                while let Some(next) = self.peek().filter(more) {
                    if !folded.is_empty() {
                        folded.push(' ');
                    }
                    folded.push_str(next.text);
                    self.at += 1;
                }
                Ok(Node::Text(Cow::Owned(folded)))
            }
            b'{' | b'[' => {
                if let Some(node) = flow::read(text, number)? {
                    return Ok(node);
                }
                let mut joined = text.to_owned();
                while let Some(next) = self.peek().filter(|_| joined.len() < JOINED) {
                    joined.push(' ');
                    joined.push_str(next.text);
                    self.at += 1;
                    if let Some(node) = flow::read(&joined, number)? {
                        return Ok(flow::owned(node));
                    }
                }
                Err((number, "begins a collection that does not end"))
            }
            b'\'' | b'"' => {
                if quoted_end(text).is_some() {
                    return Ok(Node::Text(scalar::scalar(text, number)?));
                }
                let mut joined = text.to_owned();
                while let Some(next) = self.peek().filter(|_| joined.len() < JOINED) {
                    joined.push(' ');
                    joined.push_str(next.text);
                    self.at += 1;
                    if quoted_end(&joined).is_some() {
                        let text = scalar::scalar(&joined, number)?.into_owned();
                        return Ok(Node::Text(Cow::Owned(text)));
                    }
                }
                Err((number, "begins a quoted text that does not end"))
            }
            _ => {
                let mut value = scalar::scalar(text, number)?;
                while let Some(next) = self.peek().filter(more) {
                    if key_end(next.text, next.number)?.is_some() {
                        return Err((next.number, "is indented as nothing before it is"));
                    }
                    value.to_mut().push(' ');
                    value.to_mut().push_str(&scalar::scalar(next.text, next.number)?);
                    self.at += 1;
                }
                Ok(if matches!(&*value, "~" | "null") { Node::Null } else { Node::Text(value) })
            }
        }
    }
}

#[cfg(test)]
mod tests;
