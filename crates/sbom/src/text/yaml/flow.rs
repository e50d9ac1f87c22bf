//! Collections within a line: `{integrity: sha512-…, os: [linux]}`.

use std::borrow::Cow;

use super::scalar::{quoted_end, scalar};
use super::{DEPTH, Entry, Fault, Node};

/// A whole collection; nothing when it goes on in the next line.
pub(super) fn read(text: &str, number: u32) -> Result<Option<Node<'_>>, Fault> {
    let mut reader = Flow { text, at: 0, number };
    let Some(node) = reader.node(0)? else {
        return Ok(None);
    };
    let rest = text[reader.at..].trim_start();
    if !rest.is_empty() && !rest.starts_with('#') {
        return Err((number, "has something behind a collection"));
    }
    Ok(Some(node))
}

/// The same, with text of its own.
pub(super) fn owned<'b>(node: Node<'_>) -> Node<'b> {
    match node {
        Node::Text(text) => Node::Text(Cow::Owned(text.into_owned())),
        Node::Map(entries) => Node::Map(
            entries
                .into_iter()
                .map(|entry| Entry {
                    key: Cow::Owned(entry.key.into_owned()),
                    line: entry.line,
                    value: owned(entry.value),
                })
                .collect(),
        ),
        Node::List(items) => Node::List(items.into_iter().map(owned).collect()),
        Node::Null => Node::Null,
    }
}

struct Flow<'a> {
    text: &'a str,
    at: usize,
    number: u32,
}

impl<'a> Flow<'a> {
    fn next(&mut self) -> Option<u8> {
        let rest = &self.text[self.at..];
        self.at += rest.len() - rest.trim_start().len();
        self.text.as_bytes().get(self.at).copied()
    }

    fn node(&mut self, depth: usize) -> Result<Option<Node<'a>>, Fault> {
        if depth > DEPTH {
            return Err((self.number, "is nested too deep"));
        }
        match self.next() {
            None => Ok(None),
            Some(b'{') => self.map(depth),
            Some(b'[') => self.list(depth),
            Some(_) => {
                let Some(text) = self.scalar(false)? else {
                    return Ok(None);
                };
                Ok(Some(if matches!(&*text, "" | "~" | "null") {
                    Node::Null
                } else {
                    Node::Text(text)
                }))
            }
        }
    }

    fn map(&mut self, depth: usize) -> Result<Option<Node<'a>>, Fault> {
        self.at += 1;
        let mut entries = Vec::new();
        loop {
            match self.next() {
                None => return Ok(None),
                Some(b'}') => {
                    self.at += 1;
                    return Ok(Some(Node::Map(entries)));
                }
                Some(b',') => self.at += 1,
                Some(_) => {
                    let Some(key) = self.scalar(true)? else {
                        return Ok(None);
                    };
                    let value = match self.next() {
                        None => return Ok(None),
                        Some(b':') => {
                            self.at += 1;
                            let Some(value) = self.node(depth + 1)? else {
                                return Ok(None);
                            };
                            value
                        }
                        Some(b',' | b'}') => Node::Null,
                        Some(_) => return Err((self.number, "has no comma where one has to be")),
                    };
                    entries.push(Entry { key, line: self.number, value });
                }
            }
        }
    }

    fn list(&mut self, depth: usize) -> Result<Option<Node<'a>>, Fault> {
        self.at += 1;
        let mut items = Vec::new();
        loop {
            match self.next() {
                None => return Ok(None),
                Some(b']') => {
                    self.at += 1;
                    return Ok(Some(Node::List(items)));
                }
                Some(b',') => self.at += 1,
                Some(b'}' | b':') => {
                    return Err((self.number, "has a sign where a value has to be"));
                }
                Some(_) => match self.node(depth + 1)? {
                    Some(item) => items.push(item),
                    None => return Ok(None),
                },
            }
        }
    }

    fn scalar(&mut self, key: bool) -> Result<Option<Cow<'a, str>>, Fault> {
        let rest = &self.text[self.at..];
        let bytes = rest.as_bytes();
        let end = if matches!(bytes.first(), Some(b'\'' | b'"')) {
            match quoted_end(rest) {
                Some(end) => end,
                None => return Ok(None),
            }
        } else {
            let stops = |at: usize, byte: u8| match byte {
                b',' | b'}' | b']' | b'{' | b'[' => true,
                b':' => key && matches!(bytes.get(at + 1), None | Some(b' ' | b',' | b'}')),
                _ => false,
            };
            let end = bytes.iter().enumerate().find(|(at, byte)| stops(*at, **byte));
            match end {
                Some((end, _)) => end,
                None => return Ok(None),
            }
        };
        if key && end == 0 {
            return Err((self.number, "has a sign where a key has to be"));
        }
        self.at += end;
        scalar(rest[..end].trim_end(), self.number).map(Some)
    }
}
