//! What git's errors mean to who called: an exit code, a stable code, a hint.

use leadforge_host_git::Error;

use crate::{Exit, Failure};

impl Failure {
    /// The failure of a call to git.
    pub fn git(error: &Error) -> Self {
        let exit = match error {
            Error::NotARepository { .. } | Error::Unsupported { .. } | Error::BadLayout { .. } => {
                Exit::Usage
            }
            Error::Refused { .. } => Exit::Refused,
            _ => Exit::CannotLook,
        };
        let failure = Self::from_error(exit, "repository", error);
        match error {
            Error::NotARepository { .. } => {
                failure.hint("call it inside a git repository, or git init one")
            }
            _ => failure,
        }
    }
}
