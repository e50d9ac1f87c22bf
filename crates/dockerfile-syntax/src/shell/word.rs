//! Words: quotes, escapes, expansions, and the commands inside substitutions.

use super::Join;
use super::Token;
use super::scan::{Scanner, nowhere, scan};

impl Scanner<'_> {
    /// Reads one word; an empty one where none stands.
    pub(super) fn token(&mut self) -> Token {
        let start = self.at;
        let mut token = Token { span: nowhere(self.text, start), ..Token::default() };
        loop {
            let rest = self.rest();
            let Some(letter) = rest.chars().next() else { break };
            match letter {
                '<' | '>' if self.at == start && rest[1..].starts_with('(') => {
                    self.at += 2;
                    self.substitution(&mut token, start);
                }
                ' ' | '\t' | '\r' | '\n' | ';' | '&' | '|' | '<' | '>' | ')' => break,
                '(' => {
                    // An array: `a=(x y)`; a glob of bash: `!(x)`.
                    let list = token.value.ends_with('=');
                    let glob = token.value.ends_with(['!', '@', '?', '*', '+']);
                    if !list && !glob {
                        break;
                    }
                    self.at += 1;
                    self.array(start);
                    token.value.push_str("()");
                }
                '\\' => self.escaped(&mut token),
                '\'' => {
                    self.at += 1;
                    self.single(&mut token, start);
                }
                '"' => {
                    self.at += 1;
                    self.double(&mut token);
                }
                '$' => self.dollar(&mut token, false),
                '`' => self.backticks(&mut token),
                _ => {
                    token.value.push(letter);
                    self.at += letter.len_utf8();
                }
            }
        }
        token.span = self.text.span(start, self.at);
        token
    }

    fn escaped(&mut self, token: &mut Token) {
        self.at += 1;
        let next = self.rest().chars().next();
        self.at += next.map_or(0, char::len_utf8);
        // An escaped line end is nothing.
        token.value.extend(next.filter(|letter| *letter != '\n'));
    }

    fn single(&mut self, token: &mut Token, start: usize) {
        token.quoted = true;
        let rest = self.text.as_str().get(self.at..).unwrap_or_default();
        let end = rest.find('\'');
        if end.is_none() {
            self.fault(start, "a quote is not closed");
        }
        token.value.push_str(&rest[..end.unwrap_or(rest.len())]);
        self.at += end.map_or(rest.len(), |end| end + 1);
    }

    fn double(&mut self, token: &mut Token) {
        let open = self.at;
        token.quoted = true;
        while let Some(letter) = self.rest().chars().next() {
            match letter {
                '"' => {
                    self.at += 1;
                    return;
                }
                '\\' => {
                    let next = self.rest()[1..].chars().next();
                    if !matches!(next, Some('"' | '\\' | '$' | '`' | '\n')) {
                        token.value.push('\\');
                    }
                    self.escaped(token);
                }
                '$' => self.dollar(token, true),
                '`' => self.backticks(token),
                _ => {
                    token.value.push(letter);
                    self.at += letter.len_utf8();
                }
            }
        }
        self.fault(open, "a quote is not closed");
    }

    fn dollar(&mut self, token: &mut Token, quoted: bool) {
        let start = self.at;
        self.at += 1;
        let rest = self.rest();
        if rest.starts_with("((") && self.is_arithmetic() {
            self.at += 2;
            self.arithmetic(start);
        } else if rest.starts_with('(') {
            self.at += 1;
            return self.substitution(token, start);
        } else if rest.starts_with('{') {
            self.at += 1;
            self.braces(start);
        } else if rest.starts_with('\'') && !quoted {
            self.at += 1;
            return self.ansi(token, start);
        } else if rest.starts_with('"') && !quoted {
            self.at += 1;
            return self.double(token);
        } else {
            let name = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
            let length = match rest.chars().next() {
                Some(letter) if letter.is_ascii_digit() || "@*#?$!-".contains(letter) => 1,
                _ => rest.find(|letter| !name(letter)).unwrap_or(rest.len()),
            };
            self.at += length;
            token.expands |= length > 0;
            token.value.push_str(&self.text.as_str()[start..self.at]);
            return;
        }
        token.expands = true;
        token.value.push_str(&self.text.as_str()[start..self.at]);
    }

    /// Whether what begins with two parentheses ends with two: else it is a subshell in a substitution.
    fn is_arithmetic(&self) -> bool {
        let mut open = 0_usize;
        let mut letters = self.rest().chars().peekable();
        while let Some(letter) = letters.next() {
            match letter {
                '(' => open += 1,
                ')' if open == 2 => return letters.peek() == Some(&')'),
                ')' => open = open.saturating_sub(1),
                _ => {}
            }
            if open == 0 {
                return false;
            }
        }
        false
    }

    /// The commands of a substitution, whose opening was eaten.
    fn substitution(&mut self, token: &mut Token, start: usize) {
        self.nested(Some(')'), Join::Then);
        token.expands = true;
        token.value.push_str(self.text.as_str().get(start..self.at).unwrap_or_default());
    }

    fn braces(&mut self, start: usize) {
        let mut inside = Token::default();
        while let Some(letter) = self.rest().chars().next() {
            match letter {
                '}' => {
                    self.at += 1;
                    return;
                }
                '\\' => self.escaped(&mut inside),
                '\'' => {
                    self.at += 1;
                    // Only a pair quotes; an apostrophe in a default's text is one.
                    if self.rest().contains('\'') {
                        self.single(&mut inside, start);
                    }
                }
                '"' => {
                    self.at += 1;
                    self.double(&mut inside);
                }
                '$' if self.depth < super::scan::DEPTH => {
                    self.depth += 1;
                    self.dollar(&mut inside, false);
                    self.depth -= 1;
                }
                '`' => self.backticks(&mut inside),
                _ => self.at += letter.len_utf8(),
            }
        }
        self.fault(start, "a brace is not closed");
    }

    fn ansi(&mut self, token: &mut Token, start: usize) {
        token.quoted = true;
        while let Some(letter) = self.rest().chars().next() {
            self.at += letter.len_utf8();
            match letter {
                '\'' => return,
                '\\' => {
                    self.at -= 1;
                    self.escaped(token);
                }
                _ => token.value.push(letter),
            }
        }
        self.fault(start, "a quote is not closed");
    }

    fn backticks(&mut self, token: &mut Token) {
        let start = self.at;
        self.at += 1;
        let mut escaped = false;
        let end = self.rest().find(|letter: char| {
            let ends = letter == '`' && !escaped;
            escaped = letter == '\\' && !escaped;
            ends
        });
        let Some(end) = end else {
            self.fault(start, "a backtick is not closed");
            self.at = self.text.as_str().len();
            return;
        };
        let inside = self.text.slice(self.at, self.at + end);
        if self.depth < super::scan::DEPTH {
            scan(&inside, self.script, self.depth + 1);
        }
        self.at += end + 1;
        token.expands = true;
        token.value.push_str(&self.text.as_str()[start..self.at]);
    }

    fn array(&mut self, start: usize) {
        loop {
            let Some(letter) = self.rest().chars().next() else {
                return self.fault(start, "a list is not closed");
            };
            if letter == ')' {
                self.at += 1;
                return;
            }
            let before = self.at;
            if self.depth < super::scan::DEPTH {
                self.depth += 1;
                self.token();
                self.depth -= 1;
            }
            if self.at == before {
                self.at += letter.len_utf8();
            }
        }
    }
}
