//! Go's regular expressions as Rust's: only a brace that counts nothing is read differently.

/// The pattern with every `{` that begins no repetition escaped, as Go and people read it.
pub(crate) fn translated(pattern: &str) -> String {
    let mut out = String::with_capacity(pattern.len() + 8);
    let (mut rest, mut class, mut opens) = (pattern, false, true);
    while let Some(letter) = rest.chars().next() {
        let mut length = letter.len_utf8();
        match letter {
            '\\' => {
                length += rest[length..].chars().next().map_or(0, char::len_utf8);
                // `\p{Greek}` and `\x{41}` have braces of their own.
                if matches!(rest.as_bytes().get(1), Some(b'p' | b'P' | b'x'))
                    && rest.as_bytes().get(2) == Some(&b'{')
                {
                    length = rest.find('}').map_or(length, |end| end + 1);
                }
                opens = false;
            }
            '[' if !class => {
                class = true;
                // A bracket in the first place is a member.
                for first in ["^]", "]", "^"] {
                    if rest[1..].starts_with(first) {
                        length += first.len();
                        break;
                    }
                }
            }
            '[' if rest.starts_with("[:") => {
                length = rest.find(":]").map_or(length, |end| end + 2);
            }
            ']' if class => class = false,
            '{' if !class && (opens || !counts(&rest[1..])) => out.push('\\'),
            _ => {}
        }
        if letter != '\\' {
            opens = !class && matches!(letter, '(' | '|');
        }
        out.push_str(&rest[..length]);
        rest = &rest[length..];
    }
    out
}

/// Whether a repetition follows an opening brace: `3}`, `3,}` or `3,5}`.
fn counts(rest: &str) -> bool {
    let Some((inside, _)) = rest.split_once('}') else { return false };
    let (least, most) = inside.split_once(',').unwrap_or((inside, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    !least.is_empty() && digits(least) && digits(most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn braces_that_count_nothing_are_letters() {
        for (go, rust) in [
            (r"^\$(?:\d+|{\d+})$", r"^\$(?:\d+|\{\d+})$"),
            (r"^\${(?:[A-Z_]+)}$", r"^\$\{(?:[A-Z_]+)}$"),
            (r"a{2}b{3,}c{4,5}", r"a{2}b{3,}c{4,5}"),
            (r"[{]{2}[]{]x\x{41}", r"[{]{2}[]{]x\x{41}"),
            (r"import[ \t]+{[ \t\w,]+}", r"import[ \t]+\{[ \t\w,]+}"),
            (r"({3})", r"(\{3})"),
        ] {
            assert_eq!(translated(go), rust);
        }
    }
}
