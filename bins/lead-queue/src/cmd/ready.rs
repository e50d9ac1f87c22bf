//! `lead-queue ready`: what can be started now, in the order in which it would be handed out.

use leadforge_cli_kit::{Context, Failure, Format, Outcome, Report};
use leadforge_markup::terminal;

use crate::claim::{Claimant, UNNAMED, agent_name, task_data, tell};
use crate::failure;
use crate::place::Place;

/// Flags of `ready`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// List at most this many.
    #[arg(long, value_name = "N", default_value_t = 20)]
    limit: usize,
    /// List what this agent may have.
    #[arg(long, value_name = "NAME", value_parser = agent_name, default_value = UNNAMED)]
    agent: String,
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
    let holder = claimant.machine.holder_by_time();
    let request = claimant.request(&args.agent, String::new(), holder, &history);
    let now = claimant.machine.now(claimant.now_ms);
    let ready = store
        .ready(&place.queue_dir(), args.limit, &request, &now, args.fresh)
        .map_err(|e| failure::queue(&e))?;
    let outcome = if ready.tasks.is_empty() { Outcome::Findings } else { Outcome::Clean };
    let report = Report::new(outcome).with_summary("ready", ready.tasks.len()).with_data(
        &serde_json::json!({
            "tasks": ready.tasks.iter().map(task_data).collect::<Vec<_>>(),
            "reasons": ready.reasons,
            "pending": ready.pending,
        }),
    );
    ctx.emit(&report, |out| {
        if ready.tasks.is_empty() {
            return tell(out, &ready.reasons, ready.pending);
        }
        for task in &ready.tasks {
            let scope = if task.touches.is_empty() { "  (scope unknown)" } else { "" };
            let title = terminal(&task.title);
            writeln!(out, "{}  {}  {title}\x1b[2m{scope}\x1b[0m", task.priority, task.id)?;
        }
        Ok(())
    })
}
