//! The tokens of Rust, as far as imports need them: names and marks; comments and literals left out.

/// A token with its line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token<'s> {
    pub(super) line: u32,
    pub(super) what: Lexeme<'s>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lexeme<'s> {
    /// A name or a keyword; of a raw name without its mark.
    Word(&'s str),
    /// `::`
    Path,
    /// The text of a string literal, escapes as they stand.
    Text(&'s str),
    /// Any other single byte.
    Mark(u8),
}

pub(super) struct Lexer<'s> {
    text: &'s str,
    at: usize,
    pub(super) line: u32,
}

fn word_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80
}

impl<'s> Lexer<'s> {
    pub(super) fn new(text: &'s str) -> Self {
        let mut lexer = Self { text, at: 0, line: 1 };
        if text.starts_with("#!") && !text[2..].trim_start().starts_with('[') {
            lexer.skip_line();
        }
        lexer
    }

    /// The next token; nothing at the end.
    pub(super) fn next(&mut self) -> Result<Option<Token<'s>>, &'static str> {
        loop {
            let line = self.line;
            let token = |what| Ok(Some(Token { line, what }));
            let bytes = self.text.as_bytes();
            let Some(&byte) = bytes.get(self.at) else { return Ok(None) };
            let ahead = |by: usize| bytes.get(self.at + by).copied().unwrap_or(0);
            match byte {
                b'\n' => {
                    self.at += 1;
                    self.line += 1;
                }
                b'/' if ahead(1) == b'/' => self.skip_line(),
                b'/' if ahead(1) == b'*' => self.comment()?,
                b'"' => {
                    self.at += 1;
                    return self.text().map(|text| Some(Token { line, what: text }));
                }
                b'\'' => self.quote()?,
                b':' if ahead(1) == b':' => {
                    self.at += 2;
                    return token(Lexeme::Path);
                }
                b'0'..=b'9' => self.at += self.word_length(),
                byte if word_byte(byte) => {
                    let length = self.word_length();
                    let word = self.text.get(self.at..self.at + length).unwrap_or_default();
                    let next = ahead(length);
                    match word {
                        "r" | "br" | "cr" if next == b'"' || next == b'#' => {
                            self.at += length;
                            if self.raw()? {
                                return token(Lexeme::Text(""));
                            }
                        }
                        "b" | "c" if next == b'"' || (word == "b" && next == b'\'') => self.at += 1,
                        _ => {
                            self.at += length;
                            return token(Lexeme::Word(word));
                        }
                    }
                }
                _ => {
                    self.at += 1;
                    if byte > b' ' {
                        return token(Lexeme::Mark(byte));
                    }
                }
            }
        }
    }

    fn rest(&self) -> &'s [u8] {
        &self.text.as_bytes()[self.at..]
    }

    fn word_length(&self) -> usize {
        let rest = self.rest();
        rest.iter().position(|byte| !word_byte(*byte)).unwrap_or(rest.len())
    }

    fn skip_line(&mut self) {
        let rest = self.rest();
        self.at += rest.iter().position(|byte| *byte == b'\n').unwrap_or(rest.len());
    }

    /// Over a comment with the comments inside it.
    fn comment(&mut self) -> Result<(), &'static str> {
        let mut depth = 0_usize;
        loop {
            let rest = self.rest();
            match rest {
                [b'/', b'*', ..] => depth += 1,
                [b'*', b'/', ..] => depth -= 1,
                [byte, ..] => {
                    self.line += u32::from(*byte == b'\n');
                    self.at += 1;
                    continue;
                }
                [] => return Err("a comment that does not end"),
            }
            self.at += 2;
            if depth == 0 {
                return Ok(());
            }
        }
    }

    /// From behind its quote over a string.
    fn text(&mut self) -> Result<Lexeme<'s>, &'static str> {
        let from = self.at;
        loop {
            match self.rest() {
                [b'"', ..] => {
                    self.at += 1;
                    return Ok(Lexeme::Text(&self.text[from..self.at - 1]));
                }
                [b'\\', next, ..] => {
                    self.line += u32::from(*next == b'\n');
                    self.at += 2;
                }
                [byte, ..] => {
                    self.line += u32::from(*byte == b'\n');
                    self.at += 1;
                }
                [] => return Err("a string that does not end"),
            }
        }
    }

    /// From behind its `r` over a raw string; false for the mark of a raw name.
    fn raw(&mut self) -> Result<bool, &'static str> {
        let hashes = self.rest().iter().take_while(|byte| **byte == b'#').count();
        if self.rest().get(hashes) != Some(&b'"') {
            self.at += hashes.min(1);
            return Ok(false);
        }
        self.at += hashes + 1;
        loop {
            let rest = self.rest();
            match rest.first() {
                None => return Err("a string that does not end"),
                Some(b'"')
                    if rest[1..].iter().take(hashes).filter(|b| **b == b'#').count() == hashes =>
                {
                    self.at += 1 + hashes;
                    return Ok(true);
                }
                Some(byte) => {
                    self.line += u32::from(*byte == b'\n');
                    self.at += 1;
                }
            }
        }
    }

    /// Over a character, or over a lifetime with its name.
    fn quote(&mut self) -> Result<(), &'static str> {
        let mut chars = self.text.get(self.at + 1..).unwrap_or_default().chars();
        match chars.next() {
            Some('\\') => {
                let rest = self.rest().get(3..).unwrap_or_default();
                let end = rest.iter().take(16).position(|byte| *byte == b'\'');
                self.at += 3 + end.ok_or("a character that does not end")? + 1;
            }
            Some(c) if chars.next() == Some('\'') => {
                self.line += u32::from(c == '\n');
                self.at += c.len_utf8() + 2;
            }
            _ => {
                self.at += 1;
                self.at += self.word_length();
            }
        }
        Ok(())
    }
}
