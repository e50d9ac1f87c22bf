//! The hidden line by which a comment of ours is known, and its finding.

use crate::identity::Key;

const COMMENT: &str = "<!-- leadforge:review ";
const SUMMARY: &str = "<!-- leadforge:summary -->";
const MENDED: &str = " mended";
const END: &str = " -->";

/// What a comment of ours is about.
pub type Marker = Key;

/// The line for a finding's comment.
pub(super) fn comment(key: &Key) -> String {
    format!("{COMMENT}{}{END}", written(key))
}

/// The line for the comment of a finding that is gone.
pub(super) fn mended(key: &Key) -> String {
    format!("{COMMENT}{}{MENDED}{END}", written(key))
}

fn written(key: &Key) -> String {
    let parts = [&key.rule, &key.path, &key.text, &key.around].map(|part| escaped(part));
    format!("{} {}", parts.join(" "), key.nth)
}

/// The line for a summary.
pub(super) const fn summary() -> &'static str {
    SUMMARY
}

/// The finding that a comment is about, when it is a comment of ours.
///
/// Only its first line counts: what is quoted in a text marks nothing.
#[must_use]
pub fn marked(body: &str) -> Option<Marker> {
    let inner = inner(body)?;
    let inner = inner.strip_suffix(MENDED).unwrap_or(inner);
    let parts: Vec<_> = inner.split(' ').collect();
    let [rule, path, text, around, nth] = parts[..] else { return None };
    Some(Key {
        rule: plain(rule)?,
        path: plain(path)?,
        text: plain(text)?,
        around: plain(around)?,
        nth: nth.parse().ok()?,
    })
}

/// Whether a comment of ours says that its finding is gone.
pub(super) fn is_mended(body: &str) -> bool {
    inner(body).is_some_and(|inner| inner.ends_with(MENDED))
}

fn inner(body: &str) -> Option<&str> {
    body.lines().next()?.trim_end().strip_prefix(COMMENT)?.strip_suffix(END)
}

/// Whether a comment is a summary of ours.
#[must_use]
pub fn is_summary(body: &str) -> bool {
    body.lines().next().is_some_and(|line| line.trim_end() == SUMMARY)
}

/// Letters, digits and a few signs stay; every other byte is `%` and its number. Empty is `%`.
fn escaped(text: &str) -> String {
    if text.is_empty() {
        return "%".into();
    }
    let mut out = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"./_:".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

fn plain(text: &str) -> Option<String> {
    if text == "%" {
        return Some(String::new());
    }
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(if byte == b'%' {
            let digit = |byte: u8| char::from(byte).to_digit(16);
            let (high, low) = (digit(rest.next()?)?, digit(rest.next()?)?);
            u8::try_from(high * 16 + low).ok()?
        } else {
            byte
        });
    }
    String::from_utf8(bytes).ok()
}
