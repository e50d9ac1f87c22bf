//! `lead-queue beat`: a holder says that it still works.

use leadforge_cli_kit::{Context, Failure, Format, Outcome, Report};
use leadforge_task_queue::Backend as _;

use crate::claim::{duration, lease_data, span};
use crate::failure;
use crate::place::{Place, machine};
use crate::token::Token;
use leadforge_cli_kit::host::now_ms;

/// Flags of `beat`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The lease, as `claim` printed it.
    #[arg(value_name = "LEASE")]
    lease: Token,
    /// How long the lease lasts from now.
    #[arg(long, value_name = "TIME", value_parser = duration, default_value = "10m")]
    ttl: u64,
}

pub(crate) fn run(args: &Args, ctx: &Context) -> Result<Outcome, Failure> {
    ctx.only(&[Format::Human, Format::Json])?;
    let place = Place::here()?;
    let store = place.store(ctx)?;
    let machine = machine()?;
    let lease = args.lease.lease(&store)?;
    let lease =
        store.beat(&lease, args.ttl, &machine.now(now_ms())).map_err(|e| failure::queue(&e))?;
    let data = serde_json::json!({"lease": lease_data(&lease)});
    ctx.emit(&Report::new(Outcome::Clean).with_data(&data), |out| {
        writeln!(out, "{} is yours for {} more", lease.task, span(args.ttl))
    })
}
