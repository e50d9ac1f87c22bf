//! `lead-queue claim`: takes one task, or says why there is none.

use std::io::{self, Write};
use std::path::PathBuf;

use leadforge_cli_kit::{Context, Failure, Format, Outcome, Report};
use leadforge_markup::terminal;
use leadforge_task_queue::{
    Backend as _, ClaimOutcome, Holder, Lease, Outcome as Ending, QUEUE_DIR, Task, TaskId,
};

use crate::claim::{
    Claimant, UNNAMED, agent_name, branch, duration, lease_data, span, task_data, tell,
};
use crate::place::Place;
use crate::token::Token;
use crate::{failure, view, worktree};

/// Flags of `claim`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Take this task and no other; the beginning of its id is enough.
    #[arg(value_name = "TASK")]
    task: Option<String>,
    /// The name of the agent that will work.
    #[arg(long, value_name = "NAME", value_parser = agent_name, default_value = UNNAMED)]
    agent: String,
    /// How long the lease lasts after each beat.
    #[arg(long, value_name = "TIME", value_parser = duration, default_value = "10m")]
    ttl: u64,
    /// A process that stands for the agent: the lease lasts while it runs, and ends with it.
    #[arg(long, value_name = "PID")]
    pid: Option<u32>,
    /// Make a worktree for it in this folder, on its branch; `done` and `release` remove it.
    #[arg(long, value_name = "PATH")]
    worktree: Option<PathBuf>,
    /// Read every task file again, whatever the index says.
    #[arg(long)]
    fresh: bool,
}

pub(crate) fn run(args: &Args, ctx: &Context) -> Result<Outcome, Failure> {
    ctx.only(&[Format::Human, Format::Json])?;
    let place = Place::here()?;
    let claimant = Claimant::new(&place, ctx)?;
    let store = place.store(ctx)?;
    let history = |task: &_| claimant.history(task);
    let holder = holder(args.pid, &claimant)?;
    let session: [u8; 16] = leadforge_cli_kit::host::entropy()?;
    let session = session.iter().map(|byte| format!("{byte:02x}")).collect();
    let mut request = claimant.request(&args.agent, session, holder, &history);
    request.ttl_ms = args.ttl;
    request.task = args.task.as_deref().map(|text| named(text, &place)).transpose()?;
    let now = claimant.machine.now(claimant.now_ms);
    let outcome = store
        .claim_from(&place.queue_dir(), &request, &now, args.fresh)
        .map_err(|e| failure::queue(&e))?;
    match outcome {
        ClaimOutcome::Granted(lease, task) => {
            let made = args.worktree.as_deref().map(|path| worktree::make(&place, &lease, path));
            let made = made.transpose().inspect_err(|_| {
                let _ = store.settle(&lease, Ending::Returned, &now);
            })?;
            let report = Report::new(Outcome::Clean).with_data(&serde_json::json!({
                "lease": lease_data(&lease), "task": task_data(&task),
                "worktree": made.as_ref().map(|path| path.display().to_string()),
            }));
            let told = ctx.emit(&report, |out| {
                granted(out, &lease, &task, args.ttl)?;
                match &made {
                    Some(path) => {
                        writeln!(out, "  in      {}", terminal(&path.display().to_string()))
                    }
                    None => Ok(()),
                }
            });
            if told.is_err() {
                // Nobody knows of this lease, so nobody shall wait for it to run out.
                let _ = store.settle(&lease, Ending::Returned, &now);
                worktree::clear(&place, &lease, false, ctx);
            }
            view::show(&place, &store, &lease.task, ctx);
            told
        }
        ClaimOutcome::Empty => none(&place, ctx, &[], false),
        ClaimOutcome::Blocked(reasons) => none(&place, ctx, &reasons, true),
    }
}

/// Nothing can be had: exit 1 with the reasons.
fn none(
    place: &Place,
    ctx: &Context,
    reasons: &[leadforge_task_queue::Reason],
    pending: bool,
) -> Result<Outcome, Failure> {
    view::clear(place, ctx);
    let data = serde_json::json!({"lease": null, "reasons": reasons, "pending": pending});
    ctx.emit(&Report::new(Outcome::Findings).with_data(&data), |out| tell(out, reasons, pending))
}

fn holder(pid: Option<u32>, claimant: &Claimant) -> Result<Holder, Failure> {
    match pid {
        None => Ok(claimant.machine.holder_by_time()),
        Some(pid) => claimant.machine.holder(pid).ok_or_else(|| {
            Failure::usage("queue.no-process", format!("no process {pid} runs here"))
                .hint("--pid names the process that works; leave it out and beat instead")
        }),
    }
}

/// A whole id as it is; only a shorter text needs the queue to be read.
fn named(text: &str, place: &Place) -> Result<TaskId, Failure> {
    let id = TaskId::parse(text).map_err(|e| failure::queue(&e))?;
    if place.queue_dir().join(format!("pending/{id}.md")).is_file() {
        return Ok(id);
    }
    place.queue()?.find(text).map(|task| task.id.clone()).map_err(|e| failure::queue(&e))
}

fn granted(out: &mut dyn Write, lease: &Lease, task: &Task, ttl: u64) -> io::Result<()> {
    let token = Token::of(lease);
    let scope: Vec<&str> = task.touches.iter().map(leadforge_task_queue::Glob::as_str).collect();
    let scope = if scope.is_empty() { "unknown".to_owned() } else { scope.join(" ") };
    let until = match lease.holder.pid {
        0 => format!("for {} after each beat", span(ttl)),
        pid => format!("while process {pid} runs"),
    };
    writeln!(out, "\x1b[1m{}  {}  {}\x1b[0m", task.priority, task.id, terminal(&task.title))?;
    writeln!(out, "  file    {QUEUE_DIR}/pending/{}.md", task.id)?;
    writeln!(out, "  branch  {}", branch(lease))?;
    writeln!(out, "  scope   {}", terminal(&scope))?;
    for line in &task.verify {
        writeln!(out, "  verify  {}", terminal(line))?;
    }
    writeln!(out, "  lease   {token}")?;
    writeln!(out, "          epoch {}, session {}, {until}", lease.epoch, lease.session)?;
    writeln!(out, "  then    lead-queue beat {token}")?;
    writeln!(out, "          lead-queue done {token}")?;
    writeln!(out, "          lead-queue release {token}")
}
