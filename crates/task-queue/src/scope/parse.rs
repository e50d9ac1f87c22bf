//! From the text of a glob to its program.

use super::chars::{Chars, complement, normal};
use super::program::Step;

const LONGEST: usize = 256;
const DEEPEST: usize = 4;

/// Compiles a pattern without its leading `!`, or says why it cannot be.
pub(crate) fn compile(pattern: &str) -> Result<Vec<Step>, &'static str> {
    refuse(pattern)?;
    let mut compiler = Compiler {
        text: pattern.chars().collect(),
        at: 0,
        steps: Vec::new(),
        depth: 0,
        part_start: true,
    };
    compiler.sequence()?;
    if compiler.at < compiler.text.len() {
        return Err("a '}' has no '{' before it");
    }
    let last = pattern.rsplit('/').next().expect("split yields at least one part");
    if last.is_empty() {
        compiler.at_least_one(Chars::Any);
    } else if !last.contains(['*', '?', '[', ']', '{', '}']) {
        compiler.optional(|inner| {
            inner.take('/');
            inner.at_least_one(Chars::Any);
        });
    }
    compiler.steps.push(Step::Done);
    Ok(compiler.steps)
}

fn refuse(pattern: &str) -> Result<(), &'static str> {
    if pattern.is_empty() {
        return Err("it is empty");
    }
    if pattern.len() > LONGEST {
        return Err("it is longer than 256 bytes");
    }
    if pattern.chars().any(char::is_control) {
        return Err("it holds a control character");
    }
    if pattern.trim() != pattern {
        return Err("it begins or ends with a space");
    }
    if pattern.starts_with('/') {
        return Err("it begins with '/': paths are relative to the repository");
    }
    if pattern.starts_with('!') {
        return Err("it begins with '!' twice");
    }
    if pattern.split('/').any(|part| part == "..") {
        return Err("'..' leads out of the repository");
    }
    if pattern.split('/').any(|part| part == ".") {
        return Err("'.' is no part of a path: leave it out");
    }
    if pattern.contains("//") {
        return Err("it has an empty part ('//')");
    }
    Ok(())
}

struct Compiler {
    text: Vec<char>,
    at: usize,
    steps: Vec<Step>,
    depth: usize,
    /// True at the beginning and after a `/`: the only places where `**` may stand.
    part_start: bool,
}

impl Compiler {
    /// Reads up to the end, or up to the `,` or `}` of the braces we are in.
    fn sequence(&mut self) -> Result<(), &'static str> {
        while let Some(&c) = self.text.get(self.at) {
            if c == '}' || (c == ',' && self.depth > 0) {
                return Ok(());
            }
            self.at += 1;
            match c {
                '*' => self.stars()?,
                '?' => self.take_set(Chars::NotSlash),
                '[' => self.class()?,
                '{' => self.braces()?,
                '\\' => self.escape()?,
                _ => self.take(c),
            }
        }
        Ok(())
    }

    fn take(&mut self, c: char) {
        self.take_set(Chars::One(c));
        self.part_start = c == '/';
    }

    fn take_set(&mut self, set: Chars) {
        self.steps.push(Step::Take(set));
        self.part_start = false;
    }

    fn any_number(&mut self, set: Chars) {
        let start = self.steps.len();
        self.steps.extend([Step::Split(start + 1, start + 3), Step::Take(set), Step::Jump(start)]);
        self.part_start = false;
    }

    fn at_least_one(&mut self, set: Chars) {
        self.take_set(set.clone());
        self.any_number(set);
    }

    fn optional(&mut self, inner: impl FnOnce(&mut Self)) {
        let split = self.steps.len();
        self.steps.push(Step::Jump(0));
        inner(self);
        self.steps[split] = Step::Split(split + 1, self.steps.len());
    }

    fn stars(&mut self) -> Result<(), &'static str> {
        let more = self.text[self.at..].iter().take_while(|c| **c == '*').count();
        self.at += more;
        match more {
            0 => self.any_number(Chars::NotSlash),
            1 if !self.part_start => return Err("'**' must be a whole part, as in 'src/**/x'"),
            1 => match self.text.get(self.at) {
                Some('/') => {
                    self.at += 1;
                    self.optional(|inner| {
                        inner.any_number(Chars::Any);
                        inner.take('/');
                    });
                    self.part_start = true;
                }
                None => self.at_least_one(Chars::Any),
                Some(_) => return Err("'**' must be a whole part, as in 'src/**/x'"),
            },
            _ => return Err("three stars mean nothing: write '*' or '**'"),
        }
        Ok(())
    }

    fn escape(&mut self) -> Result<(), &'static str> {
        match self.text.get(self.at) {
            Some(&c) if c.is_ascii_punctuation() && c != '/' => {
                self.at += 1;
                self.take(c);
                Ok(())
            }
            _ => Err("'\\' stands before a special character only: separate folders with '/'"),
        }
    }

    fn class(&mut self) -> Result<(), &'static str> {
        let close = "a '[' has no ']' after it";
        let negated = matches!(self.text.get(self.at), Some('!' | '^'));
        self.at += usize::from(negated);
        let first = self.at;
        let mut ranges = Vec::new();
        loop {
            let low = *self.text.get(self.at).ok_or(close)?;
            self.at += 1;
            if low == ']' && self.at - 1 > first {
                break;
            }
            let mut high = low;
            if self.text.get(self.at) == Some(&'-') {
                let end = *self.text.get(self.at + 1).ok_or(close)?;
                if end != ']' {
                    high = end;
                    self.at += 2;
                }
            }
            if [low, high].iter().any(|c| matches!(c, '/' | '\\')) {
                return Err("'/' and '\\' cannot stand between '[' and ']'");
            }
            if low > high {
                return Err("a range between '[' and ']' runs backwards");
            }
            ranges.push((low, high));
        }
        self.take_set(Chars::Ranges(if negated { complement(&ranges) } else { normal(&ranges) }));
        Ok(())
    }

    fn braces(&mut self) -> Result<(), &'static str> {
        if self.depth == DEEPEST {
            return Err("its braces are nested deeper than four");
        }
        self.depth += 1;
        let before = self.part_start;
        let mut ends = Vec::new();
        let mut after = true;
        loop {
            let split = self.steps.len();
            self.steps.push(Step::Jump(0));
            self.part_start = before;
            self.sequence()?;
            after &= self.part_start;
            match self.text.get(self.at) {
                Some(',') => {
                    self.at += 1;
                    ends.push(self.steps.len());
                    self.steps.push(Step::Jump(0));
                    self.steps[split] = Step::Split(split + 1, self.steps.len());
                }
                Some(_) => {
                    self.at += 1;
                    self.steps[split] = Step::Jump(split + 1);
                    break;
                }
                None => return Err("a '{' has no '}' after it"),
            }
        }
        let end = self.steps.len();
        for at in ends {
            self.steps[at] = Step::Jump(end);
        }
        self.depth -= 1;
        self.part_start = after;
        Ok(())
    }
}
