//! What a binary asks of its host and libraries get as arguments: the time, randomness, where it stands.

use crate::Failure;
use leadforge_host_git::Worktree;
use std::path::PathBuf;
use std::time::{SystemTime, UNIX_EPOCH};

/// Now, in milliseconds of Unix time.
#[must_use]
pub fn now_ms() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
}

/// Random bytes from the system.
///
/// # Errors
/// When the system has no random source, exit 3.
pub fn entropy<const N: usize>() -> Result<[u8; N], Failure> {
    let mut bytes = [0_u8; N];
    let mut at = 0;
    while at < N {
        let flags = rustix::rand::GetRandomFlags::empty();
        at += rustix::rand::getrandom(&mut bytes[at..], flags).map_err(|e| {
            Failure::cannot_look("io.random", format!("the system's random source: {e}"))
        })?;
    }
    Ok(bytes)
}

/// The folder in which the command was called.
///
/// # Errors
/// When it is gone or cannot be seen, exit 3.
pub fn current_dir() -> Result<PathBuf, Failure> {
    std::env::current_dir()
        .map_err(|e| Failure::cannot_look("io.cwd", format!("the current folder: {e}")))
}

/// The index that is committed: the one that git names to its hooks, because `git commit -a` and `git commit PATH` commit
/// another one than the checkout's own.
#[must_use]
pub fn staging(at: &Worktree) -> PathBuf {
    // A relative name counts from the checkout's root, where git calls its hooks.
    let named = std::env::var_os("GIT_INDEX_FILE").filter(|name| !name.is_empty());
    named.map_or_else(|| at.index(), |name| at.path.join(name))
}

/// The user's home, when it is an absolute path.
#[must_use]
pub fn home() -> Option<PathBuf> {
    std::env::var_os("HOME").map(PathBuf::from).filter(|path| path.is_absolute())
}
