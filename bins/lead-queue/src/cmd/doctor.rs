//! `lead-queue doctor`: reads everything anew and reports what is odd, each with what to do.
//!
//! The lease database may be lost at any time, with the leases, what was said to be done by hand, what was
//! forgiven, and the ceiling over the epochs. What this reads again is what outlives it: the task files,
//! and the branches, from which epochs and tries follow.

use std::collections::BTreeMap;

use leadforge_cli_kit::{Context, Failure, Finding, Level, Outcome, Report};
use leadforge_durable_fs::{Disk as _, Kind, RealDisk, sweep};
use leadforge_markup::terminal;
use leadforge_task_queue::{Backend as _, Error, QUEUE_DIR, Queue, Store, Task, TaskId};

use crate::claim::{Claimant, UNNAMED, span};
use crate::place::{Place, look};
use crate::{failure, view};

/// What to do about a damaged database.
const DATABASE: &str = "end all commands, then remove queue.db and what begins with its name: \
                        tasks and completions are files and branches; lost are leases, what was \
                        said to be done by hand, what a release forgave, and epochs without a \
                        branch";

/// Flags of `doctor`.
#[derive(clap::Args)]
pub(crate) struct Args {}

/// What was found, and what was counted.
#[derive(Default)]
struct Found {
    findings: Vec<Finding>,
    counts: BTreeMap<&'static str, usize>,
}

impl Found {
    fn add(&mut self, rule: &str, level: Level, message: String, help: &str) -> &mut Finding {
        let mut finding = Finding::new(rule, level, message);
        finding.help = Some(help.to_owned());
        self.findings.push(finding);
        self.findings.last_mut().expect("it was just pushed")
    }
}

pub(crate) fn run(_: &Args, ctx: &Context) -> Result<Outcome, Failure> {
    let place = Place::here()?;
    let mut found = Found::default();
    let claimant = Claimant::new(&place, ctx)?;
    let store = place.store(ctx)?;
    for damage in store.check().map_err(|e| failure::queue(&e))? {
        let message = format!("the lease database: {damage}");
        found.add("queue.database", Level::Error, message, DATABASE);
    }
    folders(&place, &mut found)?;
    match Queue::load(&place.queue_dir()) {
        Ok(queue) => {
            tasks(&queue, &claimant, &mut found)?;
            index(&place, &claimant, &store, &mut found)?;
            branches(&place, &queue, &mut found)?;
            leases(&queue, &claimant, &store, &mut found)?;
        }
        Err(Error::Queue(faults)) => {
            for fault in faults.faults() {
                let message = format!("{}; expected {}", fault.problem, fault.expected);
                let line = u32::try_from(fault.line).ok();
                let finding = found.add("queue.file", Level::Error, message, &fault.fix);
                *finding = finding.clone().at(fault.path.clone(), line);
            }
        }
        Err(error) => return Err(failure::queue(&error)),
    }
    view::refresh(&place, &store, ctx);
    found
        .findings
        .sort_by(|a, b| (a.level, &a.rule, &a.message).cmp(&(b.level, &b.rule, &b.message)));
    let mut report = Report::of(found.findings);
    for (name, count) in found.counts {
        report = report.with_summary(name, count);
    }
    ctx.emit(&report, |out| {
        for finding in &report.findings {
            write!(out, "{}: ", finding.level.as_str())?;
            if let Some(at) = &finding.at {
                let line = at.line.map(|line| format!(":{line}")).unwrap_or_default();
                write!(out, "{}{line}: ", terminal(&at.path))?;
            }
            writeln!(out, "{}", terminal(&finding.message))?;
            if let Some(help) = &finding.help {
                writeln!(out, "  {}", terminal(help))?;
            }
        }
        let counts: Vec<String> = report
            .summary
            .iter()
            .map(|(name, count)| format!("{} {count}", name.replace('_', " ")))
            .collect();
        writeln!(out, "{}", counts.join(", "))
    })
}

/// The folders themselves: leftovers of killed writers, and files that no folder should hold.
fn folders(place: &Place, found: &mut Found) -> Result<(), Failure> {
    let root = place.queue_dir();
    if look(&root)? != Some(Kind::Dir) {
        found.add(
            "queue.none",
            Level::Warning,
            format!("there is no {QUEUE_DIR}"),
            "lead-queue add writes the first task",
        );
        return Ok(());
    }
    for folder in ["", "pending", "completed", "in-progress"].map(|name| root.join(name)) {
        let is_dir = look(&folder)? == Some(Kind::Dir);
        for left in if is_dir { sweep(&RealDisk, &folder)? } else { Vec::new() } {
            let message = format!("removed {}, which a killed writer left", left.display());
            found.add("queue.leftover", Level::Note, message, "nothing to do");
        }
    }
    for (name, task_folder) in [("", false), ("pending", true), ("completed", true)] {
        let folder = root.join(name);
        if look(&folder)? != Some(Kind::Dir) {
            continue;
        }
        let listed = RealDisk.list(&folder).map_err(|e| {
            Failure::cannot_look("io", format!("cannot list {}: {e}", folder.display()))
        })?;
        for entry in listed {
            let file = entry.to_string_lossy();
            let plain = file.starts_with('.') || file.eq_ignore_ascii_case("readme.md");
            let fits = match task_folder {
                true => file.ends_with(".md"),
                false => ["pending", "completed", "in-progress"].contains(&file.as_ref()),
            };
            if !plain && !fits {
                let message = "it is passed over: tasks are pending/ID.md or completed/ID.md";
                let at = [QUEUE_DIR, name, &file]
                    .iter()
                    .filter(|p| !p.is_empty())
                    .copied()
                    .collect::<Vec<_>>();
                let finding = found.add(
                    "queue.stray",
                    Level::Warning,
                    message.to_owned(),
                    "move or remove it",
                );
                *finding = finding.clone().at(at.join("/"), None);
            }
        }
    }
    Ok(())
}

/// Each task by itself, and against the others.
fn tasks(queue: &Queue, claimant: &Claimant, found: &mut Found) -> Result<(), Failure> {
    let mut titles: BTreeMap<&str, &TaskId> = BTreeMap::new();
    let mut count = |name, n| *found.counts.entry(name).or_default() += n;
    count("pending", queue.pending().len());
    count("completed", queue.completed().len());
    count("scope_unknown", queue.pending().filter(|task| task.touches.is_empty()).count());
    count("without_verify", queue.pending().filter(|task| task.verify.is_empty()).count());
    for task in queue.pending() {
        for key in task.unknown_keys().iter().filter(|key| *key != "imported") {
            at(
                found,
                task,
                "queue.unknown-key",
                format!("the key {key:?} means nothing here"),
                "correct or remove it",
            );
        }
        if let Some(other) = titles.insert(&task.title, &task.id) {
            at(
                found,
                task,
                "queue.same-title",
                format!("{other} has the same title"),
                "remove one of them if they ask for the same",
            );
        }
        let history = claimant.history(&task.id).map_err(|e| failure::queue(&e))?;
        let most = usize::from(task.tries) * usize::from(task.attempts);
        if history.tried.len() >= most {
            let message = format!(
                "{} branches of it were kept: as many tries as it has",
                history.tried.len()
            );
            let help = format!("look at them, then lead-queue release {}", task.id);
            at(found, task, "queue.tried", message, &help);
        }
    }
    for task in queue.completed() {
        if task.done.as_ref().is_some_and(|done| done.checks.is_empty()) {
            at(
                found,
                task,
                "queue.unproven",
                "completed, and no check proves it".into(),
                "look at who wrote its evidence",
            );
        }
    }
    Ok(())
}

fn at(found: &mut Found, task: &Task, rule: &str, message: String, help: &str) {
    let finding = found.add(rule, Level::Warning, message, help);
    *finding = finding.clone().at(task.path(), None);
}

/// Reads every file into the index again.
fn index(
    place: &Place,
    claimant: &Claimant,
    store: &Store,
    found: &mut Found,
) -> Result<(), Failure> {
    let history = |task: &_| claimant.history(task);
    let request =
        claimant.request(UNNAMED, String::new(), claimant.machine.holder_by_time(), &history);
    let now = claimant.machine.now(claimant.now_ms);
    let ready = store
        .ready(&place.queue_dir(), usize::MAX, &request, &now, true)
        .map_err(|e| failure::queue(&e))?;
    found.counts.insert("ready", ready.tasks.len());
    Ok(())
}

/// Branches of ours whose task is gone, or that are no numbers.
fn branches(place: &Place, queue: &Queue, found: &mut Found) -> Result<(), Failure> {
    let refs = place.git.refs("refs/heads/lf/").map_err(|e| Failure::git(&e))?;
    found.counts.insert("branches", refs.len());
    for (name, _) in refs {
        let branch = name.strip_prefix("refs/heads/").unwrap_or(&name);
        let mut parts = branch.split('/').skip(1);
        let task = parts.next().and_then(|id| TaskId::parse(id).ok());
        match task {
            Some(id) if queue.get(&id).is_none() => {
                let help = format!("git branch -D {branch}, once nobody needs its commits");
                found.add(
                    "queue.branch",
                    Level::Warning,
                    format!("{branch}: its task is not in the queue"),
                    &help,
                );
            }
            Some(_) => {}
            None => {
                found.add(
                    "queue.branch",
                    Level::Note,
                    format!("{branch} is not lf/ID/EPOCH"),
                    "it is passed over",
                );
            }
        }
    }
    Ok(())
}

/// Leases that are over, and leases of tasks that are not to be done.
fn leases(
    queue: &Queue,
    claimant: &Claimant,
    store: &Store,
    found: &mut Found,
) -> Result<(), Failure> {
    let now = claimant.machine.now(claimant.now_ms);
    let over = store.reap(&now).map_err(|e| failure::queue(&e))?;
    for lease in over {
        let heard = span(now.unix_ms.saturating_sub(lease.beat_ms));
        let message = format!(
            "{}: the lease of {} is over, last heard of {heard} ago",
            lease.task, lease.agent
        );
        found.add("queue.lease-over", Level::Note, message, "the task can be handed out again");
    }
    let leases = store.leases().map_err(|e| failure::queue(&e))?;
    found.counts.insert("leases", leases.len());
    for lease in leases {
        if queue.is_completed(&lease.task) || queue.get(&lease.task).is_none() {
            let message = format!("{} is held by {} and not pending", lease.task, lease.agent);
            found.add(
                "queue.lease",
                Level::Warning,
                message,
                "lead-queue done or release ends the lease",
            );
        }
    }
    Ok(())
}
