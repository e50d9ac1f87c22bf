//! Cleaning up after processes that were killed.

use std::ffi::OsStr;
use std::path::PathBuf;

use crate::look::look;
use crate::scratch::{Scratch, is_alive, leftovers, list, ref_lock, worktree_lock};
use crate::worktree::{ADDING, MARK, REMOVING, adder, checkout_of, made_for, remove_tree};
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
        let dead = leftovers(self)?;
        let noted = |name| -> Result<Vec<PathBuf>, Error> {
            dead.iter().filter_map(|left| left.noted(name).transpose()).collect()
        };
        let (adding, removing) = (noted(ADDING)?, noted(REMOVING)?);
        let scratch = Scratch::new(self)?;
        let mut removed = Vec::new();
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
                Some(adder) => dead.iter().any(|left| left.is(&adder)) || !is_alive(self, &adder)?,
                None => mark.is_none() && path.as_ref().is_some_and(|path| adding.contains(path)),
            };
            // Whoever began to remove it had saved what it held.
            let half_removed = removing.contains(&git_dir) && !there;
            if gone && !unfinished && !half_removed {
                let name = git_dir.file_name().unwrap_or_default().to_string_lossy();
                let label = made_for(&git_dir)?.unwrap_or_else(|| format!("gone/{name}"));
                self.rescue_head(&git_dir, label.strip_prefix("lf/").unwrap_or(&label))?;
            }
            if unfinished || gone || half_removed {
                if let Some(path) = path {
                    remove_tree(&path)?;
                }
                scratch.swallow(&git_dir)?;
                removed.push(git_dir);
            }
        }
        for path in adding {
            // Killed before git knew of it: at most an empty folder, or one with a `.git` file.
            let only_git = |entry: &PathBuf| entry.file_name() == Some(OsStr::new(".git"));
            if list(&path).is_ok_and(|entries| entries.iter().all(only_git)) && path.is_dir() {
                remove_tree(&path)?;
                removed.push(path);
            }
        }
        for left in dead {
            removed.push(left.remove()?);
        }
        removed.sort();
        Ok(removed)
    }
}
