//! Closed pipes, interrupts, and what the hidden verb `meta` makes.

use crate::{heard, speak};
use std::io::{BufRead as _, BufReader, Read as _};
use std::process::{Command, Stdio};

#[test]
fn a_reader_that_leaves_is_no_error() {
    let mut child = speak().arg("flood").stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let child = child.as_mut().expect("the example runs");
    let mut line = String::new();
    let mut out = BufReader::new(child.stdout.take().expect("piped"));
    out.read_line(&mut line).expect("one line");
    drop(out);
    let mut complaint = String::new();
    child.stderr.take().expect("piped").read_to_string(&mut complaint).expect("UTF-8");
    assert_eq!(child.wait().expect("it ends").code(), Some(0));
    assert_eq!((line.as_str(), complaint.as_str()), ("0\n", ""));
}

#[test]
fn the_first_interrupt_is_a_wish() {
    for signal in ["-INT", "-TERM"] {
        let mut child = speak().arg("wait").stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
        let child = child.as_mut().expect("the example runs");
        let mut ready = String::new();
        let mut err = BufReader::new(child.stderr.take().expect("piped"));
        err.read_line(&mut ready).expect("it says that it waits");
        let kill = Command::new("kill").arg(signal).arg(child.id().to_string()).status();
        assert!(kill.expect("kill runs").success());
        let mut out = String::new();
        child.stdout.take().expect("piped").read_to_string(&mut out).expect("UTF-8");
        assert_eq!(child.wait().expect("it ends").code(), Some(130));
        assert_eq!((ready.as_str(), out.as_str()), ("note: waiting\n", "stopped\n"));
    }
}

#[test]
fn meta_makes_every_generated_file() {
    let (code, stdout, _) = heard(&["meta", "files"]);
    let files: serde_json::Value = serde_json::from_str(&stdout).expect("JSON");
    let files = files.as_object().expect("an object");
    let names: Vec<&String> = files.keys().collect();
    assert_eq!(code, 0);
    insta::assert_snapshot!(format!("{names:#?}"), @r#"
    [
        "cli/completions/lead-speak.bash",
        "cli/completions/lead-speak.fish",
        "cli/completions/lead-speak.zsh",
        "cli/lead-speak.md",
        "cli/man/lead-speak-clean.1",
        "cli/man/lead-speak-document.1",
        "cli/man/lead-speak-fail.1",
        "cli/man/lead-speak-find.1",
        "cli/man/lead-speak-flood.1",
        "cli/man/lead-speak-panic.1",
        "cli/man/lead-speak-refuse.1",
        "cli/man/lead-speak-trust.1",
        "cli/man/lead-speak-wait.1",
        "cli/man/lead-speak-work.1",
        "cli/man/lead-speak.1",
        "schemas/speak-1.json",
    ]
    "#);
    assert!(
        files["cli/lead-speak.md"].as_str().is_some_and(|page| page.contains("lead-speak find"))
    );
    assert_eq!(heard(&["meta", "schema", "speak-1"]).1, "{\n  \"type\": \"object\"\n}\n");
    let (code, _, stderr) = heard(&["meta", "schema", "none"]);
    assert_eq!((code, stderr.contains("no schema named none")), (2, true));
}

#[test]
fn a_file_at_its_size_limit_is_an_error() {
    let dir = tempfile::tempdir().expect("a folder");
    let line = "ulimit -f 1; exec \"$0\" flood --output \"$1\"";
    let speak = speak();
    let path = dir.path().join("out");
    // Whoever runs the tests may ignore the signal, and children inherit that.
    let own = ["--default-signal=XFSZ", "bash", "-c", line];
    let done = Command::new("env").args(own).arg(speak.get_program()).arg(&path).output();
    let done = done.expect("bash runs");
    let said = String::from_utf8_lossy(&done.stderr).into_owned();
    assert_eq!(done.status.code(), Some(3), "{said}");
    assert!(said.contains(&path.display().to_string()), "{said}");
    assert_eq!(said.lines().count(), 1, "{said}");
    let left = std::fs::read_dir(dir.path()).expect("a folder").count();
    assert_eq!(left, 0, "no file, whole or in the making");
}
