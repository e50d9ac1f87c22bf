//! The files that an agent alone is given, as paths that a sandbox takes.
use std::io::ErrorKind;
use std::path::{Component, Path, PathBuf};

use crate::agent::Agent;
use crate::sandbox::home;

impl Agent {
    /// Its `files` as readable paths of a sandbox; those below `~/`, with `home` for the user's,
    /// are marked to be found at the same place in the private home.
    ///
    /// # Errors
    /// In words, the first entry that cannot be given, and whose it is.
    pub fn readable(&self, home: Option<&Path>) -> Result<Vec<PathBuf>, String> {
        let one = |file: &String| {
            one(file, home).map_err(|wrong| format!("[agent.{}] files: {file} {wrong}", self.name))
        };
        self.files.iter().map(one).collect()
    }
}

fn one(file: &str, user: Option<&Path>) -> Result<PathBuf, String> {
    let path = match (file.strip_prefix("~/"), user) {
        (Some(rest), Some(user)) => home::marked(user, Path::new(rest)),
        (Some(_), None) => return Err("cannot be found: the home folder is not known".into()),
        (None, _) => Path::new(file).components().collect(),
    };
    if !path.is_absolute() || path.components().any(|part| part == Component::ParentDir) {
        Err("is neither an absolute path nor one below ~/".into())
    } else if !home::fits(&path) {
        Err("is the whole home; name what of it the agent needs".into())
    } else {
        match std::fs::metadata(&path) {
            Ok(_) => Ok(path),
            Err(e) if matches!(e.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
                Err("does not exist".into())
            }
            Err(e) => Err(format!("cannot be looked at: {e}")),
        }
    }
}
