//! The hidden verb by which the binary re-executes itself as the sandbox's launcher.
use std::ffi::OsString;
use std::path::Path;
use std::process::ExitCode;

/// The first argument that makes a program the launcher.
pub(crate) const VERB: &str = "__sandbox";

/// Call this first in `main` with the program's arguments: when they carry the hidden verb, the
/// program is a stage of the sandbox and must end with the code returned; otherwise none.
///
/// ```
/// # use std::process::ExitCode;
/// fn main() -> ExitCode {
///     if let Some(code) = leadforge_agent_dispatch::launch::main(std::env::args_os()) {
///         return code;
///     }
///     ExitCode::SUCCESS
/// }
/// ```
#[must_use]
pub fn main(arguments: impl IntoIterator<Item = OsString>) -> Option<ExitCode> {
    let mut arguments = arguments.into_iter().skip(1);
    if arguments.next()? != VERB {
        return None;
    }
    let stage = arguments.next().unwrap_or_default();
    let file = arguments.next().unwrap_or_default();
    Some(match stage.to_str() {
        Some("launch") => crate::sandbox::launcher::main(),
        Some(stage @ ("enter" | "exec")) => crate::sandbox::stage::run(stage, Path::new(&file)),
        #[cfg(feature = "proxy")]
        Some("forward") => crate::proxy::forward(Path::new(&file)),
        #[cfg(feature = "proxy")]
        Some("forwarding") => crate::proxy::forwarding(Path::new(&file)),
        _ => ExitCode::from(2),
    })
}
