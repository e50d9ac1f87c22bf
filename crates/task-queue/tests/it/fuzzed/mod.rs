//! The fuzz targets of `fuzz/`, replayed on their seeds and committed corpora as ordinary tests.

mod import;
mod scope;
mod task_file;

use std::path::Path;

use leadforge_task_queue::import::{Why, read};
use leadforge_task_queue::{Glob, Task, TaskId};

/// Runs a target on its seeds and on every file of its corpus.
fn replay(name: &str, target: fn(&[u8]), seeds: &[&str]) {
    seeds.iter().for_each(|seed| target(seed.as_bytes()));
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    // The corpus is a part of the repository, not of the published package.
    if package.join("Cargo.toml.orig").exists() {
        return;
    }
    let files = std::fs::read_dir(package.join("fuzz/corpus").join(name)).expect("a corpus");
    let mut count = 0;
    for file in files {
        target(&std::fs::read(file.expect("a corpus").path()).expect("an input"));
        count += 1;
    }
    assert!(count >= 10, "the corpus of {name} has {count} inputs");
}

const FULL: &str = "+++\n# Why.\nid   = 'lf-7k3q9d2x'\ntitle = \"Email \\\"it\\\"\"   # one\npriority = \"P1\"\n\
    after = [\n  \"lf-2m8x1c00\",   # first\n]\ntouches = [\"src/a_*.py\", \"!src/a_g.py\"]\n\
    symbols = ['src/m.py::S.send']\nresources = [\"port:2525\"]\nverify = [\"pytest -q\"]\nagents = [\"copilot\"]\n\
    hosts = [\"pypi.org\"]\nattempts = 3\ntries = 4\nrun = '''\nmake email\n'''\n\
    estimate = { hours = 1.5, keystrokes = 12000 }\nsource = \"x:y#z\"\ncolour = \"blue\"\n\n[theirs]\nx = [1, 2]\n\
    [[more]]\ny = 1\n+++\n1. Text\t\r\n\u{202e}2. no line end";

const DONE: &str = "+++\ntitle = 'x'\n\n[done]\nschema = \"leadforge/done/1\"\nepoch = 3\nsession = \"s\"\nagent = \"shell\"\n\
    commit = \"c0ffee\"\ntree = \"facade\"\nstarted = 2023-11-14T22:13:20Z\nended = 2023-11-14T22:13:21.5Z\n\
    lines = { added = 12, removed = 0 }\nchecks = [\n  { command = \"sha256:aa\", exit = 0, log = \"sha256:bb\", seconds = 1.25 },\n]\n+++\nBody\n";

#[test]
fn task_file() {
    replay("task-file", task_file::run, &["", "+++\n+++\n", "+++\ntitle='x'\n+++", FULL, DONE]);
}

#[test]
fn import() {
    replay(
        "import",
        import::run,
        &[
            "",
            "\0- [ ] one\n  - [x] two\n",
            "\u{1}# Task: x\n\n## Objectives:\n1. y\n\n**Priority**: P1\n",
        ],
    );
}

#[test]
fn scope() {
    replay("scope", scope::run, &["", "\u{1}src/**\nsrc/{a,b}/*\n!src/a/*", "\0\u{4}\u{9}a\u{c}"]);
}

/// Larger than any fuzzer makes them: one line of 100 MB, and a task of 10 MB that is one otherwise.
#[test]
fn large_inputs_are_refused_in_one_line() {
    let line = vec![b'x'; 100 << 20];
    let task = format!("+++\ntitle = 'x'\n+++\n{}", "a line of it\n".repeat(800_000));
    for bytes in [line.as_slice(), task.as_bytes()] {
        let refused = Task::parse("pending/lf-a.md", bytes).expect_err("too long").to_string();
        assert!(refused.contains("bytes; expected at most 1048576") && !refused.contains('\n'));
        let import = read("notes.md", bytes);
        assert!(import.drafts.is_empty() && import.remarks.len() == 1);
        assert_eq!(import.remarks[0].why, Why::Unreadable);
    }
    let glob = Glob::parse(std::str::from_utf8(&line).expect("ASCII")).expect_err("too long");
    assert!(glob.to_string().len() < 400, "{}", glob.to_string().len());
    let id = TaskId::parse(std::str::from_utf8(&line).expect("ASCII")).expect_err("too long");
    assert!(id.to_string().len() < 400, "{}", id.to_string().len());
}
