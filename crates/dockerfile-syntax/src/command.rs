//! A command in exec or in shell form.

use crate::heredoc::Heredoc;
use crate::shell::{Script, split};
use crate::text::{Text, Word};

/// A command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// A JSON array: what is started, and its arguments.
    Exec(Vec<Word>),
    /// A text for the shell.
    Shell {
        /// The text.
        text: Text,
        /// Its here documents; when the text is nothing but their marks, they are the script.
        heredocs: Vec<Heredoc>,
    },
}

impl Command {
    /// The command of an instruction's text.
    pub(crate) fn read(text: Text, heredocs: Vec<Heredoc>) -> Self {
        match json_words(&text) {
            Some(words) => Self::Exec(words),
            None => Self::Shell { text, heredocs },
        }
    }

    /// The commands of the shell text; those of an exec form are its one.
    pub fn script(&self) -> Script {
        match self {
            Self::Exec(words) => Script::of(words),
            Self::Shell { text, heredocs } => match self.body() {
                Some(body) => split(body),
                None => {
                    let mut script = split(text);
                    // `RUN sh <<EOF` runs what stands in the document, too.
                    let feeds = script.commands.len() == 1
                        && script.commands[0].name().is_some_and(is_shell);
                    if let ([heredoc], true) = (heredocs.as_slice(), feeds) {
                        script.commands.extend(split(&heredoc.body).commands);
                    }
                    script
                }
            },
        }
    }

    /// The here document that is the whole script.
    pub fn body(&self) -> Option<&Text> {
        let Self::Shell { text, heredocs } = self else { return None };
        let alone = text.as_str().trim_start().starts_with("<<")
            && text.as_str().split_whitespace().count() == 1;
        let body = heredocs.first().filter(|_| alone).map(|heredoc| &heredoc.body)?;
        // Another interpreter may be named in its first line.
        let first = body.as_str().lines().next().unwrap_or_default();
        let foreign =
            first.strip_prefix("#!").is_some_and(|line| !line.split(['/', ' ']).any(is_shell));
        (!foreign).then_some(body)
    }

    /// Whether it is the exec form.
    pub fn is_exec(&self) -> bool {
        matches!(self, Self::Exec(_))
    }
}

fn is_shell(name: &str) -> bool {
    matches!(name.rsplit('/').next(), Some("sh" | "bash" | "ash" | "dash" | "ksh" | "zsh"))
}

/// The strings of a JSON array, each where it stands.
pub(crate) fn json_words(text: &Text) -> Option<Vec<Word>> {
    let text = text.trimmed();
    let value = text.as_str();
    if !value.starts_with('[') {
        return None;
    }
    let strings: Vec<String> = serde_json::from_str(value).ok()?;
    let mut words = Vec::with_capacity(strings.len());
    let mut at = 0;
    for string in strings {
        let open = at + value.get(at..)?.find('"')?;
        let mut end = open + 1;
        let mut escaped = false;
        for letter in value.get(end..)?.chars() {
            end += letter.len_utf8();
            match letter {
                _ if escaped => escaped = false,
                '\\' => escaped = true,
                '"' => break,
                _ => {}
            }
        }
        words.push(Word { value: string, span: text.span(open, end) });
        at = end;
    }
    Some(words)
}
