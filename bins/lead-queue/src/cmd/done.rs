//! `lead-queue done`: ends a lease whose work is committed; it completes nothing.
//!
//! A completion is evidence, and the landing gate alone writes evidence. So this takes the work off
//! the agent's hands: nobody else is given the task, and what is still to be proven is printed.

use leadforge_cli_kit::{Context, Failure, Format, Outcome, Report};
use leadforge_markup::terminal;
use leadforge_task_queue::{Backend as _, Outcome as Ending};

use crate::place::{Place, machine};
use crate::token::Token;
use crate::{failure, view, worktree};
use leadforge_cli_kit::host::now_ms;

/// Flags of `done`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The lease, as `claim` printed it.
    #[arg(value_name = "LEASE")]
    lease: Token,
}

pub(crate) fn run(args: &Args, ctx: &Context) -> Result<Outcome, Failure> {
    ctx.only(&[Format::Human, Format::Json])?;
    let place = Place::here()?;
    let store = place.store(ctx)?;
    let machine = machine()?;
    let Token { task: id, epoch, .. } = &args.lease;
    let lease = args.lease.lease(&store)?;
    let now = machine.now(now_ms());
    // Who comes too late is told so first, whatever its branch looks like. The lease stays as it
    // is: where this fails further down, its holder goes on under it.
    store.holds(&lease, &now).map_err(|e| failure::queue(&e))?;
    let history = place.branches()?.history(id).map_err(|e| failure::queue(&e))?;
    if !history.tried.contains(epoch) {
        let branch = crate::claim::branch(&lease);
        return Err(Failure::refused("queue.no-branch", format!("there is no branch {branch}"))
            .hint(format!(
                "commit the work there, or give the task back: lead-queue release {}",
                args.lease
            )));
    }
    worktree::committed(&place, &lease)?;
    let queue = place.queue()?;
    store.settle(&lease, Ending::Done, &now).map_err(|e| failure::queue(&e))?;
    let landed = queue.is_completed(id);
    let verify = queue.get(id).map(|task| task.verify.clone()).unwrap_or_default();
    let report = Report::new(Outcome::Clean).with_data(&serde_json::json!({
        "task": id, "epoch": epoch, "branch": crate::claim::branch(&lease),
        "completed": landed, "to_verify": verify,
    }));
    let done = ctx.emit(&report, |out| {
        if landed {
            return writeln!(out, "{id} is completed, with its evidence; the lease is over");
        }
        writeln!(
            out,
            "the lease is over; {id} is not completed: only the landing gate writes evidence"
        )?;
        writeln!(
            out,
            "  branch  {} is still to be verified and landed",
            crate::claim::branch(&lease)
        )?;
        for line in &verify {
            writeln!(out, "  verify  {}", terminal(line))?;
        }
        writeln!(out, "  nobody is given it meanwhile; lead-queue release {id} hands it out again")
    });
    worktree::clear(&place, &lease, true, ctx);
    view::show(&place, &store, id, ctx);
    done
}
