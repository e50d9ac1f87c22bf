//! Saving work before anything is removed.

use std::fs;
use std::path::Path;

use crate::look::look_at_itself;
use crate::run::path_from;
use crate::{
    Error, Expected, Git, NewCommit, Oid, RefUpdate, Signature, Snapshot, TreeEdit, Worktree,
};

/// Where a rescue commit keeps files whose own paths git refuses.
const LEFT_OUT: &str = "leadforge-left-out";

impl Git {
    /// Saves what a worktree holds beyond its branch under `refs/leadforge/rescue/LABEL`.
    ///
    /// That is: uncommitted files, and commits that no ref reaches. Gives the saved commit, or
    /// `None` when there is nothing to save. A label in use gets a number. Files whose paths git
    /// refuses are stored below `leadforge-left-out/`, with a list in the message. The date is that
    /// of the commit that was checked out, so that saving the same twice is one commit. Where the
    /// folder is gone only commits are left to save.
    ///
    /// # Errors
    /// When the files cannot be read or the label is no ref name.
    pub fn rescue(&self, at: &Worktree, label: &str) -> Result<Option<Oid>, Error> {
        let name = format!("refs/leadforge/rescue/{label}");
        crate::refs::check_ref(&name)?;
        if !look_at_itself(&at.path)?.is_some_and(|found| found.is_dir()) {
            // The files are gone, or were never in what stands in their place.
            return self.rescue_head(&at.git_dir, label);
        }
        let head = self.verify(&at.git_dir, "HEAD^{commit}")?;
        let snapshot = self.snapshot(at)?;
        let base = match &head {
            Some(head) => self.log(head.as_str(), 1)?.pop(),
            None => None,
        };
        let unchanged = base.as_ref().is_some_and(|base| base.tree == snapshot.tree)
            && snapshot.left_out.is_empty();
        let saved = match head {
            Some(head) if unchanged && self.reachable(&head)? => return Ok(None),
            Some(head) if unchanged => head,
            head => {
                let seconds = base.map_or(0, |base| base.committer.seconds);
                let who = Signature {
                    name: "leadforge".into(),
                    email: "rescue@leadforge.invalid".into(),
                    seconds,
                    offset: 0,
                };
                self.commit_tree(&NewCommit {
                    tree: self.whole_tree(&at.path, &snapshot)?,
                    parents: head.into_iter().collect(),
                    message: message(label, &snapshot),
                    author: who.clone(),
                    committer: who,
                })?
            }
        };
        self.keep(&name, &saved)?;
        Ok(Some(saved))
    }

    /// Saves the commits of a checkout that no ref reaches, under the same names.
    pub(crate) fn rescue_head(&self, git_dir: &Path, label: &str) -> Result<Option<Oid>, Error> {
        match self.verify(git_dir, "HEAD^{commit}")? {
            Some(head) if !self.reachable(&head)? => {
                self.keep(&format!("refs/leadforge/rescue/{label}"), &head).map(|()| Some(head))
            }
            _ => Ok(None),
        }
    }

    /// The snapshot with the files that it had to leave out, under names that git takes.
    fn whole_tree(&self, root: &Path, snapshot: &Snapshot) -> Result<Oid, Error> {
        if snapshot.left_out.is_empty() {
            return Ok(snapshot.tree.clone());
        }
        let edit = |(n, path): (usize, &Vec<u8>)| {
            let file = root.join(path_from(path));
            let bytes = match fs::read_link(&file) {
                Ok(target) => target.into_os_string().into_encoded_bytes(),
                Err(_) => fs::read(&file).map_err(Error::io(&file))?,
            };
            Ok(TreeEdit::Put { path: format!("{LEFT_OUT}/{}", n + 1), bytes, executable: false })
        };
        let edits: Result<Vec<_>, Error> = snapshot.left_out.iter().enumerate().map(edit).collect();
        self.edit_tree(&snapshot.tree, &edits?)
    }

    /// Whether some ref reaches a commit.
    fn reachable(&self, commit: &Oid) -> Result<bool, Error> {
        let args = ["--count=1", "--format=%(refname)", "--contains", commit.as_str()];
        Ok(!self.run("for-each-ref")?.args(args).ok()?.is_empty())
    }

    /// Points a new ref to the commit: the name itself, or the first free `NAME-2`, `NAME-3`, ….
    fn keep(&self, name: &str, commit: &Oid) -> Result<(), Error> {
        let mut number = 1;
        loop {
            let free = if number == 1 { name.to_owned() } else { format!("{name}-{number}") };
            let update = RefUpdate {
                name: free.clone(),
                new: Some(commit.clone()),
                old: Some(Expected::Missing),
            };
            match self.update_refs(&[update]) {
                Err(Error::RefMoved { .. }) if number < 10_000 => {
                    if self.verify(&self.layout.common, &free)?.as_ref() == Some(commit) {
                        return Ok(());
                    }
                    number += 1;
                }
                other => return other,
            }
        }
    }
}

fn message(label: &str, snapshot: &Snapshot) -> String {
    let mut text = format!("rescue: uncommitted work of {label}\n");
    if !snapshot.nested.is_empty() {
        text.push_str("\nFiles of nested repositories, without their history:\n");
        for path in &snapshot.nested {
            text.push_str(&format!("- {}\n", path.escape_ascii()));
        }
    }
    if !snapshot.left_out.is_empty() {
        text.push_str("\nPaths that git refuses:\n");
        for (n, path) in snapshot.left_out.iter().enumerate() {
            text.push_str(&format!("- {LEFT_OUT}/{}: {}\n", n + 1, path.escape_ascii()));
        }
    }
    text
}
