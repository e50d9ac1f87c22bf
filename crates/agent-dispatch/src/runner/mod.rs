//! A run: from the recorded queue to an integration branch on which everything is verified.

mod attempt;
pub(crate) mod audit;
mod cell;
mod conduct;
mod expect;
mod land;
pub(crate) mod names;
mod prepare;
mod record;
mod recover;
pub(crate) mod scratch;
mod shared;
mod stop;
pub(crate) mod trailer;
mod unprovable;
mod verify;
mod work;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use leadforge_durable_fs::{Disk, Lock};
use leadforge_host_git::{Git, Oid, Worktree};

pub use audit::{Again, Audit, Completed, Files, Question, again, audit};
pub use conduct::Summary;
pub use names::run_folder;
pub use record::{QueueFile, Recorded};
pub use stop::Stop;

use crate::agent::Agent;
use crate::config::Config;
use crate::error::Error;
use crate::event::Event;
use crate::job::{Board, Job};
use crate::journal::WAIT;
use crate::sandbox::{Kind, Launcher};

/// The queue's folder in a repository. Only the landing gate changes it on a task's branch.
pub const QUEUE: &str = "docs/TASKS/queue";

/// What the library may know of the host; a binary reads it, for a library reads no environment.
#[derive(Clone, Debug, Default)]
pub struct Host {
    /// The host's variables; handed in by name only.
    pub vars: BTreeMap<String, String>,
    /// The user's home, for `~/` in configuration.
    pub home: Option<PathBuf>,
}

impl Host {
    /// A path of the configuration, `~/` resolved.
    #[must_use]
    pub fn expand(&self, path: &str) -> PathBuf {
        match (path.strip_prefix("~/"), &self.home) {
            (Some(rest), Some(home)) => home.join(rest),
            _ => PathBuf::from(path),
        }
    }
}

/// Everything a run stands on.
pub struct Setup<'a> {
    /// The repository.
    pub git: &'a Git,
    /// The disk that state is kept on.
    pub disk: &'a dyn Disk,
    /// The dispatcher's tables.
    pub config: &'a Config,
    /// The agents, presets filled in.
    pub agents: &'a BTreeMap<String, Agent>,
    /// The host's variables and home.
    pub host: &'a Host,
    /// The program that becomes the launcher.
    pub launcher: Launcher,
    /// The fence around agents and checks.
    pub sandbox: Kind,
    /// Unix milliseconds.
    pub clock: &'a (dyn Fn() -> u64 + Sync),
    /// Random, new for every session.
    pub session: String,
    /// The integration branch, without `refs/heads/`.
    pub branch: String,
    /// Attempts at once.
    pub workers: usize,
    /// The committer: the user's name and address.
    pub user: (String, String),
    /// Takes every command back.
    pub stop: Stop,
}

impl Setup<'_> {
    fn state(&self) -> PathBuf {
        self.git.state_dir()
    }

    fn scratch(&self) -> PathBuf {
        names::scratch(&self.state())
    }

    fn folder(&self) -> PathBuf {
        run_folder(&self.state(), &self.branch)
    }

    fn branch_ref(&self) -> String {
        format!("refs/heads/{}", self.branch)
    }

    /// The commit of the main checkout, whose queue it is, from whichever worktree we were called.
    fn head(&self) -> Result<Option<Oid>, Error> {
        match self.git.main_checkout()? {
            Some(main) => Ok(main.head),
            None => Ok(self.git.head()?.commit),
        }
    }

    /// The branches that a checkout of the user's stands on, or comes back to after a rebase or bisection.
    fn checked_out(&self) -> Result<BTreeMap<String, PathBuf>, Error> {
        let all = self.git.worktrees()?.into_iter().chain(self.git.main_checkout()?);
        let scratch = self.scratch();
        let theirs = all.filter(|w| !w.path.starts_with(&scratch));
        let named = |w: Worktree| {
            let (names, path) = (w.branch.into_iter().chain(w.held), w.path);
            names.map(|name| (name, path.clone())).collect::<Vec<_>>()
        };
        Ok(theirs.flat_map(named).collect())
    }

    /// Refuses to move the integration branch under somebody's checkout.
    fn refuse_checked_out(&self) -> Result<(), Error> {
        match self.checked_out()?.remove(&self.branch) {
            Some(at) => Err(Error::CheckedOut { branch: self.branch.clone(), at }),
            None => Ok(()),
        }
    }

    /// The commands that a job's change must pass: its own, then everybody's.
    fn checks(&self, job: &Job) -> Vec<String> {
        job.verify.iter().chain(&self.config.verify.always).cloned().collect()
    }
}

/// A run that holds the repository's lock, with the leftovers of earlier sessions taken up and the queue recorded.
pub struct Run<'a> {
    setup: Setup<'a>,
    recorded: Recorded,
    recovery: crate::recovery::Recovery,
    _lock: Lock,
    _children: Lock,
}

/// How long a run waits for what a killed one left running: a launcher hunts for two minutes, and on a
/// starved machine longer.
const CHILDREN: Duration = Duration::from_secs(180);

impl<'a> Run<'a> {
    /// Takes the lock, cleans up after dead sessions, and records `files`, the queue of the main checkout.
    ///
    /// # Errors
    /// [`Error::Locked`] when another run is at work, [`Error::CheckedOut`] when the branch cannot be moved.
    pub fn open(setup: Setup<'a>, files: &[QueueFile]) -> Result<Self, Error> {
        if let Some(why) = names::unfit_branch(&setup.branch) {
            return Err(Error::BadBranch { branch: setup.branch, why });
        }
        leadforge_durable_fs::create_dir_all(setup.disk, &setup.folder())?;
        let path = setup.state().join("run.lock");
        let lock = match Lock::exclusive(&path, WAIT) {
            Err(leadforge_durable_fs::Error::Locked { .. }) => return Err(Error::Locked { path }),
            other => other?,
        };
        // The session before us may have been killed: its git and its launchers end by themselves, and
        // keep this lock until they have.
        let path = setup.state().join("run.children");
        let children = match Lock::exclusive(&path, CHILDREN) {
            Err(leadforge_durable_fs::Error::Locked { .. }) => {
                return Err(Error::Lingering { path });
            }
            other => other?,
        };
        setup.git.share_lock(&children)?;
        setup.stop.keep(children.copy()?);
        if setup.git.resolve("refs/heads/lf")?.is_some() {
            return Err(Error::InTheWay { branch: "lf" });
        }
        let recovery = recover::recover(&setup)?;
        setup.refuse_checked_out()?;
        let head = setup.head()?.ok_or(Error::NoCommit)?;
        // Refused by name before anything is begun: files that only a filter of the user's could read.
        setup.git.check_supported(&head)?;
        let recorded = record::record(&setup, &head, files)?;
        Ok(Self { setup, recorded, recovery, _lock: lock, _children: children })
    }

    /// Where the run stands.
    #[must_use]
    pub fn recorded(&self) -> &Recorded {
        &self.recorded
    }

    /// The queue's files as they are on the integration branch: from the commit and nowhere else.
    ///
    /// # Errors
    /// When git cannot read them.
    pub fn files(&self) -> Result<Vec<QueueFile>, Error> {
        self.read_queue(|path, oid| (path.to_owned(), oid))
    }

    /// The same, by which the landing order is decided: what this run has landed is pending again
    /// in it, so that the order is the same after an interruption; [`Recorded::landed`] names it.
    ///
    /// # Errors
    /// When git cannot read them.
    pub fn definitions(&self) -> Result<Vec<QueueFile>, Error> {
        self.read_queue(|path, oid| {
            let id = path.strip_prefix("completed/").and_then(|name| name.strip_suffix(".md"));
            match id.and_then(|id| Some((id, self.recorded.landed.get(id)?))) {
                // As it was right before its completion.
                Some((id, commit)) => {
                    let path = format!("pending/{id}.md");
                    let spec = format!("{commit}^:{QUEUE}/{path}");
                    (path, spec)
                }
                None => (path.to_owned(), oid),
            }
        })
    }

    /// Reads the queue of the tip in one batch; `place` says under which name, and from which object.
    fn read_queue(
        &self,
        place: impl Fn(&str, String) -> (String, String),
    ) -> Result<Vec<QueueFile>, Error> {
        let git = self.setup.git;
        let prefix = format!("{QUEUE}/");
        let mut places = Vec::new();
        for entry in git.ls_tree(&self.recorded.tip, QUEUE)? {
            let Ok(path) = String::from_utf8(entry.path) else { continue };
            let Some(path) = path.strip_prefix(&prefix) else { continue };
            // Exactly what the queue's own reader sees: plain files right in the two folders.
            let task = matches!(path.split_once('/'), Some(("pending" | "completed", name)) if !name.contains('/'));
            if task && matches!(entry.mode, 0o100_644 | 0o100_755) {
                places.push(place(path, entry.oid.to_string()));
            }
        }
        let specs: Vec<&str> = places.iter().map(|(_, spec)| spec.as_str()).collect();
        let blobs = git.cat(&specs)?;
        let files = places.iter().zip(blobs);
        Ok(files.filter_map(|((path, _), bytes)| Some((path.clone(), bytes?))).collect())
    }

    /// Runs the jobs, given in landing order, to their ends.
    ///
    /// # Errors
    /// What stops the run as a whole; the next run takes up what is there.
    pub fn go(
        self,
        jobs: &[Job],
        board: &mut dyn Board,
        observer: &mut (dyn FnMut(&Event) + Send),
    ) -> Result<Summary, Error> {
        conduct::conduct(&self.setup, &self.recorded, &self.recovery, jobs, board, observer)
    }
}

/// How often leases in hand are renewed.
const BEAT: Duration = Duration::from_secs(5);
