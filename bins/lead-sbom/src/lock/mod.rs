//! Lock files: whether one is there, whether it is fresh, and whether what is built installs from it.

pub(crate) mod installs;
pub(crate) mod npm;
pub(crate) mod requirement;
pub(crate) mod uv;

use leadforge_cli_kit::{Finding, Level};

/// A fault of a lock file.
pub(crate) fn fault(
    rule: &str,
    level: Level,
    message: String,
    path: &str,
    line: Option<u64>,
) -> Finding {
    let line = line.and_then(|line| u32::try_from(line).ok());
    Finding::new(rule, level, message).at(path, line)
}

/// The line on which a text stands first, from 1.
pub(crate) fn line_of(text: &str, part: &str) -> Option<u64> {
    text.find(part).map(|at| text[..at].matches('\n').count() as u64 + 1)
}
