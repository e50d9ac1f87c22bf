//! What the libraries' errors mean to who called: an exit code, a stable code, a hint.

use leadforge_cli_kit::{Exit, Failure};

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
