//! Characters that hide or reorder text are spelled out before any other escaping happens.

/// Spells out every character that a reader could not see or that would reorder what is seen.
///
/// C0 controls and DEL are written with a caret (`^[` is escape), everything else as `[U+202E]`.
/// Joiners stay inside emoji and inside scripts that need them, variation selectors stay behind a
/// symbol. Tabs and line feeds are spelled out as well; the callers that keep them say so.
///
/// ```
/// assert_eq!(leadforge_markup::visible("a\u{1b}[31m\u{202e}b"), "a^[[31m[U+202E]b");
/// ```
#[must_use]
pub fn visible(text: &str) -> String {
    keeping(text, |_| false)
}

/// Reads bytes as UTF-8 and spells out each byte that is not, as `[0xFF]`.
///
/// The result is ordinary text: it still has to pass through the escaper of the place it goes to.
#[must_use]
pub fn from_bytes(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        out.push_str(chunk.valid());
        for byte in chunk.invalid() {
            out.push_str(&format!("[0x{byte:02X}]"));
        }
    }
    out
}

/// The same with some control characters kept, which the caller then deals with.
pub(crate) fn keeping(text: &str, keep: impl Fn(char) -> bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut before = None;
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        let seen = keep(c) || !hidden(c) || belongs(before, c, rest.clone().next());
        if seen {
            out.push(c);
        } else {
            spell(c, &mut out);
        }
        // A line begins anew: what stands behind a line feed belongs to nothing, nor does what stands
        // behind something that is spelled out.
        before = (seen && !c.is_control()).then_some(c);
    }
    out
}

/// Line feeds and tabs stay; a carriage return before a line feed goes.
pub(crate) fn block(text: &str) -> String {
    keeping(&text.replace("\r\n", "\n"), |c| matches!(c, '\n' | '\t'))
}

/// Everything on one line: runs of white space become one space, the ends are trimmed.
pub(crate) fn line(text: &str) -> String {
    let spaced = keeping(text, |c| matches!(c, '\n' | '\t' | '\r'));
    spaced.split_ascii_whitespace().collect::<Vec<_>>().join(" ")
}

fn spell(c: char, out: &mut String) {
    match u32::from(c) {
        code @ 0..=0x1f => out.extend(['^', char::from(b'@' + code as u8)]),
        0x7f => out.push_str("^?"),
        code => out.push_str(&format!("[U+{code:04X}]")),
    }
}

/// Unicode's controls, format characters, fillers and noncharacters (categories Cc, Cf and the
/// `Default_Ignorable_Code_Point` property, Unicode 16), and the line separators.
fn hidden(c: char) -> bool {
    matches!(
        u32::from(c),
        0..=0x1f
            | 0x7f..=0x9f
            | 0xad
            | 0x034f
            | 0x0600..=0x0605
            | 0x061c
            | 0x06dd
            | 0x070f
            | 0x0890..=0x0891
            | 0x08e2
            | 0x115f..=0x1160
            | 0x17b4..=0x17b5
            | 0x180b..=0x180f
            | 0x200b..=0x200f
            | 0x2028..=0x202e
            | 0x2060..=0x206f
            | 0x2800
            | 0x3164
            | 0xfdd0..=0xfdef
            | 0xfe00..=0xfe0f
            | 0xfeff
            | 0xffa0
            | 0xfff0..=0xfffb
            | 0x110bd
            | 0x110cd
            | 0x13430..=0x1343f
            | 0x1bca0..=0x1bca3
            | 0x1d173..=0x1d17a
            | 0xe0000..=0xe0fff
    ) || u32::from(c) & 0xfffe == 0xfffe
}

/// Whether an otherwise hidden character does visible work between its neighbours.
fn belongs(before: Option<char>, c: char, after: Option<char>) -> bool {
    let Some(before) = before else { return false };
    match c {
        // Emoji families and professions; Persian, Arabic and Indic words.
        '\u{200d}' => after.is_some_and(|after| {
            ((symbol(before) || before == '\u{fe0f}') && symbol(after))
                || (joining(before) && joining(after))
        }),
        '\u{200c}' => after.is_some_and(|after| joining(before) && joining(after)),
        '\u{fe0e}' | '\u{fe0f}' => {
            symbol(before) || matches!(before, '0'..='9' | '#' | '*' | '©' | '®')
        }
        _ => false,
    }
}

fn symbol(c: char) -> bool {
    matches!(u32::from(c), 0x2010..=0x2027 | 0x203c..=0x2049 | 0x2100..=0x27ff | 0x2900..=0x2bff
        | 0x3030 | 0x303d | 0x3297..=0x3299 | 0x1f000..=0x1faff)
}

fn joining(c: char) -> bool {
    matches!(u32::from(c), 0x0620..=0x06d3 | 0x0710..=0x074f | 0x0750..=0x077f | 0x08a0..=0x08c9
        | 0x0900..=0x0dff | 0x0f40..=0x0fbc | 0x1000..=0x109f | 0x1780..=0x17b3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_characters_are_spelled_out() {
        assert_eq!(visible("a\0b\tc\nd\u{7f}"), "a^@b^Ic^Jd^?");
        assert_eq!(visible("ad\u{200b}min\u{feff}"), "ad[U+200B]min[U+FEFF]");
        assert_eq!(visible("\u{e0041}\u{2028}\u{9b}x"), "[U+E0041][U+2028][U+009B]x");
        assert_eq!(visible("\u{1ffff}"), "[U+1FFFF]");
    }

    #[test]
    fn honest_text_is_left_alone() {
        for text in ["Zoë ünïcödé 中文", "👩‍💻 ❤️‍🔥 1️⃣", "می‌خواهم", "क्‍ष", "→ ✓ … – ‑"]
        {
            assert_eq!(visible(text), text);
        }
    }

    #[test]
    fn bytes_that_are_no_text_are_spelled_out() {
        assert_eq!(from_bytes(b"caf\xe9 \xff.txt"), "caf[0xE9] [0xFF].txt");
        assert_eq!(from_bytes("café".as_bytes()), "café");
    }

    #[test]
    fn a_line_is_one_line() {
        assert_eq!(line("  a\r\n b\t\tc\u{85} "), "a b c[U+0085]");
        assert_eq!(block("a\r\nb\rc\td"), "a\nb^Mc\td");
    }
}
