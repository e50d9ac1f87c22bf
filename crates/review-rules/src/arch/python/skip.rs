//! Moves through Python source: over blanks, strings, brackets, continuations and whole statements.

/// Strings in strings in strings: more than Python itself takes.
const NESTED: usize = 200;

pub(super) struct Skip<'s> {
    source: &'s [u8],
    at: usize,
    pub(super) line: u32,
    brackets: Vec<u8>,
    modes: Vec<Mode>,
}

/// What a byte within a string belongs to.
#[derive(Clone, Copy)]
enum Mode {
    /// The text of a string.
    Text { quote: u8, triple: bool, fields: bool },
    /// An expression between the braces of an f-string, so many brackets deep.
    Field(usize),
    /// What stands behind the colon of such an expression.
    Spec,
}

/// Whether a byte can be a part of a name.
pub(super) fn word_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80
}

/// The bytes at which skipping over a statement stops to look.
const STOPS: [bool; 256] = {
    let mut stops = [false; 256];
    let mut at = 0;
    let bytes = b"\n\r#\\'\"()[]{};:\0";
    while at < bytes.len() {
        stops[bytes[at] as usize] = true;
        at += 1;
    }
    stops
};

impl<'s> Skip<'s> {
    pub(super) fn new(source: &'s [u8]) -> Self {
        Self { source, at: 0, line: 1, brackets: Vec::new(), modes: Vec::new() }
    }

    pub(super) fn rest(&self) -> &'s [u8] {
        &self.source[self.at..]
    }

    fn peek(&self, ahead: usize) -> u8 {
        self.source.get(self.at + ahead).copied().unwrap_or(b'\n')
    }

    /// Goes to the first byte of the next line that says something; how far it is indented.
    pub(super) fn indentation(&mut self) -> Result<Option<usize>, &'static str> {
        loop {
            let mut column = 0;
            loop {
                match self.source.get(self.at) {
                    Some(b' ') => column += 1,
                    Some(b'\t') => column = (column / 8 + 1) * 8,
                    Some(b'\x0c') => column = 0,
                    _ => break,
                }
                self.at += 1;
            }
            match self.source.get(self.at) {
                None => return Ok(None),
                Some(b'#') => self.comment(),
                Some(b'\n' | b'\r') => self.newline(),
                Some(b'\\') if matches!(self.source.get(self.at + 1), Some(b'\n' | b'\r')) => {
                    self.at += 1;
                    self.newline();
                    self.blank(false);
                    return Ok(Some(column));
                }
                Some(0) => return Err("a NUL byte"),
                Some(_) => return Ok(Some(column)),
            }
        }
    }

    fn newline(&mut self) {
        if self.peek(0) == b'\r' && self.source.get(self.at + 1) == Some(&b'\n') {
            self.at += 1;
        }
        self.at += 1;
        self.line += 1;
    }

    fn comment(&mut self) {
        let rest = self.rest();
        let length = rest.iter().position(|b| matches!(b, b'\n' | b'\r')).unwrap_or(rest.len());
        self.at += length;
    }

    /// Over spaces and continued lines; in a list also over newlines and comments.
    pub(super) fn blank(&mut self, list: bool) {
        while let Some(&byte) = self.source.get(self.at) {
            match byte {
                b' ' | b'\t' | b'\x0c' => self.at += 1,
                b'\\' if matches!(self.source.get(self.at + 1), Some(b'\n' | b'\r')) => {
                    self.at += 1;
                    self.newline();
                }
                b'\n' | b'\r' if list => self.newline(),
                b'#' if list => self.comment(),
                _ => return,
            }
        }
    }

    pub(super) fn peek_word(&self) -> &'s [u8] {
        let rest = self.rest();
        &rest[..rest.iter().position(|b| !word_byte(*b)).unwrap_or(rest.len())]
    }

    /// Over this word, if it stands here whole.
    pub(super) fn word(&mut self, word: &[u8]) -> bool {
        let here = self.peek_word() == word;
        self.at += if here { word.len() } else { 0 };
        here
    }

    /// Over this byte, if it stands here.
    pub(super) fn byte(&mut self, byte: u8) -> bool {
        let here = self.source.get(self.at) == Some(&byte);
        self.at += usize::from(here);
        here
    }

    /// Over the rest of a statement, to what may be another one in the same logical line; false at
    /// the end of that line.
    pub(super) fn statement(&mut self) -> Result<bool, &'static str> {
        loop {
            let rest = self.rest();
            let Some(length) = rest.iter().position(|b| STOPS[usize::from(*b)]) else {
                self.at = self.source.len();
                return if self.brackets.is_empty() { Ok(false) } else { Err("an open bracket") };
            };
            self.at += length;
            let byte = self.source[self.at];
            match byte {
                b'\n' | b'\r' => {
                    self.newline();
                    if self.brackets.is_empty() {
                        return Ok(false);
                    }
                }
                b'#' => self.comment(),
                b'\\' => {
                    self.at += 1;
                    match self.source.get(self.at) {
                        Some(b'\n' | b'\r') => self.newline(),
                        _ => return Err("a stray backslash"),
                    }
                }
                b'\'' | b'"' => self.string()?,
                b'(' | b'[' | b'{' => {
                    self.brackets.push(byte);
                    self.at += 1;
                }
                b')' | b']' | b'}' => {
                    let open = if byte == b')' { b'(' } else { byte - 2 };
                    if self.brackets.pop() != Some(open) {
                        return Err("a bracket that was not opened");
                    }
                    self.at += 1;
                }
                0 => return Err("a NUL byte"),
                // `;` and `:`
                _ => {
                    self.at += 1;
                    if self.brackets.is_empty() {
                        self.blank(false);
                        return Ok(true);
                    }
                }
            }
        }
    }

    /// Over a string with whatever its fields hold.
    fn string(&mut self) -> Result<(), &'static str> {
        let fields = self.prefixed();
        self.open(fields)?;
        let ended = self.inside();
        self.modes.clear();
        ended
    }

    /// Whether the quote here has a prefix that lets expressions stand in the string.
    fn prefixed(&self) -> bool {
        let before = &self.source[..self.at];
        let mut letters = before.iter().rev().take(3).take_while(|b| word_byte(**b));
        let (mut fields, mut count) = (false, 0);
        for letter in &mut letters {
            match letter.to_ascii_lowercase() {
                b'f' | b't' => fields = true,
                b'r' | b'b' | b'u' => {}
                _ => return false,
            }
            count += 1;
        }
        fields && count < 3
    }

    /// Steps into the string whose quote stands here.
    fn open(&mut self, fields: bool) -> Result<(), &'static str> {
        let quote = self.source[self.at];
        let triple = self.rest().starts_with(&[quote; 3]);
        self.at += if triple { 3 } else { 1 };
        if self.modes.len() >= NESTED {
            return Err("strings nested too deeply");
        }
        self.modes.push(Mode::Text { quote, triple, fields });
        Ok(())
    }

    /// To the end of the outermost string.
    fn inside(&mut self) -> Result<(), &'static str> {
        while let Some(&mode) = self.modes.last() {
            let Some(&byte) = self.source.get(self.at) else {
                return Err("a string that does not end");
            };
            match mode {
                Mode::Text { quote, triple, fields } => match byte {
                    b'\\' => self.escape(),
                    b'\n' | b'\r' if triple => self.newline(),
                    b'\n' | b'\r' => return Err("a string that does not end on its line"),
                    b'{' if fields && self.peek(1) == b'{' => self.at += 2,
                    b'{' if fields => self.field()?,
                    _ if byte == quote && (!triple || self.rest().starts_with(&[quote; 3])) => {
                        self.at += if triple { 3 } else { 1 };
                        self.modes.pop();
                    }
                    0 => return Err("a NUL byte"),
                    _ => self.at += 1,
                },
                Mode::Field(depth) => self.expression(byte, depth)?,
                Mode::Spec => match byte {
                    b'{' => self.field()?,
                    b'}' => {
                        self.at += 1;
                        self.modes.pop();
                    }
                    b'\\' => self.escape(),
                    b'\n' | b'\r' => self.newline(),
                    _ => self.at += 1,
                },
            }
        }
        Ok(())
    }

    /// Over a backslash and what it protects.
    fn escape(&mut self) {
        self.at += 1;
        match self.source.get(self.at) {
            Some(b'\n' | b'\r') => self.newline(),
            Some(b'\\' | b'\'' | b'"') => self.at += 1,
            _ => {}
        }
    }

    fn field(&mut self) -> Result<(), &'static str> {
        if self.modes.len() >= NESTED {
            return Err("strings nested too deeply");
        }
        self.at += 1;
        self.modes.push(Mode::Field(0));
        Ok(())
    }

    /// One byte of an expression in a string.
    fn expression(&mut self, byte: u8, depth: usize) -> Result<(), &'static str> {
        let last = self.modes.len() - 1;
        match byte {
            b'\'' | b'"' => return self.open(self.prefixed()),
            b'\n' | b'\r' => {
                self.newline();
                return Ok(());
            }
            b'#' => {
                self.comment();
                return Ok(());
            }
            b'(' | b'[' | b'{' => self.modes[last] = Mode::Field(depth + 1),
            b'}' if depth == 0 => {
                self.modes.pop();
            }
            b')' | b']' | b'}' => match depth.checked_sub(1) {
                Some(less) => self.modes[last] = Mode::Field(less),
                None => return Err("a bracket that was not opened"),
            },
            b':' if depth == 0 => self.modes[last] = Mode::Spec,
            0 => return Err("a NUL byte"),
            _ => {}
        }
        self.at += 1;
        Ok(())
    }
}
