//! The one way in which a command fails: an exit code, a stable code, one clear line and a hint.

use crate::Exit;
use std::fmt;

/// Why a command could not do its work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The exit code, never `Clean`.
    pub exit: Exit,
    /// A stable dotted name for programs, such as `config.unknown-key`.
    pub code: String,
    /// One line for people, without a final full stop.
    pub message: String,
    /// Further lines of the same kind, when several inputs are at fault at once.
    pub details: Vec<String>,
    /// What to do about it, often the line to type.
    pub hint: Option<String>,
}

impl Failure {
    /// A failure with the given exit code.
    pub fn new(exit: Exit, code: &str, message: impl fmt::Display) -> Self {
        Self {
            exit,
            code: code.to_owned(),
            message: message.to_string(),
            details: Vec::new(),
            hint: None,
        }
    }

    /// Usage, configuration or input that is not what it claims to be; exit 2.
    pub fn usage(code: &str, message: impl fmt::Display) -> Self {
        Self::new(Exit::Usage, code, message)
    }

    /// The command could not look: I/O, git, network, a missing tool; exit 3.
    pub fn cannot_look(code: &str, message: impl fmt::Display) -> Self {
        Self::new(Exit::CannotLook, code, message)
    }

    /// Refused: trust, sandbox, path, a lost race, another's lock; exit 4.
    pub fn refused(code: &str, message: impl fmt::Display) -> Self {
        Self::new(Exit::Refused, code, message)
    }

    /// A failure whose message is an error with all its causes, joined by `: `.
    pub fn from_error(exit: Exit, code: &str, error: &dyn std::error::Error) -> Self {
        let mut message = error.to_string();
        let mut cause = error.source();
        while let Some(error) = cause {
            let text = error.to_string();
            if !message.contains(&text) {
                message.push_str(": ");
                message.push_str(&text);
            }
            cause = error.source();
        }
        Self::new(exit, code, message)
    }

    /// Adds what to do about it.
    #[must_use]
    pub fn hint(mut self, hint: impl fmt::Display) -> Self {
        self.hint = Some(hint.to_string());
        self
    }

    /// Adds further lines, each printed as an error of its own.
    #[must_use]
    pub fn details(mut self, details: impl IntoIterator<Item = String>) -> Self {
        self.details.extend(details);
        self
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Failure {}

impl From<std::io::Error> for Failure {
    /// An error of durable-fs that went through a writer keeps its meaning.
    fn from(error: std::io::Error) -> Self {
        match error.downcast::<leadforge_durable_fs::Error>() {
            Ok(error) => error.into(),
            Err(error) => Self::cannot_look("io", error),
        }
    }
}

impl From<leadforge_durable_fs::Error> for Failure {
    /// A path that is no plain file, or one that another holds, is refused; the rest is I/O.
    fn from(error: leadforge_durable_fs::Error) -> Self {
        use leadforge_durable_fs::Error::{Exists, Locked, NotAFile};
        let (exit, code) = match error {
            NotAFile { .. } => (Exit::Refused, "path.not-a-file"),
            Exists { .. } => (Exit::Refused, "path.exists"),
            Locked { .. } => (Exit::Refused, "path.locked"),
            _ => (Exit::CannotLook, "io"),
        };
        Self::new(exit, code, error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug)]
    struct Outer(std::io::Error);
    impl fmt::Display for Outer {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("cannot read a.toml")
        }
    }
    impl std::error::Error for Outer {
        fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
            Some(&self.0)
        }
    }

    #[test]
    fn causes_are_joined_once() {
        let error = Outer(std::io::Error::other("disk on fire"));
        let failure = Failure::from_error(Exit::CannotLook, "io", &error);
        assert_eq!(failure.message, "cannot read a.toml: disk on fire");
    }
}
