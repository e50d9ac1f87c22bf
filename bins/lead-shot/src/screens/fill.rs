//! `{{ name }}` in a page, filled as the server would fill it.

use std::collections::BTreeMap;

/// The page with its known placeholders filled, escaped for HTML; others stay as they are.
pub(super) fn fill(page: &[u8], values: &BTreeMap<String, String>) -> Vec<u8> {
    if values.is_empty() {
        return page.to_vec();
    }
    let mut filled = Vec::with_capacity(page.len());
    let mut rest = page;
    while let Some(at) = find(rest, b"{{") {
        let known = find(&rest[at..], b"}}").and_then(|length| {
            let name = std::str::from_utf8(&rest[at + 2..at + length]).ok()?;
            values.get(name.trim()).map(|value| (at + length + 2, value))
        });
        match known {
            Some((end, value)) => {
                filled.extend(&rest[..at]);
                filled.extend(leadforge_markup::html(value).as_bytes());
                rest = &rest[end..];
            }
            None => {
                filled.extend(&rest[..at + 2]);
                rest = &rest[at + 2..];
            }
        }
    }
    filled.extend(rest);
    filled
}

fn find(text: &[u8], wanted: &[u8]) -> Option<usize> {
    text.windows(wanted.len()).position(|part| part == wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_names_are_filled_and_escaped() {
        let values = BTreeMap::from([("version".to_owned(), "<1.0>".to_owned())]);
        let filled = fill(b"a {{ version }}{{version}} {{ other }} {{", &values);
        assert_eq!(String::from_utf8_lossy(&filled), "a &lt;1.0&gt;&lt;1.0&gt; {{ other }} {{");
    }
}
