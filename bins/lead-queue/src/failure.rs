//! What the libraries' errors mean to who called: an exit code, a stable code, a hint.

use leadforge_cli_kit::{Exit, Failure};
use leadforge_task_queue::Error;

/// The failure of a call to the queue.
pub(crate) fn queue(error: &Error) -> Failure {
    match error {
        Error::Queue(faults) => {
            let mut lines = faults.faults().iter().map(ToString::to_string);
            let first = lines.next().unwrap_or_default();
            Failure::usage("queue.file", first).details(lines)
        }
        Error::File(fault) => Failure::usage("queue.file", fault),
        Error::BadId { .. } => Failure::usage("queue.bad-id", error),
        Error::BadGlob { .. } => Failure::usage("queue.bad-glob", error),
        Error::NoSuchTask(_) => {
            Failure::usage("queue.no-such-task", error).hint("lead-queue graph lists all tasks")
        }
        Error::Ambiguous { .. } => {
            Failure::usage("queue.ambiguous", error).hint("write more of the id")
        }
        Error::Late { .. } => Failure::refused("queue.late", error)
            .hint("the task may be somebody else's by now: keep your commits, claim it anew"),
        Error::Disk(_) | Error::Io { .. } => {
            Failure::from_error(Exit::CannotLook, "queue.io", error)
        }
        _ => Failure::from_error(Exit::CannotLook, "queue.database", error),
    }
}
