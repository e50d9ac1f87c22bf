//! Where a command stands: the repository, its configuration, the trees that are looked at.

use std::path::{Path, PathBuf};

use leadforge_cli_kit::host::{current_dir, home};
use leadforge_cli_kit::trust::{Store, Subject};
use leadforge_cli_kit::{Context, Failure};
use leadforge_host_git::{Config, Git, Oid};

use crate::config::Shot;

/// A repository, bare or with a checkout.
pub(crate) struct Place {
    pub(crate) git: Git,
    /// The checkout that we stand in.
    pub(crate) root: Option<PathBuf>,
    /// `[shot]` of its configuration.
    pub(crate) shot: Shot,
    config: leadforge_cli_kit::Config,
}

impl Place {
    /// Opens the repository at or above the current folder.
    pub(crate) fn here(ctx: &Context) -> Result<Self, Failure> {
        let config = Config { home: home(), ..Config::default() };
        let git = Git::discover(&current_dir()?, &config).map_err(|e| Failure::git(&e))?;
        let root = git.here().map(Path::to_owned);
        // A bare repository has a configuration only when one is named.
        let base = root.clone().unwrap_or_else(|| git.common_dir().to_owned());
        let config = ctx.config(&base)?;
        let shot = config.load_table("shot")?;
        Ok(Self { git, root, shot, config })
    }

    /// Success when the user has accepted the commands of the configuration; exit 4 otherwise.
    pub(crate) fn trusted(&self, ctx: &Context, given: Option<&str>) -> Result<(), Failure> {
        let subject = Subject::new(&self.config);
        let store = Store::new(&ctx.state_dir()?);
        store.status(self.git.common_dir(), &subject)?.require(&subject, given)
    }

    /// The commit that an expression names.
    pub(crate) fn commit(&self, spec: &str) -> Result<Oid, Failure> {
        self.git.resolve(spec).map_err(|e| Failure::git(&e))?.ok_or_else(|| {
            Failure::usage("repository.revision", format!("{spec} names no commit"))
                .hint("git tag and git branch list what there is")
        })
    }

    /// What leads from the folder of a document to the root of the checkout: `../` for each folder.
    pub(crate) fn prefix(&self, document: Option<&Path>) -> Result<String, Failure> {
        let (Some(root), Some(document)) = (&self.root, document) else { return Ok(String::new()) };
        let folder = current_dir()?.join(document);
        let folder = folder.parent().unwrap_or(Path::new("/"));
        let real = folder.canonicalize().map_err(|error| {
            Failure::cannot_look("io", format!("the folder {}: {error}", folder.display()))
        })?;
        // A document outside of the repository has no way to its pictures but the root's.
        let depth = real.strip_prefix(root).map_or(0, |below| below.components().count());
        Ok("../".repeat(depth))
    }

    /// The files as they lie in the checkout, uncommitted ones included; `HEAD` of a bare repository.
    pub(crate) fn tree_now(&self) -> Result<Oid, Failure> {
        let git = |e| Failure::git(&e);
        if let Some(root) = &self.root {
            let found = self.git.worktrees().map_err(git)?;
            let main = self.git.main_checkout().map_err(git)?;
            if let Some(here) = found.into_iter().chain(main).find(|at| at.path == *root) {
                return Ok(self.git.snapshot(&here).map_err(git)?.tree);
            }
        }
        self.git.tree_of(&self.commit("HEAD")?).map_err(git)
    }
}
