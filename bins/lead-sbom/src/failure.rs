//! What the library's errors mean to who called: an exit code, a stable code, a hint.

use leadforge_cli_kit::{Exit, Failure};
use leadforge_sbom::Error;

/// The failure of taking an inventory.
pub(crate) fn sbom(error: &Error) -> Failure {
    match error {
        Error::Tree(_) => Failure::from_error(Exit::CannotLook, "tree.read", error),
        _ => Failure::from_error(Exit::Usage, "lock.unreadable", error)
            .hint("make the file anew with its package manager, or leave it out with --exclude"),
    }
}

/// The failure of a call to git.
pub(crate) fn git(error: &leadforge_host_git::Error) -> Failure {
    use leadforge_host_git::Error as E;
    let exit = match error {
        E::NotARepository { .. } | E::Unsupported { .. } | E::BadLayout { .. } => Exit::Usage,
        E::Refused { .. } => Exit::Refused,
        _ => Exit::CannotLook,
    };
    let failure = Failure::from_error(exit, "repository", error);
    match error {
        E::NotARepository { .. } => {
            failure.hint("call it inside a git repository, or git init one")
        }
        _ => failure,
    }
}
