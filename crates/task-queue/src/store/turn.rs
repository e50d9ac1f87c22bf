//! A fair turn at the database: whoever has just had one cannot take the next from those who wait.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use leadforge_durable_fs::Lock;

use crate::error::Error;

/// How long a call waits for the others before it gives up.
pub(super) const WAIT: Duration = Duration::from_secs(30);

/// All who wait look this often, so that each has the same chance at every turn.
const LINE: Duration = Duration::from_millis(1);

/// Only the first of the line waits for the database itself, and looks more often.
const FIRST: Duration = Duration::from_micros(200);

/// Two locks: to be first in the line, and to have the turn.
///
/// The first lets go of the line only when it has the turn. With one lock alone a busy process
/// would take it again and again while the others sleep.
#[derive(Debug)]
pub(super) struct Line {
    line: PathBuf,
    turn: PathBuf,
}

impl Line {
    /// The line for the database in this folder.
    pub(super) fn new(folder: &Path) -> Self {
        Self { line: folder.join("queue.line"), turn: folder.join("queue.lock") }
    }

    /// Waits for a turn; the lock that is returned is the turn.
    pub(super) fn turn(&self) -> Result<Lock, Error> {
        let end = Instant::now() + WAIT;
        let _first = wait(&self.line, LINE, end)?;
        wait(&self.turn, FIRST, end)
    }
}

fn wait(path: &Path, nap: Duration, end: Instant) -> Result<Lock, Error> {
    loop {
        match Lock::try_exclusive(path)? {
            Some(lock) => return Ok(lock),
            // One last try says who is in the way.
            None if Instant::now() > end => return Ok(Lock::exclusive(path, Duration::ZERO)?),
            None => std::thread::sleep(nap),
        }
    }
}
