//! From logical lines to instructions.

use crate::command::{Command, json_words};
use crate::heredoc::Heredoc;
use crate::instruction::{Copy, Dockerfile, Fault, Flag, From, Instruction, Kind, Pair};
use crate::lines::lines;
use crate::text::{Span, Text, Word};

/// `ONBUILD` inside `ONBUILD` is refused by Docker; deeper than this is not read.
const NESTED: usize = 8;

/// Reads a Dockerfile.
pub fn parse(source: &str) -> Dockerfile {
    let cut = lines(source);
    let mut parser = Parser { faults: cut.faults, escape: cut.escape };
    let mut instructions = Vec::with_capacity(cut.lines.len());
    for line in cut.lines {
        instructions.push(parser.instruction(&line.text, line.heredocs, line.span, 0));
    }
    let ends = source.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
    Dockerfile {
        directives: cut.directives,
        comments: cut.comments,
        instructions,
        faults: parser.faults,
        escape: parser.escape,
        starts: [0].into_iter().chain(ends.map(|(at, _)| at + 1)).collect(),
    }
}

struct Parser {
    faults: Vec<Fault>,
    escape: char,
}

impl Parser {
    fn instruction(
        &mut self,
        line: &Text,
        heredocs: Vec<Heredoc>,
        span: Span,
        depth: usize,
    ) -> Instruction {
        let line = line.trimmed();
        let value = line.as_str();
        let end = value.find(char::is_whitespace).unwrap_or(value.len());
        let keyword = line.slice(0, end).word();
        let name = keyword.value.to_ascii_uppercase();
        let mut rest = line.slice(end, value.len()).trimmed();
        let mut flags = Vec::new();
        if takes_flags(&name) {
            while let Some((flag, length)) = flag(&rest) {
                flags.push(flag);
                rest = rest.slice(length, rest.as_str().len()).trimmed();
            }
        }
        let kind = self.kind(&name, &keyword, &rest, &heredocs, span, depth);
        Instruction { keyword, flags, rest, kind, heredocs, span }
    }

    fn kind(
        &mut self,
        name: &str,
        keyword: &Word,
        rest: &Text,
        heredocs: &[Heredoc],
        span: Span,
        depth: usize,
    ) -> Kind {
        let command = || Command::read(rest.clone(), heredocs.to_vec());
        let kind = match name {
            "FROM" => return self.from(keyword, rest),
            "RUN" => Kind::Run(command()),
            "CMD" => Kind::Cmd(command()),
            "ENTRYPOINT" => Kind::Entrypoint(command()),
            "SHELL" => Kind::Shell(command()),
            "COPY" => Kind::Copy(self.copy(keyword, rest, heredocs)),
            "ADD" => Kind::Add(self.copy(keyword, rest, heredocs)),
            "ARG" => Kind::Arg(pairs(rest, self.escape, false)),
            "ENV" => Kind::Env(pairs(rest, self.escape, true)),
            "LABEL" => Kind::Label(pairs(rest, self.escape, true)),
            "EXPOSE" => Kind::Expose(rest.words()),
            "VOLUME" => Kind::Volume(json_words(rest).unwrap_or_else(|| rest.words())),
            "USER" => Kind::User(rest.word()),
            "WORKDIR" => Kind::Workdir(rest.word()),
            "STOPSIGNAL" => Kind::Stopsignal(rest.word()),
            "MAINTAINER" => Kind::Maintainer(rest.word()),
            "HEALTHCHECK" => Kind::Healthcheck(self.healthcheck(keyword, rest, heredocs)),
            "ONBUILD" if depth < NESTED => Kind::Onbuild(Box::new(self.instruction(
                rest,
                heredocs.to_vec(),
                Span { start: rest.source(0), end: span.end },
                depth + 1,
            ))),
            _ => {
                self.fault(keyword.span, format!("{name} is no instruction"));
                return Kind::Unknown;
            }
        };
        if rest.as_str().is_empty() {
            self.fault(keyword.span, format!("{name} says nothing"));
        }
        kind
    }

    fn from(&mut self, keyword: &Word, rest: &Text) -> Kind {
        let mut words = rest.words().into_iter();
        let Some(image) = words.next() else {
            self.fault(keyword.span, "FROM names no image".to_owned());
            return Kind::Unknown;
        };
        let alias = match (words.next(), words.next()) {
            (Some(word), Some(alias)) if word.value.eq_ignore_ascii_case("as") => Some(alias),
            (None, _) => None,
            (Some(word), _) => {
                self.fault(word.span, "FROM takes an image, and AS with a name".to_owned());
                None
            }
        };
        Kind::From(From { image, alias })
    }

    fn copy(&mut self, keyword: &Word, rest: &Text, heredocs: &[Heredoc]) -> Copy {
        let listed = json_words(rest);
        let json = listed.is_some();
        let mut words = listed.unwrap_or_else(|| rest.words());
        let target = words.pop().unwrap_or_default();
        words.retain(|word| !heredocs.iter().any(|heredoc| heredoc.mark == word.span));
        if words.is_empty() && heredocs.is_empty() {
            self.fault(keyword.span, "a source and a target are needed".to_owned());
        }
        Copy { sources: words, target, json }
    }

    fn healthcheck(&mut self, keyword: &Word, rest: &Text, docs: &[Heredoc]) -> Option<Command> {
        let value = rest.as_str();
        let end = value.find(char::is_whitespace).unwrap_or(value.len());
        match value[..end].to_ascii_uppercase().as_str() {
            "NONE" => None,
            "CMD" => Some(Command::read(rest.slice(end, value.len()).trimmed(), docs.to_vec())),
            _ => {
                self.fault(keyword.span, "HEALTHCHECK takes CMD or NONE".to_owned());
                None
            }
        }
    }

    fn fault(&mut self, span: Span, message: String) {
        self.faults.push(Fault { span, message });
    }
}

/// Whether words that begin with `--` are flags of the instruction.
fn takes_flags(name: &str) -> bool {
    matches!(name, "FROM" | "RUN" | "COPY" | "ADD" | "HEALTHCHECK")
}

/// The flag that a text begins with, and its length.
fn flag(text: &Text) -> Option<(Flag, usize)> {
    let value = text.as_str();
    let body = value.strip_prefix("--")?;
    let mut quote = None;
    let end = body.find(|letter: char| {
        match (quote, letter) {
            (None, '"' | '\'') => quote = Some(letter),
            (Some(open), _) if open == letter => quote = None,
            _ => {}
        }
        quote.is_none() && letter.is_whitespace()
    });
    let end = end.unwrap_or(body.len());
    let body = &body[..end];
    let (name, value) = match body.split_once('=') {
        Some((name, value)) => (name, Some(value.to_owned())),
        None => (body, None),
    };
    if name.is_empty() {
        return None;
    }
    let name = name.to_ascii_lowercase();
    Some((Flag { name, value, span: text.span(0, end + 2) }, end + 2))
}

/// The pairs of `ENV`, `LABEL` and `ARG`; `ENV KEY the rest` is one pair.
fn pairs(rest: &Text, escape: char, old_form: bool) -> Vec<Pair> {
    let value = rest.as_str();
    let words = quoted(value, escape);
    if let (true, Some((start, end))) = (old_form, words.first().copied())
        && !value[start..end].contains('=')
    {
        let tail = rest.slice(end, value.len()).trimmed();
        let key = rest.slice(start, end).word();
        let value = (!tail.as_str().is_empty()).then(|| tail.word());
        return vec![Pair { key, value }];
    }
    let pair = |(start, end): (usize, usize)| {
        let equals = value[start..end].find('=').map(|at| start + at);
        let mut key = rest.slice(start, equals.unwrap_or(end)).word();
        key.value = key.value.trim_matches(['"', '\'']).to_owned();
        Pair { key, value: equals.map(|at| rest.slice(at + 1, end).word()) }
    };
    words.into_iter().map(pair).collect()
}

/// Where words are; white space in quotes and behind an escape parts none.
fn quoted(value: &str, escape: char) -> Vec<(usize, usize)> {
    let mut words = Vec::new();
    let (mut start, mut quote, mut escaped) = (None, None, false);
    for (at, letter) in value.char_indices() {
        if quote.is_none() && !escaped && letter.is_whitespace() {
            if let Some(from) = start.take() {
                words.push((from, at));
            }
            continue;
        }
        start = start.or(Some(at));
        match (quote, letter) {
            _ if escaped => escaped = false,
            (None | Some('"'), _) if letter == escape => escaped = true,
            (None, '"' | '\'') => quote = Some(letter),
            (Some(open), _) if open == letter => quote = None,
            _ => {}
        }
    }
    words.extend(start.map(|from| (from, value.len())));
    words
}
