//! What a sandboxed command may see, write and spend, as plain data.
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::PathBuf;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::bytes;

/// Which fence stands around a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Own namespaces through the `bwrap` program: what is not listed does not exist.
    Bubblewrap,
    /// Landlock and seccomp on the command itself: what is not listed cannot be opened.
    Landlock,
    /// No fence, limits and the ending of descendants only. For people who typed it.
    None,
}

impl Kind {
    /// The name used in configuration and in reports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Bubblewrap => "bubblewrap",
            Self::Landlock => "landlock",
            Self::None => "none",
        }
    }
}

impl std::fmt::Display for Kind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}

/// The programs that build a sandbox; found by the binary, which may read its environment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Launcher {
    /// A program whose `main` calls [`crate::launch::main`] first: normally the running binary.
    #[serde(with = "bytes::path")]
    pub program: PathBuf,
    /// The bubblewrap program; system places are tried when absent, `PATH` never is.
    #[serde(with = "bytes::option_path", default)]
    pub bwrap: Option<PathBuf>,
}

impl Launcher {
    /// A launcher that looks for bubblewrap in the system's own folders.
    #[must_use]
    pub fn new(program: impl Into<PathBuf>) -> Self {
        Self { program: program.into(), bwrap: None }
    }
}

/// What a command may spend; the first bound crossed ends it and every descendant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// Time on the wall.
    pub wall: Duration,
    /// Processor time of all its processes together.
    pub cpu: Duration,
    /// Memory of all its processes together, in bytes.
    pub memory_bytes: u64,
    /// Processes and threads at one moment.
    pub processes: u64,
    /// Bytes of output kept in the log; one more ends the command.
    pub output_bytes: u64,
    /// Length of any one file it writes, in bytes.
    pub file_bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            wall: Duration::from_secs(30 * 60),
            cpu: Duration::from_secs(60 * 60),
            memory_bytes: 4 << 30,
            processes: 512,
            output_bytes: 16 << 20,
            file_bytes: 2 << 30,
        }
    }
}

/// Which changes of mode, owner, times and attributes a command may make under Landlock as a plain
/// user, where no fence confines them to the tree. Elsewhere they are confined and allowed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Metadata {
    /// None: nothing outside the tree can change, and `chmod`, `touch` or `sed -i` fail.
    #[default]
    Refused,
    /// On opened files: `touch` and `sed -i` work; what the user owns among the listed readable
    /// files is within reach too.
    Opened,
    /// On any path: everything works; every file of the user is within reach.
    Any,
}

/// One command and everything it is given. Paths are the same inside as outside.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spec {
    /// The fence.
    pub kind: Kind,
    /// Program and arguments; never passed through a shell.
    #[serde(with = "bytes::list")]
    pub command: Vec<OsString>,
    /// The folder that it may change: absolute, existing.
    #[serde(with = "bytes::path")]
    pub tree: PathBuf,
    /// Where it starts; the tree when absent.
    #[serde(with = "bytes::option_path", default)]
    pub cwd: Option<PathBuf>,
    /// Folder in which the private temporary folder is made and removed: absolute, existing.
    #[serde(with = "bytes::path")]
    pub scratch: PathBuf,
    /// Further files and folders that it may read and execute: toolchains, object stores. One
    /// with `/./` in it is also seen under its private `HOME`, at what follows the `/./`.
    #[serde(with = "bytes::paths", default)]
    pub readable: Vec<PathBuf>,
    /// Further folders that it may change: a private git directory.
    #[serde(with = "bytes::paths", default)]
    pub writable: Vec<PathBuf>,
    /// Its variables, all of them; `HOME`, `TMPDIR`, `PATH` and `LANG` are added when absent.
    #[serde(with = "bytes::map", default)]
    pub env: BTreeMap<OsString, OsString>,
    /// A file given as standard input; empty input when absent.
    #[serde(with = "bytes::option_path", default)]
    pub stdin: Option<PathBuf>,
    /// Where output and errors go, in the order written; replaced when it exists.
    #[serde(with = "bytes::path")]
    pub log: PathBuf,
    /// What it may spend.
    pub limits: Limits,
    /// `host:port` pairs reachable through the proxy; none means no sockets at all.
    #[serde(default)]
    pub hosts: Vec<String>,
    /// Changes of mode, owner and times under Landlock as a plain user.
    #[serde(default)]
    pub metadata: Metadata,
    /// Names what is left behind by a dead launcher, so that [`super::sweep`] finds it.
    pub session: String,
}

impl Spec {
    /// A command in `tree` with no extra right, default limits and no variables.
    #[must_use]
    pub fn new<I, S>(kind: Kind, tree: impl Into<PathBuf>, command: I) -> Self
    where
        I: IntoIterator<Item = S>,
        S: Into<OsString>,
    {
        Self {
            kind,
            command: command.into_iter().map(Into::into).collect(),
            tree: tree.into(),
            cwd: None,
            scratch: PathBuf::new(),
            readable: Vec::new(),
            writable: Vec::new(),
            env: BTreeMap::new(),
            stdin: None,
            log: PathBuf::new(),
            limits: Limits::default(),
            hosts: Vec::new(),
            metadata: Metadata::default(),
            session: String::new(),
        }
    }
}
