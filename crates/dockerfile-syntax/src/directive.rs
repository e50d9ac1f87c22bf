//! Parser directives: the comments at the very top that configure the parser.

use crate::text::Span;

/// One directive, such as `# escape=` followed by a character.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Directive {
    /// Its name in lower case.
    pub name: String,
    /// Its value.
    pub value: String,
    /// The line it stands on.
    pub span: Span,
}

/// The directive that a line is, if it is one.
pub(crate) fn directive(line: &str, start: usize) -> Option<Directive> {
    let rest = line.trim().strip_prefix('#')?;
    let (name, value) = rest.split_once('=')?;
    let (name, value) = (name.trim(), value.trim());
    let plain = name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.chars().all(|c| c.is_ascii_alphanumeric());
    (plain && !value.is_empty()).then(|| Directive {
        name: name.to_ascii_lowercase(),
        value: value.to_owned(),
        span: Span { start, end: start + line.len() },
    })
}
