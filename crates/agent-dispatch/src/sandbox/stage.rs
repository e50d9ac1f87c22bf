//! What the launcher tells the process that becomes the command, and how that process obeys.
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::io::{self, Write};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};

use rustix::process::{Resource, Rlimit, setrlimit};
use rustix::thread::{CapabilitySet, CapabilitySets};
use serde::{Deserialize, Serialize};

use super::identity::Identity;
use super::{bytes, landlock, seccomp};

/// The line that says: every fence stands, what follows is the command.
pub(crate) const READY: &str = "ready\n";

/// Outside the fence: join the groups, bound the resources, become the next program.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Enter {
    #[serde(with = "bytes::paths")]
    pub(crate) doors: Vec<PathBuf>,
    pub(crate) cpu_seconds: u64,
    pub(crate) file_bytes: u64,
    #[serde(with = "bytes::list")]
    pub(crate) program: Vec<OsString>,
}

/// Inside the namespaces, if any: raise the last fences and become the command.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Inner {
    #[serde(with = "bytes::list")]
    pub(crate) command: Vec<OsString>,
    #[serde(with = "bytes::path")]
    pub(crate) cwd: PathBuf,
    #[serde(with = "bytes::map")]
    pub(crate) env: BTreeMap<OsString, OsString>,
    /// Bounds of a plain user without a control group.
    pub(crate) processes: Option<u64>,
    pub(crate) data_bytes: Option<u64>,
    /// Whom it becomes; nobody else when absent.
    pub(crate) identity: Option<Identity>,
    pub(crate) landlock: Option<landlock::Rules>,
    pub(crate) seccomp: Option<seccomp::Policy>,
    /// The proxy's socket, to which a port of the sandbox's own network is to lead.
    #[serde(with = "bytes::option_path")]
    pub(crate) proxy: Option<PathBuf>,
}

/// Runs a stage of the process that becomes the command; returns only when that failed.
pub(crate) fn run(verb: &str, file: &Path) -> ExitCode {
    let result = match verb {
        "enter" => read(file).and_then(|stage: Enter| enter(&stage)),
        _ => read(file).and_then(|stage: Inner| inner(&stage)),
    };
    result.unwrap_or_else(|error| {
        let _ = writeln!(io::stderr(), "{error}");
        ExitCode::from(126)
    })
}

fn read<T: serde::de::DeserializeOwned>(file: &Path) -> io::Result<T> {
    let text = fs::read(file).map_err(|error| named(&file.display(), &error))?;
    serde_json::from_slice(&text).map_err(|error| named(&file.display(), &error.into()))
}

fn enter(stage: &Enter) -> io::Result<ExitCode> {
    for door in &stage.doors {
        // Opened for writing only: a group's file cannot be truncated or made.
        fs::OpenOptions::new()
            .write(true)
            .open(door)
            .and_then(|mut file| file.write_all(b"0"))
            .map_err(|error| named(&door.display(), &error))?;
    }
    // One, not none: a handler to which the kernel would pipe the dump is not started either.
    bound(Resource::Core, 1)?;
    bound(Resource::Fsize, stage.file_bytes)?;
    bound(Resource::Cpu, stage.cpu_seconds)?;
    let (program, arguments) = split(&stage.program)?;
    let error = Command::new(program).args(arguments).env_clear().exec();
    Err(named(&program.display(), &error))
}

fn inner(stage: &Inner) -> io::Result<ExitCode> {
    rustix::process::chdir(&stage.cwd)
        .map_err(|error| named(&stage.cwd.display(), &error.into()))?;
    if let Some(count) = stage.processes {
        bound(Resource::Nproc, count)?;
        // Without a group that stops a bomb at once, the launcher must be able to outrun it.
        rustix::process::nice(10)?;
    }
    if let Some(bytes) = stage.data_bytes {
        bound(Resource::Data, bytes)?;
    }
    rustix::thread::set_no_new_privs(true)?;
    drop_rights(stage.identity)?;
    if let Some(socket) = &stage.proxy {
        forward(socket)?;
    }
    if let Some(rules) = &stage.landlock {
        landlock::restrict(rules)?;
    }
    if let Some(policy) = &stage.seccomp {
        seccomp::restrict(policy)?;
    }
    let (program, arguments) = split(&stage.command)?;
    let mut command = Command::new(program);
    command.args(arguments).env_clear().envs(&stage.env);
    io::stderr().write_all(READY.as_bytes())?;
    // From here on errors are output like any other, and the launcher's own channel is closed.
    rustix::stdio::dup2_stderr(rustix::stdio::stdout())?;
    let error = command.exec();
    let code = if error.kind() == io::ErrorKind::NotFound { 127 } else { 126 };
    let _ = writeln!(io::stderr(), "cannot run {}: {error}", program.display());
    Ok(ExitCode::from(code))
}

/// Starts the forwarder, which is fenced like the command but for the sockets it is there for.
fn forward(socket: &Path) -> io::Result<()> {
    let status = Command::new("/proc/self/exe")
        .arg(crate::launch::VERB)
        .arg("forward")
        .arg(socket)
        .env_clear()
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .status()?;
    if status.success() { Ok(()) } else { Err(io::Error::other("the forwarder did not start")) }
}

/// Leaves no capability, or the one with which a user of its own passes closed folders.
fn drop_rights(identity: Option<Identity>) -> io::Result<()> {
    let kept = identity.map_or(CapabilitySet::empty(), Identity::kept);
    rustix::thread::clear_ambient_capability_set()?;
    if let Some(identity) = identity {
        identity.prepare()?;
    }
    for bit in 0..64 {
        let one = CapabilitySet::from_bits_retain(1 << bit);
        // Past the last capability of this kernel, or without the right to drop: then the
        // sets below are empty already and no exec can fill them under no_new_privs.
        if one != kept && rustix::thread::remove_capability_from_bounding_set(one).is_err() {
            break;
        }
    }
    if let Some(identity) = identity {
        identity.assume()?;
    }
    let sets = CapabilitySets { effective: kept, permitted: kept, inheritable: kept };
    rustix::thread::set_capabilities(None, sets)?;
    if !kept.is_empty() {
        rustix::thread::configure_capability_in_ambient_set(kept, true)?;
    }
    Ok(())
}

fn bound(resource: Resource, value: u64) -> io::Result<()> {
    let most = rustix::process::getrlimit(resource).maximum.unwrap_or(u64::MAX);
    let value = Some(value.min(most)).filter(|value| *value != u64::MAX);
    Ok(setrlimit(resource, Rlimit { current: value, maximum: value })?)
}

fn split(command: &[OsString]) -> io::Result<(&OsString, &[OsString])> {
    command.split_first().ok_or_else(|| io::Error::other("there is no command"))
}

fn named(what: &dyn std::fmt::Display, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{what}: {error}"))
}
