//! Saving work before anything is removed.

use crate::{Error, Expected, Git, NewCommit, Oid, RefUpdate, Signature, Worktree};

impl Git {
    /// Saves what a worktree holds beyond its branch under `refs/leadforge/rescue/LABEL`.
    ///
    /// That is: uncommitted files, and commits that no ref reaches. Gives the saved commit, or
    /// `None` when there is nothing to save. A label in use gets a number.
    ///
    /// # Errors
    /// When the files cannot be read or the label is no ref name.
    pub fn rescue(&self, at: &Worktree, label: &str) -> Result<Option<Oid>, Error> {
        let name = format!("refs/leadforge/rescue/{label}");
        crate::refs::check_ref(&name)?;
        let head = self.verify(&at.git_dir, "HEAD^{commit}")?;
        let snapshot = self.snapshot(at)?;
        let base = match &head {
            Some(head) => self.log(head.as_str(), 1)?.pop(),
            None => None,
        };
        let unchanged = base.as_ref().is_some_and(|base| base.tree == snapshot.tree);
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
                    tree: snapshot.tree,
                    parents: head.into_iter().collect(),
                    message: format!("rescue: uncommitted work of {label}\n"),
                    author: who.clone(),
                    committer: who,
                })?
            }
        };
        self.keep(&name, &saved)?;
        Ok(Some(saved))
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
