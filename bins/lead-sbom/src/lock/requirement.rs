//! Requirements of Python packages, as far as two spellings of one must be seen to be the same.

use std::collections::BTreeSet;

/// A requirement without its marker, which uv writes in another way.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Requirement {
    pub(crate) name: String,
    pub(crate) extras: BTreeSet<String>,
    pub(crate) versions: BTreeSet<String>,
}

impl Requirement {
    /// Reads a requirement such as `a[b] >= 1, < 2 ; python_version < "3"`.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let text = text.split(';').next().unwrap_or_default();
        // What stands behind an at sign is an address.
        let text = text.split('@').next().unwrap_or_default().trim();
        let end = text.find(|c: char| !(c.is_ascii_alphanumeric() || "._-".contains(c)));
        let (name, rest) = text.split_at(end.unwrap_or(text.len()));
        let rest = rest.trim();
        let (extras, versions) = match rest.strip_prefix('[') {
            Some(rest) => rest.split_once(']')?,
            None => ("", rest),
        };
        let all = |text: &str| -> BTreeSet<String> {
            let text = text.trim().trim_start_matches('(').trim_end_matches(')');
            let parts = text.split(',').map(|part| part.replace(char::is_whitespace, ""));
            parts.filter(|part| !part.is_empty()).collect()
        };
        let extras = all(extras).iter().map(|extra| normal(extra)).collect();
        (!name.is_empty()).then(|| Self { name: normal(name), extras, versions: all(versions) })
    }

    /// As people write it.
    pub(crate) fn shown(&self) -> String {
        let join =
            |set: &BTreeSet<String>| set.iter().map(String::as_str).collect::<Vec<_>>().join(",");
        let extras = if self.extras.is_empty() {
            String::new()
        } else {
            format!("[{}]", join(&self.extras))
        };
        format!("{}{extras}{}", self.name, join(&self.versions))
    }
}

/// A name as PEP 503 compares it.
pub(crate) fn normal(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for letter in name.chars() {
        match letter {
            '-' | '_' | '.' if out.ends_with('-') => {}
            '-' | '_' | '.' => out.push('-'),
            other => out.extend(other.to_lowercase()),
        }
    }
    out
}
