//! One run of git: cleared environment, explicit directories, caps on time and output.

use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io::{self, Read, Seek, Write};
use std::os::fd::OwnedFd;
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use leadforge_durable_fs::Lock;

use crate::{Config, Error};

/// Standard error is for people; more than this is never kept.
const STDERR_KEPT: usize = 64 << 10;

/// What git says of a ref that is not where it was expected.
const MOVED: &[&str] = &[
    "but expected ",
    "reference already exists",
    "reference is missing",
    "unable to resolve reference",
    "reference does not exist",
];

/// A git command being put together.
pub(crate) struct Run<'c> {
    config: &'c Config,
    verb: String,
    command: Command,
    input: Vec<u8>,
    /// A lock that git keeps as its standard input, when it is given no other.
    kept: Option<OwnedFd>,
    /// A lock that git keeps as its standard output, when it writes none.
    silent: Option<OwnedFd>,
}

/// What a finished git said.
pub(crate) struct Answer {
    pub(crate) verb: String,
    pub(crate) status: ExitStatus,
    pub(crate) stdout: Vec<u8>,
    pub(crate) stderr: Vec<u8>,
}

impl<'c> Run<'c> {
    /// `git VERB` with nothing inherited but what stands here.
    pub(crate) fn new(config: &'c Config, verb: &str, cwd: &Path) -> Self {
        let mut command = Command::new(config.found());
        command
            .env_clear()
            .env("PATH", &config.path)
            .env("HOME", "/nonexistent")
            .env("LC_ALL", "C")
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_ATTR_NOSYSTEM", "1")
            .env("GIT_TERMINAL_PROMPT", "0")
            .env("GIT_OPTIONAL_LOCKS", "0")
            .env("GIT_NO_LAZY_FETCH", "1")
            .env("GIT_NO_REPLACE_OBJECTS", "1")
            .env("GIT_LITERAL_PATHSPECS", "1")
            .env("GIT_ALLOW_PROTOCOL", "none")
            .env("GIT_PAGER", "cat")
            .env("GIT_EDITOR", "false")
            .env("GIT_ASKPASS", "false")
            .env("GIT_SSH_COMMAND", "false")
            .arg(verb)
            .current_dir(cwd)
            .process_group(0);
        Self { config, verb: verb.into(), command, input: Vec::new(), kept: None, silent: None }
    }

    /// Git keeps a lock until it has ended, also when we are killed.
    pub(crate) fn keep(mut self, lock: Option<OwnedFd>) -> Self {
        self.kept = self.kept.or(lock);
        self
    }

    /// The same for a git that writes nothing to its standard output, with one more lock.
    pub(crate) fn silent(mut self, lock: &Lock) -> Result<Self, Error> {
        self.silent = Some(lock.copy()?);
        Ok(self)
    }

    pub(crate) fn arg(mut self, arg: impl AsRef<OsStr>) -> Self {
        self.command.arg(arg);
        self
    }

    pub(crate) fn args<S: AsRef<OsStr>>(mut self, args: impl IntoIterator<Item = S>) -> Self {
        self.command.args(args);
        self
    }

    pub(crate) fn env(mut self, key: &str, value: impl Into<OsString>) -> Self {
        self.command.env(key, value.into());
        self
    }

    pub(crate) fn without(mut self, key: &str) -> Self {
        self.command.env_remove(key);
        self
    }

    pub(crate) fn git_dir(self, git_dir: &Path) -> Self {
        self.env("GIT_DIR", git_dir)
    }

    pub(crate) fn cwd(mut self, cwd: &Path) -> Self {
        self.command.current_dir(cwd);
        self
    }

    pub(crate) fn input(mut self, bytes: impl Into<Vec<u8>>) -> Self {
        self.input = bytes.into();
        self
    }

    /// Runs to the end; a failing exit is an answer, not an error.
    pub(crate) fn answer(mut self) -> Result<Answer, Error> {
        let stdin = match (self.input.is_empty(), self.kept.take()) {
            (false, _) => file_of(&self.input).map_err(|e| self.start_error(e))?.into(),
            (true, Some(lock)) => lock.into(),
            (true, None) => Stdio::null(),
        };
        let stdout = self.silent.take().map_or_else(Stdio::piped, Stdio::from);
        self.command.stdin(stdin).stdout(stdout).stderr(Stdio::piped());
        let child = self.command.spawn().map_err(|source| self.start_error(source))?;
        collect(child, &self.verb, self.config)
    }

    /// Runs to the end and takes only exit 0; gives standard output.
    pub(crate) fn ok(self) -> Result<Vec<u8>, Error> {
        let answer = self.answer()?;
        if answer.status.success() { Ok(answer.stdout) } else { Err(answer.error()) }
    }

    /// Starts it and leaves standard output to the caller, who may take his time: no cap but his own.
    pub(crate) fn start(mut self) -> Result<Running, Error> {
        let stdin = file_of(&self.input).map_err(|e| self.start_error(e))?;
        self.command.stdin(stdin).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = self.command.spawn().map_err(|source| self.start_error(source))?;
        let mut err = child.stderr.take().expect("it was piped");
        let stderr = thread::spawn(move || {
            let mut kept = Vec::new();
            drop((&mut err).take(STDERR_KEPT as u64).read_to_end(&mut kept));
            drop(io::copy(&mut err, &mut io::sink()));
            kept
        });
        Ok(Running { child, verb: self.verb, stderr: Some(stderr), ended: false })
    }

    fn start_error(&self, source: io::Error) -> Error {
        let cwd = self.command.get_current_dir().unwrap_or(Path::new("/"));
        if cwd.is_dir() {
            Error::GitMissing { program: self.config.program.clone(), source }
        } else {
            Error::Io { path: cwd.to_owned(), source }
        }
    }
}

impl Answer {
    /// The exit code; a signal counts as 128 + its number, as in a shell.
    pub(crate) fn code(&self) -> i32 {
        self.status.code().unwrap_or_else(|| 128 + self.status.signal().unwrap_or(0))
    }

    /// Whether standard error says this somewhere.
    pub(crate) fn said(&self, words: &str) -> bool {
        String::from_utf8_lossy(&self.stderr).contains(words)
    }

    /// The failure as an error, told apart by what git says where callers act on it.
    pub(crate) fn error(&self) -> Error {
        let line = self.line();
        let verb = self.verb.clone();
        let has = |part: &str| line.contains(part);
        if has("File exists") && has(".lock") {
            Error::Locked { verb, line }
        } else if verb == "update-ref" && MOVED.iter().any(|words| has(words)) {
            Error::RefMoved { line }
        } else {
            let exit = match self.status.code() {
                Some(code) => format!("exit {code}"),
                None => format!("signal {}", self.status.signal().unwrap_or(0)),
            };
            Error::Command { verb, exit, line }
        }
    }

    /// The first line of standard error that says why, without git's `fatal: `.
    pub(crate) fn line(&self) -> String {
        let text = String::from_utf8_lossy(&self.stderr);
        let mut lines = text.lines().map(str::trim).filter(|l| !l.is_empty());
        let told = lines.clone().find(|l| l.starts_with("fatal: ") || l.starts_with("error: "));
        let line = told.or_else(|| lines.next()).unwrap_or("no message");
        let line = line.trim_start_matches("fatal: ").trim_start_matches("error: ");
        line.chars().take(500).collect()
    }
}

/// A git whose output is read while it runs; dropped early, it is ended.
pub(crate) struct Running {
    child: Child,
    verb: String,
    stderr: Option<thread::JoinHandle<Vec<u8>>>,
    ended: bool,
}

impl Running {
    /// What it writes.
    pub(crate) fn stdout(&mut self) -> impl Read + '_ {
        self.child.stdout.as_mut().expect("it was piped")
    }

    /// Waits for its end, after its output was read; only exit 0 is good.
    pub(crate) fn end(mut self) -> Result<(), Error> {
        drop(self.child.stdout.take());
        let status = self.child.wait();
        self.ended = true;
        let stderr = self.stderr.take().and_then(|reader| reader.join().ok()).unwrap_or_default();
        let verb = self.verb.clone();
        let status = status.map_err(|source| Error::output(&verb, source.to_string()))?;
        let answer = Answer { verb, status, stdout: Vec::new(), stderr };
        if status.success() { Ok(()) } else { Err(answer.error()) }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if !self.ended {
            stop(&mut self.child);
        }
    }
}

enum Stream {
    Out(io::Result<Vec<u8>>),
    Err(Vec<u8>),
}

/// A file in memory. Were it a pipe, a kill of ours in the middle of writing would look like the
/// end of the input, and git would carry out the half of it.
fn file_of(bytes: &[u8]) -> io::Result<File> {
    let flags = rustix::fs::MemfdFlags::CLOEXEC;
    let mut file = File::from(rustix::fs::memfd_create("input", flags)?);
    file.write_all(bytes)?;
    file.rewind()?;
    Ok(file)
}

/// Drains the child; stops its whole process group when a cap is reached.
fn collect(mut child: Child, verb: &str, config: &Config) -> Result<Answer, Error> {
    let deadline = Instant::now() + config.timeout;
    let (out, mut err) = (child.stdout.take(), child.stderr.take().expect("it was piped"));
    let (send, receive) = mpsc::channel();
    let limit = config.max_output;
    let send_err = send.clone();
    thread::spawn(move || {
        let mut kept = Vec::new();
        drop((&mut err).take(STDERR_KEPT as u64).read_to_end(&mut kept));
        drop(io::copy(&mut err, &mut io::sink()));
        drop(send_err.send(Stream::Err(kept)));
    });
    let (mut stdout, mut stderr) = (out.is_none().then(Vec::new), None);
    let reader = out.map(|mut out| {
        move || {
            let mut kept = Vec::new();
            let read = (&mut out).take(limit as u64 + 1).read_to_end(&mut kept);
            drop(send.send(Stream::Out(read.map(|_| kept))));
        }
    });
    if let Some(reader) = reader {
        thread::spawn(reader);
    }

    while stdout.is_none() || stderr.is_none() {
        match receive.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
            Ok(Stream::Out(Ok(bytes))) if bytes.len() > limit => {
                stop(&mut child);
                return Err(Error::TooMuchOutput { verb: verb.into(), limit });
            }
            Ok(Stream::Out(Ok(bytes))) => stdout = Some(bytes),
            Ok(Stream::Out(Err(source))) => {
                stop(&mut child);
                return Err(Error::output(verb, source.to_string()));
            }
            Ok(Stream::Err(bytes)) => stderr = Some(bytes),
            Err(_) => {
                stop(&mut child);
                return Err(Error::Timeout {
                    verb: verb.into(),
                    seconds: config.timeout.as_secs(),
                });
            }
        }
    }
    let status = wait(&mut child, deadline, verb, config)?;
    Ok(Answer {
        verb: verb.into(),
        status,
        stdout: stdout.unwrap_or_default(),
        stderr: stderr.unwrap_or_default(),
    })
}

/// Both pipes are closed, so the end is near; still bounded.
fn wait(
    child: &mut Child,
    until: Instant,
    verb: &str,
    config: &Config,
) -> Result<ExitStatus, Error> {
    let mut pause = Duration::from_micros(50);
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return Ok(status),
            Ok(None) if Instant::now() < until => {
                thread::sleep(pause);
                pause = (pause * 2).min(Duration::from_millis(20));
            }
            Ok(None) => {
                stop(child);
                let seconds = config.timeout.as_secs();
                return Err(Error::Timeout { verb: verb.into(), seconds });
            }
            Err(source) => return Err(Error::output(verb, source.to_string())),
        }
    }
}

/// Ends git and whatever it started.
fn stop(child: &mut Child) {
    let group = rustix::process::Pid::from_child(child);
    let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
    drop(child.kill());
    drop(child.wait());
}

/// The non-empty records of NUL-separated output.
pub(crate) fn records(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    bytes.split(|&b| b == 0).filter(|record| !record.is_empty())
}

/// Standard output that is one line of UTF-8.
pub(crate) fn one_line(verb: &str, bytes: &[u8]) -> Result<String, Error> {
    let text = std::str::from_utf8(bytes)
        .map_err(|_| Error::output(verb, "a line that is not UTF-8"))?
        .trim_end_matches('\n');
    if text.contains('\n') {
        return Err(Error::output(verb, "more than one line"));
    }
    Ok(text.to_owned())
}

/// A path as git writes it: bytes, not text.
pub(crate) fn path_from(bytes: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt;
    PathBuf::from(OsStr::from_bytes(bytes))
}
