//! Starting other programs, and how a command of xtask fails.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Why a command of xtask ended early, and with which status.
#[derive(Debug)]
pub(crate) struct Fail {
    pub(crate) code: u8,
    pub(crate) message: String,
}

pub(crate) type Result<T = ()> = std::result::Result<T, Fail>;

impl Fail {
    /// A gate failed; exit 1.
    pub(crate) fn gate(message: impl Into<String>) -> Self {
        Self { code: 1, message: message.into() }
    }

    /// The command line is wrong; exit 2.
    pub(crate) fn usage(message: impl Into<String>) -> Self {
        Self { code: 2, message: message.into() }
    }

    /// This machine lacks something; exit 3.
    pub(crate) fn missing(message: impl Into<String>) -> Self {
        Self { code: 3, message: message.into() }
    }
}

impl From<std::io::Error> for Fail {
    fn from(error: std::io::Error) -> Self {
        Self::missing(error.to_string())
    }
}

/// The repository's root: the parent of this package's folder.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask lies in the repository")
}

/// A folder of ours under `target/`.
pub(crate) fn scratch(name: &str) -> PathBuf {
    target().join(name)
}

/// The target folder, which the caller's environment may have moved.
pub(crate) fn target() -> PathBuf {
    match std::env::var_os("CARGO_TARGET_DIR") {
        Some(dir) => root().join(dir),
        None => root().join("target"),
    }
}

/// A program that will run in the repository's root.
pub(crate) fn program(name: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(name);
    command.current_dir(root());
    command
}

/// The cargo that runs us.
pub(crate) fn cargo() -> Command {
    program(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// Prints a command, runs it, and fails as a gate when it fails.
pub(crate) fn run(command: &mut Command) -> Result {
    let line = shown(command);
    println!("$ {line}");
    let status = command.status().map_err(|error| Fail::missing(format!("{line}: {error}")))?;
    if status.success() { Ok(()) } else { Err(Fail::gate(format!("{line}: {status}"))) }
}

/// Runs a command quietly and returns its standard output.
pub(crate) fn capture(command: &mut Command) -> Result<String> {
    let line = shown(command);
    let output = command
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .output()
        .map_err(|error| Fail::missing(format!("{line}: {error}")))?;
    if !output.status.success() {
        return Err(Fail::gate(format!("{line}: {}", output.status)));
    }
    String::from_utf8(output.stdout).map_err(|_| Fail::gate(format!("{line}: not UTF-8")))
}

/// A command as a person would type it.
fn shown(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    let words = words.map(|word| word.to_string_lossy().into_owned());
    let cargo = std::env::var("CARGO").unwrap_or_default();
    words
        .map(|word| if word == cargo { "cargo".to_owned() } else { word })
        .map(|word| match Path::new(&word).strip_prefix(root()) {
            Ok(inside) if !inside.as_os_str().is_empty() => inside.display().to_string(),
            _ if word.is_empty() || word.contains(char::is_whitespace) => format!("'{word}'"),
            _ => word,
        })
        .collect::<Vec<_>>()
        .join(" ")
}

/// The path of a program, looked up as root's shell does.
pub(crate) fn which(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let all = std::env::split_paths(&path).chain(["/usr/sbin".into(), "/sbin".into()]);
    all.map(|dir| dir.join(name)).find(|file| file.is_file())
}

/// Removes a folder if it is there, and makes it anew.
pub(crate) fn fresh(dir: &Path) -> Result {
    if dir.exists() {
        std::fs::remove_dir_all(dir)?;
    }
    Ok(std::fs::create_dir_all(dir)?)
}

/// True when we may mount file systems.
pub(crate) fn is_root() -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let uids = status.lines().find_map(|line| line.strip_prefix("Uid:")).unwrap_or_default();
    uids.split_whitespace().nth(1) == Some("0")
}

/// The processor time of this process and of all its children that have ended, in seconds.
pub(crate) fn cpu_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // The second field is the program's name in parentheses; the times are the 14th to the 17th.
    let fields = stat.rsplit_once(')').map_or("", |(_, rest)| rest).split_whitespace();
    let ticks: u64 = fields.skip(11).take(4).filter_map(|field| field.parse::<u64>().ok()).sum();
    // Linux tells times in hundredths of a second, whatever its own tick is.
    ticks as f64 / 100.0
}
