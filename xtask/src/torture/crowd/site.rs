//! The repository that a crowd works on, and the folders beside it.

use super::super::Bench;
use crate::sh::{self, Fail, Result};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A folder with the repository `repo`, the workers' trees and what everybody said.
#[derive(Debug)]
pub(super) struct Site {
    pub(super) bins: PathBuf,
    pub(super) root: PathBuf,
}

impl Site {
    /// A site that is there already.
    pub(super) fn at(bins: &Path, root: &Path) -> Self {
        Self { bins: bins.to_owned(), root: root.to_owned() }
    }

    /// A new repository with so many tasks, each with a file of its own to write.
    pub(super) fn make(bench: &Bench, tasks: usize) -> Result<Self> {
        let site = Self::at(&bench.bins, &bench.scratch.join("site"));
        for folder in ["trees", "said", "told"] {
            sh::fresh(&site.root.join(folder))?;
        }
        sh::fresh(&site.repo())?;
        site.git(&["init", "-q", "-b", "main"])?;
        site.git(&["config", "user.name", "Crowd"])?;
        site.git(&["config", "user.email", "crowd@example.invalid"])?;
        for n in 0..20 {
            std::fs::write(site.repo().join(format!("file-{n}.txt")), format!("{n}\n").repeat(50))?;
        }
        site.git(&["add", "-A"])?;
        site.git(&["commit", "-q", "-m", "begin"])?;
        let pending = site.repo().join("docs/TASKS/queue/pending");
        std::fs::create_dir_all(&pending)?;
        for n in 0..tasks {
            let id = id(n);
            let text = format!(
                "+++\ntitle = \"Write {id}\"\ntouches = [\"work/{id}.txt\"]\n\
                 verify = [\"grep -qx {id} work/{id}.txt\"]\n+++\n"
            );
            std::fs::write(pending.join(format!("{id}.md")), text)?;
        }
        site.accept()?;
        Ok(site)
    }

    pub(super) fn repo(&self) -> PathBuf {
        self.root.join("repo")
    }

    /// Where a process's errors go.
    pub(super) fn said(&self, who: &str) -> PathBuf {
        self.root.join("said").join(who)
    }

    /// Where a worker tells what it did.
    pub(super) fn told(&self, worker: usize) -> PathBuf {
        self.root.join("told").join(worker.to_string())
    }

    /// A program of ours in the repository.
    pub(super) fn tool(&self, name: &str) -> Command {
        let mut command = Command::new(self.bins.join(name));
        command.current_dir(self.repo()).env("XDG_STATE_HOME", self.root.join("state"));
        command.stdin(Stdio::null());
        command
    }

    /// Plain git in the repository.
    pub(super) fn git(&self, args: &[&str]) -> Result<String> {
        let mut git = Command::new("git");
        Ok(sh::capture(git.arg("-C").arg(self.repo()).args(args))?.trim_end().to_owned())
    }

    fn accept(&self) -> Result {
        let out = self.tool("lead-forge").args(["trust", "--format", "json"]).output()?;
        let shown: serde_json::Value = serde_json::from_slice(&out.stdout)
            .map_err(|error| Fail::gate(format!("lead-forge trust: {error}")))?;
        let digest = shown["data"]["digest"].as_str().unwrap_or_default();
        let mut accept = self.tool("lead-forge");
        sh::capture(accept.args(["trust", "--quiet", "--accept", digest])).map(drop)
    }

    /// One run: it verifies and lands what is finished, and leaves the rest to the workers.
    pub(super) fn run_once(&self, jobs: usize) -> Result {
        let said = std::fs::OpenOptions::new().create(true).append(true).open(self.said("runs"))?;
        let jobs = jobs.to_string();
        let mut run = self.tool("lead-forge");
        run.args(["run", "-q", "-j", &jobs])
            .stdout(std::fs::File::create(self.root.join("summary"))?)
            .stderr(said);
        match run.status()?.code() {
            // What nobody has done yet is skipped, and is a finding.
            Some(0 | 1) => Ok(()),
            code => {
                let said = std::fs::read_to_string(self.said("runs"))?;
                let last = said.lines().rev().take(3).collect::<Vec<_>>().join(" / ");
                Err(Fail::gate(format!("lead-forge run ended with {code:?}: {last}")))
            }
        }
    }

    /// Every completion ever made on the branch, in its order.
    pub(super) fn completed(&self) -> Result<Vec<String>> {
        let at = "refs/heads/leadforge/run";
        if self.git(&["for-each-ref", at])?.is_empty() {
            return Ok(Vec::new());
        }
        let log = self.git(&["log", "--first-parent", "--format=%s", at])?;
        let done = log.lines().filter_map(|line| line.strip_prefix("Complete ")?.split(':').next());
        Ok(done.map(str::to_owned).collect())
    }
}

/// The id of a task.
pub(super) fn id(n: usize) -> String {
    format!("lf-crowd{n:04}")
}
