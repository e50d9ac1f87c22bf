//! Whole runs on real repositories: real git, a real sandbox, and a queue in memory.

mod attacks;
mod board;
mod flows;
mod moved;
mod resume;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicU64, Ordering};

use leadforge_agent_dispatch::sandbox::{Kind, Launcher};
use leadforge_agent_dispatch::{
    Config, Error, Event, Host, Job, QUEUE, QueueFile, Run, Settled, Setup, Stop, Summary, What,
};
use leadforge_durable_fs::RealDisk;
use leadforge_host_git::Git;
use tempfile::TempDir;

use board::Memory;

/// A repository with one commit and whatever a test needs around it.
pub(crate) struct World {
    dir: TempDir,
    pub(crate) config: Config,
    pub(crate) sandbox: Kind,
    pub(crate) workers: usize,
    sessions: AtomicU64,
    /// How far the clock was set back.
    pub(crate) back_ms: AtomicU64,
}

/// What a run did.
pub(crate) struct Told {
    pub(crate) summary: Summary,
    pub(crate) events: Vec<Event>,
    /// The recorded queue, as the dispatcher reads it.
    pub(crate) definitions: Vec<String>,
}

impl World {
    /// A repository whose first commit holds these files.
    pub(crate) fn new(files: &[(&str, &str)]) -> Self {
        let dir = tempfile::tempdir().expect("a temporary folder");
        let world = Self {
            dir,
            config: Config::default(),
            sandbox: Kind::Bubblewrap,
            workers: 3,
            sessions: AtomicU64::new(0),
            back_ms: AtomicU64::new(0),
        };
        std::fs::create_dir(world.root()).expect("the repository's folder");
        world.git(&["init", "-q", "-b", "main"]);
        world.git(&["config", "user.name", "Test"]);
        world.git(&["config", "user.email", "test@example.invalid"]);
        for (path, text) in files {
            world.write(path, text);
        }
        world.git(&["add", "-A"]);
        world.git(&["commit", "-q", "-m", "first"]);
        world
    }

    pub(crate) fn root(&self) -> PathBuf {
        self.dir.path().join("repo")
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        let path = self.root().join(path);
        std::fs::create_dir_all(path.parent().expect("a file has a folder")).expect("made");
        std::fs::write(path, text).expect("written");
    }

    /// Plain git, as the user would run it.
    pub(crate) fn git(&self, args: &[&str]) -> String {
        git(&self.root(), args)
    }

    /// A file on the integration branch.
    pub(crate) fn landed(&self, path: &str) -> String {
        self.git(&["show", &format!("leadforge/run:{path}")])
    }

    /// Runs the jobs on a fresh in-memory queue.
    pub(crate) fn run(&self, jobs: &[Job]) -> Told {
        self.try_run(jobs).expect("the run comes to its end")
    }

    pub(crate) fn try_run(&self, jobs: &[Job]) -> Result<Told, Error> {
        self.run_beside(jobs, || ())
    }

    /// The same, with something that happens right after the run has looked at the repository.
    pub(crate) fn run_beside(&self, jobs: &[Job], meanwhile: impl FnOnce()) -> Result<Told, Error> {
        self.run_with(jobs, meanwhile, |_| ())
    }

    /// The same, with something that happens at each event, which waits for it.
    pub(crate) fn run_watched(
        &self,
        jobs: &[Job],
        watch: impl FnMut(&What) + Send,
    ) -> Result<Told, Error> {
        self.run_with(jobs, || (), watch)
    }

    fn run_with(
        &self,
        jobs: &[Job],
        meanwhile: impl FnOnce(),
        mut watch: impl FnMut(&What) + Send,
    ) -> Result<Told, Error> {
        let git = Git::discover(&self.root(), &leadforge_host_git::Config::default())?;
        let agents =
            leadforge_agent_dispatch::agent::resolve(&self.config.agent).expect("agents resolve");
        let host = Host { vars: BTreeMap::new(), home: None };
        let now = AtomicU64::new(1_700_000_000_000);
        let back = &self.back_ms;
        let clock = move || now.fetch_add(1, Ordering::SeqCst) - back.load(Ordering::SeqCst);
        let session = self.sessions.fetch_add(1, Ordering::SeqCst);
        let setup = Setup {
            git: &git,
            disk: &RealDisk,
            config: &self.config,
            agents: &agents,
            host: &host,
            launcher: Launcher::new(env!("CARGO_BIN_EXE_leadforge-launch")),
            sandbox: self.sandbox,
            clock: &clock,
            session: format!("s{session}-{}", std::process::id()),
            branch: "leadforge/run".into(),
            workers: self.workers,
            user: ("Test".into(), "test@example.invalid".into()),
            stop: Stop::default(),
        };
        let files: Vec<QueueFile> = jobs.iter().map(|job| file(&job.id)).collect();
        let run = Run::open(setup, &files)?;
        meanwhile();
        let definitions = run.definitions()?.into_iter().map(|(path, _)| path).collect();
        let mut board = Memory::new(jobs);
        let mut events = Vec::new();
        let summary = run.go(jobs, &mut board, &mut |e: &Event| {
            watch(&e.what);
            events.push(e.clone());
        })?;
        assert_eq!(board.held(), Vec::<String>::new(), "every lease is given back");
        Ok(Told { summary, events, definitions })
    }

    /// Everything that must be gone after a run.
    pub(crate) fn leftovers(&self) -> Vec<String> {
        let mut found = Vec::new();
        let scratch = self.root().join(".git/leadforge/attempts");
        if let Ok(entries) = std::fs::read_dir(&scratch) {
            found.extend(entries.flatten().map(|e| e.path().display().to_string()));
        }
        let worktrees = self.git(&["worktree", "list", "--porcelain"]);
        let extra = worktrees.lines().filter(|l| l.starts_with("worktree ")).skip(1);
        found.extend(extra.map(str::to_owned));
        found
    }
}

impl Told {
    pub(crate) fn outcome(&self, id: &str) -> &Settled {
        &self.summary.outcomes[id]
    }

    pub(crate) fn landed(&self, id: &str) -> bool {
        matches!(self.outcome(id), Settled::Landed { .. })
    }

    /// The ids in the order in which they landed.
    pub(crate) fn order(&self) -> Vec<&str> {
        self.events
            .iter()
            .filter_map(|e| match &e.what {
                What::Landed { id, .. } => Some(id.as_str()),
                _ => None,
            })
            .collect()
    }
}

pub(crate) fn git(at: &Path, args: &[&str]) -> String {
    let out = Command::new("git").arg("-C").arg(at).args(args).output().expect("git runs");
    assert!(out.status.success(), "git {args:?}: {}", String::from_utf8_lossy(&out.stderr));
    String::from_utf8_lossy(&out.stdout).trim_end().to_owned()
}

/// A job of the shell agent.
pub(crate) fn job(id: &str, run: &str, verify: &str) -> Job {
    Job {
        id: id.into(),
        title: format!("Task {id}"),
        priority: "P1".into(),
        run: Some(run.into()),
        verify: vec![verify.into()],
        attempts: 1,
        tries: 2,
        ..Job::default()
    }
}

/// The queue file of a job, as the record has it.
fn file(id: &str) -> QueueFile {
    (format!("pending/{id}.md"), format!("+++\ntitle = \"Task {id}\"\n+++\n").into_bytes())
}

/// Where a task's file is on the integration branch.
pub(crate) fn queue_path(folder: &str, id: &str) -> String {
    format!("{QUEUE}/{folder}/{id}.md")
}
