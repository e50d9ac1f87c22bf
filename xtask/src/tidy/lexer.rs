//! Just enough of Rust's lexical structure to look for words in code and nowhere else.

/// The code of a file: comments, literals and `#[cfg(test)]` items blanked, lines kept.
pub(super) fn code(text: &str) -> String {
    let mut code = blank(text);
    while let Some(start) = code.find("#[cfg(test)]") {
        let end = item_end(&code, start);
        let blanked: String =
            code[start..end].chars().map(|c| if c == '\n' { '\n' } else { ' ' }).collect();
        code.replace_range(start..end, &blanked);
    }
    code
}

/// The names in `#[cfg(test)] mod NAME;`.
pub(super) fn test_modules(text: &str) -> Vec<String> {
    let code = blank(text);
    let items = code.match_indices("#[cfg(test)]").map(|(at, mark)| &code[at + mark.len()..]);
    items
        .filter_map(|rest| {
            let rest = rest.trim_start().trim_start_matches("pub(crate) ").strip_prefix("mod ")?;
            let (name, _) = rest.split_once(';')?;
            (!name.contains('{')).then(|| name.trim().to_owned())
        })
        .collect()
}

/// Where the item that starts at `start` ends: after its `;` or its closing brace.
fn item_end(code: &str, start: usize) -> usize {
    let mut depth = 0_usize;
    for (at, c) in code[start..].char_indices() {
        match c {
            '{' | '(' | '[' => depth += 1,
            '}' | ')' | ']' => {
                depth = depth.saturating_sub(1);
                if c == '}' && depth == 0 {
                    return start + at + 1;
                }
            }
            ';' if depth == 0 => return start + at + 1,
            _ => {}
        }
    }
    code.len()
}

/// The text with comments and literals blanked.
fn blank(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while at < chars.len() {
        let end = skipped(&chars, at);
        if end == at {
            out.push(chars[at]);
            at += 1;
        } else {
            out.extend(chars[at..end].iter().map(|c| if *c == '\n' { '\n' } else { ' ' }));
            at = end;
        }
    }
    out
}

/// The end of the comment or literal that starts here, or `at` when none does.
fn skipped(chars: &[char], at: usize) -> usize {
    let next = |offset: usize| chars.get(at + offset).copied().unwrap_or('\0');
    let inside_word = at > 0 && (chars[at - 1].is_alphanumeric() || chars[at - 1] == '_');
    match chars[at] {
        '/' if next(1) == '/' => position(chars, at, |rest| rest[0] == '\n'),
        '/' if next(1) == '*' => block_comment(chars, at),
        '"' => string(chars, at + 1),
        'r' | 'b' | 'c' if !inside_word => {
            let raw = at + 1 + usize::from(next(1) == 'r');
            let hashes = chars[raw..].iter().take_while(|c| **c == '#').count();
            let is_raw = chars[at] == 'r' || next(1) == 'r';
            match chars.get(raw + hashes) {
                Some('"') if is_raw => {
                    let start = raw + hashes + 1;
                    let end = position(chars, start, |rest| {
                        rest[0] == '"'
                            && rest[1..].iter().take_while(|c| **c == '#').count() >= hashes
                    });
                    (end + 1 + hashes).min(chars.len())
                }
                Some('"') if hashes == 0 => string(chars, at + 2),
                _ => at,
            }
        }
        '\'' if next(1) == '\\' => {
            (position(chars, at + 3, |rest| rest[0] == '\'') + 1).min(chars.len())
        }
        '\'' if next(2) == '\'' => at + 3,
        _ => at,
    }
}

fn position(chars: &[char], from: usize, found: impl Fn(&[char]) -> bool) -> usize {
    (from..chars.len()).find(|at| found(&chars[*at..])).unwrap_or(chars.len())
}

fn string(chars: &[char], mut at: usize) -> usize {
    while at < chars.len() {
        match chars[at] {
            '\\' => at += 2,
            '"' => return at + 1,
            _ => at += 1,
        }
    }
    chars.len()
}

fn block_comment(chars: &[char], mut at: usize) -> usize {
    let mut depth = 0;
    while at < chars.len() {
        match chars[at..] {
            ['/', '*', ..] => {
                depth += 1;
                at += 2;
            }
            ['*', '/', ..] => {
                depth -= 1;
                at += 2;
                if depth == 0 {
                    return at;
                }
            }
            _ => at += 1,
        }
    }
    chars.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_code_is_left() {
        let text = "a(); // panic!\n/* x /* y */ panic! */ b('\"', '\\'', \"pa\\\"nic!\");\n";
        let left = code(text);
        assert!(!left.contains("panic"), "{left}");
        assert!(left.contains("b(   ,     ,"), "{left}");
        assert_eq!(left.lines().count(), text.lines().count());
    }

    #[test]
    fn raw_strings_and_lifetimes() {
        let left = code("f(r#\"panic!\" \"#, br\"x\", b\"y\", c\"z\"); fn g<'a>(x: &'a str) {}");
        assert!(!left.contains("panic") && left.contains("fn g<'a>(x: &'a str) {}"), "{left}");
        assert_eq!(code("for r in bar {}").trim(), "for r in bar {}");
    }

    #[test]
    fn tests_are_left_out_and_what_follows_is_not() {
        let text = "fn a() {}\n#[cfg(test)]\nmod tests {\n fn x() { y[0]; } }\nfn b() {}\n#[cfg(test)]\nmod t;\n";
        assert_eq!(code(text).split_whitespace().collect::<String>(), "fna(){}fnb(){}");
        assert_eq!(test_modules(text), ["t"]);
    }
}
