//! Where a link leads: to a file of the tree, to nothing, or to where nobody can look.

use std::collections::BTreeSet;

use super::{Document, Link, Tree};

/// Every path of the tree, folders included.
pub(super) struct Files<'t>(BTreeSet<&'t str>);

/// Where a link leads.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Answer {
    /// To this path.
    There(String),
    /// Out of the tree: another host, a server's root, a place that a template fills in.
    Elsewhere,
    /// To this path, and there is nothing.
    Missing(String),
}

impl<'t> Files<'t> {
    pub(super) fn new(tree: &'t Tree) -> Self {
        let pictures = tree.pictures.iter().map(|picture| picture.path.as_str());
        let documents = tree.documents.iter().map(|document| document.path.as_str());
        let all = pictures.chain(documents).chain(tree.files.iter().map(String::as_str));
        let mut found = BTreeSet::from([""]);
        for path in all {
            let folders = path.match_indices('/').map(|(at, _)| &path[..at]);
            found.extend(folders.chain([path]));
        }
        Self(found)
    }

    pub(super) fn find(&self, document: &Document, link: &Link) -> Answer {
        let target = link.target.split(['#', '?']).next().unwrap_or_default();
        let scheme = target.split_once(':').is_some_and(|(scheme, _)| {
            scheme.starts_with(|c: char| c.is_ascii_alphabetic())
                && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b))
        });
        let template = ["{{", "{%", "${", "<%", "<?"].iter().any(|mark| link.target.contains(mark));
        let server = target.starts_with("//") || (target.starts_with('/') && !link.rooted);
        if target.is_empty() || scheme || template || server {
            return Answer::Elsewhere;
        }
        let folder = document.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let folder = if target.starts_with('/') { "" } else { folder };
        let whole = decoded(target);
        // A name may hold a percent sign as it is.
        let paths = [whole.as_str(), target].map(|target| joined(folder, target));
        match paths {
            // Above the root a code host has pages of its own, such as ../../issues.
            [None, _] => Answer::Elsewhere,
            [Some(path), other] => {
                let there = [Some(path.clone()), other].into_iter().flatten();
                let there = there.into_iter().find(|path| self.0.contains(path.as_str()));
                there.map_or(Answer::Missing(path), Answer::There)
            }
        }
    }
}

/// A relative path from a folder; `None` when it leaves the tree.
fn joined(folder: &str, target: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => _ = parts.pop()?,
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// Percent signs with two digits read; what gives no text stays as it is.
fn decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let (mut out, mut at) = (Vec::with_capacity(bytes.len()), 0);
    while let Some(&byte) = bytes.get(at) {
        let digits = bytes.get(at + 1..at + 3).and_then(|d| std::str::from_utf8(d).ok());
        let plain = digits.filter(|d| d.bytes().all(|b| b.is_ascii_hexdigit()));
        match plain.and_then(|d| u8::from_str_radix(d, 16).ok()).filter(|_| byte == b'%') {
            Some(value) => {
                out.push(value);
                at += 3;
            }
            None => {
                out.push(byte);
                at += 1;
            }
        }
    }
    String::from_utf8(out).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_lead_to_files_to_nothing_or_elsewhere() {
        let files = ["README.md", "docs/a.md", "docs/i/b c.png", "docs/50%25.png"];
        let tree = Tree { files: files.map(str::to_owned).into(), ..Tree::default() };
        let all = Files::new(&tree);
        let document = Document { path: "docs/a.md".into(), text: String::new() };
        let find = |target: &str, rooted| {
            let link = Link { line: 1, target: target.into(), shows: true, rooted };
            match all.find(&document, &link) {
                Answer::There(path) => format!("there {path}"),
                Answer::Missing(path) => format!("missing {path}"),
                Answer::Elsewhere => "elsewhere".to_owned(),
            }
        };
        for (target, answer) in [
            ("i/b%20c.png", "there docs/i/b c.png"),
            ("./i/", "there docs/i"),
            ("../README.md#x", "there README.md"),
            ("/README.md", "there README.md"),
            ("..", "there "),
            ("50%25.png", "there docs/50%25.png"),
            ("I/b%20c.png", "missing docs/I/b c.png"),
            ("b.md?x#y", "missing docs/b.md"),
            ("#x", "elsewhere"),
            ("../../issues/1", "elsewhere"),
            ("https://x.example/y.png", "elsewhere"),
            ("mailto:a@b", "elsewhere"),
            ("//x.example/y", "elsewhere"),
            ("{{ url }}/x", "elsewhere"),
        ] {
            assert_eq!(find(target, true), answer, "{target}");
        }
        assert_eq!(find("/README.md", false), "elsewhere");
    }
}
