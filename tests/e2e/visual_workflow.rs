//! The workflow `visual.yml`, played: every step of it runs here as a runner would run it, with the real
//! binaries; what belongs to the machine or to the code host is a script that writes down how it was called.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::PathBuf;
use std::process::Command;

use serde_json::Value;

use super::{Repo, bin};

const CONFIG: &str = "[shot]\nrepository = \"octo/cat\"\n[[shot.screen]]\nname = \"home\"\n\
     source = \"home.html\"\nviewport = [300, 200]\n";
const HOME: &str = "<!doctype html><style>body { background: #0c1627 }</style><h1>Home</h1>";

/// `gh` as far as the workflow calls it: one line for each call, and what would be uploaded or published.
const GH: &str = r#"#!/bin/bash
set -eu
echo "$*" >> "$LOG"
case "$1 $2" in
  "release view") [ -e "$LOG.release" ] ;;
  "release create") : > "$LOG.release" ;;
  "release upload") shift 3; for file; do [ "$file" = --clobber ] || { [ -s "$file" ]; basename "$file" >> "$LOG.assets"; }; done ;;
  "release edit") cp "$6" "$LOG.notes" ;;
esac
"#;

/// A repository with the workflow, the machine around it, and the workflow as data.
struct Runner {
    repo: Repo,
    workflow: Value,
}

impl Runner {
    fn new() -> Self {
        let repo = Repo::new();
        let done = repo.call("lead-forge", &["init", "--workflow", "visual"]);
        assert_eq!(done.code, 0, "{}", done.err);
        let text = fs::read_to_string(repo.path().join(".github/workflows/visual.yml"));
        let workflow = serde_saphyr::from_str(&text.expect("it was written")).expect("YAML");
        let runner = Self { repo, workflow };
        fs::create_dir(runner.bin()).expect("made");
        for name in ["lead-shot", "lead-forge"] {
            symlink(bin(name), runner.bin().join(name)).expect("linked");
        }
        let note = "#!/bin/bash\necho \"$(basename \"$0\") $*\" >> \"$LOG\"\n";
        for (name, text) in [("gh", GH), ("sudo", note), ("cargo", note)] {
            let path = runner.bin().join(name);
            fs::write(&path, text).expect("written");
            fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("set");
        }
        runner
    }

    fn bin(&self) -> PathBuf {
        self.repo.dir.path().join("bin")
    }

    fn temp(&self) -> PathBuf {
        self.repo.dir.path().join("temp")
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.temp().join(name)).unwrap_or_default()
    }

    fn commit(&self, subject: &str) {
        self.repo.git(&["add", "-A"]);
        self.repo.git(&["commit", "-q", "-m", subject]);
    }

    /// Runs a job; for each step that has a command line its name, its exit code and what it said.
    fn job(&self, name: &str, values: &[(&str, &str)]) -> Vec<(String, i32, String)> {
        let _ = fs::remove_dir_all(self.temp());
        fs::create_dir_all(self.temp()).expect("made");
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
            let out = command.output().expect("bash runs");
            let code = out.status.code().expect("it exits by itself");
            failed |= code != 0;
            let said = [out.stdout, out.stderr].concat();
            let name = step["name"].as_str().expect("a name").to_owned();
            told.push((name, code, String::from_utf8_lossy(&said).into_owned()));
        }
        told
    }

    fn pull(&self) -> Vec<(String, i32, String)> {
        self.job("screens", &[("vars.LEADFORGE_TRUST", "")])
    }
}

fn codes(told: &[(String, i32, String)]) -> Vec<i32> {
    told.iter().map(|(_, code, _)| *code).collect()
}

#[test]
fn a_pull_request_is_checked_photographed_and_told() {
    let runner = Runner::new();
    runner.repo.write("home.html", HOME);
    runner.repo.write("leadforge.toml", CONFIG);
    assert_eq!(runner.repo.call("lead-shot", &["capture"]).code, 0);
    runner.commit("feat: a home page");
    // The page changes and its picture does not: the gate is red, and what changed is told all the same.
    runner.repo.write("home.html", &HOME.replace("#0c1627", "#171d29"));
    runner.commit("fix: the theme");
    let told = runner.pull();
    assert_eq!(codes(&told), [0, 0, 0, 1, 0, 0], "{told:#?}");
    assert!(told[3].2.contains("screenshots/home.png is older than home.html"), "{}", told[3].2);
    let summary = runner.read("summary");
    assert!(
        summary.contains("\n    failed home.png: theme recolour #0c1627→#171d29 on "),
        "{summary}"
    );
    for file in ["index.html", "reg.json", "junit.xml", "diff/home.png"] {
        assert!(runner.temp().join("pictures").join(file).is_file(), "{file}");
    }
    assert!(runner.read("pictures/index.html").contains("data:image/png;base64,"));
    // What the machine is asked for.
    let log = runner.read("log");
    let value = |name: &str| runner.workflow["env"][name].as_str().expect("a text");
    let (from, tag) = (value("LEADFORGE_SOURCE"), value("LEADFORGE_TAG"));
    let install = format!("cargo install --locked --git {from} --tag {tag} lead-shot\n");
    assert!(log.contains(&install) && log.contains("sudo sysctl"), "{log}");
    // The picture is taken anew and committed: green. Chrome renders the same page the same way.
    runner.commit("test: the picture");
    let told = runner.pull();
    assert_eq!(codes(&told), [0; 6], "{told:#?}");
    assert!(runner.read("summary").contains("    passed home.png\n"), "{}", runner.read("summary"));
}

#[test]
fn the_first_pull_request_has_nothing_to_compare_with() {
    let runner = Runner::new();
    fs::remove_file(runner.repo.path().join("leadforge.toml")).expect("removed");
    runner.commit("the workflow");
    runner.repo.write("home.html", HOME);
    runner.repo.write("leadforge.toml", CONFIG);
    assert_eq!(runner.repo.call("lead-shot", &["capture"]).code, 0);
    runner.commit("feat: a home page");
    let told = runner.pull();
    assert_eq!(codes(&told), [0; 6], "{told:#?}");
    assert!(told[5].2.contains("::notice::there were no pictures yet"), "{}", told[5].2);
    // Pictures without a configuration, as they were before: a screen that is new is no missing baseline.
    runner.repo.git(&["rm", "-q", "--cached", "leadforge.toml"]);
    runner.repo.git(&["commit", "-q", "--amend", "-m", "pictures"]);
    runner.repo.write("leadforge.toml", &CONFIG.replace("\"home\"", "\"house\""));
    assert_eq!(runner.repo.call("lead-shot", &["capture"]).code, 0);
    runner.commit("feat: another name");
    let told = runner.pull();
    assert_eq!(codes(&told), [0; 6], "{told:#?}");
    assert!(runner.read("summary").contains("    new house.png\n"), "{}", runner.read("summary"));
}

#[test]
fn a_release_has_its_pictures_before_the_notes_that_show_them() {
    let runner = Runner::new();
    runner.repo.write("home.html", HOME);
    runner.repo.write("leadforge.toml", CONFIG);
    assert_eq!(runner.repo.call("lead-shot", &["capture"]).code, 0);
    runner.commit("feat: a home page");
    runner.repo.git(&["tag", "v1"]);
    runner.repo.write("home.html", &HOME.replace("#0c1627", "#171d29"));
    assert_eq!(runner.repo.call("lead-shot", &["capture"]).code, 0);
    runner.commit("fix: the theme");
    runner.repo.git(&["tag", "v2"]);
    let values =
        [("github.ref_name", "v2"), ("github.repository", "octo/cat"), ("github.token", "secret")];
    let told = runner.job("release", &values);
    assert_eq!(codes(&told), [0; 3], "{told:#?}");
    let notes = runner.read("log.notes");
    let linked: Vec<&str> = notes
        .split("https://github.com/octo/cat/releases/download/v2/")
        .skip(1)
        .map(|rest| rest.split(['>', ')', '"']).next().unwrap_or_default())
        .collect();
    let uploaded = runner.read("log.assets");
    let mut uploaded: Vec<&str> = uploaded.lines().collect();
    uploaded.sort_unstable();
    let mut wanted = linked.clone();
    wanted.sort_unstable();
    assert_eq!(uploaded, wanted, "{notes}");
    assert_eq!(uploaded, ["home-v1.png", "home-v2.png"]);
    // A draft, the pictures, and only then the notes; nothing secret in a command line.
    let log = runner.read("log");
    let verbs: Vec<&str> = log
        .lines()
        .filter_map(|line| line.strip_prefix("release "))
        .map(|line| line.split(' ').next().unwrap_or_default())
        .collect();
    assert_eq!(verbs, ["view", "create", "upload", "edit"]);
    assert!(log.contains("release create v2 --draft") && log.contains("--draft=false"), "{log}");
    assert!(!log.contains("secret"));
    // A release without changed screens has notes and no files.
    runner.repo.git(&["commit", "-q", "--allow-empty", "-m", "docs: more"]);
    runner.repo.git(&["tag", "v3"]);
    let values =
        [("github.ref_name", "v3"), ("github.repository", "octo/cat"), ("github.token", "secret")];
    let told = runner.job("release", &values);
    assert_eq!(codes(&told), [0; 3], "{told:#?}");
    assert!(!runner.read("log").contains("upload"), "{}", runner.read("log"));
    assert!(!runner.read("log.notes").is_empty());
}

#[test]
fn rights_are_few_and_actions_are_pinned() {
    let runner = Runner::new();
    assert_eq!(runner.workflow["permissions"], serde_json::json!({}));
    let jobs = runner.workflow["jobs"].as_object().expect("jobs");
    assert_eq!(jobs["screens"]["permissions"], serde_json::json!({"contents": "read"}));
    assert_eq!(jobs["release"]["permissions"], serde_json::json!({"contents": "write"}));
    assert!(runner.workflow["on"].get("pull_request_target").is_none());
    for step in jobs.values().flat_map(|job| job["steps"].as_array().expect("steps")) {
        let Some(used) = step["uses"].as_str() else { continue };
        let (_, pin) = used.split_once('@').expect("a version");
        assert!(pin.len() == 40 && pin.bytes().all(|b| b.is_ascii_hexdigit()), "{used}");
        if used.starts_with("actions/checkout@") {
            assert_eq!(step["with"]["persist-credentials"], false);
        }
    }
}
