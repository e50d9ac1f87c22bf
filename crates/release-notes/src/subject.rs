//! Reads a commit's subject as Conventional Commits 1.0.0 has it, also behind leading tags.

/// A subject of the form `[TAG] type(scope)!: description`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject<'s> {
    /// Leading tags without their brackets, such as `AI`.
    pub tags: Vec<&'s str>,
    /// The type as it is written.
    pub kind: &'s str,
    /// What it touches.
    pub scope: Option<&'s str>,
    /// Whether an exclamation mark says that it breaks something.
    pub breaking: bool,
    /// The rest, never empty.
    pub description: &'s str,
}

/// Parses a subject; `None` when it has another form.
///
/// ```
/// use leadforge_release_notes::parse_subject;
/// let found = parse_subject("[AI] feat(ui)!: one theme").expect("conventional");
/// assert_eq!((found.tags[0], found.kind, found.scope), ("AI", "feat", Some("ui")));
/// assert!(found.breaking && parse_subject("Update README.md").is_none());
/// ```
#[must_use]
pub fn parse_subject(subject: &str) -> Option<Subject<'_>> {
    let (tags, rest) = tags(subject);
    let (head, description) = rest.split_once(':')?;
    let description = description.strip_prefix([' ', '\t'])?.trim();
    let (head, breaking) = match head.strip_suffix('!') {
        Some(head) => (head, true),
        None => (head, false),
    };
    let (kind, scope) = match head.split_once('(') {
        Some((kind, rest)) => (kind, Some(rest.strip_suffix(')')?.trim())),
        None => (head, None),
    };
    let noun = !kind.is_empty() && kind.bytes().all(|b| b.is_ascii_alphabetic() || b == b'-');
    let scoped = scope.is_none_or(|scope| !scope.is_empty() && !scope.contains(['(', ')']));
    (noun && scoped && !description.is_empty()).then_some(Subject {
        tags,
        kind,
        scope,
        breaking,
        description,
    })
}

/// The tags that a subject begins with, and what follows.
fn tags(subject: &str) -> (Vec<&str>, &str) {
    let (mut tags, mut rest) = (Vec::new(), subject.trim());
    while let Some((tag, after)) = rest.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        tags.push(tag.trim());
        rest = after.trim_start();
    }
    (tags, rest)
}

/// What a message says that it breaks: the footers `BREAKING CHANGE` and `BREAKING-CHANGE`, each
/// up to the next blank line or footer.
pub(crate) fn breaks(body: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut open = false;
    for line in body.lines() {
        let footer = ["BREAKING CHANGE", "BREAKING-CHANGE"].iter().find_map(|word| {
            line.strip_prefix(word)?.strip_prefix([':', ' '])?.strip_prefix([' ', '#'])
        });
        if let Some(text) = footer {
            found.push(text.trim().to_owned());
            open = true;
        } else if line.trim().is_empty() || is_footer(line) {
            open = false;
        } else if let Some(last) = found.last_mut().filter(|_| open) {
            last.push(' ');
            last.push_str(line.trim());
        }
    }
    found.retain(|text| !text.is_empty());
    found
}

/// `Word-Word: value`, without spaces in the word.
fn is_footer(line: &str) -> bool {
    line.split_once(": ").is_some_and(|(word, _)| {
        !word.is_empty() && word.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    })
}

/// Takes the references `(#12)` off the end of a description.
pub(crate) fn references(description: &str) -> (&str, Vec<&str>) {
    let (mut text, mut found) = (description.trim_end(), Vec::new());
    while let Some((before, number)) =
        text.strip_suffix(')').and_then(|rest| rest.rsplit_once("(#"))
    {
        if number.is_empty() || number.len() > 9 || !number.bytes().all(|b| b.is_ascii_digit()) {
            break;
        }
        found.insert(0, number);
        text = before.trim_end();
    }
    // A subject that is nothing but a reference stays as it is.
    if text.is_empty() { (description, Vec::new()) } else { (text, found) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conventional_subjects() {
        for (text, kind, scope, breaking, description) in [
            ("feat: x", "feat", None, false, "x"),
            ("[AI] fix(ui)!: a: b", "fix", Some("ui"), true, "a: b"),
            ("[AI][WIP]  Docs:  y ", "Docs", None, false, "y"),
            ("chore(deps-dev, x): z", "chore", Some("deps-dev, x"), false, "z"),
        ] {
            let found = parse_subject(text).expect(text);
            let got = (found.kind, found.scope, found.breaking, found.description);
            assert_eq!(got, (kind, scope, breaking, description), "{text}");
        }
    }

    #[test]
    fn other_forms_are_none() {
        for text in [
            "",
            "[AI]",
            "[AI",
            "feat",
            "feat:",
            "feat: ",
            "feat:x",
            "fix(ui: x",
            "fix(): x",
            "fix(a)b: x",
            "two words: x",
            "https://x.example",
            "Merge branch 'main' of x:y/z",
            "Revert \"feat: x\"",
            "(ui): x",
            "é: x",
        ] {
            assert_eq!(parse_subject(text), None, "{text}");
        }
    }

    #[test]
    fn breaking_footers_end_where_the_next_begins() {
        let body = "text\n\nBREAKING CHANGE: the old\nport is gone\nSigned-off-by: A <a@x>\n\nmore\n\
                    BREAKING-CHANGE: again\n\nBREAKING CHANGE #12\n\nbreaking change: no\nBREAKING CHANGES: no";
        assert_eq!(breaks(body), ["the old port is gone", "again", "12"]);
    }

    #[test]
    fn references_come_off_the_end() {
        assert_eq!(references("a (#1) b (#23)(#4)"), ("a (#1) b", vec!["23", "4"]));
        assert_eq!(references("(#5)"), ("(#5)", vec![]));
        assert_eq!(references("x (#)"), ("x (#)", vec![]));
    }
}
