//! The bytes of a completed file: the pending one with its evidence.

use super::parse::parse;
use crate::Error;
use crate::model::Completion;

/// Adds the evidence to a task's file and gives the bytes of the completed one; moves nothing.
///
/// Everything else stays as it was written. Session and epoch make the evidence of two sessions
/// differ, so that git itself refuses to merge two completions of one task.
///
/// # Errors
/// When the bytes are no task file.
pub fn complete(path: &str, task_bytes: &[u8], done: &Completion) -> Result<Vec<u8>, Error> {
    let mut task = parse(path, task_bytes)?;
    task.done = Some(done.clone());
    Ok(task.to_bytes())
}
