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
