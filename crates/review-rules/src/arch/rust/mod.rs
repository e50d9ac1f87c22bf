//! Paths, modules and re-exports of Rust, read from its tokens.

mod lex;
mod tree;

use std::collections::{BTreeMap, BTreeSet};

use super::import::{Import, Kind, What};
use lex::{Lexeme, Lexer, Token};

/// What a file of Rust says beside its imports.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Items {
    /// `mod name;`, each with its line, its `#[path]` and the inline modules around it.
    pub(super) modules: Vec<Module>,
    /// What `use` at the top of the file makes known here, `*` for all, by name and path.
    pub(super) uses: Vec<(String, String)>,
    /// The names of the items at the top of the file.
    pub(super) defines: BTreeSet<String>,
}

/// A module that another file holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Module {
    pub(super) name: String,
    pub(super) line: u32,
    pub(super) path: Option<String>,
    pub(super) within: Vec<String>,
    pub(super) tests: bool,
}

/// The imports and items of a source.
///
/// # Errors
/// The line at which it stops being Rust, and why; with what was found before it.
pub(super) fn scan(source: &[u8]) -> (Vec<Import>, Items, Option<(u32, &'static str)>) {
    let Ok(text) = str::from_utf8(source) else {
        return (Vec::new(), Items::default(), Some((1, "bytes that are no UTF-8")));
    };
    let mut scan = Scan::new(text.trim_start_matches('\u{feff}'));
    let broken = scan.file().err().map(|why| (scan.lexer.line, why));
    let import = |((path, kind), line): ((String, Kind), u32)| Import {
        line,
        kind,
        guarded: false,
        what: What::Rust(path.split("::").map(str::to_owned).collect()),
    };
    let mut imports: Vec<Import> = scan.found.into_iter().map(import).collect();
    imports.sort();
    (imports, scan.items, broken)
}

/// A pair of braces, and what is special in it.
struct Brace {
    /// The inline module that it is the body of.
    module: Option<String>,
    tests: bool,
}

struct Scan<'s> {
    lexer: Lexer<'s>,
    /// The token that was read ahead.
    next: Option<Token<'s>>,
    braces: Vec<Brace>,
    /// Parentheses and brackets since the last brace.
    round: usize,
    /// An attribute says that the next item is for tests; and whether that item has begun.
    tests: Option<bool>,
    /// The text of `#[path = "…"]` before an item.
    path: Option<String>,
    /// The inline module whose brace comes next.
    module: Option<String>,
    /// The whole file is for tests.
    all_tests: bool,
    /// Each path with its kind, and the line it is first on.
    found: BTreeMap<(String, Kind), u32>,
    items: Items,
}

/// Words that begin an item.
const ITEMS: &[&str] = &[
    "const",
    "enum",
    "extern",
    "fn",
    "impl",
    "macro_rules",
    "mod",
    "static",
    "struct",
    "trait",
    "type",
    "union",
    "use",
];

/// Longer paths are cut: nothing that is looked up is as long.
const LONGEST: usize = 1_000;

impl<'s> Scan<'s> {
    fn new(text: &'s str) -> Self {
        Self {
            lexer: Lexer::new(text),
            next: None,
            braces: Vec::new(),
            round: 0,
            tests: None,
            path: None,
            module: None,
            all_tests: false,
            found: BTreeMap::new(),
            items: Items::default(),
        }
    }

    fn take(&mut self) -> Result<Option<Token<'s>>, &'static str> {
        match self.next.take() {
            Some(token) => Ok(Some(token)),
            None => self.lexer.next(),
        }
    }

    fn peek(&mut self) -> Result<Option<Lexeme<'s>>, &'static str> {
        if self.next.is_none() {
            self.next = self.lexer.next()?;
        }
        Ok(self.next.map(|token| token.what))
    }

    fn file(&mut self) -> Result<(), &'static str> {
        let mut before = Lexeme::Mark(b';');
        while let Some(token) = self.take()? {
            match token.what {
                Lexeme::Mark(b'#') => self.attribute()?,
                Lexeme::Mark(b'{') => self.open(),
                Lexeme::Mark(b'}') => self.close()?,
                Lexeme::Mark(b'(' | b'[') => self.round += 1,
                Lexeme::Mark(b')' | b']') => self.round = self.round.saturating_sub(1),
                Lexeme::Mark(b';') if self.round == 0 => self.ended(),
                Lexeme::Mark(b',') if self.round == 0 && self.tests == Some(false) => self.ended(),
                Lexeme::Word(word) => self.word(word, token.line, before)?,
                _ => {}
            }
            before = token.what;
        }
        if self.braces.is_empty() { Ok(()) } else { Err("an open brace") }
    }

    fn open(&mut self) {
        let tests = self.tests.take().is_some();
        self.braces.push(Brace { module: self.module.take(), tests });
        self.round = 0;
        self.path = None;
    }

    fn close(&mut self) -> Result<(), &'static str> {
        self.round = 0;
        self.ended();
        self.braces.pop().map(|_| ()).ok_or("a brace that was not opened")
    }

    /// An item has ended, and what was said before it with it.
    fn ended(&mut self) {
        (self.tests, self.path, self.module) = (None, None, None);
    }

    fn word(&mut self, word: &'s str, line: u32, before: Lexeme<'s>) -> Result<(), &'static str> {
        if self.tests == Some(false) && ITEMS.binary_search(&word).is_ok() {
            self.tests = Some(true);
        }
        let follows = matches!(before, Lexeme::Path | Lexeme::Mark(b'.' | b'$'));
        match word {
            "use" if !follows => return self.uses(line),
            "mod" if !follows => return self.mods(line),
            "extern" => {
                if self.peek()? == Some(Lexeme::Word("crate")) {
                    self.take()?;
                    if let Some(Lexeme::Word(name)) = self.peek()? {
                        self.found(name.to_owned(), line);
                    }
                }
                return Ok(());
            }
            "fn" | "struct" | "enum" | "union" | "trait" | "type" | "static" | "const" => {
                self.defines()?;
            }
            "macro_rules" if self.peek()? == Some(Lexeme::Mark(b'!')) => {
                self.take()?;
                self.defines()?;
            }
            _ => {}
        }
        let follows = follows && !(word == "crate" && before == Lexeme::Mark(b'$'));
        if !follows && self.peek()? == Some(Lexeme::Path) {
            self.path(word, line)?;
        }
        Ok(())
    }

    /// The name behind a word such as `struct`, at the top of the file.
    fn defines(&mut self) -> Result<(), &'static str> {
        if let (true, Some(Lexeme::Word(name))) = (self.braces.is_empty(), self.peek()?) {
            if !matches!(name, "fn" | "unsafe" | "async" | "extern" | "mut") {
                self.items.defines.insert(name.to_owned());
            } else if name == "mut" {
                self.take()?;
                return self.defines();
            }
        }
        Ok(())
    }

    /// A path in the middle of code.
    fn path(&mut self, first: &str, line: u32) -> Result<(), &'static str> {
        let mut path = first.to_owned();
        while self.peek()? == Some(Lexeme::Path) {
            self.take()?;
            let Some(Lexeme::Word(word)) = self.peek()? else { break };
            self.take()?;
            if path.len() < LONGEST {
                path.push_str("::");
                path.push_str(word);
            }
        }
        // Most others are types and their functions, which came in by a `use`.
        if !first.starts_with(|c: char| c.is_uppercase()) {
            self.found(path, line);
        }
        Ok(())
    }

    /// `mod name;` or `mod name { … }`.
    fn mods(&mut self, line: u32) -> Result<(), &'static str> {
        let Some(Lexeme::Word(name)) = self.peek()? else { return Ok(()) };
        self.take()?;
        match self.peek()? {
            Some(Lexeme::Mark(b';')) => {
                let within = self.braces.iter().filter_map(|brace| brace.module.clone()).collect();
                self.items.modules.push(Module {
                    name: name.to_owned(),
                    line,
                    path: self.path.take(),
                    within,
                    tests: self.in_tests(),
                });
            }
            Some(Lexeme::Mark(b'{')) => self.module = Some(name.to_owned()),
            _ => return Ok(()),
        }
        if self.braces.is_empty() {
            self.items.defines.insert(name.to_owned());
        }
        Ok(())
    }

    /// An attribute: whether it is for tests, and a path of a module.
    fn attribute(&mut self) -> Result<(), &'static str> {
        let inner = self.peek()? == Some(Lexeme::Mark(b'!'));
        if inner {
            self.take()?;
        }
        if self.peek()? != Some(Lexeme::Mark(b'[')) {
            return Ok(());
        }
        self.take()?;
        let (mut depth, mut words, mut named) = (1_usize, Vec::new(), false);
        while depth > 0 {
            let Some(token) = self.take()? else { return Err("an attribute that does not end") };
            match token.what {
                Lexeme::Mark(b'[' | b'(') => depth += 1,
                Lexeme::Mark(b']' | b')') => depth -= 1,
                Lexeme::Word(word) => {
                    named |= words.is_empty() && word == "path";
                    if words.len() < 16 {
                        words.push(word);
                    }
                }
                Lexeme::Text(text) if named => self.path = Some(text.to_owned()),
                _ => {}
            }
        }
        let condition = words.first() == Some(&"cfg") && !words.contains(&"not");
        if words == ["test"] || condition && words.contains(&"test") {
            if inner && self.braces.is_empty() {
                self.all_tests = true;
            } else {
                self.tests = Some(false);
            }
        }
        Ok(())
    }

    fn in_tests(&self) -> bool {
        self.all_tests || self.tests.is_some() || self.braces.iter().any(|brace| brace.tests)
    }

    /// Keeps a path, seen from the file: inline modules around it are gone from it.
    fn found(&mut self, mut path: String, line: u32) -> String {
        let mut around = self.braces.iter().filter(|brace| brace.module.is_some()).count();
        while around > 0 {
            match path.strip_prefix("super::") {
                Some(rest) => path = rest.to_owned(),
                None => break,
            }
            around -= 1;
            if !path.starts_with("super::") {
                path.insert_str(0, "self::");
                break;
            }
        }
        let kind = if self.in_tests() { Kind::Tests } else { Kind::Plain };
        self.found.entry((path.clone(), kind)).or_insert(line);
        path
    }
}
