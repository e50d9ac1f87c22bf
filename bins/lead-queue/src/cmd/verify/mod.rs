//! `lead-queue verify`: proves a completion again, in any clone, from the commits and nothing else.

mod again;
mod files;
mod show;

use leadforge_agent_dispatch::{Again, Audit, Error, Question, RunConfig, audit};
use leadforge_cli_kit::host::{current_dir, home};
use leadforge_cli_kit::{Context, Exit, Failure, Finding, Format, Level, Outcome, Report};
use leadforge_durable_fs::{RealDisk, read};
use leadforge_host_git::{Config, Git};

use files::Reader;

/// Flags of `verify`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The task; the beginning of its id is enough.
    #[arg(value_name = "TASK")]
    task: String,
    /// Look at the commits only and run nothing.
    #[arg(long)]
    no_run: bool,
    /// Where to look for the completed file, instead of HEAD and the integration branch.
    #[arg(long, value_name = "REVISION")]
    at: Option<String>,
    /// Take the commands from this commit, instead of the one that the branch grew from.
    #[arg(long, value_name = "REVISION")]
    base: Option<String>,
    /// The fence around the commands.
    #[arg(long, value_enum, value_name = "KIND", default_value_t)]
    sandbox: again::Fence,
    /// Accept the commands by their digest, which is printed when they are not trusted.
    #[arg(long, value_name = "DIGEST", conflicts_with = "no_run")]
    trust: Option<String>,
}

/// More bytes than any configuration has.
const LIMIT: u64 = 1 << 20;

pub(crate) fn run(args: &Args, ctx: &Context) -> Result<Outcome, Failure> {
    let git = Git::discover(&current_dir()?, &git_config()).map_err(|e| Failure::git(&e))?;
    let at = match &args.at {
        Some(at) => vec![at.clone()],
        None => places(&git, ctx)?,
    };
    let given = ctx.common.config.as_deref().map(|path| {
        let bytes = path
            .canonicalize()
            .map_err(|e| e.to_string())
            .and_then(|real| read(&RealDisk, &real, LIMIT).map_err(|e| e.to_string()));
        bytes.map(|bytes| (path.display().to_string(), bytes)).map_err(|why| {
            Failure::cannot_look("config.read", format!("cannot read {}: {why}", path.display()))
        })
    });
    let given = given.transpose()?;
    let question = Question {
        id: &args.task,
        at: &at,
        base: args.base.as_deref(),
        config: given.as_ref().map(|(name, bytes)| (name.as_str(), bytes.as_slice())),
    };
    let Some(audit) = audit(&git, &Reader, &question).map_err(|e| stopped(&e))? else {
        return nowhere(args, &git, &at, ctx);
    };
    let run = !args.no_run && audit.faults.is_empty() && audit.unseen.is_empty();
    let again = match run {
        true => Some(again::run(&git, args, ctx, &audit)?),
        false => None,
    };
    let report = report(&audit, again.as_deref(), args.no_run);
    if ctx.only(&[Format::Human, Format::Json]).is_err() {
        // Findings alone; what is proven has none.
        return ctx.emit(&report, |_| Ok(()));
    }
    ctx.emit(&report, |out| show::print(out, &audit, again.as_deref(), args.no_run))
}

fn git_config() -> Config {
    Config { home: home(), ..Config::default() }
}

/// Where a completed file may be: what is checked out, then the integration branch, of this clone and of its remotes.
fn places(git: &Git, ctx: &Context) -> Result<Vec<String>, Failure> {
    let branch = match git.main_worktree() {
        Some(root) => ctx.config(root)?.load_table::<RunConfig>("run")?.branch,
        None => RunConfig::default().branch,
    };
    let mut at = vec!["HEAD".to_owned(), format!("refs/heads/{branch}")];
    let remotes = git.refs("refs/remotes/").map_err(|e| Failure::git(&e))?;
    let ends = format!("/{branch}");
    at.extend(remotes.into_iter().map(|(name, _)| name).filter(|name| name.ends_with(&ends)));
    Ok(at)
}

fn nowhere(args: &Args, git: &Git, at: &[String], ctx: &Context) -> Result<Outcome, Failure> {
    let mut known = Vec::new();
    for name in at {
        if git.resolve(name).map_err(|e| Failure::git(&e))?.is_some() {
            known.push(name.as_str());
        }
    }
    if known.is_empty() {
        return Err(Failure::usage("verify.revision", format!("{} names no commit here", at[0])));
    }
    let message = format!(
        "{:?} is not completed: no completed file of it at {}",
        args.task,
        known.join(", ")
    );
    let mut report = Report::of(vec![Finding::new("completed.missing", Level::Error, &message)]);
    report.data = serde_json::json!({ "task": args.task, "looked_at": known });
    ctx.emit(&report, |out| writeln!(out, "{}", leadforge_markup::terminal(&message)))
}

/// The failure of an audit or of running the commands again.
pub(super) fn stopped(error: &Error) -> Failure {
    use leadforge_agent_dispatch::sandbox;
    match error {
        Error::Git(e) => Failure::git(e),
        Error::Sandbox(sandbox::Error::Refused { .. }) => {
            Failure::refused("sandbox.refused", error)
        }
        Error::Locked { .. } => Failure::refused("verify.locked", error)
            .hint("another verify runs in this repository: wait for it, or end it"),
        Error::Ambiguous { .. } => Failure::usage("queue.ambiguous", error),
        Error::NoRevision { .. } => Failure::usage("verify.revision", error),
        Error::Internal(_) => Failure::new(Exit::Bug, "internal", error),
        Error::Stopped => Failure::new(Exit::Interrupted, "verify.interrupted", error),
        _ => Failure::from_error(Exit::CannotLook, "verify", error),
    }
}

fn report(audit: &Audit, again: Option<&[Again]>, asked_not_to: bool) -> Report {
    let path = format!("docs/TASKS/queue/completed/{}.md", audit.id);
    let finding = |rule: &str, level, message: String| {
        Finding::new(rule, level, format!("{}: {message}", audit.id)).at(&path, None)
    };
    let mut findings: Vec<Finding> = audit
        .faults
        .iter()
        .map(|fault| finding(fault.rule, Level::Error, fault.message.clone()))
        .collect();
    findings.extend(
        audit.unseen.iter().map(|what| finding("verify.unseen", Level::Warning, what.clone())),
    );
    for one in again.unwrap_or_default().iter().filter(|one| !one.passed) {
        let message = format!("`{}` fails now ({})", one.check.command, show::ended(&one.check));
        findings.push(finding("verify.red", Level::Error, message));
    }
    let mut report = Report::of(findings);
    if !audit.unseen.is_empty() {
        report.outcome = Outcome::Incomplete;
    }
    let verdict = show::verdict(audit, again, asked_not_to);
    report.with_data(&serde_json::json!({
        "verdict": verdict, "audit": audit, "again": again,
    }))
}
