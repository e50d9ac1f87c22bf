//! The repository that a command is called in.

use std::path::{Path, PathBuf};

use leadforge_host_git::{Config, Git, Oid, Worktree};

use crate::Failure;
use crate::host::{current_dir, home};

/// The repository at or above the current folder.
#[derive(Debug)]
pub struct Repository {
    /// Its git.
    pub git: Git,
    /// The checkout that the command is called in; nothing in a bare repository.
    pub root: Option<PathBuf>,
}

impl Repository {
    /// Opens the repository at or above the current folder.
    pub fn here() -> Result<Self, Failure> {
        let config = Config { home: home(), ..Config::default() };
        let git = Git::discover(&current_dir()?, &config).map_err(|error| Failure::git(&error))?;
        let root = git.here().map(Path::to_owned);
        Ok(Self { git, root })
    }

    /// Where configuration lies: the checkout's root, or the repository itself when it is bare.
    #[must_use]
    pub fn base(&self) -> &Path {
        self.root.as_deref().unwrap_or_else(|| self.git.common_dir())
    }

    /// The commit that an expression names.
    pub fn commit(&self, spec: &str) -> Result<Oid, Failure> {
        self.git.resolve(spec).map_err(|error| Failure::git(&error))?.ok_or_else(|| {
            Failure::usage("repository.revision", format!("{spec} names no commit"))
                .hint("git tag and git branch list what there is")
        })
    }

    /// The checkout that the command is called in.
    pub fn worktree(&self) -> Result<Option<Worktree>, Failure> {
        let Some(root) = &self.root else { return Ok(None) };
        let git = |error| Failure::git(&error);
        let found = self.git.worktrees().map_err(git)?;
        let main = self.git.main_checkout().map_err(git)?;
        Ok(found.into_iter().chain(main).find(|at| at.path == *root))
    }

    /// The files as they lie in the checkout, uncommitted ones included; those of `HEAD` in a bare repository.
    pub fn tree_now(&self) -> Result<Oid, Failure> {
        let git = |error| Failure::git(&error);
        match self.worktree()? {
            Some(here) => Ok(self.git.snapshot(&here).map_err(git)?.tree),
            None => self.git.tree_of(&self.commit("HEAD")?).map_err(git),
        }
    }
}
