//! The workflow `supply-chain.yml`, played: every step of it runs here as a runner would run it, with the real binaries;
//! Docker is a script that packs the context with `lead-sbom pack`.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::PathBuf;
use std::process::Command;

use serde_json::Value;

use super::{Repo, bin};

/// `docker` as far as the workflow calls it.
const DOCKER: &str = r#"#!/bin/bash
set -eu
case "$1" in
  build) lead-sbom pack "$LOG.$3" --add "$4:/app" --user 1000 > /dev/null ;;
  save) tar -C "$LOG.$4" -cf "$3" . ;;
esac
"#;

struct Runner {
    repo: Repo,
    workflow: Value,
}

impl Runner {
    fn new() -> Self {
        let repo = Repo::new();
        let done = repo.call("lead-forge", &["init", "--workflow", "supply-chain"]);
        assert_eq!(done.code, 0, "{}", done.err);
        let text = fs::read_to_string(repo.path().join(".github/workflows/supply-chain.yml"));
        let workflow = serde_saphyr::from_str(&text.expect("it was written")).expect("YAML");
        let runner = Self { repo, workflow };
        let bins = runner.repo.dir.path().join("bin");
        fs::create_dir(&bins).expect("made");
        symlink(bin("lead-sbom"), bins.join("lead-sbom")).expect("linked");
        for (name, text) in
            [("docker", DOCKER), ("cargo", "#!/bin/bash\necho \"cargo $*\" >> \"$LOG\"\n")]
        {
            fs::write(bins.join(name), text).expect("written");
            fs::set_permissions(bins.join(name), fs::Permissions::from_mode(0o755)).expect("set");
        }
        runner
    }

    fn temp(&self) -> PathBuf {
        self.repo.dir.path().join("temp")
    }

    fn commit(&self, subject: &str) {
        self.repo.git(&["add", "-A"]);
        self.repo.git(&["commit", "-q", "-m", subject]);
    }

    fn summary(&self) -> String {
        fs::read_to_string(self.temp().join("summary")).unwrap_or_default()
    }

    /// Runs a job; for each step with a command line its exit code and what it said.
    fn job(&self, name: &str) -> Vec<(i32, String)> {
        let _ = fs::remove_dir_all(self.temp());
        fs::create_dir_all(self.temp()).expect("made");
        self.repo.git(&["worktree", "prune"]);
        let mut failed = false;
        let mut told = Vec::new();
        for step in self.workflow["jobs"][name]["steps"].as_array().expect("steps") {
            let Some(script) = step["run"].as_str() else { continue };
            let always = step["if"] == "${{ !cancelled() }}";
            assert!(step["if"].is_null() || always, "{step:#}");
            if failed && !always {
                continue;
            }
            assert!(!script.contains("${{"), "what others wrote reaches a shell: {script}");
            let mut command = Command::new("bash");
            command.args(["--noprofile", "--norc", "-eo", "pipefail", "-c", script]);
            let bins = self.repo.dir.path().join("bin");
            command.env("PATH", format!("{}:/usr/local/bin:/usr/bin:/bin", bins.display()));
            command.current_dir(self.repo.path()).env("RUNNER_TEMP", self.temp());
            command.env("HOME", self.repo.dir.path()).env("LOG", self.temp().join("log"));
            command.env("GITHUB_STEP_SUMMARY", self.temp().join("summary"));
            for (key, value) in self.workflow["env"].as_object().expect("a map") {
                command.env(key, value.as_str().expect("a text"));
            }
            // A smaller bound than the one that is written, so that little is packed.
            command.env("MAX_GROWTH", "200000");
            let out = command.output().expect("bash runs");
            let code = out.status.code().expect("it exits by itself");
            failed |= code != 0;
            told.push((
                code,
                String::from_utf8_lossy(&[out.stdout, out.stderr].concat()).into_owned(),
            ));
        }
        told
    }
}

fn codes(told: &[(i32, String)]) -> Vec<i32> {
    told.iter().map(|(code, _)| *code).collect()
}

/// A lock of cargo with these packages.
fn lock(packages: &[&str]) -> String {
    let one = |name: &&str| {
        format!(
            "[[package]]\nname = \"{name}\"\nversion = \"1.0.0\"\nsource = \"registry+https://github.com/rust-lang/crates.io-index\"\n\n"
        )
    };
    let all: String = packages.iter().map(one).collect();
    format!("version = 4\n\n[[package]]\nname = \"app\"\nversion = \"0.1.0\"\n\n{all}")
}

#[test]
fn what_is_new_is_told_and_gated() {
    let runner = Runner::new();
    runner.repo.write("Cargo.lock", &lock(&["old"]));
    runner.repo.write("Dockerfile", "FROM debian:12\nRUN sudo a\n");
    runner.commit("the base");
    // A new component is told, and a fault that was there before is no fault of this change.
    runner.repo.write("Cargo.lock", &lock(&["new", "old"]));
    runner.commit("feat: a crate");
    let told = runner.job("tree");
    assert_eq!(codes(&told), [0; 6], "{told:#?}");
    assert!(runner.summary().contains("| new | 1\\.0.0 |"), "{}", runner.summary());
    assert!(!runner.summary().contains("| old |"), "{}", runner.summary());
    assert!(runner.temp().join("supply-chain/head.cdx.json").is_file());
    // A new fault is red.
    runner.repo.write("Dockerfile", "FROM debian:12\nRUN sudo a\nENV A=b\nRUN curl x | sh\n");
    runner.commit("feat: a script");
    let told = runner.job("tree");
    assert_eq!(codes(&told), [0, 0, 0, 0, 0, 1], "{told:#?}");
    assert!(told[5].1.contains("file=Dockerfile,line=4"), "{}", told[5].1);
    // So is a lock that is stale.
    runner.repo.write("pyproject.toml", "[project]\nname = \"a\"\nversion = \"2\"\n");
    runner.repo.write(
        "uv.lock",
        "version = 1\n[[package]]\nname = \"a\"\nversion = \"1\"\nsource = { editable = \".\" }\n",
    );
    runner.commit("feat: a project");
    let told = runner.job("tree");
    assert_eq!(codes(&told)[4], 1, "{told:#?}");
}

#[test]
fn what_went_down_is_asked_about() {
    let runner = Runner::new();
    let lock = |version: &str| lock(&["old"]).replace("1.0.0", version);
    runner.repo.write("Cargo.lock", &lock("1.2.0"));
    runner.commit("the base");
    runner.repo.write("Cargo.lock", &lock("1.1.9"));
    runner.commit("fix: an older crate");
    let told = runner.job("tree");
    assert_eq!(codes(&told)[..4], [0, 0, 0, 1], "{told:#?}");
    assert!(runner.summary().contains("| old | 1\\.2.0 | 1\\.1.9 |"), "{}", runner.summary());
}

#[test]
fn an_image_is_inventoried_and_may_not_grow_too_much() {
    let runner = Runner::new();
    runner.repo.write("Dockerfile", "FROM scratch\n");
    runner.commit("the base");
    runner.repo.write("b.txt", "two\n");
    runner.commit("feat: a file");
    let told = runner.job("image");
    assert_eq!(codes(&told), [0; 3], "{told:#?}");
    assert!(runner.summary().contains("files of all layers"), "{}", runner.summary());
    for file in ["head.cdx.json", "base.cdx.json", "image.html"] {
        assert!(runner.temp().join("image").join(file).is_file(), "{file}");
    }
    runner.repo.write("large", &"x".repeat(600_000));
    runner.commit("feat: a large file");
    let told = runner.job("image");
    assert_eq!(codes(&told), [0, 0, 1], "{told:#?}");
}
