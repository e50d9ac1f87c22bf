//! `lead-queue release`: a holder gives a task back; a person lets a failed one be tried again.

use leadforge_cli_kit::{Context, Failure, Format, Outcome, Report};
use leadforge_markup::terminal;
use leadforge_task_queue::{Backend as _, Lease, Outcome as Ending, Store, TaskId};

use crate::claim::span;
use crate::place::{Place, machine};
use crate::token::Token;
use crate::{failure, view, worktree};
use leadforge_cli_kit::host::now_ms;

/// Flags of `release`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// A lease of your own, as `claim` printed it, or a task.
    #[arg(value_name = "LEASE|TASK")]
    what: String,
    /// Give the lease back as a failed try.
    #[arg(long, conflicts_with = "take")]
    failed: bool,
    /// End the leases of a task that others hold: what they bring is refused from then on.
    #[arg(long)]
    take: bool,
}

pub(crate) fn run(args: &Args, ctx: &Context) -> Result<Outcome, Failure> {
    ctx.only(&[Format::Human, Format::Json])?;
    let place = Place::here()?;
    let store = place.store(ctx)?;
    let done = if args.what.contains('/') {
        let token: Token = args.what.parse().map_err(|e: String| Failure::usage("usage", e))?;
        back(args, &token, &place, &store, ctx)
    } else if args.failed {
        Err(Failure::usage("usage", "--failed needs a lease, not a task"))
    } else {
        again(args, &place, &store, ctx)
    };
    let (outcome, task) = done?;
    view::show(&place, &store, &task, ctx);
    Ok(outcome)
}

/// A holder gives its task back.
fn back(
    args: &Args,
    token: &Token,
    place: &Place,
    store: &Store,
    ctx: &Context,
) -> Result<(Outcome, TaskId), Failure> {
    let ending = if args.failed { Ending::Failed } else { Ending::Returned };
    let lease = token.lease(store)?;
    let machine = machine()?;
    store.settle(&lease, ending, &machine.now(now_ms())).map_err(|e| failure::queue(&e))?;
    worktree::clear(place, &lease, false, ctx);
    let data = serde_json::json!({"task": token.task, "epoch": token.epoch, "failed": args.failed});
    let outcome = ctx.emit(&Report::new(Outcome::Clean).with_data(&data), |out| {
        let how = if args.failed { " as a failed try" } else { "" };
        writeln!(out, "{} is given back{how}", token.task)
    })?;
    Ok((outcome, token.task.clone()))
}

/// A person lets a task be handed out again.
fn again(
    args: &Args,
    place: &Place,
    store: &Store,
    ctx: &Context,
) -> Result<(Outcome, TaskId), Failure> {
    let queue = place.queue()?;
    let id = queue.find(&args.what).map_err(|e| failure::queue(&e))?.id.clone();
    if queue.is_completed(&id) {
        return Err(Failure::usage("queue.completed", format!("{id} is completed"))
            .hint("write a new task: lead-queue add"));
    }
    let machine = machine()?;
    let now = machine.now(now_ms());
    store.reap(&now).map_err(|e| failure::queue(&e))?;
    let held = held(store, &id)?;
    if !args.take
        && let Some(lease) = held.first()
    {
        let since = span(now.unix_ms.saturating_sub(lease.beat_ms));
        let message =
            format!("{id} is being done by {} (last heard of {since} ago)", terminal(&lease.agent));
        return Err(Failure::refused("queue.held", message)
            .hint(format!("lead-queue release {id} --take ends its lease")));
    }
    for lease in &held {
        store.settle(lease, Ending::Returned, &now).map_err(|e| failure::queue(&e))?;
    }
    let history = place.branches()?.history(&id).map_err(|e| failure::queue(&e))?;
    store.release(&id, &history).map_err(|e| failure::queue(&e))?;
    let data = serde_json::json!({"task": id, "taken": held.len(), "tries_forgotten": history.tried.len()});
    let outcome = ctx.emit(&Report::new(Outcome::Clean).with_data(&data), |out| {
        for lease in &held {
            writeln!(
                out,
                "ended the lease of {} under epoch {}",
                terminal(&lease.agent),
                lease.epoch
            )?;
        }
        writeln!(out, "{id} can be handed out again")
    })?;
    Ok((outcome, id))
}

fn held(store: &Store, id: &TaskId) -> Result<Vec<Lease>, Failure> {
    let leases = store.leases().map_err(|e| failure::queue(&e))?;
    Ok(leases.into_iter().filter(|lease| lease.task == *id).collect())
}
