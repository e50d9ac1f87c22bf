//! `lead-forge run`: the whole loop on the repository.

use std::collections::BTreeSet;
use std::path::PathBuf;

use clap::ValueEnum;
use leadforge_agent_dispatch::sandbox::{self, Detection, Kind, Launcher};
use leadforge_agent_dispatch::{
    Error, Event, QueueFile, Recorded, Run, Settled, Setup, Stop, Summary, agent,
};
use leadforge_cli_kit::host;
use leadforge_cli_kit::{Context, Exit, Failure, Finding, Format, Level, Outcome, Report};
use leadforge_durable_fs::RealDisk;
use leadforge_task_queue::{MAX_FILE, Queue, Store, TaskId};

use crate::board::LeaseBoard;
use crate::place::{self, Place};
use crate::{jobs, progress, show};

/// Flags of `run`.
#[derive(clap::Args, Default)]
pub(crate) struct Args {
    /// Tasks to run, by id or the beginning of one; all pending ones when absent.
    pub(crate) tasks: Vec<String>,
    /// How many attempts run at once.
    #[arg(short, long, value_name = "N")]
    pub(crate) jobs: Option<usize>,
    /// The integration branch to land on.
    #[arg(long, value_name = "BRANCH")]
    pub(crate) land: Option<String>,
    /// The fence around agents and checks.
    #[arg(long, value_enum, value_name = "KIND", default_value_t)]
    pub(crate) sandbox: Fence,
    /// Accept what would run by its digest, for CI; `lead-forge trust` prints it.
    #[arg(long, value_name = "DIGEST")]
    pub(crate) trust: Option<String>,
    /// JSON envelopes of other binaries to show in the dossier.
    #[arg(long, value_name = "FILE")]
    pub(crate) with: Vec<PathBuf>,
}

/// Which sandbox to use.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Fence {
    /// Bubblewrap where it works, Landlock otherwise; refuse when neither does.
    #[default]
    Auto,
    /// Namespaces, through bubblewrap.
    Bubblewrap,
    /// Landlock and seccomp.
    Landlock,
    /// No fence at all: agents and checks can do whatever you can.
    None,
}

pub(crate) fn run(args: &Args, ctx: &Context) -> Result<Outcome, Failure> {
    ctx.only(&[Format::Human, Format::Json])?;
    let place = Place::here(ctx)?;
    let taken = Taken::of(&place)?;
    place.require_checks(&taken.queue)?;
    place.require_trust(ctx, &taken.queue, args.trust.as_deref())?;
    for path in place.unlike_head(&taken.queue)? {
        ctx.warn(&format!("{path} is not as HEAD has it: commit it, or nobody else can prove what lands (lead-queue verify)"));
    }
    let done = go(&place, args, ctx, taken)?;
    let report = report(&place, &done);
    let failed = done.unsuccessful();
    ctx.emit_stdout(&report, |out| show::summary(out, &done.summary, &done.titles, &done.pages))?;
    if done.titles.is_empty() {
        ctx.note("there is nothing to run: the queue has no pending task");
    }
    Ok(if failed == 0 && !done.titles.is_empty() { Outcome::Clean } else { Outcome::Findings })
}

/// What a run left.
pub(crate) struct Done {
    pub(crate) summary: Summary,
    pub(crate) branch: String,
    /// Ids with titles, in landing order.
    pub(crate) titles: Vec<(String, String)>,
    pub(crate) pages: show::Pages,
}

impl Done {
    fn unsuccessful(&self) -> usize {
        let landed = |s: &&Settled| !matches!(s, Settled::Landed { .. });
        self.summary.outcomes.values().filter(landed).count()
    }
}

/// The queue of the main checkout, read once: what is accepted is what is recorded and run.
pub(crate) struct Taken {
    queue: Queue,
    files: Vec<QueueFile>,
}

impl Taken {
    /// Reads the queue's files, and checks them as they were read.
    pub(crate) fn of(place: &Place) -> Result<Self, Failure> {
        let files = queue_files(place)?;
        let queue = Queue::from_files(files.iter().map(|(p, b)| (p, b)))
            .map_err(|e| place::queue_failure(&e))?;
        Ok(Self { queue, files })
    }
}

/// Runs without asking for trust; the caller has.
pub(crate) fn go(place: &Place, args: &Args, ctx: &Context, taken: Taken) -> Result<Done, Failure> {
    let agents =
        agent::resolve(&place.config.agent).map_err(|e| Failure::usage("config.agent", e))?;
    let host = place::host();
    let program = std::env::current_exe()
        .map_err(|e| Failure::cannot_look("io.exe", format!("this program's own path: {e}")))?;
    let launcher = Launcher::new(program);
    let branch = args.land.clone().unwrap_or_else(|| place.config.run.branch.clone());
    let user = place.git.user().map_err(|e| Failure::git(&e))?;
    if let Some((name, email)) = &user
        && [name, email].iter().any(|text| text.contains(['\n', '\0', '<', '>']))
    {
        return Err(Failure::usage(
            "git.user",
            "git's user.name or user.email has a character that no commit can hold",
        )
        .hint("git config user.name …"));
    }
    // Read before anything is done, so that a wrong path costs no work.
    let sections = show::sections(&args.with)?;
    let session = hex(&host::entropy::<8>()?);
    // Before anything is written: a task that does not exist is no reason to make a branch.
    let only = chosen(&args.tasks, &taken.queue)?;
    let setup = Setup {
        git: &place.git,
        disk: &RealDisk,
        config: &place.config,
        agents: &agents,
        host: &host,
        sandbox: fence(args.sandbox, &launcher, place)?,
        launcher,
        clock: &host::now_ms,
        session: session.clone(),
        branch: branch.clone(),
        workers: args.jobs.unwrap_or(place.config.run.jobs).max(1),
        user: user
            .unwrap_or_else(|| ("LeadForge".to_owned(), "leadforge@localhost.invalid".to_owned())),
        stop: Stop::default(),
    };
    stop_on_interrupt(ctx, &setup.stop)?;
    let run = Run::open(setup, &taken.files).map_err(|e| failure(&e))?;
    let files = run.definitions().map_err(|e| failure(&e))?;
    same_definitions(&files, &taken.files, run.recorded())?;
    let queue = Queue::from_files(files.iter().map(|(p, b)| (p, b)))
        .map_err(|e| place::queue_failure(&e))?;
    let store = Store::open(&place.git.state_dir()).map_err(|e| place::queue_failure(&e))?;
    for (path, reason) in store.set_aside() {
        ctx.warn(&format!("the lease database was set aside as {}: {reason}", path.display()));
    }
    let epochs = jobs::Epochs::of(&store).map_err(|e| place::queue_failure(&e))?;
    let jobs = jobs::jobs(&queue, &place.config, only.as_ref(), &epochs);
    let mut board = LeaseBoard::open(place, store, run.files().map_err(|e| failure(&e))?, session)?;
    let reporter = ctx.reporter();
    let went = run
        .go(&jobs, &mut board, &mut |event: &Event| progress::show(reporter.as_ref(), event))
        .map_err(|e| failure(&e));
    // Also after an error: what was done until then is told.
    let pages = show::pages(place, ctx, &branch, sections);
    let (summary, pages) = match (went, pages) {
        (Ok(summary), pages) => (summary, pages?),
        (Err(failure), Ok(pages)) => {
            let told = format!("what was done until then stands in {}", pages.html.display());
            return Err(failure.details([told]));
        }
        (Err(failure), Err(_)) => return Err(failure),
    };
    let titles = jobs.into_iter().map(|j| (j.id, j.title)).collect();
    Ok(Done { summary, branch, titles, pages })
}

/// What will run is what was read and accepted, byte for byte; all else on the branch is a completion of its own.
fn same_definitions(
    recorded: &[QueueFile],
    accepted: &[QueueFile],
    state: &Recorded,
) -> Result<(), Failure> {
    for (path, bytes) in recorded {
        let Some(id) = path.strip_prefix("pending/").and_then(|name| name.strip_suffix(".md"))
        else {
            continue;
        };
        if state.landed.contains_key(id) || accepted.iter().any(|(p, b)| p == path && b == bytes) {
            continue;
        }
        return Err(Failure::refused(
            "trust.recorded",
            format!("{path} on the integration branch is not what the queue of the checkout says"),
        )
        .hint("land on another branch with --land"));
    }
    Ok(())
}

/// The first Control-C ends what runs; what was acknowledged stays, and the next run takes it up.
fn stop_on_interrupt(ctx: &Context, stop: &Stop) -> Result<(), Failure> {
    let interrupt = ctx.interrupt()?;
    let stop = stop.clone();
    std::thread::spawn(move || {
        while !interrupt.raised() {
            std::thread::sleep(std::time::Duration::from_millis(100));
        }
        stop.stop();
    });
    Ok(())
}

/// The files of the main checkout's queue, as they are now.
fn queue_files(place: &Place) -> Result<Vec<QueueFile>, Failure> {
    let queue = place.queue()?;
    let dir = place.queue_dir();
    let mut files = Vec::new();
    for (folder, task) in
        queue.pending().map(|t| ("pending", t)).chain(queue.completed().map(|t| ("completed", t)))
    {
        let name = format!("{folder}/{}.md", task.id);
        let path = dir.join(&name);
        let bytes = leadforge_durable_fs::read(&RealDisk, &path, MAX_FILE as u64)
            .map_err(|e| Failure::from_error(Exit::CannotLook, "io.queue", &e))?;
        files.push((name, bytes));
    }
    Ok(files)
}

fn chosen(wanted: &[String], queue: &Queue) -> Result<Option<BTreeSet<TaskId>>, Failure> {
    if wanted.is_empty() {
        return Ok(None);
    }
    let found = wanted.iter().map(|prefix| {
        queue.find(prefix).map(|task| task.id.clone()).map_err(|e| place::queue_failure(&e))
    });
    found.collect::<Result<BTreeSet<_>, _>>().map(Some)
}

/// Tries each fence in a scratch folder of the repository's state.
pub(crate) fn detect(launcher: &Launcher, place: &Place) -> Result<Detection, Failure> {
    let failed = |e: leadforge_durable_fs::Error| Failure::from_error(Exit::CannotLook, "io", &e);
    let state = place.git.state_dir();
    leadforge_durable_fs::create_dir_all(&RealDisk, &state).map_err(failed)?;
    sandbox::detect(launcher, &state)
        .map_err(|e| Failure::from_error(Exit::CannotLook, "sandbox", &e))
}

/// The sandbox to use: never none unless it was typed.
pub(crate) fn fence(wanted: Fence, launcher: &Launcher, place: &Place) -> Result<Kind, Failure> {
    let tried = match wanted {
        Fence::None => return Ok(Kind::None),
        Fence::Bubblewrap => vec![Kind::Bubblewrap],
        Fence::Landlock => vec![Kind::Landlock],
        Fence::Auto => vec![Kind::Bubblewrap, Kind::Landlock],
    };
    let reasons = match detect(launcher, place)?.choose(&tried) {
        Ok(kind) => return Ok(kind),
        Err(reasons) => reasons,
    };
    Err(Failure::refused("sandbox.none", "no sandbox works here, and nothing runs without one")
        .details(reasons)
        .hint("install bubblewrap (apt-get install bubblewrap), or type --sandbox none if you trust every task"))
}

fn failure(error: &Error) -> Failure {
    match error {
        Error::Git(e) => Failure::git(e),
        Error::Sandbox(sandbox::Error::Refused { .. }) => {
            Failure::refused("sandbox.refused", error)
        }
        Error::Locked { .. } => {
            Failure::refused("run.locked", error).hint("wait for it, or end it; its work is kept")
        }
        Error::Lingering { path } => Failure::refused("run.lingering", error)
            .hint(format!("try again, or see who it is: fuser {}", path.display())),
        Error::BranchMoved { .. } | Error::CheckedOut { .. } => {
            Failure::refused("run.branch", error)
        }
        Error::NotOurs { .. } => Failure::refused("run.branch", error)
            .hint("name another branch with --land, or remove this one: git branch -D …"),
        Error::BadBranch { .. } | Error::InTheWay { .. } => {
            Failure::usage("run.branch-name", error)
        }
        Error::Internal(_) => Failure::new(Exit::Bug, "internal.panic", error),
        Error::NoCommit | Error::NoLock { .. } => Failure::usage("run.repository", error),
        Error::Stopped => Failure::new(Exit::Interrupted, "run.interrupted", error)
            .hint("run it again: what was acknowledged is kept"),
        _ => Failure::from_error(Exit::CannotLook, "run", error),
    }
}

fn report(place: &Place, done: &Done) -> Report {
    let findings = done.titles.iter().filter_map(|(id, title)| {
        let (rule, reason) = match done.summary.outcomes.get(id)? {
            Settled::Landed { .. } => return None,
            Settled::Failed { reason } => ("run.failed", reason.clone()),
            Settled::Skipped { reason } => ("run.skipped", reason.clone()),
            Settled::Blocked { .. } => ("run.blocked", "what it waits for did not land".to_owned()),
        };
        Some(Finding::new(rule, Level::Error, format!("{id} {title}: {reason}")))
    });
    let failed = done.unsuccessful();
    let outcome =
        if failed == 0 && !done.titles.is_empty() { Outcome::Clean } else { Outcome::Findings };
    let mut report = Report::new(outcome).with_data(&serde_json::json!({
        "repository": place.root.display().to_string(),
        "branch": done.branch,
        "tip": done.summary.tip.to_string(),
        "dossier": done.pages,
    }));
    report.findings = findings.collect();
    report
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}
