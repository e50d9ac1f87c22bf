//! A clone with a queue: prepared, run, and looked at from all sides afterwards.

use super::{BRANCH, PLAN, SOURCES};
use crate::sh::{self, Fail, Result};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A clone with its queue, ready to run.
#[derive(Debug)]
pub(super) struct World {
    pub(super) clone: PathBuf,
    state_home: PathBuf,
    before: String,
    pub(super) ids: Vec<String>,
}

impl World {
    pub(super) fn prepare(repo: &str, dir: &Path, tools: &Path) -> Result<Self> {
        sh::fresh(dir)?;
        let clone = dir.join("repository");
        let args = ["clone", "--quiet", "--no-hardlinks", "--"];
        sh::run(sh::program("git").args(args).arg(repo).arg(&clone))?;
        let mut world =
            Self { clone, state_home: dir.join("state"), before: String::new(), ids: vec![] };
        sh::run(world.tool("lead-forge").arg("init"))?;
        sh::run(world.tool("lead-queue").args(["import", "--quiet"]).args(SOURCES))?;
        let before = world.queue_bytes()?;
        sh::run(world.tool("lead-queue").args(["import", "--quiet"]).args(SOURCES))?;
        if world.queue_bytes()? != before {
            return Err(Fail::gate("a second import changed the queue"));
        }
        println!("dogfood: {} tasks imported; the second import changed 0 bytes", before.len() - 1);
        world.plan(tools)?;
        world.accept()?;
        world.before = world.theirs()?;
        Ok(world)
    }

    /// A world that is there already.
    pub(super) fn open(dir: &Path) -> Result<Self> {
        let (clone, state_home) = (dir.join("repository"), dir.join("state"));
        let mut world = Self { clone, state_home, before: String::new(), ids: task_ids()? };
        world.before = world.theirs()?;
        Ok(world)
    }

    /// Copies the maintenance tasks and the configuration.
    fn plan(&mut self, tools: &Path) -> Result {
        let plan = sh::root().join(PLAN);
        for entry in std::fs::read_dir(plan.join("tasks"))? {
            let path = entry?.path();
            let name = path.file_name().expect("an entry has a name");
            std::fs::copy(&path, self.clone.join("docs/TASKS/queue/pending").join(name))?;
        }
        self.ids = task_ids()?;
        let python = std::fs::canonicalize(tools.join("bin/python"))?;
        let home = python.parent().and_then(Path::parent).unwrap_or(Path::new("/usr"));
        let text = std::fs::read_to_string(plan.join("leadforge.toml"))?
            .replace("TOOLS", &tools.display().to_string())
            .replace("PYTHON", &home.display().to_string());
        Ok(std::fs::write(self.clone.join("leadforge.toml"), text)?)
    }

    fn accept(&self) -> Result {
        let mut ask = self.tool("lead-forge");
        let out = ask.args(["trust", "--format", "json"]).output()?;
        let shown: serde_json::Value = serde_json::from_slice(&out.stdout)
            .map_err(|error| Fail::gate(format!("lead-forge trust: {error}")))?;
        let digest = shown["data"]["digest"].as_str().unwrap_or_default();
        sh::run(
            self.tool("lead-forge")
                .args(["trust", "--accept", digest, "--quiet"])
                .stdout(Stdio::null()),
        )
    }

    /// A binary of the working tree, in the clone, with a state folder of its own.
    fn tool(&self, name: &str) -> Command {
        let mut command = sh::program(sh::target().join("debug").join(name));
        command.current_dir(&self.clone).env("XDG_STATE_HOME", &self.state_home);
        command
    }

    pub(super) fn job(&self) -> Command {
        let mut job = self.tool("lead-forge");
        job.args(["run", "-j", "4"]).args(&self.ids);
        job
    }

    pub(super) fn run_to_the_end(&self) -> Result {
        sh::run(&mut self.job())
    }

    /// The user's branches and index are as they were, and nothing of ours is left running or lying about.
    pub(super) fn check(&self) -> Result {
        let mut wrong = Vec::new();
        let now = self.theirs()?;
        if now != self.before {
            wrong.push(format!("what is the user's changed\nbefore {}\nafter {now}", self.before));
        }
        let worktrees = self.git(&["worktree", "list", "--porcelain"])?;
        if worktrees.lines().filter(|line| line.starts_with("worktree ")).count() != 1 {
            wrong.push(format!("worktrees are left: {worktrees}"));
        }
        let state = self.clone.join(".git/leadforge");
        if state.join("attempts").exists()
            && std::fs::read_dir(state.join("attempts"))?.next().is_some()
        {
            wrong.push("scratch folders are left in attempts/".to_owned());
        }
        let temporary = state.join("tmp");
        if temporary.exists() && std::fs::read_dir(temporary)?.next().is_some() {
            wrong.push("temporary files of git are left in tmp/".to_owned());
        }
        let locks = sh::capture(sh::program("find").arg(self.clone.join(".git")).args([
            "-name",
            "*.lock",
            "-not",
            "-path",
            "*/leadforge/*",
        ]))?;
        if !locks.is_empty() {
            wrong.push(format!("locks of git are left: {locks}"));
        }
        for branch in self.git(&["for-each-ref", "--format=%(refname)", "refs/heads/lf/"])?.lines()
        {
            if !self.git(&["log", "-1", "--format=%B", branch])?.contains("LeadForge-Outcome:") {
                wrong.push(format!("{branch} is an orphan"));
            }
        }
        wrong.extend(processes(&self.clone));
        let done = self.completed()?;
        for id in &self.ids {
            if done.iter().filter(|done| *done == id).count() > 1 {
                wrong.push(format!("{id} is completed twice"));
            }
        }
        let missing: Vec<&String> = self.ids.iter().filter(|id| !done.contains(id)).collect();
        if !missing.is_empty() {
            wrong.push(format!("not completed: {missing:?}"));
        }
        if wrong.is_empty() { Ok(()) } else { Err(Fail::gate(wrong.join("\n       "))) }
    }

    /// Everything that is the user's: all refs but ours, what is checked out, configuration, hooks.
    fn theirs(&self) -> Result<String> {
        let refs = self.git(&["for-each-ref", "--format=%(refname) %(objectname)"])?;
        let ours = |line: &&str| {
            !line.starts_with("refs/heads/lf/")
                && !line.starts_with("refs/leadforge/")
                && !line.starts_with(&format!("refs/heads/{BRANCH} "))
        };
        let head = self.git(&["rev-parse", "HEAD"])?;
        let status = self.git(&["status", "--porcelain"])?;
        let mut all = refs.lines().filter(ours).collect::<Vec<_>>().join("\n") + &head + &status;
        for file in ["HEAD", "config"] {
            all += &std::fs::read_to_string(self.clone.join(".git").join(file))?;
        }
        for hook in std::fs::read_dir(self.clone.join(".git/hooks")).into_iter().flatten() {
            all += &format!("{:?}\n", hook?.file_name());
        }
        Ok(all)
    }

    /// The completed ids on the integration branch, with repetitions if there were any.
    pub(super) fn completed(&self) -> Result<Vec<String>> {
        let at = format!("refs/heads/{BRANCH}");
        let known = self.git(&["for-each-ref", "--format=x", &at])?;
        if known.is_empty() {
            return Ok(Vec::new());
        }
        // Every completion ever made on the branch, not only the files that are there now.
        let log = self.git(&["log", "--format=%(trailers:key=LeadForge-Task,valueonly,separator=%x2C) %(trailers:key=LeadForge-Outcome,valueonly,separator=%x2C)", &at])?;
        let done = log.lines().filter_map(|line| line.strip_suffix(" done"));
        Ok(done.map(str::to_owned).collect())
    }

    /// Says in what this differs from a world in which nothing was killed.
    pub(super) fn same_as(&self, calm: &Self) -> Result {
        let set = |world: &Self| -> Result<BTreeSet<String>> {
            Ok(world.completed()?.into_iter().collect())
        };
        if set(calm)? != set(self)? {
            return Err(Fail::gate("other tasks were completed than without kills"));
        }
        if calm.tree()? != self.tree()? {
            return Err(Fail::gate("the tree is another one than without kills"));
        }
        Ok(())
    }

    /// The tree of the integration branch without the queue, whose evidence has times in it.
    fn tree(&self) -> Result<String> {
        let listed = self.git(&["ls-tree", "-r", &format!("refs/heads/{BRANCH}")])?;
        Ok(listed
            .lines()
            .filter(|line| !line.contains("\tdocs/TASKS/queue/"))
            .collect::<Vec<_>>()
            .join("\n"))
    }

    fn queue_bytes(&self) -> Result<Vec<(PathBuf, Vec<u8>)>> {
        let folder = self.clone.join("docs/TASKS/queue");
        let mut files = Vec::new();
        for dir in [folder.clone(), folder.join("pending"), folder.join("completed")] {
            for entry in std::fs::read_dir(dir)? {
                let path = entry?.path();
                if path.is_file() {
                    files.push((path.clone(), std::fs::read(path)?));
                }
            }
        }
        files.sort();
        Ok(files)
    }

    pub(super) fn dossier(&self) -> PathBuf {
        self.clone.join(".git/leadforge/runs").join(BRANCH.replace('/', "%2F")).join("dossier.html")
    }

    pub(super) fn git(&self, args: &[&str]) -> Result<String> {
        let mut git = sh::program("git");
        Ok(sh::capture(git.arg("-C").arg(&self.clone).args(args))?.trim_end().to_owned())
    }
}

/// The ids of the maintenance tasks, sorted.
fn task_ids() -> Result<Vec<String>> {
    let mut ids = Vec::new();
    for entry in std::fs::read_dir(sh::root().join(PLAN).join("tasks"))? {
        let path = entry?.path();
        let id = path.file_stem().expect("a task file has a stem");
        ids.push(id.to_string_lossy().into_owned());
    }
    ids.sort();
    Ok(ids)
}

/// Processes that still name a folder of the clone in their command line or work in it.
fn processes(clone: &Path) -> Vec<String> {
    let needle = clone.display().to_string();
    let own = std::process::id().to_string();
    let mut found = Vec::new();
    for entry in std::fs::read_dir("/proc").into_iter().flatten().flatten() {
        let pid = entry.file_name().to_string_lossy().into_owned();
        if !pid.bytes().all(|b| b.is_ascii_digit()) || pid == own {
            continue;
        }
        let line = std::fs::read(entry.path().join("cmdline")).unwrap_or_default();
        let cwd = std::fs::read_link(entry.path().join("cwd")).unwrap_or_default();
        if String::from_utf8_lossy(&line).contains(&needle) || cwd.starts_with(clone) {
            found.push(format!(
                "process {pid} is left: {}",
                String::from_utf8_lossy(&line).replace('\0', " ")
            ));
        }
    }
    found
}
