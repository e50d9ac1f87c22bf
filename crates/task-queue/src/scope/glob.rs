//! One pattern of file paths, checked when it is read.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::parse::compile;
use super::program::{self, Program, Step};
use crate::Error;

/// A pattern of paths relative to the repository, with `/` between their parts.
///
/// `*` and `?` stay within one part, `**` as a whole part stands for any number of parts, and
/// `{a,b}`, `[a-z]`, `[!a-z]` and `\` before a special character mean what they mean in a shell.
/// A pattern whose last part is plain text also covers everything beneath it, because `src/app`
/// may name a folder; a trailing `/` says that it does. A leading `!` takes away from the other
/// patterns of the same list. Upper and lower case differ.
#[derive(Clone, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Glob {
    text: Arc<str>,
    negated: bool,
    /// How many bytes of the text, after a `!`, every matching path begins with.
    plain: usize,
    program: Arc<Program>,
}

impl Glob {
    /// Reads a pattern, or says why it is none.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let (negated, pattern) = match text.strip_prefix('!') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let program = compile(pattern)
            .map_err(|why| Error::BadGlob { glob: text.chars().take(200).collect(), why })?;
        let plain = pattern.find(['*', '?', '[', ']', '{', '}', '\\']).unwrap_or(pattern.len());
        Ok(Self { text: text.into(), negated, plain, program: program.into() })
    }

    /// A pattern that matches this path and nothing beneath it.
    pub(crate) fn exact(path: &str) -> Self {
        let mut steps: Vec<Step> =
            path.chars().map(|c| Step::Take(super::chars::Chars::One(c))).collect();
        steps.push(Step::Done);
        Self { text: path.into(), negated: false, plain: path.len(), program: steps.into() }
    }

    /// The pattern as it was written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// True when it begins with `!` and takes away.
    pub fn is_negated(&self) -> bool {
        self.negated
    }

    /// True when the pattern, its `!` apart, matches this path.
    pub fn matches(&self, path: &str) -> bool {
        path.starts_with(self.prefix()) && program::matches(&self.program, path)
    }

    /// What every matching path begins with.
    pub(crate) fn prefix(&self) -> &str {
        let from = usize::from(self.negated);
        &self.text[from..from + self.plain]
    }

    /// How many pairs of places a comparison with the other may have to look at.
    pub(crate) fn weight(&self, other: &Self) -> usize {
        let (p, q) = (self.prefix(), other.prefix());
        let apart = !p.starts_with(q) && !q.starts_with(p);
        if apart { 1 } else { self.program.len() * other.program.len() }
    }

    /// The automaton.
    pub(crate) fn program(&self) -> &Program {
        &self.program
    }
}

impl FromStr for Glob {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        Self::parse(text)
    }
}

impl TryFrom<String> for Glob {
    type Error = Error;

    fn try_from(text: String) -> Result<Self, Error> {
        Self::parse(&text)
    }
}

impl From<Glob> for String {
    fn from(glob: Glob) -> Self {
        glob.text.as_ref().into()
    }
}

impl PartialEq for Glob {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for Glob {}

impl AsRef<str> for Glob {
    fn as_ref(&self) -> &str {
        &self.text
    }
}

impl fmt::Display for Glob {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}

impl fmt::Debug for Glob {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&*self.text, f)
    }
}
