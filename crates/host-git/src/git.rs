//! The front type: one repository, reached through our own git directory.

use std::os::fd::OwnedFd;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock, PoisonError};

use leadforge_durable_fs::Lock;

use crate::layout::{Layout, locate};
use crate::run::{Run, one_line};
use crate::worktree::Worktree;
use crate::{Config, Error, MIN_VERSION, Oid, ini, ours};

/// A repository; cheap to make, shared freely between threads.
///
/// Making one runs nothing and writes nothing. The first operation that needs git makes our git
/// directory (`COMMON/leadforge/git`) and asks git for its version.
#[derive(Debug)]
pub struct Git {
    pub(crate) config: Config,
    pub(crate) layout: Layout,
    format: String,
    ready: OnceLock<(u32, u32)>,
    kept: Mutex<Option<OwnedFd>>,
}

/// What is checked out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// The branch without `refs/heads/`; `None` when detached.
    pub branch: Option<String>,
    /// The commit; `None` on a branch without commits.
    pub commit: Option<Oid>,
}

impl Git {
    /// Finds the repository at or above `start`: a clone, a linked worktree, a submodule or a bare one.
    ///
    /// Only files are looked at; no process starts and nothing is written.
    ///
    /// # Errors
    /// [`Error::NotARepository`], [`Error::BadLayout`] for damaged pointers, [`Error::Unsupported`]
    /// for a repository format that we do not know.
    pub fn discover(start: &Path, config: &Config) -> Result<Self, Error> {
        let layout = locate(start)?;
        let format = ours::config_for(&layout.settings)?;
        Ok(Self {
            config: config.clone(),
            layout,
            format,
            ready: OnceLock::new(),
            kept: Mutex::default(),
        })
    }

    /// Lets every git that is started from now on keep this lock until it has ended: who waits for
    /// the lock after a kill of this process waits for what git was still doing, too.
    ///
    /// Git that is given input keeps none; it makes objects and temporary files only, apart from
    /// transactions of refs, which keep a lock of their own.
    ///
    /// # Errors
    /// When the lock's file cannot be shared.
    pub fn share_lock(&self, lock: &Lock) -> Result<(), Error> {
        let copy = lock.copy()?;
        *self.kept.lock().unwrap_or_else(PoisonError::into_inner) = Some(copy);
        Ok(())
    }

    /// The folder with objects and refs, shared by all worktrees of the repository.
    #[must_use]
    pub fn common_dir(&self) -> &Path {
        &self.layout.common
    }

    /// `COMMON/leadforge`, where the state of these tools lives; not created by this call.
    #[must_use]
    pub fn state_dir(&self) -> PathBuf {
        self.layout.common.join("leadforge")
    }

    /// The main checkout, from whichever worktree we started; `None` in a bare repository.
    #[must_use]
    pub fn main_worktree(&self) -> Option<&Path> {
        self.layout.main.as_deref()
    }

    /// The checkout that the search began in; `None` when it began in a bare git directory.
    #[must_use]
    pub fn here(&self) -> Option<&Path> {
        self.layout.here.as_deref()
    }

    /// The hash of the repository: `sha1` or `sha256`.
    #[must_use]
    pub fn object_format(&self) -> &str {
        ini::last(&self.layout.settings, "extensions.objectformat").unwrap_or("sha1")
    }

    /// The error for an object that should be there.
    pub(crate) fn missing(&self, oid: &Oid) -> Error {
        Error::MissingObject { repository: self.layout.common.clone(), name: oid.to_string() }
    }

    /// The branch and commit checked out where the search began.
    ///
    /// # Errors
    /// When git cannot read `HEAD`.
    pub fn head(&self) -> Result<Head, Error> {
        self.head_in(&self.layout.git_dir)
    }

    /// The user's name and e-mail, as git would use them; `None` when either is not configured.
    ///
    /// Reads the user's whole configuration, includes included; reading it runs nothing.
    ///
    /// # Errors
    /// When git cannot read the configuration.
    pub fn user(&self) -> Result<Option<(String, String)>, Error> {
        let (mut name, mut email) = (None, None);
        let home = self.config.home.clone().unwrap_or_else(|| "/nonexistent".into());
        let mut run = Run::new(&self.config, "config", Path::new("/"))
            .args(["-z", "--includes", "--get-regexp", r"^user\.(name|email)$"])
            .env("GIT_DIR", &self.layout.git_dir)
            .env("HOME", home.as_os_str());
        if self.config.home.is_some() {
            run = run.without("GIT_CONFIG_GLOBAL");
        }
        let answer = run.answer()?;
        if answer.code() > 1 {
            return Err(answer.error());
        }
        for record in crate::run::records(&answer.stdout) {
            let text = String::from_utf8_lossy(record);
            match text.split_once('\n') {
                Some(("user.name", value)) => name = Some(value.trim().to_owned()),
                Some(("user.email", value)) => email = Some(value.trim().to_owned()),
                _ => {}
            }
        }
        let filled = |value: Option<String>| value.filter(|text| !text.is_empty());
        Ok(filled(name).zip(filled(email)))
    }

    pub(crate) fn head_in(&self, git_dir: &Path) -> Result<Head, Error> {
        let branch = self.run("symbolic-ref")?.git_dir(git_dir).args(["-q", "HEAD"]).answer()?;
        let branch = match branch.code() {
            0 => Some(one_line("symbolic-ref", &branch.stdout)?),
            1 => None,
            _ => return Err(branch.error()),
        };
        let short =
            |name: String| name.strip_prefix("refs/heads/").map_or(name.clone(), Into::into);
        let commit = self.verify(git_dir, "HEAD^{commit}")?;
        Ok(Head { branch: branch.map(short), commit })
    }

    /// Resolves one expression in the context of a git directory.
    pub(crate) fn verify(&self, git_dir: &Path, spec: &str) -> Result<Option<Oid>, Error> {
        if spec.contains('\0') {
            return Err(Error::refused(spec, "a NUL byte"));
        }
        let args = ["--verify", "--quiet", "--end-of-options", spec];
        let answer = self.run("rev-parse")?.git_dir(git_dir).args(args).answer()?;
        match answer.code() {
            0 => Ok(Oid::parse(&one_line("rev-parse", &answer.stdout)?).ok()),
            1 => Ok(None),
            // Some expressions that name nothing end this way too; damage must not pass as absence.
            128 if !DAMAGE.iter().any(|words| answer.said(words)) => Ok(None),
            _ => Err(answer.error()),
        }
    }

    /// Git on the common directory, without any index or worktree.
    pub(crate) fn run(&self, verb: &str) -> Result<Run<'_>, Error> {
        let ours = self.ready()?;
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let kept = kept.as_ref().map(OwnedFd::try_clone).transpose();
        Ok(Run::new(&self.config, verb, &ours)
            .keep(kept.map_err(Error::io(&ours))?)
            .env("GIT_COMMON_DIR", &ours)
            .env("GIT_INDEX_FILE", ours.join("no-index"))
            .git_dir(&self.layout.common))
    }

    /// Git on a worktree, with explicit directories so that it never climbs, and an index of choice.
    pub(crate) fn run_in(&self, verb: &str, at: &Worktree, index: &Path) -> Result<Run<'_>, Error> {
        // A link in the folder's place would lead git elsewhere.
        let found = std::fs::symlink_metadata(&at.path).map_err(Error::io(&at.path))?;
        if !found.is_dir() {
            let source = std::io::Error::from(std::io::ErrorKind::NotADirectory);
            return Err(Error::Io { path: at.path.clone(), source });
        }
        Ok(self
            .run(verb)?
            .git_dir(&at.git_dir)
            .env("GIT_WORK_TREE", &at.path)
            .env("GIT_INDEX_FILE", index)
            .cwd(&at.path))
    }

    /// Our git directory, made or put right on first use, with a git that is new enough.
    pub(crate) fn ready(&self) -> Result<PathBuf, Error> {
        if self.ready.get().is_none() {
            ours::prepare(&self.layout.common, self.config.lock_wait, &self.format)?;
            let found = self.version()?;
            let needs = [
                (ini::last(&self.layout.settings, "extensions.refstorage"), "2.45", "reftable"),
                (
                    ini::last(&self.layout.settings, "extensions.partialclone"),
                    "2.44",
                    "partial clones",
                ),
                (Some(""), MIN_VERSION, "every operation"),
            ];
            for (wanted, needed, feature) in needs {
                if wanted.is_some_and(|value| value != "files") && found < number(needed) {
                    return Err(Error::GitTooOld {
                        found: format!("{}.{}", found.0, found.1),
                        needed: needed.into(),
                        feature: feature.into(),
                    });
                }
            }
            // Another thread may have been faster; it found the same.
            let _ = self.ready.set(found);
        }
        Ok(self.state_dir().join("git"))
    }

    fn version(&self) -> Result<(u32, u32), Error> {
        let text = Run::new(&self.config, "version", Path::new("/")).ok()?;
        Ok(number(one_line("version", &text)?.trim_start_matches("git version ")))
    }
}

/// What git says when an object or the repository itself cannot be read.
const DAMAGE: &[&str] = &["corrupt", "unable to", "bad object", "not a git repo", "extension"];

/// `2.47.3` as numbers that compare.
fn number(version: &str) -> (u32, u32) {
    let mut parts = version.split('.').map(|part| part.parse().unwrap_or(0));
    (parts.next().unwrap_or(0), parts.next().unwrap_or(0))
}
