//! The character that makes Claude Code, Gemini CLI and Cursor read another file into what they are told.
//!
//! `@path` outside of code is an import there. Rules are text that others wrote, and a rule must not
//! pull `@~/.netrc` into a prompt: what could be an import is written as an entity, and read back.

use crate::code::certain;

const ENTITY: &str = "#64;";

/// Writes each `@` that could begin an import as `&#64;`, and that entity, where it was there already, deeper.
pub(crate) fn disarm(text: &str) -> String {
    if !text.contains('@') && !text.contains(ENTITY) {
        return text.to_owned();
    }
    let deeper = entities(text, |amps| Some(amps + 1));
    let held = certain(&deeper);
    let mut out = String::with_capacity(deeper.len() + 16);
    for (at, c) in deeper.char_indices() {
        let joined = || deeper[..at].ends_with(|c: char| c.is_alphanumeric());
        if c == '@' && !held[at] && !joined() {
            out.push_str("&#64;");
        } else {
            out.push(c);
        }
    }
    out
}

/// The text that [`disarm`] was given.
pub(crate) fn arm(text: &str) -> String {
    entities(text, |amps| amps.checked_sub(1))
}

/// Changes how many `amp;` stand in each `&amp;…#64;`; without an answer it is the character.
fn entities(text: &str, change: impl Fn(usize) -> Option<usize>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        let mut after = &rest[at + 1..];
        let mut amps = 0;
        while let Some(inner) = after.strip_prefix("amp;") {
            (after, amps) = (inner, amps + 1);
        }
        if let Some(inner) = after.strip_prefix(ENTITY) {
            match change(amps) {
                Some(amps) => {
                    out.push('&');
                    out.push_str(&"amp;".repeat(amps));
                    out.push_str(ENTITY);
                }
                None => out.push('@'),
            }
            rest = inner;
        } else {
            out.push_str(&rest[at..rest.len() - after.len()]);
            rest = after;
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_import_is_disarmed_and_comes_back() {
        for (text, written) in [
            ("read @docs/x.md", "read &#64;docs/x.md"),
            ("@~/.netrc", "&#64;~/.netrc"),
            ("me@example.org", "me@example.org"),
            ("`@app.route` and @x", "`@app.route` and &#64;x"),
            ("```\n@x\n```\n@y", "```\n@x\n```\n&#64;y"),
            // A span that was opened before makes the inner one plain text.
            ("a ` b\n` @x ` c", "a ` b\n` &#64;x ` c"),
            // A list ends a span that a paragraph would not.
            ("- a ` b\n- @x ` c", "- a ` b\n- &#64;x ` c"),
            (r"\`@x`", r"\`&#64;x`"),
            ("&#64;x &amp;#64;y", "&amp;#64;x &amp;amp;#64;y"),
            ("&amp @&amp;x", "&amp &#64;&amp;x"),
        ] {
            assert_eq!(disarm(text), written);
            assert_eq!(arm(written), text);
        }
    }
}
