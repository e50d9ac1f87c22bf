//! Where a command stands: the repository, the queue of its main checkout, the leases beside its objects.

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::ops::Deref;
use std::path::{Path, PathBuf};

use leadforge_agent_dispatch::{AgentConfig, ScopeConfig, Unknown};
use leadforge_cli_kit::host::current_dir;
use leadforge_cli_kit::{Context, Failure};
use leadforge_durable_fs::{Disk as _, Kind, RealDisk};
use leadforge_host_git::{Config, Git};
use leadforge_task_queue::{Branches, Local, QUEUE_DIR, Queue, Store};

use crate::failure;

/// A repository with a checkout; finding it starts no process.
pub(crate) struct Place {
    pub(crate) git: Git,
    /// The main checkout: its queue counts, from whichever worktree a command is called.
    pub(crate) root: PathBuf,
}

impl Place {
    /// Opens the repository at or above the current folder.
    pub(crate) fn here() -> Result<Self, Failure> {
        let here = current_dir()?;
        let git = Git::discover(&here, &Config::default()).map_err(|e| Failure::git(&e))?;
        let root = git.main_worktree().map(Path::to_owned).ok_or_else(|| {
            Failure::usage(
                "repository.bare",
                "the repository is bare: it has no checkout with a queue",
            )
            .hint("call it in a clone")
        })?;
        Ok(Self { git, root })
    }

    /// The folder of the queue.
    pub(crate) fn queue_dir(&self) -> PathBuf {
        self.root.join(QUEUE_DIR)
    }

    /// The whole queue, read and checked.
    pub(crate) fn queue(&self) -> Result<Queue, Failure> {
        Queue::load(&self.queue_dir()).map_err(|e| failure::queue(&e))
    }

    /// The leases.
    pub(crate) fn store<'c>(&self, ctx: &'c Context) -> Result<Leases<'c>, Failure> {
        let store = Store::open(&self.git.state_dir()).map_err(|e| failure::queue(&e))?;
        Ok(Leases { store, ctx })
    }

    /// What the task branches tell. Refs that are files are read when they are asked for; of a reftable, git is asked.
    pub(crate) fn branches(&self) -> Result<Branches, Failure> {
        let table = self.git.common_dir().join("reftable");
        if look(&table)? != Some(Kind::Dir) {
            return Ok(Branches::new(self.git.common_dir()));
        }
        let mut names = Vec::new();
        for prefix in ["refs/heads/lf/", "refs/leadforge/"] {
            names.extend(self.git.refs(prefix).map_err(|e| Failure::git(&e))?);
        }
        Ok(Branches::of_names(names.into_iter().map(|(name, _)| name)))
    }

    /// How unknown scopes and agents are to be treated.
    pub(crate) fn rules(&self, ctx: &Context) -> Result<Rules, Failure> {
        let file = ctx.config(&self.root)?;
        let scope: ScopeConfig = file.load_table("scope")?;
        let agents = file.load_table("agent")?;
        Ok(Rules { unknown_exclusive: scope.unknown == Unknown::Exclusive, agents })
    }
}

/// The lease database of a command, which tells at its end what had to be set aside.
pub(crate) struct Leases<'c> {
    store: Store,
    ctx: &'c Context,
}

impl Deref for Leases<'_> {
    type Target = Store;

    fn deref(&self) -> &Store {
        &self.store
    }
}

impl Drop for Leases<'_> {
    fn drop(&mut self) {
        for (path, reason) in self.store.set_aside() {
            let path = path.display();
            self.ctx.warn(&format!("the lease database was set aside as {path}: {reason}"));
        }
    }
}

/// What is at `path`, if anything: what cannot be looked at is not taken for absent.
pub(crate) fn look(path: &Path) -> Result<Option<Kind>, Failure> {
    match RealDisk.metadata(path) {
        Ok(found) => Ok(Some(found.kind)),
        Err(e) if matches!(e.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(None),
        Err(e) => {
            let message = format!("cannot look at {}: {e}", path.display());
            Err(Failure::cannot_look("io", message))
        }
    }
}

/// The part of `leadforge.toml` that claims obey.
pub(crate) struct Rules {
    pub(crate) unknown_exclusive: bool,
    pub(crate) agents: BTreeMap<String, AgentConfig>,
}

/// This machine and its processes.
pub(crate) fn machine() -> Result<Local, Failure> {
    Local::discover().map_err(|e| failure::queue(&e))
}
