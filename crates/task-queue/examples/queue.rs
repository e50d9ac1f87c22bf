//! The index and the leases as whole processes, for measurements and for races between processes.
//!
//! ```text
//! queue fill ROOT N          writes N pending tasks below ROOT
//! queue ready STATE ROOT N   prints up to N tasks that can be claimed
//! queue claim STATE ROOT     claims one, prints `granted ID EPOCH SESSION` or the reasons
//! queue race STATE ROOT N    claims N times as fast as it can, a line for each
//! ```

use std::io::Write as _;
use std::path::Path;
use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

use leadforge_task_queue::{
    Branches, ClaimOutcome, ClaimRequest, Error, Glob, Local, Priority, Store, Task, TaskId,
};

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let done = match args[..] {
        ["fill", root, n] => fill(Path::new(root), n.parse().unwrap_or(0)),
        ["ready", state, root, n] => ready(state, root, n.parse().unwrap_or(20)),
        ["claim", state, root] => claim(state, root, 1),
        ["race", state, root, n] => claim(state, root, n.parse().unwrap_or(1)),
        _ => {
            say("usage: queue fill|ready|claim|race …");
            return ExitCode::from(2);
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            say(&error.to_string());
            ExitCode::from(3)
        }
    }
}

fn say(line: &str) {
    // A reader that went away is no failure of ours.
    let _ = writeln!(std::io::stdout().lock(), "{line}");
}

/// Every fourth task waits for one that is completed, every fourth for one that is not.
fn fill(root: &Path, n: u32) -> Result<(), Error> {
    let failed = |source| Error::Io { path: root.to_owned(), doing: "write", source };
    for folder in ["pending", "completed"] {
        std::fs::create_dir_all(root.join(folder)).map_err(failed)?;
    }
    let id = |i: u32| TaskId::derived(&format!("fill {i}"));
    for i in 0..n {
        let mut task = Task::new(id(i), format!("Task number {i}"));
        task.priority = Priority::ALL[i as usize % 4];
        task.touches = vec![Glob::parse(&format!("src/part{i}/**"))?];
        task.verify = vec![format!("test -e src/part{i}")];
        task.body = "\nWhat is to be done, in a few words.\n".repeat(6);
        let mut folder = "pending";
        match i % 8 {
            0 => {
                folder = "completed";
                task.done = Some(leadforge_task_queue::Completion {
                    epoch: 1,
                    session: format!("s{i}"),
                    agent: "fill".into(),
                    commit: "0".repeat(40),
                    tree: "0".repeat(40),
                    ..Default::default()
                });
            }
            1 | 2 => task.after = vec![id(i - i % 8)],
            3 | 4 => task.after = vec![id(i - 1)],
            _ => {}
        }
        let path = root.join(folder).join(format!("{}.md", task.id));
        std::fs::write(path, task.to_bytes()).map_err(failed)?;
    }
    Ok(())
}

fn unix_ms() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
}

fn session(turn: u32) -> String {
    format!("{}-{}-{turn}", std::process::id(), unix_ms())
}

fn ready(state: &str, root: &str, limit: usize) -> Result<(), Error> {
    let (store, local) = (Store::open(Path::new(state))?, Local::discover()?);
    let branches = Branches::new(Path::new(state));
    let history = |id: &TaskId| branches.history(id);
    let request = ClaimRequest::new("", session(0), local.holder_by_time(), &history);
    let ready = store.ready(Path::new(root), limit, &request, &local.now(unix_ms()), false)?;
    for task in &ready.tasks {
        say(&format!("{} {} {}", task.priority, task.id, task.title));
    }
    for reason in &ready.reasons {
        say(&format!("not {reason}"));
    }
    Ok(())
}

fn claim(state: &str, root: &str, turns: u32) -> Result<(), Error> {
    let (store, local) = (Store::open(Path::new(state))?, Local::discover()?);
    for turn in 0..turns {
        let branches = Branches::new(Path::new(state));
        let history = |id: &TaskId| branches.history(id);
        let request = ClaimRequest::new("racer", session(turn), local.holder_by_time(), &history);
        match store.claim_from(Path::new(root), &request, &local.now(unix_ms()), false)? {
            ClaimOutcome::Granted(lease, _) => {
                say(&format!("granted {} {} {}", lease.task, lease.epoch, lease.session));
            }
            ClaimOutcome::Empty => say("empty"),
            ClaimOutcome::Blocked(reasons) => say(&format!("blocked {}", reasons.len())),
        }
    }
    Ok(())
}
