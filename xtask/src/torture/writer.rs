//! The writers of durable-fs as processes: started, killed, and what they left checked.

use super::Bench;
use crate::sh::{self, Fail, Result};
use std::fs::{File, OpenOptions};
use std::os::unix::process::ExitStatusExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, ExitStatus};

/// Which of the examples, and where it writes.
#[derive(Clone, Debug)]
pub(super) enum Target {
    /// Files in this folder are replaced.
    Files(PathBuf),
    /// Records are appended to this log, alone in its folder.
    Log(PathBuf),
}

impl Target {
    fn path(&self) -> &Path {
        match self {
            Self::Files(path) | Self::Log(path) => path,
        }
    }

    fn program(&self, bench: &Bench) -> PathBuf {
        bench.example(match self {
            Self::Files(_) => "replace_writer",
            Self::Log(_) => "append_writer",
        })
    }
}

/// A writer that runs. Each acknowledgement is a line in a file that other writers share.
#[derive(Debug)]
pub(super) struct Writer {
    child: Child,
    errors: PathBuf,
}

impl Writer {
    /// Starts a writer that goes on until it is killed.
    pub(super) fn start(
        bench: &Bench,
        target: &Target,
        acks: &Path,
        args: &[String],
    ) -> Result<Self> {
        let errors = acks.with_extension("err");
        // It ends with the thread that started it, however that one ends: it would fill the disk.
        let child = sh::program("setpriv")
            .args(["--pdeathsig", "KILL"])
            .arg(target.program(bench))
            .arg(target.path())
            .args(["--count", "1000000000"])
            .args(args)
            .stdout(append(acks)?)
            .stderr(append(&errors)?)
            .spawn()?;
        Ok(Self { child, errors })
    }

    /// Kills it without warning; what it said instead, where it had ended by itself.
    pub(super) fn kill(mut self) -> Result<Option<String>> {
        self.child.kill()?;
        let status = self.child.wait()?;
        if killed(status) {
            return Ok(None);
        }
        let said = std::fs::read_to_string(&self.errors)?;
        Ok(Some(format!("a writer ended by itself ({status}): {}", said.trim())))
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// True when a process ended by SIGKILL.
pub(super) fn killed(status: ExitStatus) -> bool {
    status.signal() == Some(9)
}

/// What a check found.
#[derive(Debug, Default)]
pub(super) struct Checked {
    pub(super) acknowledged: u64,
    /// Leftovers that were swept and bytes of torn tails that were cut, as is expected.
    pub(super) cleaned: u64,
    /// Each begins with `torn:`, `lost:` or `leftover:`.
    pub(super) problems: Vec<String>,
}

/// Starts anew where writers were killed, and compares with what they acknowledged.
pub(super) fn check(bench: &Bench, target: &Target, acks: &Path) -> Result<Checked> {
    let mut command = sh::program(target.program(bench));
    command.arg(target.path()).arg("--check").arg("--acks").arg(acks);
    let output = command.output()?;
    let said = String::from_utf8_lossy(&output.stdout);
    let mut checked = Checked::default();
    match output.status.code() {
        Some(0 | 1) => {}
        _ => {
            let error = String::from_utf8_lossy(&output.stderr);
            checked.problems.push(format!("torn: {}: {}", output.status, error.trim()));
            return Ok(checked);
        }
    }
    let problems = said.lines().filter_map(|line| line.strip_prefix("problem: "));
    checked.problems.extend(problems.map(str::to_owned));
    let words: Vec<&str> = said.lines().last().unwrap_or_default().split(' ').collect();
    let number = |name: &str| {
        let at = words.iter().position(|word| *word == name)?;
        words.get(at + 1)?.parse().ok()
    };
    let (Some(acknowledged), Some(cleaned)) = (number("acknowledged"), number("cleaned")) else {
        return Err(Fail::gate(format!("a checker said {said:?}")));
    };
    (checked.acknowledged, checked.cleaned) = (acknowledged, cleaned);
    Ok(checked)
}

fn append(path: &Path) -> Result<File> {
    Ok(OpenOptions::new().append(true).create(true).open(path)?)
}
