//! `lead-review` as its users meet it: every verb and every error.

#![expect(clippy::unwrap_used, reason = "a helper that fails fails its test")]

mod ai;
mod arch;
mod baseline;
mod blind;
mod check;
mod faults;
mod hook;
mod host;
mod import;
mod language;
mod model;
mod post;
mod pushes;
mod rules;
mod sarif;
mod sync;

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// A repository whose branch `main` is the base, and how to call the command in it.
struct Repo {
    dir: TempDir,
}

/// What a call left.
struct Answer {
    code: i32,
    out: String,
    err: String,
}

impl Answer {
    fn json(&self) -> Value {
        serde_json::from_str(&self.out)
            .unwrap_or_else(|error| panic!("{error}: {}{}", self.out, self.err))
    }

    /// `rule path:line` of each finding.
    fn told(&self) -> Vec<String> {
        let json = self.json();
        let findings = json["findings"].as_array().unwrap().iter();
        findings
            .map(|finding| {
                let (rule, at) = (finding["rule"].as_str().unwrap(), &finding["at"]);
                let path = at["path"].as_str().unwrap_or_default();
                format!("{rule} {path}:{}", at["line"].as_u64().unwrap_or(0))
            })
            .collect()
    }
}

const RULES: &str = r#"# Rules

## No print {#no-print}

Use the logging module.

```toml rule
level = "error"
paths = ["src/**"]
language = "python"
match = { pattern = "print($$$ARGS)" }
fix = "log.info($$$ARGS)"
bad = ["print('x')\n"]
good = ["log.info('x')\n"]
```
"#;

impl Repo {
    /// With one commit on `main`, on a branch `work`.
    fn new(files: &[(&str, &str)]) -> Self {
        let repo = Self { dir: tempfile::tempdir().unwrap() };
        repo.git(&["init", "-q", "-b", "main"]);
        repo.git(&["config", "user.name", "Ada"]);
        repo.git(&["config", "user.email", "ada@example.org"]);
        files.iter().for_each(|(name, text)| repo.write(name, text));
        repo.commit();
        repo.git(&["checkout", "-q", "-b", "work"]);
        repo
    }

    fn path(&self) -> PathBuf {
        self.dir.path().canonicalize().unwrap()
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn commit(&self) {
        self.git(&["add", "-A"]);
        self.git(&["commit", "-q", "--allow-empty", "-m", "a state"]);
    }

    fn git(&self, args: &[&str]) -> String {
        let output = self.command("git").args(args).output().unwrap();
        assert!(
            output.status.success(),
            "git {args:?}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
        String::from_utf8_lossy(&output.stdout).trim_end().to_owned()
    }

    fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command
            .current_dir(self.path())
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_CONFIG_NOSYSTEM", "1");
        command
    }

    fn call(&self, args: &[&str]) -> Answer {
        self.call_with(args, "")
    }

    fn call_with(&self, args: &[&str], input: &str) -> Answer {
        self.call_in(args, input, &[])
    }

    fn call_in(&self, args: &[&str], input: &str, variables: &[(&str, &str)]) -> Answer {
        let mut command = self.command(env!("CARGO_BIN_EXE_lead-review"));
        for name in [
            "GITHUB_TOKEN",
            "GH_TOKEN",
            "GITHUB_REPOSITORY",
            "GITHUB_API_URL",
            "LEADFORGE_AI_TOKEN",
        ] {
            command.env_remove(name);
        }
        command.envs(variables.iter().copied());
        command.args(args).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        // Who does not read its input closes it: that is no failure of the test.
        drop(std::io::Write::write_all(&mut child.stdin.take().unwrap(), input.as_bytes()));
        let done = child.wait_with_output().unwrap();
        Answer {
            code: done.status.code().unwrap(),
            out: String::from_utf8(done.stdout).unwrap(),
            err: String::from_utf8(done.stderr).unwrap(),
        }
    }
}
