//! Scalars: where one ends, and what it says.

use std::borrow::Cow;

use super::Fault;

/// Where the colon behind the key of this line is; nothing when the line has no key.
pub(super) fn key_end(text: &str, number: u32) -> Result<Option<usize>, Fault> {
    let bytes = text.as_bytes();
    if matches!(bytes.first(), Some(b'\'' | b'"')) {
        let Some(end) = quoted_end(text) else {
            return Ok(None);
        };
        let colon = end + text[end..].len() - text[end..].trim_start().len();
        return Ok((bytes.get(colon) == Some(&b':')).then_some(colon));
    }
    if matches!(bytes.first(), Some(b'{' | b'[')) {
        return Ok(None);
    }
    if matches!(bytes.first(), Some(b'&' | b'*' | b'!' | b'%' | b'@' | b'`')) {
        return Err((number, "begins with a sign that lock files do not hold"));
    }
    let mut from = 0;
    while let Some(colon) = text[from..].find(':').map(|at| at + from) {
        match bytes.get(colon + 1) {
            None | Some(b' ') => return Ok(Some(colon)),
            _ => from = colon + 1,
        }
    }
    Ok(None)
}

/// Where the text behind a quoted scalar begins; nothing when it does not end here.
pub(super) fn quoted_end(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let quote = *bytes.first()?;
    let mut at = 1;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' if quote == b'"' => at += 2,
            byte if byte == quote => {
                if quote == b'\'' && bytes.get(at + 1) == Some(&b'\'') {
                    at += 2;
                } else {
                    return Some(at + 1);
                }
            }
            _ => at += 1,
        }
    }
    None
}

/// What a scalar says, without quotes and a comment behind it.
pub(super) fn scalar(text: &str, number: u32) -> Result<Cow<'_, str>, Fault> {
    match text.as_bytes().first() {
        Some(b'\'' | b'"') => {
            let end = quoted_end(text).ok_or((number, "begins a quoted text that does not end"))?;
            let rest = text[end..].trim_start();
            if !rest.is_empty() && !rest.starts_with('#') {
                return Err((number, "has something behind a quoted text"));
            }
            let inner = &text[1..end - 1];
            if text.starts_with('\'') {
                return Ok(if inner.contains('\'') {
                    Cow::Owned(inner.replace("''", "'"))
                } else {
                    Cow::Borrowed(inner)
                });
            }
            unescaped(inner, number)
        }
        Some(b'&' | b'*' | b'!' | b'%' | b'@' | b'`') => {
            Err((number, "begins with a sign that lock files do not hold"))
        }
        _ => Ok(Cow::Borrowed(text.find(" #").map_or(text, |at| text[..at].trim_end()))),
    }
}

/// A text between double quotes.
fn unescaped(inner: &str, number: u32) -> Result<Cow<'_, str>, Fault> {
    if !inner.contains('\\') {
        return Ok(Cow::Borrowed(inner));
    }
    const WRONG: &str = "has an escape that is none";
    let mut said = String::with_capacity(inner.len());
    let mut chars = inner.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            said.push(c);
            continue;
        }
        let digits = match chars.next() {
            Some('n') => {
                said.push('\n');
                continue;
            }
            Some('t') => {
                said.push('\t');
                continue;
            }
            Some(c @ ('"' | '\\' | '/' | ' ')) => {
                said.push(c);
                continue;
            }
            Some('x') => 2,
            Some('u') => 4,
            Some('U') => 8,
            _ => return Err((number, WRONG)),
        };
        let hex: String = chars.by_ref().take(digits).collect();
        let code = u32::from_str_radix(&hex, 16).ok().filter(|_| hex.len() == digits);
        said.push(code.and_then(char::from_u32).ok_or((number, WRONG))?);
    }
    Ok(Cow::Owned(said))
}
