//! Paths from strangers, validated once so that joining them cannot escape.

use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use crate::disk::{Disk, Kind};
use crate::error::Error;

/// A relative path of plain names with `/` between them, which stays below what it is joined to.
///
/// Refused are the empty path, absolute paths and drive letters, empty parts, `.` and `..`, NUL,
/// backslashes, names over 255 bytes, and every spelling of `.git` that some file system takes
/// for it: any case, trailing dots and spaces, `GIT~1`, code points that HFS+ ignores, full-width
/// letters, NTFS streams (`.git::$INDEX_ALLOCATION`). Control characters other than NUL are legal
/// in names and stay; whoever shows a path escapes it.
///
/// ```
/// use leadforge_durable_fs::RelPath;
/// # use std::path::Path;
/// let path = RelPath::parse("docs/TASKS/queue")?;
/// assert_eq!(path.join_to(Path::new("/repo")), Path::new("/repo/docs/TASKS/queue"));
/// assert_eq!(path.components().count(), 3);
/// for hostile in ["/etc/passwd", "a/../b", ".git/config", "a\\b", "a//b", ".g\u{200c}it"] {
///     assert!(RelPath::parse(hostile).is_err());
/// }
/// # Ok::<(), leadforge_durable_fs::PathRefused>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RelPath(String);

/// A path that [`RelPath::parse`] refused; its text is one line.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("path {path:?} is refused: {reason}")]
pub struct PathRefused {
    /// The path as it was given.
    pub path: String,
    /// Which rule it breaks.
    pub reason: &'static str,
}

impl RelPath {
    /// Checks a path and takes it as it is.
    pub fn parse(path: &str) -> Result<Self, PathRefused> {
        match refuse_whole(path).or_else(|| path.split('/').find_map(refuse)) {
            Some(reason) => Err(PathRefused { path: path.to_owned(), reason }),
            None => Ok(Self(path.to_owned())),
        }
    }

    /// The path as it was parsed.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The names in the path, outermost first; there is at least one.
    pub fn components(&self) -> impl DoubleEndedIterator<Item = &str> {
        self.0.split('/')
    }

    /// The path below `root`; links on the way are the caller's matter, or [`RelPath::resolve`]'s.
    pub fn join_to(&self, root: &Path) -> PathBuf {
        root.join(&self.0)
    }

    /// The path below `root`, refused where a folder on the way is a link or no folder.
    ///
    /// Parts that do not exist are fine. This is a look, not a hold: in a tree that a stranger can
    /// still change, the answer may be old when it is used.
    pub fn resolve(&self, disk: &dyn Disk, root: &Path) -> Result<PathBuf, Error> {
        let mut path = root.to_owned();
        let mut parts = self.components().peekable();
        while let Some(part) = parts.next() {
            path.push(part);
            if parts.peek().is_none() {
                break;
            }
            match disk.metadata(&path) {
                Ok(found) if found.kind == Kind::Dir => {}
                Ok(found) => return Err(Error::NotAFile { path, found: found.kind }),
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                    path.extend(parts);
                    break;
                }
                Err(error) => return Err(Error::io("look at", &path)(error)),
            }
        }
        Ok(path)
    }
}

impl fmt::Display for RelPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl AsRef<str> for RelPath {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl FromStr for RelPath {
    type Err = PathRefused;

    fn from_str(path: &str) -> Result<Self, PathRefused> {
        Self::parse(path)
    }
}

/// Rules on the path as a whole.
fn refuse_whole(path: &str) -> Option<&'static str> {
    let drive = path.as_bytes().get(1) == Some(&b':') && path.as_bytes()[0].is_ascii_alphabetic();
    if path.is_empty() {
        Some("it is empty")
    } else if path.starts_with('/') {
        Some("it is absolute")
    } else if drive {
        Some("it begins with a drive letter")
    } else if path.len() > 4095 {
        Some("it is longer than 4095 bytes")
    } else {
        None
    }
}

/// Rules on one name.
fn refuse(name: &str) -> Option<&'static str> {
    if name.is_empty() {
        return Some("it has an empty part");
    }
    if name.contains('\0') {
        return Some("it holds a NUL");
    }
    if name.contains('\\') {
        return Some("it holds a backslash");
    }
    if name.len() > 255 {
        return Some("a part is longer than 255 bytes");
    }
    let plain = plain(name);
    #[cfg(leadforge_plant = "parser-panic")]
    assert!(!is_short_name(&plain), "planted: a short name");
    if plain.is_empty() {
        return Some("a part is nothing but dots and spaces");
    }
    if plain == ".git" || is_short_name(&plain) {
        return Some("a part is a spelling of .git");
    }
    if name.contains("::$") {
        return Some("a part names an NTFS stream");
    }
    None
}

/// A name as the most forgiving file system reads it.
fn plain(name: &str) -> String {
    let folded: String = name.chars().filter(|&c| !is_ignored(c)).map(fold).collect();
    // NTFS: what follows a colon is a stream of the file before it.
    let file = folded.split(':').next().unwrap_or_default();
    // NTFS drops dots and spaces at the end; `trim_end` takes every kind of space.
    file.trim_end_matches(|c: char| c == '.' || c.is_whitespace()).to_owned()
}

/// The short name that FAT and NTFS give to `.git`: `GIT~1`, and other digits where that is taken.
fn is_short_name(plain: &str) -> bool {
    let digits = plain.strip_prefix("git~");
    digits.is_some_and(|d| !d.is_empty() && d.bytes().all(|b| b.is_ascii_digit()))
}

/// Code points that HFS+ leaves out when it compares names, and others that have no width.
fn is_ignored(c: char) -> bool {
    matches!(c,
        '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{feff}' | '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180b}'..='\u{180f}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{e0000}'..='\u{e0fff}')
}

/// One character without its case or width, as far as the letters of `.git` are concerned.
fn fold(c: char) -> char {
    match c {
        // Full width forms, which Windows maps to ASCII in its older interfaces.
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).map_or(c, fold),
        '\u{130}' | '\u{131}' => 'i',
        _ => c.to_ascii_lowercase(),
    }
}
