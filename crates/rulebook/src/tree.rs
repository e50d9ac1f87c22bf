//! Where the files of a repository come from: the library opens none of them.

use std::collections::BTreeMap;

/// What stands at a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Seen {
    /// Nothing.
    Nothing,
    /// A file with its bytes.
    File(Vec<u8>),
    /// A symbolic link with its target; it was not followed.
    Link(String),
    /// A folder.
    Folder,
    /// Something else, in words: a socket, a file that is larger than asked for.
    Other(String),
}

/// Files by path: relative, with `/` between names, below the repository's root.
pub trait Tree {
    /// What stands at a path, without following a link.
    ///
    /// A folder on the way that is a link makes the answer [`Seen::Link`] too.
    ///
    /// # Errors
    /// What could not be looked at.
    fn look(&self, path: &str) -> Result<Seen, TreeError>;

    /// The paths of the files directly in a folder, sorted; none where there is no such folder or a link is
    /// on the way.
    ///
    /// # Errors
    /// What could not be looked at.
    fn list(&self, folder: &str) -> Result<Vec<String>, TreeError>;
}

/// A file or folder that could not be looked at.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{path}: {reason}")]
pub struct TreeError {
    /// What could not be looked at.
    pub path: String,
    /// Why, in words.
    pub reason: String,
}

/// Files in memory.
impl Tree for BTreeMap<String, Seen> {
    fn look(&self, path: &str) -> Result<Seen, TreeError> {
        let mut upto = path.len();
        while let Some(at) = path[..upto].rfind('/') {
            upto = at;
            match self.get(&path[..at]) {
                Some(link @ Seen::Link(_)) => return Ok(link.clone()),
                Some(Seen::File(_)) => return Ok(Seen::Nothing),
                _ => {}
            }
        }
        if let Some(seen) = self.get(path) {
            return Ok(seen.clone());
        }
        let below =
            |known: &String| known.strip_prefix(path).is_some_and(|rest| rest.starts_with('/'));
        Ok(if self.keys().any(below) { Seen::Folder } else { Seen::Nothing })
    }

    fn list(&self, folder: &str) -> Result<Vec<String>, TreeError> {
        let directly = |path: &&String| {
            let rest = path.strip_prefix(folder).and_then(|rest| rest.strip_prefix('/'));
            rest.is_some_and(|rest| !rest.contains('/'))
        };
        Ok(self.keys().filter(directly).cloned().collect())
    }
}
