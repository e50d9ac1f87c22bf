//! What the libraries' errors mean to who called: an exit code, a stable code, a hint.

use leadforge_cli_kit::{Exit, Failure};

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

/// The failure of a comparison.
pub(crate) fn picture(error: &leadforge_visual_diff::Error) -> Failure {
    use leadforge_visual_diff::Error as E;
    match error {
        E::Read { .. } => Failure::from_error(Exit::CannotLook, "picture.read", error),
        E::Write(_) => Failure::from_error(Exit::CannotLook, "picture.write", error),
        E::Refused { .. } => Failure::from_error(Exit::Refused, "picture.refused", error),
        E::TooLarge { .. } => Failure::from_error(Exit::Usage, "picture.too-large", error),
        E::Setting { name, allowed } => {
            Failure::usage("usage.value", format!("--{name} has to be {allowed}"))
        }
        _ => Failure::from_error(Exit::Usage, "picture.unreadable", error),
    }
}
