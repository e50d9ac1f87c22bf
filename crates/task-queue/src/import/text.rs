//! Turns untrusted bytes into lines that every importer can trust: UTF-8, LF, no BOM, no NUL, a size we accept.

use sha2::{Digest, Sha256};

use super::draft::{At, Remark, Why};

/// Files above this are refused; the largest real source seen is under 1 MB.
const LARGEST: usize = 4 << 20;
/// Titles are cut here, at a word where possible.
const TITLE: usize = 100;
/// Anchors are cut here and then carry a digest of the whole text.
const ANCHOR: usize = 60;

/// The text of a file, or the one remark that says why it is none.
pub(super) fn decode(path: &str, bytes: &[u8]) -> Result<String, Remark> {
    let refuse = |line: u32, what: String| {
        Err(Remark { at: At::line(path, line), what, why: Why::Unreadable })
    };
    if bytes.len() > LARGEST {
        return refuse(1, format!("{} bytes, more than the {LARGEST} that are read", bytes.len()));
    }
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return refuse(1, "UTF-16 text; save it as UTF-8".into());
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let line_of = |end: usize| 1 + bytes[..end].iter().filter(|b| **b == b'\n').count() as u32;
    if let Some(at) = bytes.iter().position(|b| *b == 0) {
        return refuse(line_of(at), "a NUL byte: not a text file".into());
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(text.replace("\r\n", "\n").replace('\r', "\n")),
        Err(e) => refuse(line_of(e.valid_up_to()), "not UTF-8".into()),
    }
}

/// A title fit for one line: no Markdown emphasis, no control or direction characters, cut sensibly.
pub(super) fn title(raw: &str) -> String {
    let mut plain = String::with_capacity(raw.len().min(4 * TITLE));
    let mut rest = &raw[..floor(raw, 16 * TITLE)];
    while let Some(c) = rest.chars().next() {
        let (skip, link) = match c {
            '[' => link(rest),
            '*' if rest.starts_with("**") => (2, None),
            '`' => (1, None),
            _ => (0, None),
        };
        if let Some(text) = link {
            plain.extend(text.chars().map(shown));
            rest = &rest[skip..];
        } else if skip > 0 {
            rest = &rest[skip..];
        } else {
            plain.push(shown(c));
            rest = &rest[c.len_utf8()..];
        }
    }
    let words: Vec<&str> = plain.split_whitespace().collect();
    let plain = words.join(" ");
    let plain = plain.trim_start_matches(|c: char| pictograph(c) || c == ' ');
    cut(ordinal(plain).trim())
}

/// `[text](target)` at the start of `s`: how long it is and its text.
fn link(s: &str) -> (usize, Option<&str>) {
    let Some(close) = s.find("](") else { return (0, None) };
    let text = &s[1..close];
    match s[close..].find(')') {
        Some(end) if !text.contains(['[', '\n']) => (close + end + 1, Some(text)),
        _ => (0, None),
    }
}

/// Drops a leading `1.`, `1.1`, `2)`: numbers move when something is inserted, titles do not.
fn ordinal(s: &str) -> &str {
    let digits = s.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let number = &s[..s.len() - digits.len()];
    let closes = number.contains('.') || digits.starts_with(')');
    let rest = digits.strip_prefix(')').unwrap_or(digits);
    let starts = number.starts_with(|c: char| c.is_ascii_digit());
    if starts && closes && rest.starts_with(' ') && !rest.trim().is_empty() {
        rest.trim_start()
    } else {
        s
    }
}

fn cut(s: &str) -> String {
    if s.chars().count() <= TITLE {
        return s.to_owned();
    }
    let head: String = s.chars().take(TITLE - 1).collect();
    let at = head.rfind(' ').filter(|at| *at > head.len() / 2).unwrap_or(head.len());
    format!("{}…", head[..at].trim_end_matches([' ', ',', ';', ':', '-']))
}

/// The largest character boundary that is not above `at`.
pub(super) fn floor(s: &str, at: usize) -> usize {
    (0..=at.min(s.len())).rev().find(|i| s.is_char_boundary(*i)).unwrap_or(0)
}

/// Characters that change what a reader sees without being seen.
fn hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

fn shown(c: char) -> char {
    if hidden(c) { ' ' } else { c }
}

fn pictograph(c: char) -> bool {
    matches!(c, '\u{2190}'..='\u{2bff}' | '\u{1f000}'..='\u{1faff}' | '\u{fe0f}')
}

/// The part of a heading or item that stays when its writer ticks it off: up to a mark such as ✅.
pub(super) fn before_mark(s: &str) -> &str {
    let at = s.find(['✅', '❌', '☑', '✔']).filter(|at| !s[..*at].trim().is_empty());
    s[..at.unwrap_or(s.len())].trim_end_matches([' ', '-', '–', '—', ':'])
}

/// A stable name for a title inside its file, much like the anchors of a rendered heading.
pub(super) fn anchor(title: &str) -> String {
    let mut slug = String::new();
    let source = ordinal(title.trim());
    for c in source.chars().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() {
            slug.push(c);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    let slug = slug.trim_end_matches('-');
    if slug.is_empty() {
        return format!("item-{}", &digest(source)[..6]);
    }
    if slug.chars().count() <= ANCHOR {
        return slug.to_owned();
    }
    let head: String = slug.chars().take(ANCHOR - 7).collect();
    format!("{}-{}", head.trim_end_matches('-'), &digest(slug)[..6])
}

/// SHA-256 in hexadecimal.
pub(super) fn digest(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().map(|b| format!("{b:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_lose_markup_controls_and_ordinals() {
        for (raw, want) in [
            ("**Email Server** for `x`", "Email Server for x"),
            ("1.1 Container Optimization", "Container Optimization"),
            ("3. Configuration", "Configuration"),
            ("2024 review", "2024 review"),
            ("🥇 Top Pick", "Top Pick"),
            ("see [the guide](https://e.x/a) now", "see the guide now"),
            ("a\u{1b}[31mred\u{202e}x\u{0}y", "a [31mred x y"),
            (".dockerignore pruning", ".dockerignore pruning"),
            ("fix __init__ and x_y", "fix __init__ and x_y"),
            ("[a [guide](b) c", "[a guide c"),
            ("[no] link (here)", "[no] link (here)"),
        ] {
            assert_eq!(title(raw), want, "{raw:?}");
        }
        let long = title(&"word ".repeat(10_000));
        assert!(long.chars().count() <= TITLE && long.ends_with("word…"), "{long}");
        assert_eq!(title(&"é".repeat(10_000)).chars().count(), TITLE);
        assert_eq!(title(&"x".repeat(TITLE)), "x".repeat(TITLE));
        // Cut at a word, unless that would take more than half.
        assert_eq!(title(&format!("{} {}", "x".repeat(60), "y".repeat(60))), "x".repeat(60) + "…");
        for first in [1, 2, (TITLE - 1) / 2] {
            let text = format!("{} {}", "x".repeat(first), "y".repeat(120));
            assert_eq!(title(&text).chars().count(), TITLE, "{first}");
        }
    }

    #[test]
    fn anchors_do_not_move_with_numbers_and_marks() {
        assert_eq!(
            anchor("1. Architecture Documentation"),
            anchor("7. Architecture documentation")
        );
        assert_eq!(
            before_mark("Merge PR #119 - Version bump fix ✅ MERGED"),
            "Merge PR #119 - Version bump fix"
        );
        assert_eq!(before_mark("✅ done thing"), "✅ done thing");
        assert_ne!(
            anchor(&format!("{} a", "x".repeat(80))),
            anchor(&format!("{} b", "x".repeat(80)))
        );
        assert_ne!(anchor("!!!"), anchor("???"));
        assert_eq!(anchor(&"x".repeat(ANCHOR)), "x".repeat(ANCHOR));
        assert_eq!(anchor(&"x".repeat(ANCHOR + 1)).len(), ANCHOR);
    }

    #[test]
    fn what_is_not_text_is_named_with_its_line() {
        for (bytes, line, what) in [
            (&b"a\nb\0"[..], 2, "a NUL byte: not a text file"),
            (b"a\n\nb\xff", 3, "not UTF-8"),
            (b"\xff\xfea\0", 1, "UTF-16 text; save it as UTF-8"),
        ] {
            let remark = decode("f.md", bytes).expect_err("refused");
            assert_eq!((remark.at.line, remark.what.as_str()), (line, what));
        }
        assert!(decode("f", &vec![b'x'; LARGEST + 1]).is_err());
        assert!(decode("f", &vec![b'x'; LARGEST]).is_ok());
        assert_eq!(decode("f", b"\xEF\xBB\xBFa\r\nb\rc").expect("text"), "a\nb\nc");
    }
}
