//! `lead-queue add`: writes a new task file, durably, or says which of its keys is wrong.

use std::io::Read as _;
use std::path::PathBuf;

use leadforge_cli_kit::{Context, Failure, Format, Outcome, Report};
use leadforge_durable_fs::{RealDisk, create_dir_all, create_new, read, sweep};
use leadforge_task_queue::{
    Error, Estimate, Glob, MAX_FILE, Priority, QUEUE_DIR, Queue, Task, TaskId,
};

use crate::place::Place;
use crate::{claim, failure};
use leadforge_cli_kit::host::entropy;

/// Flags of `add`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// What is asked for, in one line.
    title: String,
    /// How urgent it is: P0 to P3.
    #[arg(long, value_name = "P0..P3", value_parser = priority, default_value = "P2")]
    priority: Priority,
    /// A task that must be completed first; may be given again.
    #[arg(long, value_name = "TASK")]
    after: Vec<String>,
    /// Files it will change, as a glob; may be given again.
    #[arg(long, value_name = "GLOB")]
    touches: Vec<String>,
    /// A symbol it will change, as path::name; may be given again.
    #[arg(long, value_name = "PATH::NAME")]
    symbol: Vec<String>,
    /// What else it needs for itself alone, such as a port; may be given again.
    #[arg(long, value_name = "NAME")]
    resource: Vec<String>,
    /// A command line that must succeed before it counts as done; may be given again.
    #[arg(long, value_name = "COMMAND")]
    verify: Vec<String>,
    /// The command line that the built-in shell agent runs.
    #[arg(long, value_name = "COMMAND")]
    run: Option<String>,
    /// An agent that may do it; may be given again.
    #[arg(long, value_name = "NAME", value_parser = claim::agent_name)]
    agent: Vec<String>,
    /// A host that its agent may reach, as name:port; may be given again.
    #[arg(long, value_name = "HOST")]
    host: Vec<String>,
    /// How many agents compete on it.
    #[arg(long, value_name = "N", default_value_t = 1)]
    attempts: u8,
    /// How often it is tried.
    #[arg(long, value_name = "N", default_value_t = 2)]
    tries: u8,
    /// Hours of a person's work that it would cost.
    #[arg(long, value_name = "HOURS")]
    hours: Option<f64>,
    /// Keystrokes of a person that it would cost.
    #[arg(long, value_name = "N")]
    keystrokes: Option<u64>,
    /// The text of the task.
    #[arg(long, value_name = "TEXT", conflicts_with = "body_file")]
    body: Option<String>,
    /// A file with the text of the task, or - for standard input.
    #[arg(long, value_name = "FILE")]
    body_file: Option<PathBuf>,
    /// Its id, instead of a random one.
    #[arg(long, value_name = "ID")]
    id: Option<String>,
}

fn priority(text: &str) -> Result<Priority, String> {
    Priority::parse(text).ok_or_else(|| "expected P0, P1, P2 or P3".to_owned())
}

pub(crate) fn run(args: &Args, ctx: &Context) -> Result<Outcome, Failure> {
    ctx.only(&[Format::Human, Format::Json])?;
    let place = Place::here()?;
    let queue = place.queue()?;
    let task = task(args, &queue)?;
    let path = format!("{QUEUE_DIR}/pending/{}.md", task.id);
    let bytes = task.to_bytes();
    // Read back: what the queue would refuse tomorrow is refused now.
    Task::parse(&path, &bytes).map_err(|error| match error {
        Error::File(fault) => {
            Failure::usage("queue.task", format!("{}; expected {}", fault.problem, fault.expected))
        }
        other => failure::queue(&other),
    })?;
    let folder = place.queue_dir().join("pending");
    create_dir_all(&RealDisk, &folder)?;
    sweep(&RealDisk, &folder)?;
    create_new(&RealDisk, &folder.join(format!("{}.md", task.id)), &bytes)?;
    let data = serde_json::json!({"task": claim::task_data(&task), "path": path});
    ctx.emit(&Report::new(Outcome::Clean).with_data(&data), |out| {
        writeln!(out, "{}  {path}", task.id)
    })
}

fn task(args: &Args, queue: &Queue) -> Result<Task, Failure> {
    let wrong = |e: Error| failure::queue(&e);
    let id = match &args.id {
        Some(id) => TaskId::parse(id).map_err(wrong)?,
        None => TaskId::random(entropy()?),
    };
    if queue.get(&id).is_some() {
        return Err(Failure::usage("queue.id-taken", format!("there is a task {id} already")));
    }
    let mut task = Task::new(id, &args.title);
    task.priority = args.priority;
    for text in &args.after {
        task.after.push(queue.find(text).map_err(wrong)?.id.clone());
    }
    for text in &args.touches {
        task.touches.push(Glob::parse(text).map_err(wrong)?);
    }
    task.symbols.clone_from(&args.symbol);
    task.resources.clone_from(&args.resource);
    task.verify.clone_from(&args.verify);
    task.run.clone_from(&args.run);
    task.agents.clone_from(&args.agent);
    task.hosts.clone_from(&args.host);
    task.attempts = args.attempts;
    task.tries = args.tries;
    if args.hours.is_some() || args.keystrokes.is_some() {
        task.estimate = Some(Estimate { hours: args.hours, keystrokes: args.keystrokes });
    }
    task.body = body(args)?;
    Ok(task)
}

fn body(args: &Args) -> Result<String, Failure> {
    let limit = MAX_FILE as u64;
    let bytes = match (&args.body, &args.body_file) {
        (Some(text), _) => return Ok(ended(text.clone())),
        (None, None) => return Ok(String::new()),
        (None, Some(path)) if path.as_os_str() == "-" => {
            let mut bytes = Vec::new();
            std::io::stdin().take(limit + 1).read_to_end(&mut bytes)?;
            bytes
        }
        (None, Some(path)) => read(&RealDisk, path, limit)?,
    };
    let text = String::from_utf8(bytes)
        .map_err(|_| Failure::usage("queue.task", "the text of the task is not UTF-8"))?;
    Ok(ended(text))
}

fn ended(text: String) -> String {
    if text.is_empty() || text.ends_with('\n') { text } else { text + "\n" }
}
