//! Cleaning up after processes that were killed.

use std::ffi::OsStr;
use std::fs;
use std::path::PathBuf;

use crate::look::look;
use crate::run::path_from;
use crate::scratch::{is_alive, list, ref_lock, worktree_lock};
use crate::worktree::{INTENT, MARK, adder, checkout_of, remove_tree};
use crate::{Error, Git};

impl Git {
    /// Removes what killed processes left: temporary files, and worktrees that were never finished;
    /// forgets worktrees of ours whose folder is gone. Gives the removed paths, sorted.
    ///
    /// Safe at any time; whoever recovers from a kill calls it before it lists worktrees.
    ///
    /// # Errors
    /// When a file cannot be removed.
    pub fn sweep(&self) -> Result<Vec<PathBuf>, Error> {
        let _lock = worktree_lock(self)?;
        // The git of a killed process keeps this one while it adds a worktree.
        let _refs = ref_lock(self)?;
        let mut dead = Vec::new();
        let mut removed = crate::scratch::sweep(self, |folder| {
            let path = fs::read(folder.join(INTENT)).map(|bytes| path_from(&bytes));
            dead.extend(path.into_iter().filter(|path| path.is_absolute()));
            Ok(())
        })?;
        for git_dir in list(&self.layout.common.join("worktrees"))? {
            let path = checkout_of(&git_dir)?;
            let mark = look(&git_dir.join(MARK))?;
            let there = match &path {
                Some(path) => look(path)?.is_some(),
                None => false,
            };
            let gone = mark.is_some() && !there;
            let unfinished = match adder(&git_dir)? {
                Some(adder) => !is_alive(self, &adder)?,
                None => mark.is_none() && path.as_ref().is_some_and(|path| dead.contains(path)),
            };
            if unfinished || gone {
                if let Some(path) = path {
                    remove_tree(&path)?;
                }
                remove_tree(&git_dir)?;
                removed.push(git_dir);
            }
        }
        for path in dead {
            // Killed before git knew of it: at most an empty folder, or one with a `.git` file.
            let only_git = |entry: &PathBuf| entry.file_name() == Some(OsStr::new(".git"));
            if list(&path).is_ok_and(|entries| entries.iter().all(only_git)) && path.is_dir() {
                remove_tree(&path)?;
                removed.push(path);
            }
        }
        removed.sort();
        Ok(removed)
    }
}
