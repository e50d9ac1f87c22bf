//! What a Dockerfile is made of.

use crate::command::Command;
use crate::directive::Directive;
use crate::heredoc::Heredoc;
use crate::lines::Comment;
use crate::text::{Span, Text, Word};

/// A Dockerfile.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Dockerfile {
    /// The directives at its top.
    pub directives: Vec<Directive>,
    /// Comments on lines of their own, in their order.
    pub comments: Vec<Comment>,
    /// The instructions in their order.
    pub instructions: Vec<Instruction>,
    /// What could not be read.
    pub faults: Vec<Fault>,
    /// The character that continues a line: `\` or a backtick.
    pub escape: char,
    /// Offsets where lines begin.
    pub(crate) starts: Vec<usize>,
}

impl Dockerfile {
    /// The line of a byte of the file, from 1.
    pub fn line(&self, offset: usize) -> u64 {
        self.starts.partition_point(|start| *start <= offset).max(1) as u64
    }
}

/// Something that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Where it stands.
    pub span: Span,
    /// What is wrong.
    pub message: String,
}

/// One instruction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Instruction {
    /// Its keyword as it is written.
    pub keyword: Word,
    /// Its flags, such as `--mount`.
    pub flags: Vec<Flag>,
    /// What follows the flags.
    pub rest: Text,
    /// What it says.
    pub kind: Kind,
    /// Its here documents.
    pub heredocs: Vec<Heredoc>,
    /// From its keyword to the end of its last line.
    pub span: Span,
}

impl Instruction {
    /// The keyword in upper case.
    pub fn name(&self) -> String {
        self.keyword.value.to_ascii_uppercase()
    }

    /// The value of the first flag of that name, in lower case; empty for a flag without a value.
    pub fn flag(&self, name: &str) -> Option<&str> {
        let found = self.flags.iter().find(|flag| flag.name == name);
        found.map(|flag| flag.value.as_deref().unwrap_or_default())
    }
}

/// A flag of an instruction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flag {
    /// Its name in lower case, without the hyphens.
    pub name: String,
    /// What stands behind its `=`.
    pub value: Option<String>,
    /// Where it stands.
    pub span: Span,
}

impl Flag {
    /// The fields of a value such as `type=cache,target=/x`; a word alone is a key without a value.
    pub fn fields(&self) -> Vec<(&str, Option<&str>)> {
        let value = self.value.as_deref().unwrap_or_default().trim_matches(['"', '\'']);
        let fields = value.split(',').filter(|field| !field.is_empty());
        fields
            .map(|field| match field.split_once('=') {
                Some((key, value)) => (key.trim(), Some(value)),
                None => (field.trim(), None),
            })
            .collect()
    }

    /// One field of such a value; the key may be written in several ways.
    pub fn field(&self, keys: &[&str]) -> Option<&str> {
        let found = self.fields().into_iter().find(|(key, _)| keys.contains(key));
        found.map(|(_, value)| value.unwrap_or_default())
    }
}

/// What an instruction says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// `FROM`.
    From(From),
    /// `RUN`.
    Run(Command),
    /// `CMD`.
    Cmd(Command),
    /// `ENTRYPOINT`.
    Entrypoint(Command),
    /// `SHELL`.
    Shell(Command),
    /// `COPY`.
    Copy(Copy),
    /// `ADD`.
    Add(Copy),
    /// `ARG`; the value is absent where no default is given.
    Arg(Vec<Pair>),
    /// `ENV`.
    Env(Vec<Pair>),
    /// `LABEL`.
    Label(Vec<Pair>),
    /// `EXPOSE`.
    Expose(Vec<Word>),
    /// `VOLUME`.
    Volume(Vec<Word>),
    /// `USER`.
    User(Word),
    /// `WORKDIR`.
    Workdir(Word),
    /// `STOPSIGNAL`.
    Stopsignal(Word),
    /// `MAINTAINER`.
    Maintainer(Word),
    /// `HEALTHCHECK`, without a command when it is `NONE`.
    Healthcheck(Option<Command>),
    /// `ONBUILD` and the instruction it keeps for later.
    Onbuild(Box<Instruction>),
    /// An instruction that does not exist.
    Unknown,
}

/// A `FROM`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct From {
    /// The image or stage, variables not expanded.
    pub image: Word,
    /// The name of the stage.
    pub alias: Option<Word>,
}

/// A `COPY` or `ADD`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Copy {
    /// Where from, without here documents.
    pub sources: Vec<Word>,
    /// Where to.
    pub target: Word,
    /// Whether it is written as JSON.
    pub json: bool,
}

/// A key and its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    /// The key, quotes taken off.
    pub key: Word,
    /// The value as it is written, with quotes and variables.
    pub value: Option<Word>,
}
