//! A workflow that we write for others, played: every step of it runs as a runner would run it, with the real
//! binaries; what belongs to the machine or to the code host is a script.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::PathBuf;
use std::process::Command;

use serde_json::Value;

use super::{Repo, bin};

/// A script that writes down how it was called.
pub(super) const NOTED: &str = "#!/bin/bash\necho \"$(basename \"$0\") $*\" >> \"$LOG\"\n";

/// What a step came to: its name, its exit code and what it said.
pub(super) type Told = (String, i32, String);

/// A repository with the workflow, the machine around it, and the workflow as data.
pub(super) struct Runner {
    pub(super) repo: Repo,
    pub(super) workflow: Value,
    /// Variables with other values than the workflow gives them.
    pub(super) instead: Vec<(String, String)>,
    /// Files that lie in the machine's temporary folder before a job begins.
    pub(super) given: Vec<(&'static str, Vec<u8>)>,
}

impl Runner {
    /// A machine with these of our binaries and these scripts.
    pub(super) fn new(workflow: &str, binaries: &[&str], scripts: &[(&str, &str)]) -> Self {
        let repo = Repo::new();
        let done = repo.call("lead-forge", &["init", "--workflow", workflow]);
        assert_eq!(done.code, 0, "{}", done.err);
        let workflow = read(&repo, workflow);
        let runner = Self { repo, workflow, instead: Vec::new(), given: Vec::new() };
        fs::create_dir(runner.bin()).expect("made");
        for name in binaries {
            symlink(bin(name), runner.bin().join(name)).expect("linked");
        }
        for (name, text) in scripts {
            let path = runner.bin().join(name);
            fs::write(&path, text).expect("written");
            fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("set");
        }
        runner
    }

    /// From here on another one of the repository's workflows is played.
    pub(super) fn workflow(&mut self, name: &str) {
        self.workflow = read(&self.repo, name);
    }

    pub(super) fn bin(&self) -> PathBuf {
        self.repo.dir.path().join("bin")
    }

    pub(super) fn temp(&self) -> PathBuf {
        self.repo.dir.path().join("temp")
    }

    pub(super) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.temp().join(name)).unwrap_or_default()
    }

    pub(super) fn commit(&self, subject: &str) {
        self.repo.git(&["add", "-A"]);
        self.repo.git(&["commit", "-q", "-m", subject]);
    }

    /// Runs a job; for each step that has a command line its name, its exit code and what it said.
    pub(super) fn job(&self, name: &str, values: &[(&str, &str)]) -> Vec<Told> {
        let _ = fs::remove_dir_all(self.temp());
        fs::create_dir_all(self.temp()).expect("made");
        for (name, bytes) in &self.given {
            let path = self.temp().join(name);
            fs::create_dir_all(path.parent().expect("a folder")).expect("made");
            fs::write(path, bytes).expect("written");
        }
        self.repo.git(&["worktree", "prune"]);
        let job = &self.workflow["jobs"][name];
        let mut failed = false;
        let mut told = Vec::new();
        for step in job["steps"].as_array().expect("steps") {
            let Some(script) = step["run"].as_str() else { continue };
            let always = step["if"] == "${{ !cancelled() }}";
            assert!(step["if"].is_null() || always, "{step:#}");
            if failed && !always {
                continue;
            }
            assert!(!script.contains("${{"), "what others wrote reaches a shell: {script}");
            let mut command = Command::new("bash");
            command.args(["--noprofile", "--norc", "-eo", "pipefail", "-c", script]);
            let path = format!("{}:/usr/local/bin:/usr/bin:/bin", self.bin().display());
            command.current_dir(self.repo.path()).env("PATH", path).env("CI", "true");
            command.env("HOME", self.repo.dir.path()).env("RUNNER_TEMP", self.temp());
            command.env("XDG_STATE_HOME", self.repo.dir.path().join("state"));
            command.env("LOG", self.temp().join("log"));
            command.env("GITHUB_STEP_SUMMARY", self.temp().join("summary"));
            let known: BTreeMap<_, _> = values.iter().copied().collect();
            for scope in [&self.workflow["env"], &step["env"]] {
                for (key, value) in scope.as_object().into_iter().flatten() {
                    let text = value.as_str().expect("a text");
                    let value = match text.strip_prefix("${{ ") {
                        Some(inner) => known[inner.trim_end_matches(" }}")],
                        None => text,
                    };
                    command.env(key, value);
                }
            }
            command.envs(self.instead.iter().map(|(name, value)| (name, value)));
            let out = command.output().expect("bash runs");
            let code = out.status.code().expect("it exits by itself");
            failed |= code != 0;
            let said = [out.stdout, out.stderr].concat();
            let name = step["name"].as_str().expect("a name").to_owned();
            told.push((name, code, String::from_utf8_lossy(&said).into_owned()));
        }
        told
    }
}

/// A workflow of a repository as data.
fn read(repo: &Repo, workflow: &str) -> Value {
    let path = repo.path().join(format!(".github/workflows/{workflow}.yml"));
    serde_saphyr::from_str(&fs::read_to_string(path).expect("it was written")).expect("YAML")
}

pub(super) fn codes(told: &[Told]) -> Vec<i32> {
    told.iter().map(|(_, code, _)| *code).collect()
}
