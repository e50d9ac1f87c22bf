//! JSON as it is written: the order of members, the digits of numbers, and lines are kept.

use std::io::{self, Write};

use super::ReadError;

/// A value and the line it begins in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Json {
    /// Counted from 1.
    pub(super) line: u32,
    pub(super) value: Value,
}

/// A value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Value {
    Null,
    Bool(bool),
    /// The digits as they are written.
    Number(String),
    Text(String),
    List(Vec<Json>),
    Object(Vec<(String, Json)>),
}

/// How deep lists and objects may be nested.
const DEPTH: usize = 128;

impl Json {
    /// Reads a text that holds one value.
    pub(crate) fn read(text: &str) -> Result<Self, ReadError> {
        let mut reader = Reader { text, at: 0, line: 1 };
        let value = reader.value(0)?;
        match reader.peek() {
            None => Ok(value),
            Some(_) => Err(reader.fault("has something behind the document")),
        }
    }

    /// A member of an object.
    pub(crate) fn get(&self, key: &str) -> Option<&Self> {
        match &self.value {
            Value::Object(members) => members.iter().find(|(name, _)| name == key).map(|(_, v)| v),
            _ => None,
        }
    }

    /// The text, if it is one.
    pub(crate) fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The number, if it is one that counts things.
    pub(super) fn number(&self) -> Option<u32> {
        match &self.value {
            Value::Number(digits) => digits.parse().ok(),
            _ => None,
        }
    }

    /// The elements of a list; none for everything else.
    pub(super) fn list(&self) -> &[Self] {
        match &self.value {
            Value::List(list) => list,
            _ => &[],
        }
    }

    /// What a JSON pointer names.
    #[cfg(any(test, feature = "validate"))]
    pub(super) fn at<'p>(&self, mut pointer: impl Iterator<Item = &'p str>) -> Option<&Self> {
        let Some(step) = pointer.next() else {
            return Some(self);
        };
        let step = step.replace("~1", "/").replace("~0", "~");
        let inner = match &self.value {
            Value::List(list) => list.get(step.parse::<usize>().ok()?),
            _ => self.get(&step),
        };
        inner?.at(pointer)
    }

    /// Writes the value with two blanks for each level.
    pub(super) fn write(&self, depth: usize, out: &mut dyn Write) -> io::Result<()> {
        match &self.value {
            Value::Null => out.write_all(b"null"),
            Value::Bool(true) => out.write_all(b"true"),
            Value::Bool(false) => out.write_all(b"false"),
            Value::Number(digits) => out.write_all(digits.as_bytes()),
            Value::Text(text) => Ok(serde_json::to_writer(out, text)?),
            Value::List(list) if list.is_empty() => out.write_all(b"[]"),
            Value::Object(members) if members.is_empty() => out.write_all(b"{}"),
            Value::List(list) => {
                for (index, item) in list.iter().enumerate() {
                    out.write_all(if index == 0 { b"[" } else { b"," })?;
                    indent(depth + 1, out)?;
                    item.write(depth + 1, out)?;
                }
                indent(depth, out)?;
                out.write_all(b"]")
            }
            Value::Object(members) => {
                for (index, (name, value)) in members.iter().enumerate() {
                    out.write_all(if index == 0 { b"{" } else { b"," })?;
                    indent(depth + 1, out)?;
                    serde_json::to_writer(&mut *out, name)?;
                    out.write_all(b": ")?;
                    value.write(depth + 1, out)?;
                }
                indent(depth, out)?;
                out.write_all(b"}")
            }
        }
    }
}

fn indent(depth: usize, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(b"\n")?;
    (0..depth).try_for_each(|_| out.write_all(b"  "))
}

/// The first name that two members have, as a fault.
fn twice(members: &[(String, Json)]) -> Option<ReadError> {
    let mut names: Vec<_> = members.iter().map(|(name, value)| (name, value.line)).collect();
    names.sort_unstable();
    let pair = names.windows(2).find(|pair| pair[0].0 == pair[1].0)?;
    let (name, line) = pair[1];
    Some(ReadError { line, reason: format!("has the member {name:?} twice") })
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    line: u32,
}

impl Reader<'_> {
    fn fault(&self, reason: impl Into<String>) -> ReadError {
        ReadError { line: self.line, reason: reason.into() }
    }

    /// The next byte that is no blank.
    fn peek(&mut self) -> Option<u8> {
        while let Some(byte) = self.text.as_bytes().get(self.at) {
            match byte {
                b'\n' => self.line = self.line.saturating_add(1),
                b' ' | b'\t' | b'\r' => {}
                _ => return Some(*byte),
            }
            self.at += 1;
        }
        None
    }

    fn value(&mut self, depth: usize) -> Result<Json, ReadError> {
        if depth > DEPTH {
            return Err(self.fault("is nested too deep"));
        }
        let next = self.peek();
        let line = self.line;
        let value = match next {
            Some(b'{') => self.object(depth)?,
            Some(b'[') => self.list(depth)?,
            Some(b'"') => Value::Text(self.string()?),
            Some(_) => self.word()?,
            None => return Err(self.fault("ends where a value has to be")),
        };
        Ok(Json { line, value })
    }

    fn object(&mut self, depth: usize) -> Result<Value, ReadError> {
        self.at += 1;
        let mut members: Vec<(String, Json)> = Vec::new();
        loop {
            match (self.peek(), members.is_empty()) {
                (Some(b'}'), _) => {
                    self.at += 1;
                    return twice(&members).map_or(Ok(Value::Object(members)), Err);
                }
                (Some(b','), false) => self.at += 1,
                (_, true) => {}
                _ => return Err(self.fault("has no comma where one has to be")),
            }
            if self.peek() != Some(b'"') {
                return Err(self.fault("has no name where one has to be"));
            }
            let name = self.string()?;
            if self.peek() != Some(b':') {
                return Err(self.fault("has no colon where one has to be"));
            }
            self.at += 1;
            members.push((name, self.value(depth + 1)?));
        }
    }

    fn list(&mut self, depth: usize) -> Result<Value, ReadError> {
        self.at += 1;
        let mut list = Vec::new();
        loop {
            match (self.peek(), list.is_empty()) {
                (Some(b']'), _) => {
                    self.at += 1;
                    return Ok(Value::List(list));
                }
                (_, true) => {}
                (Some(b','), false) => self.at += 1,
                _ => return Err(self.fault("has no comma where one has to be")),
            }
            list.push(self.value(depth + 1)?);
        }
    }

    fn string(&mut self) -> Result<String, ReadError> {
        let rest = &self.text[self.at..];
        let mut escaped = false;
        let end = rest.bytes().skip(1).position(|byte| {
            let ends = byte == b'"' && !escaped;
            escaped = byte == b'\\' && !escaped;
            ends
        });
        let Some(end) = end else {
            return Err(self.fault("has a text that does not end"));
        };
        let token = &rest[..end + 2];
        let text = serde_json::from_str(token).map_err(|_| {
            self.fault("has a text with an escape or a sign that JSON does not have")
        })?;
        self.at += token.len();
        Ok(text)
    }

    fn word(&mut self) -> Result<Value, ReadError> {
        let rest = &self.text[self.at..];
        let ends = |c: char| c.is_whitespace() || ",]}:\"[{".contains(c);
        let word = &rest[..rest.find(ends).unwrap_or(rest.len())];
        let value = match word {
            "null" => Value::Null,
            "true" => Value::Bool(true),
            "false" => Value::Bool(false),
            _ if serde_json::from_str::<serde_json::Number>(word).is_ok() => {
                Value::Number(word.to_owned())
            }
            _ => {
                let shown: String = word.chars().take(40).collect();
                return Err(self.fault(format!("has {shown:?}, which is no value")));
            }
        };
        self.at += word.len();
        Ok(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_what_was_read() {
        let text = "{\n  \"b\": 1.50e+3,\n  \"a\": [\n    {},\n    [],\n    null,\n    \"\\u0001ü\\n\"\n  ],\n  \"z\": 123456789012345678901234567890\n}";
        let json = Json::read(text).expect("it is JSON");
        let mut out = Vec::new();
        json.write(0, &mut out).expect("memory");
        assert_eq!(String::from_utf8(out).expect("UTF-8"), text);
        assert_eq!(json.at(["a", "3"].into_iter()).map(|json| json.line), Some(7));
    }

    #[test]
    fn what_is_no_json_is_refused_with_its_line() {
        let deep = "[".repeat(1000);
        let cases = [
            "",
            "{\n\"a\": 1,\n\"a\": 2}",
            "[1\n2]",
            "[1,]",
            "{,}",
            "{\"a\" 1}",
            "01",
            "\"a",
            "\"\\x\"",
            "nul",
            "{} {}",
            "\"\t\"",
            &deep,
        ];
        for text in cases {
            assert!(Json::read(text).is_err(), "{text}");
        }
        assert_eq!(Json::read("{\n\"a\": 1,\n\"a\": 2}").map_err(|e| e.line), Err(3));
    }
}
