//! `lead-queue show`: one task as it stands in its file, in the leases and in the branches.

use std::io::{self, Write};

use leadforge_cli_kit::{Context, Failure, Format, Outcome, Report};
use leadforge_markup::{terminal, terminal_block};
use leadforge_task_queue::{
    Backend as _, Completion, History, Lease, Life, Liveness as _, Local, Task, TaskId,
};

use crate::claim::{Claimant, UNNAMED, lease_data, span, task_data};
use crate::failure;
use crate::place::Place;

/// Flags of `show`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The task; the beginning of its id is enough.
    #[arg(value_name = "TASK")]
    task: String,
}

/// Everything that is known about a task.
struct Known<'a> {
    task: &'a Task,
    blockers: Vec<TaskId>,
    leases: Vec<(Lease, Life)>,
    history: History,
    /// Why it cannot be claimed now; empty when it can.
    reasons: Vec<String>,
}

pub(crate) fn run(args: &Args, ctx: &Context) -> Result<Outcome, Failure> {
    ctx.only(&[Format::Human, Format::Json])?;
    let place = Place::here()?;
    let queue = place.queue()?;
    let task = queue.find(&args.task).map_err(|e| failure::queue(&e))?;
    let claimant = Claimant::new(&place, ctx)?;
    let store = place.store(ctx)?;
    let leases = store.leases().map_err(|e| failure::queue(&e))?;
    let known = Known {
        task,
        blockers: queue.blockers(&task.id),
        leases: leases
            .into_iter()
            .filter(|lease| lease.task == task.id)
            .map(|lease| (lease.clone(), claimant.machine.life(&lease.holder)))
            .collect(),
        history: claimant.history(&task.id).map_err(|e| failure::queue(&e))?,
        reasons: reasons(&place, &claimant, &store, task)?,
    };
    let report = Report::new(Outcome::Clean).with_data(&data(&known));
    ctx.emit(&report, |out| print(out, &known, &claimant.machine, claimant.now_ms))
}

/// Why nobody could claim it now.
fn reasons(
    place: &Place,
    claimant: &Claimant,
    store: &leadforge_task_queue::Store,
    task: &Task,
) -> Result<Vec<String>, Failure> {
    if task.done.is_some() {
        return Ok(Vec::new());
    }
    let agent = task.agents.first().map_or(UNNAMED, String::as_str);
    let history = |task: &_| claimant.history(task);
    let holder = claimant.machine.holder_by_time();
    let mut request = claimant.request(agent, String::new(), holder, &history);
    request.task = Some(task.id.clone());
    let now = claimant.machine.now(claimant.now_ms);
    let ready = store
        .ready(&place.queue_dir(), 1, &request, &now, false)
        .map_err(|e| failure::queue(&e))?;
    Ok(ready.reasons.iter().map(ToString::to_string).collect())
}

fn data(known: &Known<'_>) -> serde_json::Value {
    let leases: Vec<_> = known
        .leases
        .iter()
        .map(|(lease, life)| {
            let mut lease = lease_data(lease);
            lease["life"] = format!("{life:?}").to_lowercase().into();
            // The word that ends a lease is its holder's, not every reader's.
            lease["token"] = serde_json::Value::Null;
            lease["session"] = serde_json::Value::Null;
            lease
        })
        .collect();
    serde_json::json!({
        "task": task_data(known.task), "path": known.task.path(), "completed": known.task.done.is_some(),
        "waits_for": known.blockers, "leases": leases, "reasons": known.reasons,
        "history": {"epoch": known.history.epoch, "branches": known.history.tried},
    })
}

fn print(out: &mut dyn Write, known: &Known<'_>, machine: &Local, now_ms: u64) -> io::Result<()> {
    let task = known.task;
    let state = match (&task.done, known.leases.is_empty(), known.reasons.is_empty()) {
        (Some(_), ..) => "completed",
        (None, false, _) => "in progress",
        (None, true, true) => "ready",
        (None, true, false) => "cannot be started",
    };
    writeln!(out, "\x1b[1m{}  {}  {}\x1b[0m", task.priority, task.id, terminal(&task.title))?;
    writeln!(out, "  state   {state}")?;
    for reason in &known.reasons {
        writeln!(out, "          {}", terminal(reason))?;
    }
    writeln!(out, "  file    {}", terminal(task.path()))?;
    let touches: Vec<&str> = task.touches.iter().map(leadforge_task_queue::Glob::as_str).collect();
    let scope = if touches.is_empty() { "unknown".into() } else { touches.join(" ") };
    writeln!(out, "  scope   {}", terminal(&scope))?;
    let lists = [
        ("agents", &task.agents),
        ("symbols", &task.symbols),
        ("needs", &task.resources),
        ("verify", &task.verify),
        ("hosts", &task.hosts),
    ];
    for (label, list) in lists {
        for entry in list {
            writeln!(out, "  {label:7} {}", terminal(entry))?;
        }
    }
    if let Some(run) = &task.run {
        writeln!(out, "  run     {}", terminal(run))?;
    }
    if let Some(source) = &task.source {
        writeln!(out, "  source  {}", terminal(source))?;
    }
    for (lease, life) in &known.leases {
        let heard = span(now_ms.saturating_sub(lease.beat_ms));
        let agent = terminal(&lease.agent);
        let life = match (life, lease.holder.pid) {
            (Life::Alive, pid) => format!("process {pid} runs"),
            (Life::Dead, _) => "its process is gone".to_owned(),
            (Life::Unknown, _) if lease.holder.boot_id == machine.holder_by_time().boot_id => {
                format!("last heard of {heard} ago")
            }
            (Life::Unknown, _) => format!("on another machine, last heard of {heard} ago"),
        };
        writeln!(out, "  lease   {agent}, epoch {}, slot {}: {life}", lease.epoch, lease.slot + 1)?;
    }
    for epoch in &known.history.tried {
        writeln!(out, "  branch  lf/{}/{epoch}", task.id)?;
    }
    if let Some(done) = &task.done {
        evidence(out, done)?;
    }
    if !task.body.trim().is_empty() {
        writeln!(out)?;
        for line in terminal_block(&task.body).lines() {
            writeln!(out, "  {line}")?;
        }
    }
    Ok(())
}

fn evidence(out: &mut dyn Write, done: &Completion) -> io::Result<()> {
    let commit: String = done.commit.chars().take(12).collect();
    let spent = span(done.ended_ms.saturating_sub(done.started_ms));
    writeln!(
        out,
        "  done    by {} in {spent}, commit {}",
        terminal(&done.agent),
        terminal(&commit)
    )?;
    for check in &done.checks {
        writeln!(
            out,
            "  check   exit {} in {:.1} s  {}",
            check.exit,
            check.seconds,
            terminal(&check.command)
        )?;
    }
    Ok(())
}
