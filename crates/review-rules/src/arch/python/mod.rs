//! Imports of Python, read by a scanner that knows statements, strings, brackets and indentation.

mod skip;

use super::import::{Import, Kind, What};
use skip::{Skip, word_byte};

/// A part of a file whose lines are indented deeper than its header.
struct Block {
    indent: usize,
    kind: Header,
    /// How many imports stood before it.
    from: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Header {
    Function,
    Types,
    Try,
}

/// What is known while statements are read.
struct Scan<'s> {
    skip: Skip<'s>,
    blocks: Vec<Block>,
    /// The imports of the last `try`, and how far it is indented.
    tried: Option<(usize, std::ops::Range<usize>)>,
    imports: Vec<Import>,
}

/// The imports of a source.
///
/// # Errors
/// The line at which it stops being Python, and why; with what was found before it.
pub(super) fn scan(source: &[u8]) -> (Vec<Import>, Option<(u32, &'static str)>) {
    let source = source.strip_prefix(b"\xef\xbb\xbf").unwrap_or(source);
    let mut scan =
        Scan { skip: Skip::new(source), blocks: Vec::new(), tried: None, imports: Vec::new() };
    let broken = scan.file().err().map(|why| (scan.skip.line, why));
    (scan.imports, broken)
}

impl Scan<'_> {
    fn file(&mut self) -> Result<(), &'static str> {
        while let Some(indent) = self.skip.indentation()? {
            self.dedent(indent);
            self.line(indent)?;
        }
        self.dedent(0);
        Ok(())
    }

    /// Ends the blocks that a line with this indentation is not in.
    fn dedent(&mut self, indent: usize) {
        while let Some(block) = self.blocks.pop_if(|block| block.indent >= indent) {
            if block.kind == Header::Try {
                self.tried = Some((block.indent, block.from..self.imports.len()));
            }
        }
    }

    /// One logical line: statements behind `;`, and those behind a header's `:`.
    fn line(&mut self, indent: usize) -> Result<(), &'static str> {
        let header = self.header(indent);
        let from = self.imports.len();
        loop {
            match self.skip.peek_word() {
                b"import" => self.import(header)?,
                b"from" => self.from(header)?,
                _ => {}
            }
            if !self.skip.statement()? {
                break;
            }
        }
        if let Some(kind) = header {
            self.blocks.push(Block { indent, kind, from });
        }
        Ok(())
    }

    /// What the line that begins here opens, if that matters for imports.
    fn header(&mut self, indent: usize) -> Option<Header> {
        let rest = self.skip.rest();
        let word = self.skip.peek_word();
        let after = &rest[word.len()..];
        match word {
            b"def" => Some(Header::Function),
            b"async" => {
                let next = after.trim_ascii_start();
                (next.starts_with(b"def") && !next.get(3).is_some_and(|b| word_byte(*b)))
                    .then_some(Header::Function)
            }
            b"try" => Some(Header::Try),
            b"if" | b"elif" => types(after).then_some(Header::Types),
            b"except" => {
                let caught = catches(after);
                if let Some((_, tried)) = self.tried.take_if(|(at, _)| *at == indent && caught) {
                    self.imports[tried].iter_mut().for_each(|import| import.guarded = true);
                }
                None
            }
            _ => None,
        }
    }

    fn kind(&self, header: Option<Header>) -> Kind {
        let within = |kind| header == Some(kind) || self.blocks.iter().any(|b| b.kind == kind);
        match () {
            () if within(Header::Types) => Kind::Types,
            () if within(Header::Function) => Kind::Lazy,
            () => Kind::Plain,
        }
    }

    fn push(&mut self, header: Option<Header>, line: u32, what: What) {
        let kind = self.kind(header);
        self.imports.push(Import { line, kind, guarded: false, what });
    }

    fn import(&mut self, header: Option<Header>) -> Result<(), &'static str> {
        self.skip.word(b"import");
        loop {
            self.skip.blank(false);
            let line = self.skip.line;
            let module = self.dotted(false)?;
            self.push(header, line, What::Python { level: 0, module, name: None });
            self.alias(false)?;
            if !self.skip.byte(b',') {
                return Ok(());
            }
        }
    }

    fn from(&mut self, header: Option<Header>) -> Result<(), &'static str> {
        self.skip.word(b"from");
        let mut level = 0;
        self.skip.blank(false);
        while self.skip.byte(b'.') {
            level += 1;
            self.skip.blank(false);
        }
        let module = if level > 0 && self.skip.peek_word() == b"import" {
            String::new()
        } else {
            self.dotted(false)?
        };
        self.skip.blank(false);
        if !self.skip.word(b"import") {
            return Err("`from` without `import`");
        }
        self.skip.blank(false);
        let list = self.skip.byte(b'(');
        loop {
            self.skip.blank(list);
            if list && self.skip.byte(b')') {
                return Ok(());
            }
            let line = self.skip.line;
            let name = if self.skip.byte(b'*') { "*".to_owned() } else { self.name()? };
            let what = What::Python { level, module: module.clone(), name: Some(name) };
            self.push(header, line, what);
            self.alias(list)?;
            let more = self.skip.byte(b',');
            self.skip.blank(list);
            match (more, list) {
                (true, _) => {}
                (false, false) => return Ok(()),
                (false, true) if self.skip.byte(b')') => return Ok(()),
                (false, true) => return Err("a list of imported names that does not end"),
            }
        }
    }

    fn alias(&mut self, list: bool) -> Result<(), &'static str> {
        self.skip.blank(list);
        if self.skip.word(b"as") {
            self.skip.blank(list);
            self.name()?;
            self.skip.blank(list);
        }
        Ok(())
    }

    fn dotted(&mut self, list: bool) -> Result<String, &'static str> {
        let mut module = self.name()?;
        loop {
            self.skip.blank(list);
            if !self.skip.byte(b'.') {
                return Ok(module);
            }
            self.skip.blank(list);
            module.push('.');
            module.push_str(&self.name()?);
        }
    }

    fn name(&mut self) -> Result<String, &'static str> {
        let word = self.skip.peek_word();
        let text = str::from_utf8(word).map_err(|_| "a name that is no UTF-8")?;
        if word.is_empty() || word[0].is_ascii_digit() {
            return Err("an import without a name");
        }
        let name = text.to_owned();
        self.skip.word(name.as_bytes());
        Ok(name)
    }
}

/// Whether a condition is `TYPE_CHECKING`, or that of a module, and nothing else.
fn types(condition: &[u8]) -> bool {
    let Some(end) = condition.iter().position(|b| matches!(b, b':' | b'\n' | b'#')) else {
        return false;
    };
    let mut text = condition[..end].trim_ascii();
    while let Some(inner) = text.strip_prefix(b"(").and_then(|t| t.strip_suffix(b")")) {
        text = inner.trim_ascii();
    }
    let Some(before) = text.strip_suffix(b"TYPE_CHECKING") else { return false };
    before.is_empty()
        || before.ends_with(b".") && before.iter().all(|b| word_byte(*b) || *b == b'.')
}

/// Whether a handler catches the failure of an import.
fn catches(handler: &[u8]) -> bool {
    let line = handler.split(|b| *b == b'\n').next().unwrap_or_default();
    let head = line.split(|b| *b == b':').next().unwrap_or_default();
    let mut words = head.split(|b| !word_byte(*b)).filter(|word| !word.is_empty()).peekable();
    words.peek().is_none()
        || words.any(|word| {
            matches!(
                word,
                b"ImportError" | b"ModuleNotFoundError" | b"Exception" | b"BaseException"
            )
        })
}
