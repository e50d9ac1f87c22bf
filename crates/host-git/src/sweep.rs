//! Cleaning up after processes that were killed.

use std::ffi::OsStr;
use std::fs;
use std::path::PathBuf;

use crate::look::look;
use crate::run::path_from;
use crate::scratch::{is_alive, list, ref_lock, worktree_lock};
use crate::worktree::{INTENT, MARK, adder, checkout_of, made_for, remove_tree};
use crate::{Error, Git};

impl Git {
    /// Removes what killed processes left: temporary files, and worktrees that were never finished;
    /// forgets worktrees whose folder in [`Git::state_dir`] is gone, unless they are locked, and
    /// keeps their commits as [`Git::rescue`] does. A folder elsewhere may come back: somebody moved
    /// it, or its disk is not there. Gives the removed paths, sorted.
    ///
    /// Safe at any time; whoever recovers from a kill calls it before it lists worktrees.
    ///
    /// # Errors
    /// When a file cannot be removed, or commits cannot be kept; then they are left where they are.
    pub fn sweep(&self) -> Result<Vec<PathBuf>, Error> {
        let _lock = worktree_lock(self)?;
        // The git of a killed process keeps this one while it adds a worktree; nobody else begins to.
        drop(ref_lock(self)?);
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
            let in_state = path.as_ref().is_some_and(|path| path.starts_with(self.state_dir()));
            let locked = look(&git_dir.join("locked"))?.is_some();
            let gone = mark.is_some() && in_state && !there && !locked;
            let unfinished = match adder(&git_dir)? {
                Some(adder) => !is_alive(self, &adder)?,
                None => mark.is_none() && path.as_ref().is_some_and(|path| dead.contains(path)),
            };
            if gone && !unfinished {
                let name = git_dir.file_name().unwrap_or_default().to_string_lossy();
                let label = made_for(&git_dir)?.unwrap_or_else(|| format!("gone/{name}"));
                self.rescue_head(&git_dir, label.strip_prefix("lf/").unwrap_or(&label))?;
            }
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
