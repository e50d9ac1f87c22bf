//! `lead-forge trust`: what would be executed, shown before it is accepted.

use leadforge_cli_kit::trust::{Status, Store};
use leadforge_cli_kit::{Context, Failure, Format, Outcome, Report};
use leadforge_markup::terminal;

use crate::place::Place;

/// Flags of `trust`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Accept exactly this digest, as shown without the flag.
    #[arg(long, value_name = "DIGEST", conflicts_with = "forget")]
    accept: Option<String>,
    /// Forget what was accepted for this repository.
    #[arg(long)]
    forget: bool,
}

pub(crate) fn run(args: &Args, ctx: &Context) -> Result<Outcome, Failure> {
    ctx.only(&[Format::Human, Format::Json])?;
    let place = Place::here(ctx)?;
    let store = Store::new(&ctx.state_dir()?);
    let common = place.git.common_dir();
    if args.forget {
        let had = store.forget(common)?;
        let report =
            Report::new(Outcome::Clean).with_data(&serde_json::json!({ "forgotten": had }));
        return ctx.emit(&report, |out| {
            writeln!(out, "{}", if had { "forgotten" } else { "there was nothing to forget" })
        });
    }
    let subject = place.subject(&place.queue()?);
    let digest = subject.digest();
    if let Some(accepted) = &args.accept {
        if *accepted != digest {
            return Err(Failure::refused(
                "trust.digest",
                format!("{accepted} is not the digest of what would run"),
            )
            .hint(format!("it is {digest}; look at it with `lead-forge trust` first")));
        }
        store.record(common, &subject)?;
    }
    let status = store.status(common, &subject)?;
    let trusted = status == Status::Trusted;
    let word = match status {
        Status::Trusted => "trusted",
        Status::Untrusted => "not trusted",
        Status::Changed { .. } => "changed since it was trusted",
    };
    let outcome = if trusted { Outcome::Clean } else { Outcome::Findings };
    let lines: Vec<&str> = subject.lines().collect();
    let report = Report::new(outcome).with_data(&serde_json::json!({
        "digest": digest, "status": word, "lines": lines,
    }));
    ctx.emit(&report, |out| {
        for line in &lines {
            writeln!(out, "{}", terminal(line))?;
        }
        writeln!(out, "\n{word}: {digest}")?;
        if !trusted {
            writeln!(out, "to accept exactly this: lead-forge trust --accept {digest}")?;
        }
        Ok(())
    })
}
