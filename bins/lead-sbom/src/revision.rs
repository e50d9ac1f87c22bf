//! A revision of the repository as a tree: read from git's objects, never checked out.

use std::collections::BTreeMap;

use leadforge_cli_kit::{Failure, Repository};
use leadforge_host_git::Oid;
use leadforge_sbom::{Tree, TreeError, wants};

use crate::folder::Skip;

/// The files of a commit, or of a folder of it.
pub(crate) struct Revision {
    repository: Repository,
    files: BTreeMap<String, (Oid, u64)>,
    /// What an inventory wants, read at once.
    kept: BTreeMap<String, Vec<u8>>,
}

/// The most bytes that are read ahead together.
const AHEAD: u64 = 64 << 20;

impl Revision {
    pub(crate) fn open(
        repository: Repository,
        commit: &Oid,
        folder: &str,
        skip: &Skip,
    ) -> Result<Self, Failure> {
        let git = |error| Failure::git(&error);
        let folder = folder.trim_matches('/');
        let entries = repository.git.ls_tree(commit, folder).map_err(git)?;
        let mut files = BTreeMap::new();
        for entry in entries {
            // Links and submodules are not followed, here as little as in a folder.
            let (0o100_644 | 0o100_755, Some(size)) = (entry.mode, entry.size) else { continue };
            let Ok(path) = String::from_utf8(entry.path) else { continue };
            let inner = match folder {
                "" => Some(path.as_str()),
                _ => path.strip_prefix(folder).and_then(|rest| rest.strip_prefix('/')),
            };
            if let Some(inner) = inner.filter(|inner| !skip.leaves_out(inner)) {
                files.insert(inner.to_owned(), (entry.oid, size));
            }
        }
        if files.is_empty() && !folder.is_empty() {
            let message = format!("{folder} is no folder with files in {commit}");
            return Err(Failure::usage("repository.folder", message));
        }
        // One process for all that an inventory is going to ask for.
        let mut ahead = 0;
        let mut wanted: Vec<(&String, &str)> = Vec::new();
        for (path, (oid, size)) in files.iter().filter(|(path, _)| wants(path)) {
            ahead += size;
            if ahead > AHEAD {
                break;
            }
            wanted.push((path, oid.as_str()));
        }
        let names: Vec<&str> = wanted.iter().map(|(_, oid)| *oid).collect();
        let contents = repository.git.cat(&names).map_err(git)?;
        let kept = wanted.into_iter().zip(contents);
        let kept = kept.filter_map(|((path, _), bytes)| Some((path.clone(), bytes?))).collect();
        Ok(Self { repository, files, kept })
    }
}

impl Tree for Revision {
    fn paths(&self) -> Result<Vec<String>, TreeError> {
        Ok(self.files.keys().cloned().collect())
    }

    fn read(&self, path: &str, limit: u64) -> Result<Option<Vec<u8>>, TreeError> {
        let fault = |reason: String| TreeError { path: path.to_owned(), reason };
        let Some((oid, size)) = self.files.get(path) else { return Ok(None) };
        if *size > limit {
            return Err(fault(format!("has more than the {limit} bytes that are read")));
        }
        if let Some(bytes) = self.kept.get(path) {
            return Ok(Some(bytes.clone()));
        }
        let mut found =
            self.repository.git.cat(&[oid.as_str()]).map_err(|error| fault(error.to_string()))?;
        match found.pop().flatten() {
            Some(bytes) => Ok(Some(bytes)),
            None => Err(fault("is missing from the repository".to_owned())),
        }
    }
}
