//! `dogfood`: the main job on a clone of another repository, with its own tools, killed and taken up again if asked.

use crate::setup;
use crate::sh::{self, Fail, Result};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// What is known about the repository: its tasks, its tools, its configuration.
const PLAN: &str = "xtask/dogfood/job-lead-finder";
/// Where its author keeps tasks.
const SOURCES: [&str; 4] = [".ai-tasks", "docs/TODO.md", "TODO.md", "docs/TASKS"];
const BRANCH: &str = "leadforge/run";

struct Options<'a> {
    repo: &'a str,
    kills: u32,
    seed: u64,
}

pub(crate) fn main(args: &[&str]) -> Result {
    let options = parse(args)?;
    setup::ensure("forge")?;
    let mut build = sh::cargo();
    sh::run(build.args(["build", "--locked", "-p", "lead-forge", "-p", "lead-queue"]))?;
    let dir = sh::scratch("dogfood");
    let tools = tools(&dir)?;
    let calm = World::prepare(&options, &dir.join("calm"), &tools)?;
    let started = Instant::now();
    calm.run_to_the_end()?;
    let took = started.elapsed();
    calm.check()?;
    println!("dogfood: {} tasks completed in {:.1} s", calm.completed()?.len(), took.as_secs_f64());
    println!("dossier: {}", calm.dossier().display());
    if options.kills > 0 {
        let wild = World::prepare(&options, &dir.join("killed"), &tools)?;
        let killed = wild.run_killed(&options, took)?;
        wild.run_to_the_end()?;
        wild.check()?;
        same(&calm, &wild)?;
        println!(
            "dogfood: killed {killed} times (seed {}): same tree, same {} completed tasks, nothing left behind",
            options.seed,
            wild.completed()?.len()
        );
    }
    Ok(())
}

fn parse<'a>(args: &[&'a str]) -> Result<Options<'a>> {
    let usage = || Fail::usage("cargo xtask dogfood --repo PATH [--kills N] [--seed N]");
    let mut options = Options { repo: "", kills: 0, seed: 1 };
    let mut rest = args.iter();
    while let Some(flag) = rest.next() {
        let value = rest.next().ok_or_else(usage)?;
        match *flag {
            "--repo" => options.repo = value,
            "--kills" => options.kills = value.parse().map_err(|_| usage())?,
            "--seed" => options.seed = value.parse().map_err(|_| usage())?,
            _ => return Err(usage()),
        }
    }
    if options.repo.is_empty() { Err(usage()) } else { Ok(options) }
}

/// The project's own tools in a virtual environment, pinned; made once.
fn tools(dir: &Path) -> Result<PathBuf> {
    let venv = dir.join("tools");
    let wanted = std::fs::read_to_string(sh::root().join(PLAN).join("tools.txt"))?;
    let stamp = venv.join("installed.txt");
    if std::fs::read_to_string(&stamp).is_ok_and(|have| have == wanted) {
        return Ok(venv);
    }
    std::fs::create_dir_all(dir)?;
    sh::run(sh::program("python3").args(["-m", "venv", "--clear"]).arg(&venv))?;
    let pip = venv.join("bin/pip");
    let list = sh::root().join(PLAN).join("tools.txt");
    sh::run(sh::program(pip).args(["install", "--quiet", "-r"]).arg(list))?;
    std::fs::write(stamp, wanted)?;
    Ok(venv)
}

/// A clone with its queue, ready to run.
struct World {
    clone: PathBuf,
    state_home: PathBuf,
    refs_before: String,
    ids: Vec<String>,
}

impl World {
    fn prepare(options: &Options<'_>, dir: &Path, tools: &Path) -> Result<Self> {
        sh::fresh(dir)?;
        let clone = dir.join("repository");
        let args = ["clone", "--quiet", "--no-hardlinks", "--"];
        sh::run(sh::program("git").args(args).arg(options.repo).arg(&clone))?;
        let mut world =
            Self { clone, state_home: dir.join("state"), refs_before: String::new(), ids: vec![] };
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
        world.refs_before = world.user_refs()?;
        Ok(world)
    }

    /// Copies the maintenance tasks and the configuration.
    fn plan(&mut self, tools: &Path) -> Result {
        let plan = sh::root().join(PLAN);
        for entry in std::fs::read_dir(plan.join("tasks"))? {
            let path = entry?.path();
            let name = path.file_name().expect("an entry has a name");
            std::fs::copy(&path, self.clone.join("docs/TASKS/queue/pending").join(name))?;
            let id = Path::new(name).file_stem().expect("a task file has a stem");
            self.ids.push(id.to_string_lossy().into_owned());
        }
        self.ids.sort();
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

    fn job(&self) -> Command {
        let mut job = self.tool("lead-forge");
        job.args(["run", "-j", "4"]).args(&self.ids);
        job
    }

    fn run_to_the_end(&self) -> Result {
        sh::run(&mut self.job())
    }

    /// Starts the job and kills it at random moments, each time after something more has happened.
    fn run_killed(&self, options: &Options<'_>, took: Duration) -> Result<u32> {
        let mut killed = 0;
        let mut random = options.seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
        for kill in 1..=options.kills {
            random ^= random << 13;
            random ^= random >> 7;
            random ^= random << 17;
            let longest = (took.as_millis() / 4).max(1_000);
            let after =
                Duration::from_millis(u64::try_from(u128::from(random) % longest).unwrap_or(1_000));
            let log = self.clone.with_extension("log");
            let errors = std::fs::File::create(&log)?;
            let mut child = self.job().stdout(Stdio::null()).stderr(errors).spawn()?;
            std::thread::sleep(after);
            let ended = child.try_wait()?;
            // SIGKILL: no handler, no clean-up.
            child.kill()?;
            child.wait()?;
            // A session that ends by itself is no kill, and why it ended is worth knowing.
            let how = match ended {
                None => {
                    killed += 1;
                    "killed".to_owned()
                }
                Some(status) => {
                    let text = std::fs::read_to_string(&log).unwrap_or_default();
                    format!("it had ended ({status}: {})", text.lines().last().unwrap_or_default())
                }
            };
            println!(
                "kill {kill}: {how} after {} ms, {} completed",
                after.as_millis(),
                self.completed()?.len()
            );
        }
        Ok(killed)
    }

    /// The user's branches and index are as they were, and nothing of ours is left running or lying about.
    fn check(&self) -> Result {
        let mut wrong = Vec::new();
        if self.user_refs()? != self.refs_before {
            wrong.push("refs of the user changed".to_owned());
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
        for branch in self.git(&["for-each-ref", "--format=%(refname)", "refs/heads/lf/"])?.lines()
        {
            if !self.git(&["log", "-1", "--format=%B", branch])?.contains("LeadForge-Outcome:") {
                wrong.push(format!("{branch} is an orphan"));
            }
        }
        wrong.extend(processes(&self.clone));
        for id in &self.ids {
            if self.completed()?.iter().filter(|done| *done == id).count() > 1 {
                wrong.push(format!("{id} is completed twice"));
            }
        }
        let missing: Vec<&String> =
            self.ids.iter().filter(|id| !self.completed().is_ok_and(|c| c.contains(*id))).collect();
        if !missing.is_empty() {
            wrong.push(format!("not completed: {missing:?}"));
        }
        if wrong.is_empty() { Ok(()) } else { Err(Fail::gate(wrong.join("\n       "))) }
    }

    /// Everything that is the user's: all refs but ours, and what is checked out.
    fn user_refs(&self) -> Result<String> {
        let refs = self.git(&["for-each-ref", "--format=%(refname) %(objectname)"])?;
        let ours = |line: &&str| {
            !line.starts_with("refs/heads/lf/")
                && !line.starts_with("refs/leadforge/")
                && !line.starts_with(&format!("refs/heads/{BRANCH} "))
        };
        let head = self.git(&["rev-parse", "HEAD"])?;
        let status = self.git(&["status", "--porcelain"])?;
        Ok(refs.lines().filter(ours).collect::<Vec<_>>().join("\n") + &head + &status)
    }

    /// The completed ids on the integration branch, with repetitions if there were any.
    fn completed(&self) -> Result<Vec<String>> {
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

    fn dossier(&self) -> PathBuf {
        self.clone.join(".git/leadforge/runs").join(BRANCH.replace('/', "%2F")).join("dossier.html")
    }

    fn git(&self, args: &[&str]) -> Result<String> {
        let mut git = sh::program("git");
        Ok(sh::capture(git.arg("-C").arg(&self.clone).args(args))?.trim_end().to_owned())
    }
}

fn same(calm: &World, wild: &World) -> Result {
    let set = |world: &World| -> Result<BTreeSet<String>> {
        Ok(world.completed()?.into_iter().collect())
    };
    if set(calm)? != set(wild)? {
        return Err(Fail::gate("other tasks were completed than without kills"));
    }
    if calm.tree()? != wild.tree()? {
        return Err(Fail::gate("the tree is another one than without kills"));
    }
    Ok(())
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
