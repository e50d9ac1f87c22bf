//! A path in a repository as git knows it: bytes, which need not be text.

use std::fmt;

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// More bytes than the path of a file has.
const LONGEST: usize = 4096;

/// A path below the repository's root, `/` between its parts.
///
/// It is for naming and comparing, not for opening: what opens a file checks it first. It shows
/// itself as text, each byte that is none spelled out as `[0xE9]`; whoever prints it still escapes
/// it for the place.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RepoPath(Box<[u8]>);

impl RepoPath {
    /// The path with these bytes.
    pub fn new(bytes: impl Into<Vec<u8>>) -> Self {
        Self(bytes.into().into_boxed_slice())
    }

    /// The bytes as git stores them.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// The path as text, if it is text.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        str::from_utf8(&self.0).ok()
    }

    /// What stands behind the last dot of the last part, in the case it is written in.
    #[must_use]
    pub fn extension(&self) -> Option<&str> {
        let name = self.as_str()?.rsplit('/').next()?;
        name.rsplit_once('.').filter(|(stem, _)| !stem.is_empty()).map(|(_, extension)| extension)
    }
}

impl From<&str> for RepoPath {
    fn from(path: &str) -> Self {
        Self::new(path)
    }
}

impl fmt::Display for RepoPath {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&leadforge_markup::from_bytes(&self.0))
    }
}

impl fmt::Debug for RepoPath {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:?}", self.to_string())
    }
}

impl Serialize for RepoPath {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

/// From text that somebody else wrote: only a path that stays below the root is one.
impl<'d> Deserialize<'d> for RepoPath {
    fn deserialize<D: Deserializer<'d>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        let part = |part: &str| !matches!(part, "" | "." | "..");
        let stays = text.len() <= LONGEST && text.split('/').all(part) && !text.contains('\0');
        if stays {
            Ok(Self::from(&*text))
        } else {
            Err(D::Error::custom("a path is none that lies below the repository's root"))
        }
    }
}
