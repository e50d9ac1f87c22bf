//! A fair turn at the database: whoever has just had one cannot take the next from those who wait.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use leadforge_durable_fs::Lock;

use crate::error::Error;

/// How long a call waits for the others before it gives up: for its turn and for the database together.
pub(super) const WAIT: Duration = Duration::from_secs(30);

/// The moment until which a call waits.
#[derive(Clone, Copy, Debug)]
pub(super) struct End(Instant);

impl End {
    /// The moment after this time.
    pub(super) fn after(wait: Duration) -> Self {
        Self(Instant::now() + wait)
    }

    /// What is left of the time; nothing when it is over.
    pub(super) fn left(self) -> Duration {
        self.0.saturating_duration_since(Instant::now())
    }
}

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

    /// Waits for a turn until this moment; the lock that is returned is the turn.
    pub(super) fn turn(&self, end: End) -> Result<Lock, Error> {
        let _first = wait(&self.line, LINE, end)?;
        wait(&self.turn, FIRST, end)
    }
}

fn wait(path: &Path, nap: Duration, end: End) -> Result<Lock, Error> {
    loop {
        match Lock::try_exclusive(path)? {
            Some(lock) => return Ok(lock),
            // One last try says who is in the way.
            None if end.left().is_zero() => return Ok(Lock::exclusive(path, Duration::ZERO)?),
            None => std::thread::sleep(nap),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;

    use super::*;

    #[test]
    fn who_waits_too_long_is_told_who_is_in_the_way() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("queue.lock");
        let mut held = Lock::exclusive(&path, Duration::ZERO).expect("a lock");
        held.note("in the way").expect("a note");
        let (tell, told) = channel();
        let end = End::after(Duration::from_millis(5));
        std::thread::spawn(move || tell.send(wait(&path, LINE, end)));
        // Twenty seconds are only for a wait without an end, which nothing else would show.
        let found = told.recv_timeout(Duration::from_secs(20)).expect("it gives up");
        let error = found.expect_err("it is held").to_string();
        assert!(error.contains("in the way"), "{error}");
    }

    #[test]
    fn who_waits_gets_the_turn_when_it_is_free() {
        let folder = tempfile::tempdir().expect("a folder");
        let line = Line::new(folder.path());
        let end = End::after(WAIT);
        let held = line.turn(end).expect("nobody is there");
        let (tell, told) = channel();
        std::thread::spawn(move || tell.send(line.turn(end)));
        let first = folder.path().join("queue.line");
        while Lock::try_exclusive(&first).expect("a lock").is_some() {
            std::thread::yield_now();
        }
        drop(held);
        drop(told.recv_timeout(Duration::from_secs(20)).expect("an answer").expect("a turn"));
    }
}
