//! One command in a sandbox: the specification that agents, checks and preparations have in common.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::time::Duration;

use leadforge_host_git::{Oid, PrivateGitDir, git_file};

use crate::config::SandboxConfig;
use crate::error::Error;
use crate::sandbox::{Limits, Metadata, Outcome, Reason, Spec};

use super::{Setup, scratch};

/// The base of every `PATH` inside; `[sandbox] path` stands in front.
const SYSTEM_PATH: &str = "/usr/local/bin:/usr/bin:/bin";

/// What differs from one command to the next.
pub(crate) struct Cell<'a> {
    pub(crate) argv: Vec<String>,
    pub(crate) tree: &'a Path,
    /// The private git directory behind the tree's `.git` file.
    pub(crate) git: Option<&'a Path>,
    /// Where the private temporary folder and home are made; nothing in it is visible inside.
    pub(crate) scratch: &'a Path,
    pub(crate) log: &'a Path,
    pub(crate) stdin: Option<PathBuf>,
    pub(crate) env: BTreeMap<String, String>,
    pub(crate) read: Vec<PathBuf>,
    pub(crate) write: Vec<PathBuf>,
    pub(crate) hosts: Vec<String>,
    pub(crate) wall: Duration,
}

impl Cell<'_> {
    /// Runs the command to its end.
    pub(crate) fn run(self, setup: &Setup<'_>) -> Result<Outcome, Error> {
        let sb = &setup.config.sandbox;
        let mut env: BTreeMap<OsString, OsString> = BTreeMap::new();
        for name in &sb.env {
            if let Some(value) = setup.host.vars.get(name) {
                env.insert(name.into(), value.into());
            }
        }
        env.insert("PATH".into(), search_path(setup).into());
        env.insert("LANG".into(), "C.UTF-8".into());
        env.insert("TZ".into(), "UTC".into());
        env.extend(self.env.into_iter().map(|(k, v)| (k.into(), v.into())));
        let mut readable: Vec<PathBuf> =
            sb.path.iter().chain(&sb.read).map(|p| setup.host.expand(p)).collect();
        if self.git.is_some() {
            readable.extend(setup.git.object_dirs()?);
        }
        readable.extend(self.read);
        let mut writable = self.write;
        writable.extend(self.git.map(Path::to_owned));
        let spec = Spec {
            scratch: self.scratch.to_owned(),
            readable,
            writable,
            env,
            stdin: self.stdin,
            log: self.log.to_owned(),
            limits: limits(sb, self.wall),
            hosts: self.hosts,
            // Tools write files in ways that need it; it matters only under Landlock as a plain user.
            metadata: Metadata::Opened,
            session: setup.session.clone(),
            ..Spec::new(setup.sandbox, self.tree, self.argv)
        };
        let outcome = setup.stop.run(&spec, &setup.launcher)?;
        // What we ended ourselves says nothing about the work; the next session runs it again.
        if outcome.reason == Reason::Cancelled { Err(Error::Stopped) } else { Ok(outcome) }
    }
}

fn search_path(setup: &Setup<'_>) -> String {
    let mut parts: Vec<String> = setup
        .config
        .sandbox
        .path
        .iter()
        .map(|p| setup.host.expand(p).to_string_lossy().into_owned())
        .collect();
    parts.push(SYSTEM_PATH.to_owned());
    parts.join(":")
}

fn limits(sb: &SandboxConfig, wall: Duration) -> Limits {
    const MIB: u64 = 1 << 20;
    Limits {
        wall,
        // One command may use every core for its whole wall time, no more.
        cpu: wall.saturating_mul(64),
        memory_bytes: sb.memory_mib.saturating_mul(MIB),
        processes: sb.processes,
        output_bytes: sb.output_mib.saturating_mul(MIB),
        file_bytes: sb.file_mib.saturating_mul(MIB),
    }
}

impl Setup<'_> {
    /// Makes the private git directory that a tree's `.git` file names while commands run in it.
    pub(crate) fn private_git(
        &self,
        dir: &Path,
        tree: &Path,
        head: &Oid,
        id: &str,
        index: Option<PathBuf>,
    ) -> Result<(), Error> {
        self.git.private_git_dir(&PrivateGitDir {
            dir: dir.to_owned(),
            tree: tree.to_owned(),
            head: head.clone(),
            branch: format!("lf/{id}"),
            user: self.user.clone(),
            index,
        })?;
        scratch::write(&tree.join(".git"), &git_file(dir))
    }
}

/// How a command ended, in one word for evidence and reports.
pub(crate) fn word(reason: Reason) -> &'static str {
    match reason {
        Reason::Exited => "exited",
        Reason::Signalled => "signalled",
        Reason::TimedOut => "timed-out",
        Reason::CpuLimit => "cpu-limit",
        Reason::OutputLimit => "output-limit",
        Reason::MemoryLimit => "memory-limit",
        Reason::DiskLimit => "disk-limit",
        Reason::Cancelled => "cancelled",
    }
}
