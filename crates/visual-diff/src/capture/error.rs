//! Why no picture was taken.

use std::path::PathBuf;
use std::time::Duration;

/// Why no picture was taken; each text is one line, and what Chromium or a page said in it is escaped.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// No Chromium was found.
    #[error("no Chromium: {}", looked.iter().map(|path| path.display().to_string()).collect::<Vec<_>>().join(", "))]
    Missing {
        /// Where it was looked for.
        looked: Vec<PathBuf>,
    },
    /// The Chromium that is there is a snap, which runs in a fence of its own that lets no pipe in.
    #[error("{}: is a snap, which cannot be driven over a pipe", path.display())]
    Snap {
        /// What was found.
        path: PathBuf,
    },
    /// The fence cannot be had here; nothing was run.
    #[error("Chromium's fence refused: {reason}")]
    Fence {
        /// What is missing.
        reason: String,
    },
    /// The program could not be started.
    #[error("{}: {source}", path.display())]
    Start {
        /// The program.
        path: PathBuf,
        /// The system's reason.
        source: std::io::Error,
    },
    /// Chromium ended in the middle of the work.
    #[error("Chromium ended ({status}) while it was asked for {doing}; it said: \"{said}\"")]
    Died {
        /// How it ended.
        status: String,
        /// What was asked for.
        doing: String,
        /// The end of its standard error, bounded and escaped.
        said: String,
    },
    /// Chromium or the page did not answer in time.
    #[error("no answer within {} s: {doing}", after.as_secs())]
    Deadline {
        /// What was waited for.
        doing: String,
        /// How long.
        after: Duration,
    },
    /// Chromium refused a command.
    #[error("Chromium refuses {method}: \"{message}\"")]
    Refused {
        /// The command.
        method: String,
        /// Its reason, escaped.
        message: String,
    },
    /// The page itself cannot be had or photographed.
    #[error("{url}: {what}")]
    Page {
        /// Its address, escaped.
        url: String,
        /// What is wrong.
        what: String,
    },
    /// A step to the wanted state failed.
    #[error("step {number}: {what}")]
    Step {
        /// Counted from 1.
        number: usize,
        /// What is wrong.
        what: String,
    },
}

/// Text of a stranger for one line of an error: bounded and escaped.
pub(super) fn quoted(text: &str, limit: usize) -> String {
    let mut end = text.len().min(limit);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let mut quoted: String = text[..end].escape_debug().collect();
    if end < text.len() {
        quoted.push('…');
    }
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_stranger_says_is_bounded_and_one_line() {
        assert_eq!(quoted("a\n\u{1b}[31mb", 100), "a\\n\\u{1b}[31mb");
        assert_eq!(quoted("ééé", 3), "é…");
    }
}
