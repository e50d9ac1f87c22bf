//! The scanner: lists, pipes, compound commands.

use super::{Join, Redirect, Script, Simple, Token};
use crate::instruction::Fault;
use crate::text::{Span, Text};

/// Subshells and substitutions inside one another, to this depth.
pub(super) const DEPTH: usize = 40;

/// Operators between commands and for redirections, the longer ones first.
const OPERATORS: [&str; 21] = [
    "&>>", "<<<", "<<-", ";;&", "&&", "||", "|&", "&>", ">>", "<<", "<&", ">&", "<>", ">|", ";;",
    ";&", "|", "&", ";", "<", ">",
];

/// Reads a text to its end.
pub(super) fn scan(text: &Text, script: &mut Script, depth: usize) {
    let mut scanner = Scanner { text, at: 0, script, depth, pending: Vec::new() };
    scanner.list(None);
}

pub(super) struct Scanner<'s> {
    pub(super) text: &'s Text,
    pub(super) at: usize,
    pub(super) script: &'s mut Script,
    pub(super) depth: usize,
    /// Names of here documents that begin behind the next line end, and whether tabs are cut.
    pending: Vec<(String, bool)>,
}

/// What a list remembers.
#[derive(Default)]
struct List {
    current: Simple,
    join: Join,
    /// For each open `case`, whether a pattern is expected.
    cases: Vec<bool>,
}

impl Scanner<'_> {
    pub(super) fn rest(&self) -> &str {
        self.text.as_str().get(self.at..).unwrap_or_default()
    }

    pub(super) fn fault(&mut self, at: usize, message: &str) {
        let next = self.text.as_str().get(at..).and_then(|rest| rest.chars().next());
        let span = self.text.span(at, at + next.map_or(0, char::len_utf8));
        self.script.faults.push(Fault { span, message: message.to_owned() });
    }

    /// Reads commands to a closing character, which is eaten, or to the end.
    pub(super) fn list(&mut self, close: Option<char>) {
        let open = self.at;
        if self.depth > DEPTH {
            self.fault(open, "too deep");
            self.at = self.text.as_str().len();
            return;
        }
        let mut list = List::default();
        loop {
            let rest = self.rest();
            let Some(letter) = rest.chars().next() else {
                if close.is_some() {
                    self.fault(open.saturating_sub(1), "this is not closed");
                }
                break;
            };
            match letter {
                ' ' | '\t' | '\r' => self.at += 1,
                '\\' if rest[1..].starts_with('\n') => self.at += 2,
                '#' => self.at += rest.find('\n').unwrap_or(rest.len()),
                '\n' => {
                    self.at += 1;
                    self.finish(&mut list, Join::Then);
                    self.skip_documents();
                }
                _ if close == Some(letter) && list.cases.last() != Some(&true) => {
                    self.at += 1;
                    break;
                }
                ')' => {
                    match list.cases.last_mut() {
                        // The end of a pattern.
                        Some(pattern) if *pattern => *pattern = false,
                        _ => self.fault(self.at, "nothing is open here"),
                    }
                    self.at += 1;
                    list.current = Simple::default();
                    list.join = Join::Then;
                }
                '(' => self.parenthesis(&mut list),
                '<' | '>' if rest[1..].starts_with('(') => self.word(&mut list),
                _ => match OPERATORS.iter().find(|operator| rest.starts_with(**operator)) {
                    Some(operator) => self.operator(operator, &mut list),
                    None => self.word(&mut list),
                },
            }
        }
        self.finish(&mut list, Join::Then);
        if !list.cases.is_empty() {
            self.fault(open, "a case has no esac");
        }
    }

    /// Puts the command away that was being read.
    fn finish(&mut self, list: &mut List, next: Join) {
        let mut command = std::mem::take(&mut list.current);
        let empty =
            command.words.is_empty() && command.assigns.is_empty() && command.redirects.is_empty();
        if !empty && list.cases.last() != Some(&true) {
            command.join = list.join;
            command.depth = self.depth;
            let all = command.assigns.iter().chain(&command.words);
            command.span.start = all.clone().map(|word| word.span.start).min().unwrap_or(0);
            command.span.end = all.map(|word| word.span.end).max().unwrap_or(0);
            self.script.commands.push(command);
        }
        // A line end behind `&&` or `|` continues the list.
        if !(empty && next == Join::Then) {
            list.join = next;
        }
    }

    fn operator(&mut self, operator: &str, list: &mut List) {
        let start = self.at;
        self.at += operator.len();
        let join = match operator {
            "&&" => Join::And,
            "||" => Join::Or,
            "|" | "|&" => {
                if list.cases.last() == Some(&true) {
                    list.current = Simple::default();
                    return;
                }
                self.script.pipes.push(self.text.span(start, self.at));
                Join::Pipe
            }
            "&" | ";" => Join::Then,
            ";;" | ";&" | ";;&" => {
                self.finish(list, Join::Then);
                list.join = Join::Then;
                if let Some(pattern) = list.cases.last_mut() {
                    *pattern = true;
                }
                return;
            }
            _ => return self.redirect(operator, start, list),
        };
        self.finish(list, join);
        list.join = join;
    }

    fn redirect(&mut self, operator: &str, start: usize, list: &mut List) {
        // The number in front of it is a part of it: `2>/dev/null`.
        let at = self.text.source(start);
        let is_number = |word: &Token| {
            let digits = word.value.bytes().all(|byte| byte.is_ascii_digit());
            digits && !word.quoted && word.span.end == at
        };
        list.current.words.pop_if(|word| is_number(word));
        while self.rest().starts_with([' ', '\t']) {
            self.at += 1;
        }
        let target = self.token();
        if target.value.is_empty() && !target.quoted {
            self.fault(self.at, "a redirection without a target");
        }
        if matches!(operator, "<<" | "<<-") {
            self.pending.push((target.value.clone(), operator == "<<-"));
        }
        list.current.redirects.push(Redirect { operator: operator.to_owned(), target });
    }

    /// Skips the here documents that begin on this line.
    fn skip_documents(&mut self) {
        for (name, tabs) in std::mem::take(&mut self.pending) {
            let mut ended = false;
            while !self.rest().is_empty() && !ended {
                let line = self.rest().split_inclusive('\n').next().unwrap_or_default();
                let bare = line.trim_end_matches(['\n', '\r']);
                let bare = if tabs { bare.trim_start_matches('\t') } else { bare };
                ended = bare == name;
                self.at += line.len();
            }
        }
    }

    fn parenthesis(&mut self, list: &mut List) {
        let start = self.at;
        self.at += 1;
        if list.cases.last() == Some(&true) {
            return;
        }
        let words = list.current.words.len();
        if words == 0 && self.rest().starts_with('(') {
            self.at += 1;
            self.arithmetic(start);
        } else if words == 0 {
            // What follows a subshell stands for itself.
            let join = list.join;
            self.nested(Some(')'), join);
            list.join = Join::Then;
        } else if words == 1 && self.rest().trim_start().starts_with(')') {
            self.at += self.rest().find(')').map_or(0, |at| at + 1);
            list.current = Simple::default();
        } else {
            self.fault(start, "a parenthesis inside a command");
            self.nested(Some(')'), Join::Then);
        }
    }

    /// Skips to the end of an arithmetic expression.
    pub(super) fn arithmetic(&mut self, start: usize) {
        let mut open = 0_usize;
        while let Some(letter) = self.rest().chars().next() {
            self.at += letter.len_utf8();
            match letter {
                '(' => open += 1,
                ')' if open > 0 => open -= 1,
                ')' if self.rest().starts_with(')') => {
                    self.at += 1;
                    return;
                }
                _ => {}
            }
        }
        self.fault(start, "an expression is not closed");
    }

    /// Reads a list inside this one.
    pub(super) fn nested(&mut self, close: Option<char>, join: Join) {
        let first = self.script.commands.len();
        self.depth += 1;
        self.list(close);
        self.depth -= 1;
        if let Some(command) = self.script.commands.get_mut(first) {
            command.join = join;
        }
    }

    fn word(&mut self, list: &mut List) {
        let start = self.at;
        let token = self.token();
        if self.at == start {
            self.fault(start, "this is no word");
            self.at += self.rest().chars().next().map_or(1, char::len_utf8);
            return;
        }
        if list.cases.last() == Some(&true) {
            if token.value == "esac" && !token.quoted {
                list.cases.pop();
                list.current = Simple::default();
            }
            return;
        }
        let first = list.current.words.is_empty();
        if first && !token.quoted && !token.expands {
            if self.keyword(&token.value, list) {
                return;
            }
            if token.value == "[[" {
                return self.test(token, list);
            }
        }
        if first && is_assignment(&self.text.as_str()[start..self.at]) {
            list.current.assigns.push(token);
        } else {
            list.current.words.push(token);
        }
    }

    /// Whether a word was one of the grammar; what belongs to it is read.
    fn keyword(&mut self, word: &str, list: &mut List) -> bool {
        match word {
            "if" | "then" | "elif" | "else" | "do" | "while" | "until" | "{" | "!" | "time" => {}
            "fi" | "done" | "}" => list.join = Join::Then,
            "function" => {
                self.blanks();
                self.token();
                self.blanks();
                if self.rest().starts_with("()") {
                    self.at += 2;
                }
            }
            "for" | "select" => {
                self.blanks();
                if self.rest().starts_with("((") {
                    let start = self.at;
                    self.at += 2;
                    self.arithmetic(start);
                    return true;
                }
                // The names and words up to `do` or the end of the line are no command.
                while !self.rest().is_empty()
                    && !self.rest().starts_with(['\n', ';', ')', '&', '|'])
                {
                    let before = self.at;
                    self.token();
                    if self.at == before {
                        break;
                    }
                    self.blanks();
                }
            }
            "case" => {
                self.blanks();
                self.token();
                loop {
                    self.blanks();
                    if !self.rest().starts_with('\n') {
                        break;
                    }
                    self.at += 1;
                }
                if self.token().value != "in" {
                    self.fault(self.at, "a case without in");
                }
                list.cases.push(true);
            }
            "esac" if !list.cases.is_empty() => {
                list.cases.pop();
            }
            _ => return false,
        }
        true
    }

    /// Reads a `[[ … ]]`, in which operators are words.
    fn test(&mut self, first: Token, list: &mut List) {
        let start = self.at;
        list.current.words.push(first);
        loop {
            self.blanks();
            let rest = self.rest();
            let Some(letter) = rest.chars().next() else {
                return self.fault(start, "[[ is not closed");
            };
            if matches!(letter, '\n' | '&' | '|' | '<' | '>' | '(' | ')' | ';') {
                self.at += 1;
                continue;
            }
            let before = self.at;
            let token = self.token();
            if self.at == before {
                return self.fault(before, "this is no word");
            }
            let ends = token.value == "]]" && !token.quoted;
            list.current.words.push(token);
            if ends {
                return;
            }
        }
    }

    fn blanks(&mut self) {
        loop {
            let rest = self.rest();
            if rest.starts_with([' ', '\t', '\r']) {
                self.at += 1;
            } else if rest.starts_with("\\\n") {
                self.at += 2;
            } else {
                return;
            }
        }
    }
}

/// Whether a word is an assignment: a name, and an equals sign.
fn is_assignment(raw: &str) -> bool {
    let Some((name, _)) = raw.split_once('=') else { return false };
    let name = name.strip_suffix('+').unwrap_or(name);
    let name = name.split('[').next().unwrap_or(name);
    name.starts_with(|letter: char| letter.is_ascii_alphabetic() || letter == '_')
        && name.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_')
}

/// The place of nothing.
pub(super) fn nowhere(text: &Text, at: usize) -> Span {
    text.span(at, at)
}
