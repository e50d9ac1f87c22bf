//! The text of a shell cut into its simple commands: enough to see what is called with which words.
//!
//! Every command counts wherever it stands: in lists and pipes, in `if`, `for`, `case` and functions,
//! in subshells and in substitutions. Nothing is expanded and nothing runs.

mod scan;
mod word;

use crate::instruction::Fault;
use crate::text::{Span, Text, Word};

/// A script.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Script {
    /// Its simple commands; those inside a substitution stand before the command that uses it.
    pub commands: Vec<Simple>,
    /// Where output of one command is the input of the next.
    pub pipes: Vec<Span>,
    /// What could not be read; what stands behind it may be missing.
    pub faults: Vec<Fault>,
}

/// A command with its words.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Simple {
    /// Assignments in front of it, such as `A=1`.
    pub assigns: Vec<Token>,
    /// Its name and its arguments.
    pub words: Vec<Token>,
    /// Where its input and output go.
    pub redirects: Vec<Redirect>,
    /// How it is joined to what stands before it.
    pub join: Join,
    /// How many subshells, groups and substitutions it stands in.
    pub depth: usize,
    /// From its first to its last word.
    pub span: Span,
}

impl Simple {
    /// Its name, quotes taken off.
    pub fn name(&self) -> Option<&str> {
        self.words.first().map(|word| word.value.as_str())
    }

    /// Its arguments.
    pub fn args(&self) -> &[Token] {
        self.words.get(1..).unwrap_or_default()
    }
}

/// A word of a command.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Token {
    /// The word, quotes taken off, expansions as they are written.
    pub value: String,
    /// Where it stands.
    pub span: Span,
    /// Whether a variable or the output of a command is put into it.
    pub expands: bool,
    /// Whether a part of it is quoted.
    pub quoted: bool,
}

/// A redirection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redirect {
    /// Its operator, such as `>>`.
    pub operator: String,
    /// Where to or where from.
    pub target: Token,
}

/// How a command is joined to what stands before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Join {
    /// Nothing stands before it, or a line end, a `;` or a `&`.
    #[default]
    Then,
    /// `&&`.
    And,
    /// `||`.
    Or,
    /// `|`.
    Pipe,
}

impl Script {
    /// The script that an exec form is: one command.
    pub(crate) fn of(words: &[Word]) -> Self {
        let token = |word: &Word| Token {
            value: word.value.clone(),
            span: word.span,
            quoted: true,
            expands: false,
        };
        let span = Span {
            start: words.first().map_or(0, |word| word.span.start),
            end: words.last().map_or(0, |word| word.span.end),
        };
        let words = words.iter().map(token).collect();
        Self { commands: vec![Simple { words, span, ..Simple::default() }], ..Self::default() }
    }
}

/// Cuts the text of a shell into its commands.
pub fn split(text: &Text) -> Script {
    let mut script = Script::default();
    scan::scan(text, &mut script, 0);
    script
}
