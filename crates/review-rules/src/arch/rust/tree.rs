//! The tree of a `use`: its leaves as whole paths.

use super::{LONGEST, Lexeme, Scan};

impl Scan<'_> {
    /// From behind `use` to its `;`.
    pub(super) fn uses(&mut self, first: u32) -> Result<(), &'static str> {
        let mut path: Vec<&str> = Vec::new();
        let mut opened: Vec<usize> = Vec::new();
        let (mut leaf, mut line, mut alias) = (false, first, None);
        loop {
            let Some(token) = self.take()? else { return Err("a `use` that does not end") };
            let floor = opened.last().copied().unwrap_or(0);
            match token.what {
                Lexeme::Word("as") => {
                    if let Some(Lexeme::Word(name)) = self.peek()? {
                        alias = Some(name);
                        self.take()?;
                    }
                }
                Lexeme::Word(word) => {
                    if !(word == "self" && floor > 0 && path.len() == floor) {
                        path.push(word);
                    }
                    (leaf, line) = (true, token.line);
                }
                Lexeme::Mark(b'*') => {
                    path.push("*");
                    (leaf, line) = (true, token.line);
                }
                Lexeme::Mark(b'{') => {
                    opened.push(path.len());
                    leaf = false;
                }
                Lexeme::Mark(mark @ (b',' | b'}' | b';')) => {
                    if leaf {
                        self.leaf(&path, line, alias);
                    }
                    (leaf, alias) = (false, None);
                    path.truncate(floor);
                    match mark {
                        b';' => break,
                        b'}' if opened.is_empty() => {
                            self.next = Some(token);
                            return Ok(());
                        }
                        b'}' => {
                            opened.pop();
                            let outer = opened.last().copied().unwrap_or(0);
                            path.truncate(floor.max(outer));
                        }
                        _ => {}
                    }
                }
                Lexeme::Path => {}
                // Not an import: `use<'a>`, or a macro's own words.
                _ => {
                    self.next = Some(token);
                    return Ok(());
                }
            }
        }
        self.ended();
        Ok(())
    }

    fn leaf(&mut self, path: &[&str], line: u32, alias: Option<&str>) {
        let mut whole = String::new();
        for part in path {
            if whole.len() + part.len() > LONGEST {
                break;
            }
            whole.push_str(if whole.is_empty() { "" } else { "::" });
            whole.push_str(part);
        }
        let name = alias.or_else(|| path.last().copied()).unwrap_or_default().to_owned();
        let whole = self.found(whole, line);
        if self.braces.is_empty() {
            self.items.uses.push((name, whole));
        }
    }
}
