//! The workflow `visual.yml`, played; `gh` is a script that writes down how it was called.

use std::fs;

use super::workflow::{NOTED, Runner, Told, codes};

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

fn runner() -> Runner {
    let scripts = [("gh", GH), ("sudo", NOTED), ("cargo", NOTED)];
    Runner::new("visual", &["lead-shot", "lead-forge"], &scripts)
}

fn pull(runner: &Runner) -> Vec<Told> {
    runner.job("screens", &[("vars.LEADFORGE_TRUST", "")])
}

#[test]
fn a_pull_request_is_checked_photographed_and_told() {
    let runner = runner();
    runner.repo.write("home.html", HOME);
    runner.repo.write("leadforge.toml", CONFIG);
    assert_eq!(runner.repo.call("lead-shot", &["capture"]).code, 0);
    runner.commit("feat: a home page");
    // The page changes and its picture does not: the gate is red, and what changed is told all the same.
    runner.repo.write("home.html", &HOME.replace("#0c1627", "#171d29"));
    runner.commit("fix: the theme");
    let told = pull(&runner);
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
    let told = pull(&runner);
    assert_eq!(codes(&told), [0; 6], "{told:#?}");
    assert!(runner.read("summary").contains("    passed home.png\n"), "{}", runner.read("summary"));
}

#[test]
fn the_first_pull_request_has_nothing_to_compare_with() {
    let runner = runner();
    fs::remove_file(runner.repo.path().join("leadforge.toml")).expect("removed");
    runner.commit("the workflow");
    runner.repo.write("home.html", HOME);
    runner.repo.write("leadforge.toml", CONFIG);
    assert_eq!(runner.repo.call("lead-shot", &["capture"]).code, 0);
    runner.commit("feat: a home page");
    let told = pull(&runner);
    assert_eq!(codes(&told), [0; 6], "{told:#?}");
    assert!(told[5].2.contains("::notice::there were no pictures yet"), "{}", told[5].2);
    // Pictures without a configuration, as they were before: a screen that is new is no missing baseline.
    runner.repo.git(&["rm", "-q", "--cached", "leadforge.toml"]);
    runner.repo.git(&["commit", "-q", "--amend", "-m", "pictures"]);
    runner.repo.write("leadforge.toml", &CONFIG.replace("\"home\"", "\"house\""));
    assert_eq!(runner.repo.call("lead-shot", &["capture"]).code, 0);
    runner.commit("feat: another name");
    let told = pull(&runner);
    assert_eq!(codes(&told), [0; 6], "{told:#?}");
    assert!(runner.read("summary").contains("    new house.png\n"), "{}", runner.read("summary"));
}

#[test]
fn a_release_has_its_pictures_before_the_notes_that_show_them() {
    let runner = runner();
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
    let runner = runner();
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
