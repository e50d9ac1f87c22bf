//! Where a command stands: the repository, its main checkout, its configuration, the user's trust.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use leadforge_agent_dispatch::{
    AgentConfig, Config, Host, RunConfig, SandboxConfig, ScopeConfig, VerifyConfig,
};
use leadforge_cli_kit::host::{current_dir, home};
use leadforge_cli_kit::trust::{Status, Store, Subject};
use leadforge_cli_kit::{CONFIG_FILE, Context, Exit, Failure};
use leadforge_host_git::Git;
use leadforge_task_queue::{QUEUE_DIR, Queue, Task};

/// A repository, opened.
pub(crate) struct Place {
    pub(crate) git: Git,
    /// The main checkout; every command works on its queue, from whichever worktree it was called.
    pub(crate) root: PathBuf,
    /// The repository's name for people.
    pub(crate) name: String,
    pub(crate) file: leadforge_cli_kit::Config,
    pub(crate) config: Config,
}

impl Place {
    /// Opens the repository at or above the current folder.
    pub(crate) fn here(ctx: &Context) -> Result<Self, Failure> {
        Self::at(&current_dir()?, ctx)
    }

    /// Opens the repository at or above `start`.
    pub(crate) fn at(start: &Path, ctx: &Context) -> Result<Self, Failure> {
        let git = Git::discover(start, &git_config()).map_err(|e| Failure::git(&e))?;
        let root = git.main_worktree().map(Path::to_owned).ok_or_else(|| {
            Failure::usage(
                "repository.bare",
                "the repository is bare: it has no checkout with a queue",
            )
        })?;
        let name = root
            .file_name()
            .map_or_else(|| "repository".to_owned(), |name| name.to_string_lossy().into_owned());
        let file = ctx.config(&root)?;
        let config = Config {
            run: file.load_table::<RunConfig>("run")?,
            sandbox: file.load_table::<SandboxConfig>("sandbox")?,
            verify: file.load_table::<VerifyConfig>("verify")?,
            scope: file.load_table::<ScopeConfig>("scope")?,
            agent: file.load_table::<BTreeMap<String, AgentConfig>>("agent")?,
        };
        Ok(Self { git, root, name, file, config })
    }

    /// The queue's folder in the main checkout.
    pub(crate) fn queue_dir(&self) -> PathBuf {
        self.root.join(QUEUE_DIR)
    }

    /// The queue of the main checkout, checked.
    pub(crate) fn queue(&self) -> Result<Queue, Failure> {
        Queue::load(&self.queue_dir()).map_err(|e| queue_failure(&e))
    }

    /// Everything that a run would execute.
    pub(crate) fn subject(&self, queue: &Queue) -> Subject {
        let mut subject = Subject::new(&self.file);
        for task in queue.pending() {
            for line in &task.verify {
                subject.command("verify", line);
            }
            if let Some(line) = &task.run {
                subject.command("run", line);
            }
            // Hosts open the sandbox, so they are accepted like commands.
            for host in &task.hosts {
                subject.command("host", host);
            }
        }
        subject
    }

    /// Refuses an expectation of a check that there is none of: it would hold whatever happens.
    pub(crate) fn require_checks(&self, queue: &Queue) -> Result<(), Failure> {
        let tasks = || queue.pending().chain(queue.completed());
        let lines = tasks().flat_map(|task| &task.verify).map(String::as_str);
        match self.config.verify.idle(lines).filter(|_| tasks().next().is_some()) {
            None => Ok(()),
            Some(command) => Err(Failure::usage(
                "config.expect",
                format!("[[verify.expect]] command = {command:?} is in no check, so it would never refuse anything"),
            )
            .hint("it is a part of a command line of [verify] always or of a task's `verify`")),
        }
    }

    /// The files that run other checks than HEAD has: with those, nobody else can prove again what a run lands.
    pub(crate) fn unlike_head(&self, queue: &Queue) -> Result<Vec<String>, Failure> {
        let main = self.git.main_checkout().map_err(|e| Failure::git(&e))?;
        let Some(head) = main.and_then(|main| main.head) else { return Ok(Vec::new()) };
        let tasks: Vec<_> = queue.pending().collect();
        let paths = tasks.iter().map(|task| format!("{QUEUE_DIR}/pending/{}.md", task.id));
        let paths: Vec<String> = std::iter::once(CONFIG_FILE.to_owned()).chain(paths).collect();
        let specs: Vec<String> = paths.iter().map(|path| format!("{head}:{path}")).collect();
        let mut blobs = self.git.cat(&specs).map_err(|e| Failure::git(&e))?.into_iter();
        let config = blobs.next().flatten().unwrap_or_default();
        // What HEAD has and nobody can read runs nothing.
        let verify = leadforge_cli_kit::Config::parse(Path::new(CONFIG_FILE), &config)
            .and_then(|file| file.load_table::<VerifyConfig>("verify"));
        let mut same = vec![verify.is_ok_and(|verify| verify == self.config.verify)];
        same.extend(tasks.iter().zip(blobs).zip(&paths[1..]).map(|((task, blob), path)| {
            // A task that HEAD does not have yet is proven as it was recorded.
            blob.is_none_or(|bytes| {
                Task::parse(path, &bytes).is_ok_and(|other| other.verify == task.verify)
            })
        }));
        Ok(paths.into_iter().zip(same).filter(|(_, same)| !same).map(|(path, _)| path).collect())
    }

    /// Exit 4 unless the user has accepted what would run.
    pub(crate) fn require_trust(
        &self,
        ctx: &Context,
        queue: &Queue,
        given: Option<&str>,
    ) -> Result<(), Failure> {
        let subject = self.subject(queue);
        self.trust_status(ctx, &subject)?.require(&subject, given)
    }

    pub(crate) fn trust_status(&self, ctx: &Context, subject: &Subject) -> Result<Status, Failure> {
        Store::new(&ctx.state_dir()?).status(self.git.common_dir(), subject)
    }
}

/// The user's own git, and where the user's name stands.
pub(crate) fn git_config() -> leadforge_host_git::Config {
    let config =
        leadforge_host_git::Config { home: home(), ..leadforge_host_git::Config::default() };
    match std::env::var_os("PATH") {
        Some(path) => leadforge_host_git::Config { path, ..config },
        None => config,
    }
}

/// The host's variables and home, for what the configuration hands on by name.
pub(crate) fn host() -> Host {
    let vars = std::env::vars_os()
        .filter_map(|(k, v)| Some((k.into_string().ok()?, v.into_string().ok()?)))
        .collect();
    Host { vars, home: home() }
}

pub(crate) fn queue_failure(error: &leadforge_task_queue::Error) -> Failure {
    use leadforge_task_queue::Error as E;
    match error {
        E::Queue(faults) => {
            let mut lines = faults.faults().iter().map(ToString::to_string);
            let first = lines.next().unwrap_or_default();
            Failure::usage("queue.file", first).details(lines)
        }
        E::File(fault) => Failure::usage("queue.file", fault),
        E::BadId { .. } | E::BadGlob { .. } | E::NoSuchTask(_) | E::Ambiguous { .. } => {
            Failure::usage("queue.task", error)
        }
        E::Late { .. } => Failure::refused("queue.late", error),
        _ => Failure::from_error(Exit::CannotLook, "queue", error),
    }
}
