//! The folder in which commands run: made once for each world, and put back before each case.

use super::scripts::{Script, WORLDS};
use crate::sh::{self, Fail, Result};
use crate::torture::Bench;
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant, SystemTime};

/// A command that has not ended by then hangs: locks are waited for 30 s at most, and a busy machine
/// takes its time over a run.
const PATIENCE: Duration = Duration::from_secs(180);

/// Where commands run.
pub(super) struct Stage {
    dir: PathBuf,
    /// The folder of the case that runs.
    case: PathBuf,
    bins: PathBuf,
    /// What `{lease}` and `{digest}` stand for, by world.
    words: BTreeMap<&'static str, BTreeMap<&'static str, String>>,
}

/// How a command ended and what it said.
#[derive(Debug)]
pub(super) struct Ended {
    /// The exit code; none where a signal ended it, or our patience.
    pub(super) code: Option<i32>,
    pub(super) hung: bool,
    pub(super) out: String,
    pub(super) err: String,
}

impl Stage {
    /// Makes all worlds. A folder in memory keeps the cost of a case at that of its processes; the
    /// cases themselves may have another place.
    pub(super) fn new(bench: &Bench, number: usize, place: Option<&Path>) -> Result<Self> {
        let dir = bench.memory.join(format!("faults-{number}"));
        sh::fresh(&dir)?;
        let case = place.unwrap_or(&dir).join("case");
        let mut stage = Self { dir, case, bins: bench.bins.clone(), words: BTreeMap::new() };
        for world in WORLDS {
            match world.on {
                Some(below) => stage.restore(below)?,
                None => stage.begin()?,
            }
            let mut words = world.on.map(|below| stage.words[below].clone()).unwrap_or_default();
            stage.words.insert(world.name, words.clone());
            for step in world.steps {
                if step.contains("{digest}") {
                    stage.learn_digest(world.name)?;
                    words.clone_from(&stage.words[world.name]);
                }
                let ended = stage.plain(world.name, step)?;
                if ended.code != Some(0) {
                    return Err(Fail::gate(format!("{step}: {}", ended.err)));
                }
                if let Some(lease) = ended.out.lines().find_map(|l| l.trim().strip_prefix("lease "))
                {
                    words.insert("{lease}", lease.trim().to_owned());
                }
                stage.words.insert(world.name, words.clone());
            }
            stage.learn_digest(world.name)?;
            copy(&stage.case(), &stage.dir.join(world.name))?;
        }
        Ok(stage)
    }

    /// Asks what would run in this world, for `{digest}`.
    fn learn_digest(&mut self, world: &'static str) -> Result {
        let shown = self.plain(world, "lead-forge trust")?.out;
        let digest = shown.split_whitespace().find(|word| word.starts_with("sha256:"));
        let words = self.words.entry(world).or_default();
        words.extend(digest.map(|digest| ("{digest}", digest.to_owned())));
        Ok(())
    }

    /// The folder of the case that runs.
    pub(super) fn case(&self) -> PathBuf {
        self.case.clone()
    }

    pub(super) fn repo(&self) -> PathBuf {
        self.case().join("repo")
    }

    /// A file of the harness itself, outside of the case.
    pub(super) fn file(&self, name: &str) -> PathBuf {
        self.dir.join(name)
    }

    /// Puts a world back.
    pub(super) fn restore(&self, world: &str) -> Result {
        let case = self.case();
        if case.exists() {
            fs::remove_dir_all(&case)?;
        }
        copy(&self.dir.join(world), &case)?;
        // As if it had been so for long: an index believes no folder that has just changed.
        let long_ago = SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000);
        for folder in ["pending", "completed"] {
            let path = self.repo().join("docs/TASKS/queue").join(folder);
            if path.is_dir() {
                File::open(path)?.set_modified(long_ago)?;
            }
        }
        Ok(())
    }

    /// Puts the world of a script back and does what it needs first.
    pub(super) fn ready(&self, script: &Script) -> Result {
        self.restore(script.world)?;
        if script.warm {
            self.plain(script.world, "lead-queue ready")?;
        }
        Ok(())
    }

    /// The words of a line, with the program in full and its place-holders filled.
    pub(super) fn words(&self, world: &str, line: &str) -> Vec<String> {
        let known = &self.words[world];
        let mut words: Vec<String> = line
            .split(' ')
            .map(|word| known.get(word).cloned().unwrap_or_else(|| word.to_owned()))
            .collect();
        if words[0].starts_with("lead-") {
            words[0] = self.bins.join(&words[0]).display().to_string();
        }
        words
    }

    /// Runs a line of a world without any fault.
    pub(super) fn plain(&self, world: &str, line: &str) -> Result<Ended> {
        self.run(&self.words(world, line))
    }

    /// Runs a command in the repository, with nothing of our own environment.
    pub(super) fn run(&self, words: &[String]) -> Result<Ended> {
        let (out, err) = (self.file("out"), self.file("err"));
        let mut child = Command::new(&words[0])
            .args(&words[1..])
            .current_dir(self.repo())
            .env_clear()
            .env("PATH", "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin")
            .env("HOME", self.case().join("home"))
            .env("XDG_STATE_HOME", self.case().join("state"))
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .stdin(Stdio::null())
            .stdout(File::create(&out)?)
            .stderr(File::create(&err)?)
            .process_group(0)
            .spawn()?;
        let start = Instant::now();
        let (status, hung) = loop {
            if let Some(status) = child.try_wait()? {
                break (status, false);
            }
            let waited = start.elapsed();
            if waited > PATIENCE {
                // The group is ours: what strace followed is in it too.
                let group = format!("-{}", child.id());
                sh::program("kill").args(["-KILL", "--", &group]).status()?;
                break (child.wait()?, true);
            }
            std::thread::sleep(
                (waited / 8).clamp(Duration::from_micros(300), Duration::from_millis(20)),
            );
        };
        let text = |path| fs::read(path).map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
        Ok(Ended { code: status.code(), hung, out: text(out)?, err: text(err)? })
    }

    /// A repository with one commit, a list to import, and a user.
    fn begin(&self) -> Result {
        let case = self.case();
        if case.exists() {
            fs::remove_dir_all(&case)?;
        }
        for folder in ["repo", "home", "state"] {
            fs::create_dir_all(case.join(folder))?;
        }
        fs::write(
            case.join("repo/TODO.md"),
            "# To do\n\n- [ ] Wash the car\n- [ ] Mow the lawn\n",
        )?;
        let user = "[user]\n\tname = Ann\n\temail = ann@example.org\n";
        fs::write(case.join("home/.gitconfig"), user)?;
        for line in [
            "git init --quiet --template= -b main",
            "git add TODO.md",
            "git commit --quiet -m begin",
        ] {
            let words: Vec<String> = line.split(' ').map(str::to_owned).collect();
            let ended = self.run(&words)?;
            if ended.code != Some(0) {
                return Err(Fail::gate(format!("{line}: {}", ended.err)));
            }
        }
        Ok(())
    }
}

fn copy(from: &Path, to: &Path) -> Result {
    fs::create_dir(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        let kind = entry.file_type()?;
        if kind.is_dir() {
            copy(&entry.path(), &target)?;
        } else if kind.is_symlink() {
            std::os::unix::fs::symlink(fs::read_link(entry.path())?, target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}
