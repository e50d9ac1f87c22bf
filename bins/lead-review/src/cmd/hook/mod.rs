//! `lead-review hook`: what a person's own commit runs.

mod capture;
mod install;

use leadforge_cli_kit::{Context, Failure, Outcome, Report};
use leadforge_durable_fs::RelPath;

use super::check::{self, Given, Told};
use crate::ai::Configured;
use crate::outputs::Outputs;
use crate::policy::{FailOn, Review};
use crate::states::{States, Which};

/// What is done with the hook.
#[derive(clap::Subcommand)]
pub(crate) enum Hook {
    /// Review what would be committed now, and take pictures anew when files of `[review.hook] ui` are in it.
    ///
    /// The rules are those of the last commit. What other tools found comes from the files of `[review.hook] sarif`. The
    /// command that takes pictures runs only when `lead-forge trust` has accepted it. With `ai = true` there the model of
    /// `[review.ai]` makes suggestions; one that does not answer is named and holds up no commit.
    Run(Box<Args>),
    /// Have git call it before each commit. A hook of somebody else's stays as it is.
    Install,
    /// Take it away again.
    Uninstall,
}

/// Flags of `hook run`.
#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    given: Given,
    /// From which level on a finding ends with 1.
    #[arg(long, value_name = "LEVEL")]
    fail_on: Option<FailOn>,
    /// Take no pictures.
    #[arg(long)]
    no_capture: bool,
}

pub(crate) fn run(what: &Hook, ctx: &Context) -> Result<Outcome, Failure> {
    match what {
        Hook::Run(args) => commit(args, ctx),
        Hook::Install => install::install(ctx),
        Hook::Uninstall => install::uninstall(ctx),
    }
}

fn commit(args: &Args, ctx: &Context) -> Result<Outcome, Failure> {
    let mut states = States::open(&Which::staged(), ctx)?;
    if states.change.files.is_empty() {
        // A commit of a message alone brings nothing that could be looked at.
        return ctx.emit(&Report::new(Outcome::Clean), |out| {
            writeln!(out, "nothing is staged: there is nothing to review")
        });
    }
    // What judges is the last commit's; what is done here besides is as the person has it here, and has to be trusted.
    let config = ctx.config(&states.root)?;
    let here: Review = config.load_table("review")?;
    let mut given = args.given.clone();
    for name in &here.hook.sarif {
        let path = RelPath::parse(name).map_err(|error| {
            Failure::usage("config.invalid", format!("[review.hook] sarif: {error}"))
        })?;
        given.logs.sarif.push(path.join_to(&states.root));
    }
    // A suggestion that nobody got holds up no commit, unless the base requires it or the command line asks for it.
    let configured = Configured { config: &config, required: false };
    let model = given.ask.model(here.hook.ai.then_some(&configured), &states, ctx)?;
    let reviewed = check::reviewed(&mut states, &given, model.as_ref(), ctx)?;
    let beside = match args.no_capture {
        true => None,
        false => capture::run(&states, &here.hook, &config, ctx)?,
    };
    let gate = args.fail_on.or(states.review.fail_on).unwrap_or(FailOn::Error);
    let outputs = Outputs::default();
    check::tell(&states, &reviewed, &Told { gate, pr: None, outputs: &outputs, beside }, ctx)
}
