//! Where files come from: a folder, a revision, an image, or memory; the library opens none of them.

use std::collections::BTreeMap;

use crate::extract::Program;

/// Files by path, as much as an inventory needs to know of them.
///
/// Paths are relative, with `/` between names, and stay below the top. A tree follows no link.
pub trait Tree {
    /// The paths of all files, sorted.
    fn paths(&self) -> Result<Vec<String>, TreeError>;

    /// The bytes of a file, or nothing when there is no such file.
    ///
    /// A file of more than `limit` bytes is an error: the tree reads no further than that.
    fn read(&self, path: &str, limit: u64) -> Result<Option<Vec<u8>>, TreeError>;

    /// The layer that a file is from, counted from 0; nothing where there are no layers.
    fn layer(&self, _path: &str) -> Option<u32> {
        None
    }

    /// The programs that say what they were built of, by path: in an image, of the files that can be executed.
    ///
    /// A tree of sources looks for none, so that no file is read for its first bytes alone.
    fn programs(&self) -> Result<Vec<(String, Program)>, TreeError> {
        Ok(Vec::new())
    }
}

/// A file or folder of a tree that could not be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{path}: {reason}")]
pub struct TreeError {
    /// What could not be read.
    pub path: String,
    /// Why, in words.
    pub reason: String,
}

/// Files in memory.
impl Tree for BTreeMap<String, Vec<u8>> {
    fn paths(&self) -> Result<Vec<String>, TreeError> {
        Ok(self.keys().cloned().collect())
    }

    fn read(&self, path: &str, limit: u64) -> Result<Option<Vec<u8>>, TreeError> {
        let Some(bytes) = self.get(path) else {
            return Ok(None);
        };
        if bytes.len() as u64 > limit {
            let reason = format!("has {} bytes, more than the {limit} allowed", bytes.len());
            return Err(TreeError { path: path.to_owned(), reason });
        }
        Ok(Some(bytes.clone()))
    }
}
