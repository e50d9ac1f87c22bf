//! Finds trailers in a commit's message: whole paragraphs of `Key: value`, never a line of prose.

/// One trailer, its key in lower case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Trailer<'a> {
    pub(crate) key: String,
    pub(crate) value: &'a str,
}

/// Reads the trailers of every paragraph that consists of nothing else.
///
/// Git itself looks at the last paragraph only. GitHub's squashed messages keep those of the
/// single commits in the middle, set off by blank lines or a rule of dashes, so all paragraphs are
/// read. A paragraph with one line that is no trailer is prose.
pub(crate) fn read(body: &str) -> Vec<Trailer<'_>> {
    let mut found = Vec::new();
    let mut block: Option<Vec<Trailer<'_>>> = Some(Vec::new());
    for line in body.lines().chain([""]) {
        let line = line.trim_end();
        if line.is_empty() || (line.len() >= 3 && line.bytes().all(|b| b == b'-')) {
            found.extend(block.replace(Vec::new()).unwrap_or_default());
        } else if let Some(trailers) = &mut block {
            // A folded value goes on in the next line; what it adds is not needed here.
            let folded = line.starts_with([' ', '\t']) && !trailers.is_empty();
            match parse(line) {
                Some(trailer) => trailers.push(trailer),
                None if folded => {}
                None => block = None,
            }
        }
    }
    found
}

fn parse(line: &str) -> Option<Trailer<'_>> {
    let (key, value) = line.split_once(':')?;
    let plain = |b: u8| b.is_ascii_alphanumeric() || b == b'-';
    let word = !key.is_empty() && key.bytes().all(plain) && value.starts_with([' ', '\t']);
    let value = value.trim();
    (word && !value.is_empty()).then(|| Trailer { key: key.to_ascii_lowercase(), value })
}

/// Splits `Name <mailbox>`; the mailbox is empty when there is none.
pub(crate) fn name_and_mailbox(value: &str) -> (&str, &str) {
    match value.rsplit_once('<') {
        Some((name, rest)) => (name.trim(), rest.split('>').next().unwrap_or_default().trim()),
        None => (value.trim(), ""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(body: &str) -> Vec<String> {
        read(body).into_iter().map(|trailer| trailer.key).collect()
    }

    #[test]
    fn paragraphs_of_trailers_count_wherever_they_stand() {
        let squash = "* first\n\nCo-authored-by: A <a@x.example>\n\n* second\n\n---\nAI-Generated-By: \
                      Tool\n\n---------\n\nCo-Authored-By: B <b@x.example>\r\nSigned-off-by: C <c@x.example>";
        assert_eq!(
            keys(squash),
            ["co-authored-by", "ai-generated-by", "co-authored-by", "signed-off-by"]
        );
    }

    #[test]
    fn prose_is_never_a_trailer() {
        for body in [
            "We add\nCo-authored-by: A <a@x.example>\nto each commit.",
            "see Co-authored-by: A <a@x.example>",
            "> Co-authored-by: A <a@x.example>",
            "    Co-authored-by: A <a@x.example>\n    and code",
            "https://x.example/y",
            "Co-authored-by:",
            "two words: x",
        ] {
            assert!(keys(body).is_empty(), "{body}");
        }
    }

    #[test]
    fn values_fold_and_split() {
        assert_eq!(keys("Note: a long\n  value\nFixes: 1"), ["note", "fixes"]);
        assert_eq!(name_and_mailbox("A <b> <a@x.example>"), ("A <b>", "a@x.example"));
        assert_eq!(name_and_mailbox("Tool 1.0"), ("Tool 1.0", ""));
    }
}
