//! What stands around a value: the name it is given, how it is written down, its line.

use std::ops::Range;

/// Of a line so much is looked at on either side: minified files have only one.
const LINE: usize = 300;
/// Names are not longer.
const NAME: usize = 80;

/// What stands around a value.
#[derive(Clone, Debug)]
pub(crate) struct Context<'t> {
    /// The name that the value is given, empty when none was found.
    pub(crate) name: &'t [u8],
    /// The quotation mark before the value.
    pub(crate) quote: Option<u8>,
    /// The line up to the value.
    pub(crate) before: &'t [u8],
    /// The line from the end of the value.
    pub(crate) after: &'t [u8],
}

impl<'t> Context<'t> {
    /// Looks around the value at this place.
    pub(crate) fn around(text: &'t [u8], value: &Range<usize>) -> Self {
        let from = value.start.saturating_sub(LINE);
        let begins = text[from..value.start].iter().rposition(|byte| *byte == b'\n');
        let to = text.len().min(value.end + LINE);
        let ends = text[value.end..to].iter().position(|byte| *byte == b'\n');
        let after = &text[value.end..ends.map_or(to, |end| value.end + end)];
        let quote = text[..value.start].last().copied().filter(|byte| b"\"'`".contains(byte));
        Self {
            name: name(&text[from..value.start]),
            quote,
            before: &text[begins.map_or(from, |line| from + line + 1)..value.start],
            after,
        }
    }

    /// The line without the value.
    pub(crate) fn line(&self) -> impl Iterator<Item = &'t [u8]> {
        [self.before, self.after].into_iter()
    }
}

/// Words that say of what kind a value is and stand between a name and it: `token: str = "…"`.
const TYPES: &[&[u8]] = &[
    b"str",
    b"string",
    b"String",
    b"char",
    b"static",
    b"Optional",
    b"final",
    b"text",
    b"Text",
    b"any",
];
/// Words of a scheme, which stand before the value of a header.
const SCHEMES: &[&[u8]] = &[b"bearer", b"basic", b"token", b"apikey", b"digest"];

/// The name at the end of what stands before a value.
fn name(before: &[u8]) -> &[u8] {
    let mut rest = before;
    for _ in 0..3 {
        let trimmed = trim(rest, |byte| !is_name(byte));
        // A name is on the same line, or at the end of the line before.
        if rest[trimmed.len()..].iter().filter(|byte| **byte == b'\n').count() > 1
            || rest.len() - trimmed.len() > 24
        {
            return b"";
        }
        // A dot or a dollar at its end belongs to an operator.
        let trimmed = trim(trimmed, |byte| matches!(byte, b'.' | b'$' | b'-'));
        let trimmed = trim(trimmed, |byte| !is_name(byte));
        let left = trim(trimmed, is_name);
        let word = &trimmed[left.len()..];
        // The prefix of a string: `b"…"`, `f'…'`.
        let prefix = word.len() <= 2
            && rest.len() - trimmed.len() == 1
            && rest.last().is_some_and(|byte| b"\"'".contains(byte));
        let kind = TYPES.contains(&word);
        // The scheme of a header is followed by a space; what is called `value` has its name before it.
        let gap = &rest[trimmed.len()..];
        let spaced = !gap.is_empty() && gap.iter().all(u8::is_ascii_whitespace);
        let scheme = (spaced && SCHEMES.iter().any(|scheme| word.eq_ignore_ascii_case(scheme))
            || word.eq_ignore_ascii_case(b"value"))
            && gap.len() <= 4
            && left.last().is_some_and(|byte| b"\"' :=,".contains(byte));
        if !(prefix || kind || scheme) || left.is_empty() {
            return &word[word.len().saturating_sub(NAME)..];
        }
        rest = left;
    }
    b""
}

const fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.' | b'$')
}

fn trim(bytes: &[u8], drop: impl Fn(u8) -> bool) -> &[u8] {
    let end = bytes.iter().rposition(|byte| !drop(*byte)).map_or(0, |at| at + 1);
    &bytes[..end]
}

/// The words of a name, in lower case: `clientSecretKey`, `client_secret-key` and `CLIENT.SECRET_KEY` have the same.
pub(crate) fn words(name: &[u8]) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut last = b' ';
    for (at, &byte) in name.iter().enumerate() {
        let next_lower = name.get(at + 1).is_some_and(u8::is_ascii_lowercase);
        let humps = byte.is_ascii_uppercase()
            && (last.is_ascii_lowercase()
                || last.is_ascii_digit()
                || (last.is_ascii_uppercase() && next_lower));
        if !byte.is_ascii_alphanumeric() {
            last = b' ';
            continue;
        }
        if last == b' ' || humps {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut() {
            word.push(char::from(byte.to_ascii_lowercase()));
        }
        last = byte;
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_value_is_found() {
        for (text, wanted) in [
            ("api_key = \"V", "api_key"),
            ("  \"clientSecret\": \"V", "clientSecret"),
            ("token: str = 'V", "token"),
            ("var dbPassword string = `V", "dbPassword"),
            ("key = b'V", "key"),
            ("Authorization: Bearer V", "Authorization"),
            ("\"Authorization\": \"Token V", "Authorization"),
            ("<apiToken>V", "apiToken"),
            ("setProperty(\"A_TOKEN\", \"V", "A_TOKEN"),
            ("--token V", "--token"),
            ("https://x.org/?auth=V", "auth"),
            ("password:\n  V", "password"),
            ("new Client({ apiKey: \"V", "apiKey"),
            ("{\"name\": \"A_TOKEN\", \"value\": \"V", "A_TOKEN"),
            ("V", ""),
        ] {
            let at = text.len() - 1;
            let found = Context::around(text.as_bytes(), &(at..text.len()));
            assert_eq!(String::from_utf8_lossy(found.name), wanted, "{text}");
        }
    }

    #[test]
    fn names_are_split_into_words() {
        for name in ["clientSecretKey", "client_secret-key", "CLIENT.SECRET_KEY", "ClientSECRETKey"]
        {
            assert_eq!(words(name.as_bytes()), ["client", "secret", "key"], "{name}");
        }
        assert_eq!(words(b"SHA256sum"), ["sha256sum"]);
    }
}
