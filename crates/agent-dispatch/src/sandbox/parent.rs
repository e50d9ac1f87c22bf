//! The caller's side: starts the launcher, holds its lifeline, and reads its answer.
use std::io::{self, Read, Write};
use std::os::fd::OwnedFd;
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};

use serde::{Deserialize, Serialize};

use super::{Error, Launcher, Outcome, Spec, home};

/// What the launcher is told, as one line on its standard input.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Order {
    pub(crate) spec: Spec,
    pub(crate) launcher: Launcher,
}

/// What the launcher answers, on its standard output.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Answer {
    Ended(Outcome),
    Refused(String),
    Failed(String),
}

/// A command that runs; dropping this ends it and all its descendants.
#[derive(Debug)]
pub struct Running {
    child: Child,
    lifeline: Option<ChildStdin>,
    spec_kind: super::Kind,
    program: std::path::PathBuf,
}

/// Takes a running command back, from any thread.
#[derive(Debug)]
pub struct Cancel(ChildStdin);

impl Cancel {
    /// Ends the command and all its descendants; its outcome says that it was cancelled.
    pub fn cancel(self) {
        drop(self.0);
    }
}

/// Runs a command to its end.
///
/// # Errors
/// See [`Error`]; a command that fails is no error but an [`Outcome`].
pub fn run(spec: &Spec, launcher: &Launcher) -> Result<Outcome, Error> {
    start(spec, launcher)?.wait()
}

/// Starts a command.
///
/// # Errors
/// See [`Error`]; what the launcher refuses is known only by [`Running::wait`].
pub fn start(spec: &Spec, launcher: &Launcher) -> Result<Running, Error> {
    start_keeping(spec, launcher, None)
}

/// The same, with a lock that the launcher keeps until nothing of the command is left: who waits
/// for it after a kill of this process waits for the launcher's clean-up, too.
pub(crate) fn start_keeping(
    spec: &Spec,
    launcher: &Launcher,
    lock: Option<OwnedFd>,
) -> Result<Running, Error> {
    check(spec)?;
    let failed = |source| Error::Launcher { path: launcher.program.clone(), source };
    let order = Order { spec: spec.clone(), launcher: launcher.clone() };
    let mut order = serde_json::to_vec(&order).map_err(|error| failed(error.into()))?;
    order.push(b'\n');
    let mut child = Command::new(&launcher.program)
        .args([crate::launch::VERB, "launch"])
        .env_clear()
        .current_dir("/")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        // The launcher says nothing there, and gives every child of its own another one.
        .stderr(lock.map_or_else(Stdio::null, Stdio::from))
        .spawn()
        .map_err(failed)?;
    let mut lifeline = child.stdin.take().expect("asked for a pipe above");
    if let Err(error) = lifeline.write_all(&order) {
        drop(lifeline);
        let _ = child.wait();
        return Err(failed(error));
    }
    Ok(Running {
        child,
        lifeline: Some(lifeline),
        spec_kind: spec.kind,
        program: launcher.program.clone(),
    })
}

impl Running {
    /// The handle that ends the command early; given once.
    #[must_use]
    pub fn cancel(&mut self) -> Option<Cancel> {
        // A second handle would keep the pipe open, so the one there is moves over.
        self.lifeline.take().map(Cancel)
    }

    /// The process id of the launcher.
    #[must_use]
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Waits until the command and every descendant is gone.
    ///
    /// # Errors
    /// See [`Error`].
    pub fn wait(mut self) -> Result<Outcome, Error> {
        let mut text = Vec::new();
        let mut output = self.child.stdout.take().expect("asked for a pipe at the start");
        let read = output.read_to_end(&mut text);
        let ended = self.child.wait();
        let failed = |source| Error::Launcher { path: self.program.clone(), source };
        read.map_err(failed)?;
        let status = ended.map_err(failed)?;
        match serde_json::from_slice(&text) {
            Ok(Answer::Ended(outcome)) => Ok(outcome),
            Ok(Answer::Refused(reason)) => Err(Error::Refused { kind: self.spec_kind, reason }),
            Ok(Answer::Failed(message)) => Err(Error::Failed { message }),
            Err(_) => Err(failed(io::Error::other(format!("ended without an answer: {status}")))),
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        drop(self.lifeline.take());
        let _ = self.child.wait();
    }
}

/// Refuses what cannot be meant, before anything is started.
fn check(spec: &Spec) -> Result<(), Error> {
    let wrong = |what, value: String| Err(Error::Request { what, value });
    if spec.command.is_empty() {
        return wrong("there is no command", String::new());
    }
    let session_fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    if spec.session.is_empty()
        || spec.session.len() > 100
        || !spec.session.chars().all(session_fits)
    {
        return wrong(
            "the session is not 1 to 100 letters, digits, `-`, `_` or `.`",
            spec.session.clone(),
        );
    }
    let single = [Some(&spec.tree), Some(&spec.scratch), Some(&spec.log)];
    let optional = [spec.cwd.as_ref(), spec.stdin.as_ref()];
    let listed = spec.readable.iter().chain(&spec.writable).map(Some);
    for path in single.into_iter().chain(optional).chain(listed).flatten() {
        if !path.is_absolute() {
            return wrong("the path is not absolute", path.display().to_string());
        }
        if path.components().any(|part| part == std::path::Component::ParentDir) {
            return wrong("the path has `..`", path.display().to_string());
        }
    }
    if let Some(path) = spec.readable.iter().find(|path| !home::fits(path)) {
        return wrong("the path names no place in the home", path.display().to_string());
    }
    for path in std::iter::once(&spec.tree).chain(&spec.writable) {
        if path.parent().is_none() {
            return wrong("the whole machine cannot be writable", path.display().to_string());
        }
    }
    let inside = |path: &Path| {
        std::iter::once(&spec.tree).chain(&spec.writable).any(|open| path.starts_with(open))
    };
    for path in [&spec.log, &spec.scratch] {
        if inside(path) {
            return wrong("the path lies where the command may write", path.display().to_string());
        }
    }
    Ok(())
}
