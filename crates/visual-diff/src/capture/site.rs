//! Pages without a server: documents, folders and stub answers at their addresses.

use std::path::PathBuf;

use leadforge_durable_fs::{RealDisk, RelPath, read};

use super::content::{Answer, Asked, Content, kind_of};

/// A file larger than this is no part of a page.
const LARGEST: u64 = 64 << 20;

/// What is at which address.
#[derive(Default)]
pub struct Site<'a> {
    /// The origin of the page, such as `http://localhost`; addresses that begin with `/` are here.
    pub origin: String,
    /// Answers that come before all else; the first that fits is given.
    pub stubs: Vec<Stub>,
    /// Folders by the address below which their files are; the first that has the file gives it.
    pub folders: Vec<(String, &'a dyn Files)>,
    /// Whether an app answers what nothing else does.
    pub app: bool,
}

/// An answer made up beforehand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stub {
    /// The method; any, where there is none.
    pub method: Option<String>,
    /// The address: a path here, or a whole one; `*` stands for any text. Without a `?` it fits
    /// whatever the query is.
    pub url: String,
    /// The status.
    pub status: u16,
    /// The media type.
    pub kind: String,
    /// The body.
    pub bytes: Vec<u8>,
}

/// Where a folder's files are read from.
pub trait Files {
    /// The file's bytes, none where there is no such file.
    ///
    /// # Errors
    /// Why the file is refused or cannot be read.
    fn file(&self, path: &RelPath) -> Result<Option<Vec<u8>>, String>;
}

/// A folder on the disk; links, and what lies behind them, are refused.
#[derive(Clone, Debug)]
pub struct Folder(pub PathBuf);

impl Files for Folder {
    fn file(&self, path: &RelPath) -> Result<Option<Vec<u8>>, String> {
        let found =
            path.resolve(&RealDisk, &self.0).and_then(|path| read(&RealDisk, &path, LARGEST));
        match found {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error.to_string()),
        }
    }
}

impl Content for Site<'_> {
    fn answer(&self, asked: &Asked<'_>) -> Answer {
        let whole = asked.url.split('#').next().unwrap_or_default();
        let plain = whole.split('?').next().unwrap_or_default();
        let here = whole.strip_prefix(self.origin.trim_end_matches('/'));
        let here = here.filter(|path| path.starts_with('/'));
        for stub in &self.stubs {
            let wanted = stub.method.as_deref().is_none_or(|method| method == asked.method);
            let address = if stub.url.starts_with('/') { here } else { Some(whole) };
            let fits = address.is_some_and(|address| {
                let bare = &address[..address.find('?').unwrap_or(address.len())];
                matches(&stub.url, if stub.url.contains('?') { address } else { bare })
            });
            // What asks for leave first gets it, where the stub is for another method.
            if fits && (wanted || asked.method == "OPTIONS") {
                return Answer::Body {
                    status: stub.status,
                    kind: stub.kind.clone(),
                    bytes: if wanted { stub.bytes.clone() } else { Vec::new() },
                };
            }
        }
        let path = here.map(|here| &here[..here.find('?').unwrap_or(here.len())]);
        if let (Some(path), "GET" | "HEAD") = (path, asked.method) {
            for (prefix, files) in &self.folders {
                let rest = path.strip_prefix(prefix.trim_end_matches('/'));
                let Some(rest) = rest.and_then(|rest| rest.strip_prefix('/')) else { continue };
                let Some(name) = decoded(rest) else {
                    return Answer::Refuse { why: "its path is not UTF-8".to_owned() };
                };
                let name = if name.is_empty() { "index.html".to_owned() } else { name };
                let found = RelPath::parse(&name).map_err(|refused| refused.to_string());
                match found.and_then(|path| files.file(&path)) {
                    Ok(Some(bytes)) => {
                        return Answer::Body {
                            status: 200,
                            kind: kind_of(&name).to_owned(),
                            bytes,
                        };
                    }
                    Ok(None) => {}
                    Err(why) => return Answer::Refuse { why },
                }
            }
        }
        if self.app && plain.starts_with(&self.origin) { Answer::App } else { Answer::Block }
    }
}

/// Whether a text fits a pattern in which `*` stands for any text.
fn matches(pattern: &str, text: &str) -> bool {
    let Some((first, rest)) = pattern.split_once('*') else { return pattern == text };
    let Some(mut text) = text.strip_prefix(first) else { return false };
    let mut parts = rest.split('*').peekable();
    while let Some(part) = parts.next() {
        if parts.peek().is_none() {
            return text.ends_with(part);
        }
        match text.find(part) {
            Some(at) => text = &text[at + part.len()..],
            None => return false,
        }
    }
    true
}

/// A path of an address with its `%41` as letters.
fn decoded(path: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let [first, tail @ ..] = rest {
        let digits = (*first == b'%').then(|| tail.get(..2)).flatten();
        let digits = digits.filter(|digits| digits.iter().all(u8::is_ascii_hexdigit));
        let digits = digits.and_then(|digits| std::str::from_utf8(digits).ok());
        match digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &tail[2..];
            }
            None => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_for_any_text() {
        for (pattern, text, fits) in [
            ("/api/jobs", "/api/jobs", true),
            ("/api/jobs", "/api/jobs/1", false),
            ("/api/jobs/*", "/api/jobs/1/hide", true),
            ("/api/*/hide", "/api/jobs/1/hide", true),
            ("/api/*/hide", "/api/hide", false),
            ("*", "", true),
            ("/a*a", "/a", false),
        ] {
            assert_eq!(matches(pattern, text), fits, "{pattern} {text}");
        }
    }

    #[test]
    fn an_address_is_decoded_once() {
        assert_eq!(decoded("a%20b%2525").as_deref(), Some("a b%25"));
        assert_eq!(decoded("%zz%4").as_deref(), Some("%zz%4"));
        assert_eq!(decoded("%ff"), None);
        assert_eq!(decoded("%+1").as_deref(), Some("%+1"));
    }
}
