//! `lead-forge demo`: the whole loop on a scratch clone, planned failures included.

mod tasks;

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use leadforge_agent_dispatch::Settled;
use leadforge_cli_kit::host;
use leadforge_cli_kit::{
    CONFIG_FILE, Context, Exit, Failure, Finding, Format, Level, Outcome, Report,
};
use leadforge_durable_fs::{RealDisk, create_dir_all, replace};
use leadforge_markup::terminal;
use leadforge_task_queue::QUEUE_DIR;

use super::run as main_job;
use crate::place::{self, Place};
use crate::show;
use tasks::{Planned, Task};

/// Flags of `demo`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The repository to clone; the one you stand in when absent. It is only read.
    #[arg(long, value_name = "PATH")]
    repo: Option<PathBuf>,
    /// Where to make the scratch clone; a new temporary folder when absent.
    #[arg(long, value_name = "DIR")]
    scratch: Option<PathBuf>,
    /// How many attempts run at once.
    #[arg(short, long, value_name = "N", default_value_t = 4)]
    jobs: usize,
    /// The fence around agents and checks.
    #[arg(long, value_enum, value_name = "KIND", default_value_t)]
    sandbox: main_job::Fence,
}

pub(crate) fn run(args: &Args, ctx: &Context) -> Result<Outcome, Failure> {
    ctx.only(&[Format::Human, Format::Json])?;
    let source = source(args)?;
    let scratch = scratch(args)?;
    let clone = scratch.join("clone");
    let canary = scratch.join("ESCAPED");
    clone_into(&source, &clone)?;
    let tools = tasks::Tools::find(&clone);
    let tasks = tasks::tasks(&tools, &canary);
    write_queue(&clone, &tasks, &tools, args.jobs)?;
    let mut place = Place::at(&clone, ctx)?;
    if let Some(name) = source.file_name() {
        place.name = format!("{} (demo on a scratch clone)", name.to_string_lossy());
    }
    let args = main_job::Args { sandbox: args.sandbox, ..main_job::Args::default() };
    // No trust is asked for: every command in the clone was written by this program, right above.
    let taken = main_job::Taken::of(&place)?;
    let done = main_job::go(&place, &args, ctx, taken)?;
    let mut wrong = surprises(&tasks, &done);
    if canary.exists() {
        wrong.push(format!("the sandbox was left: {} exists", canary.display()));
    }
    let findings = wrong.iter().map(|text| Finding::new("demo.plan", Level::Error, text.clone()));
    let outcome = if wrong.is_empty() { Outcome::Clean } else { Outcome::Findings };
    let mut report = Report::new(outcome).with_data(&serde_json::json!({
        "clone": clone.display().to_string(), "branch": done.branch, "dossier": done.pages,
    }));
    report.findings = findings.collect();
    ctx.emit_stdout(&report, |out| {
        show::summary(out, &done.summary, &done.titles, &done.pages)?;
        for text in &wrong {
            writeln!(out, "not as planned: {}", terminal(text))?;
        }
        if wrong.is_empty() {
            writeln!(out, "everything ended as planned, the planned failures included")?;
        }
        Ok(())
    })
}

fn source(args: &Args) -> Result<PathBuf, Failure> {
    let start = match &args.repo {
        Some(path) => path.clone(),
        None => host::current_dir()?,
    };
    let git = leadforge_host_git::Git::discover(&start, &place::git_config())
        .map_err(|e| Failure::git(&e))?;
    if git.head().map_err(|e| Failure::git(&e))?.commit.is_none() {
        return Err(Failure::usage(
            "demo.empty",
            format!("{}: has no commit to clone", start.display()),
        ));
    }
    Ok(git.here().unwrap_or(git.common_dir()).to_owned())
}

fn scratch(args: &Args) -> Result<PathBuf, Failure> {
    let dir = match &args.scratch {
        Some(dir) => std::path::absolute(dir).unwrap_or_else(|_| dir.clone()),
        None => {
            let name: String = host::entropy::<6>()?.iter().map(|b| format!("{b:02x}")).collect();
            std::env::temp_dir().join(format!("leadforge-demo-{name}"))
        }
    };
    if dir.join("clone").exists() {
        return Err(Failure::refused(
            "demo.exists",
            format!("{} exists; nothing is overwritten", dir.join("clone").display()),
        )
        .hint("name another folder with --scratch, or remove it"));
    }
    create_dir_all(&RealDisk, &dir).map_err(io)?;
    Ok(dir)
}

/// Clones without hooks, templates or the user's configuration: the clone is ours alone.
fn clone_into(source: &Path, clone: &Path) -> Result<(), Failure> {
    let out = Command::new("git")
        .args(["clone", "--quiet", "--no-hardlinks", "--template=", "--no-tags"])
        .arg("--")
        .arg(source)
        .arg(clone)
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_TERMINAL_PROMPT", "0")
        .env_remove("GIT_DIR")
        .env_remove("GIT_WORK_TREE")
        .stdin(Stdio::null())
        .output()
        .map_err(|e| Failure::cannot_look("demo.git", format!("git: {e}")))?;
    if out.status.success() {
        return Ok(());
    }
    let line = String::from_utf8_lossy(&out.stderr).lines().next().unwrap_or_default().to_owned();
    Err(Failure::cannot_look("demo.clone", format!("git clone {}: {line}", source.display())))
}

fn write_queue(
    clone: &Path,
    tasks: &[Task],
    tools: &tasks::Tools,
    jobs: usize,
) -> Result<(), Failure> {
    let pending = clone.join(QUEUE_DIR).join("pending");
    // A queue that the repository has is not the demo's; the clone is scratch.
    if pending.exists() {
        std::fs::remove_dir_all(&pending)?;
    }
    create_dir_all(&RealDisk, &pending).map_err(io)?;
    for task in tasks {
        let path = pending.join(format!("{}.md", task.id));
        replace(&RealDisk, &path, task.file().as_bytes()).map_err(io)?;
    }
    replace(&RealDisk, &clone.join(CONFIG_FILE), tools.config(jobs).as_bytes()).map_err(io)
}

/// Where the run did not end as the plan says.
fn surprises(tasks: &[Task], done: &main_job::Done) -> Vec<String> {
    let mut wrong = Vec::new();
    for task in tasks {
        let ended = done.summary.outcomes.get(task.id);
        let fits = match task.planned {
            Planned::Lands => matches!(ended, Some(Settled::Landed { .. })),
            Planned::Fails => matches!(ended, Some(Settled::Failed { .. })),
            Planned::Waits => matches!(ended, Some(Settled::Blocked { .. })),
        };
        if !fits {
            wrong.push(format!(
                "{} was planned to {}, it is {ended:?}",
                task.id,
                task.planned.word()
            ));
        }
    }
    wrong
}

fn io(error: leadforge_durable_fs::Error) -> Failure {
    Failure::from_error(Exit::CannotLook, "io", &error)
}
