//! Where the documents point: the repository's pages, the files of a release, paths in the tree.

use leadforge_markup::{href, markdown_code, markdown_link};
use serde::{Deserialize, Serialize};

use crate::Error;

/// A repository at a code host whose pages are laid out as GitHub's are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Repository {
    host: String,
    path: String,
}

impl Repository {
    /// Reads `OWNER/REPO` (at GitHub), a web address, or what git calls a remote.
    ///
    /// ```
    /// use leadforge_release_notes::Repository;
    /// let found = Repository::parse("git@github.com:octo/cat.git").expect("a remote");
    /// assert_eq!(found.url(), "https://github.com/octo/cat");
    /// ```
    ///
    /// # Errors
    /// [`Error::Repository`] when it is none of these.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let bad = || Error::Repository { text: text.to_owned() };
        let rest = ["https://", "http://", "ssh://"].iter().find_map(|s| text.strip_prefix(s));
        let (host, path) = match rest {
            Some(rest) => rest.split_once('/').ok_or_else(bad)?,
            None if text.contains("://") => return Err(bad()),
            None => text.split_once(':').unwrap_or(("github.com", text)),
        };
        // Whatever stands before the host could be a password.
        let host = host.rsplit('@').next().unwrap_or_default();
        let path = path.trim_matches('/');
        let path = path.strip_suffix(".git").unwrap_or(path);
        let plain = |text: &str| {
            !text.is_empty()
                && !text.starts_with('.')
                && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._".contains(&b))
        };
        let parts: Vec<&str> = path.split('/').collect();
        if !plain(host) || parts.len() != 2 || !parts.iter().all(|part| plain(part)) {
            return Err(bad());
        }
        Ok(Self { host: host.to_owned(), path: path.to_owned() })
    }

    /// Its front page.
    #[must_use]
    pub fn url(&self) -> String {
        format!("https://{}/{}", self.host, self.path)
    }

    /// A file of the release that belongs to a tag.
    #[must_use]
    pub fn asset(&self, tag: &str, name: &str) -> String {
        format!("{}/releases/download/{}/{}", self.url(), part(tag), part(name))
    }
}

/// The short name of a commit, as a link where there is a repository.
pub(crate) fn commit(repository: Option<&Repository>, id: &str) -> String {
    let short: String = id.chars().take(7).collect();
    match repository {
        Some(repository) => {
            markdown_link(&short, &format!("{}/commit/{}", repository.url(), part(id)))
        }
        None => markdown_code(&short),
    }
}

/// The number of an issue or a pull request, as a link where there is a repository.
pub(crate) fn reference(repository: Option<&Repository>, number: &str) -> String {
    let text = format!("#{number}");
    match repository {
        Some(repository) => {
            markdown_link(&text, &format!("{}/issues/{}", repository.url(), part(number)))
        }
        None => leadforge_markup::markdown(&text),
    }
}

/// A path of the tree as an address relative to the document; `None` when it can be none.
pub(crate) fn relative(prefix: &str, path: &str) -> Option<String> {
    let parts: Vec<String> = path.split('/').map(part).collect();
    let inside = !parts.iter().any(|part| part.is_empty() || part == "." || part == "..");
    if inside { href(&format!("{prefix}{}", parts.join("/"))) } else { None }
}

/// Everything but RFC 3986's unreserved bytes, encoded.
fn part(text: &str) -> String {
    text.bytes().fold(String::new(), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repositories_are_read_from_what_people_have() {
        for text in [
            "octo/cat",
            "https://github.com/octo/cat",
            "https://user:secret@github.com/octo/cat.git/",
            "git@github.com:octo/cat.git",
            "ssh://git@github.com/octo/cat",
        ] {
            let found = Repository::parse(text).expect(text);
            assert_eq!(found.url(), "https://github.com/octo/cat");
        }
        let other = Repository::parse("https://git.example.org/a/b").expect("a host");
        assert_eq!(
            other.asset("v1/x", "a b.png"),
            "https://git.example.org/a/b/releases/download/v1%2Fx/a%20b.png"
        );
        for text in
            ["", "octo", "a/b/c", "../b", "a/b?c", "/srv/git/x", "file:///a/b", "a b/c", "a/<b>"]
        {
            assert!(Repository::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn paths_stay_inside_and_are_encoded() {
        assert_eq!(relative("", "a b/ü(1).png").as_deref(), Some("a%20b/%C3%BC%281%29.png"));
        assert_eq!(relative("../", "x.png").as_deref(), Some("../x.png"));
        assert_eq!(relative("", "javascript:x").as_deref(), Some("javascript%3Ax"));
        assert_eq!(relative("", "a/../../b"), None);
        assert_eq!(relative("", "/a"), None);
    }
}
