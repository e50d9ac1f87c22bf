//! `lead-queue import`: several sources at once, folders, twice, and what was left out.

use std::collections::BTreeMap;
use std::fs;

use insta::assert_snapshot;

use super::Repo;

fn sources() -> Repo {
    let repo = Repo::new();
    repo.write(
        ".ai-tasks/track-1.md",
        "\u{feff}# Task: Mail server (Priority: P1)\n\n## Objectives:\n1. Set up\n",
    );
    repo.write(".ai-tasks/NOTES.md", "# Notes\n\nprose\n");
    repo.write(
        ".ai-tasks/track-2.md.failed",
        "# Task: Hollow\n\n## Objectives:\n\n## Context\n- x\n",
    );
    repo.write("docs/TODO.md", "# Debt\n\nintro\n\n## Low Priority\n- [ ] Polish\n- [x] Old\n- [ ] **Mail server**\n\n## More\nprose\n");
    repo.write(".taskmaster/tasks/tasks.json", r#"{"master":{"tasks":[{"id":1,"title":"One","status":"done"},{"id":2,"title":"Two","status":"pending","dependencies":[1]}]}}"#);
    repo
}

fn bytes(repo: &Repo) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(repo.queue().join("pending")).expect("there");
    entries
        .map(|entry| entry.expect("readable").path())
        .map(|path| (path.display().to_string(), fs::read(&path).expect("readable")))
        .collect()
}

#[test]
fn several_sources_at_once_and_twice() {
    let repo = sources();
    let paths = ["import", ".ai-tasks", "docs/TODO.md", ".taskmaster"];
    let dry = repo.run(&[&paths[..], &["--dry-run"]].concat());
    assert_snapshot!(dry.out, @r#"
    new   lf-970hpazb  Mail server  .ai-tasks/track-1.md:1
    new   lf-xvmp08br  Two  .taskmaster/tasks/tasks.json:1
    new   lf-jd7dsqf4  Polish  docs/TODO.md:6
    left  .ai-tasks/track-2.md.failed:1  Hollow: its section "Objectives" is empty
    left  .taskmaster/tasks/tasks.json:1  master/1: One: done already
    left  docs/TODO.md:7  Old: done already
    left  docs/TODO.md:8  Mail server: the same as .ai-tasks/track-1.md
    left  .ai-tasks/NOTES.md:1  Notes: no open box, no section with a priority, status or effort: text, not a task
    left  docs/TODO.md  text around the tasks, in 2 places (-v lists them)
    3 would be written, 0 unchanged, 5 files read
    "#);
    assert!(!repo.queue().exists(), "nothing was written");
    let first = repo.run(&paths);
    assert_eq!((first.code, first.err.as_str()), (0, ""));
    let before = bytes(&repo);
    assert_eq!(before.len(), 3);
    let second = repo.run(&paths);
    assert_eq!(second.out.lines().last(), Some("0 written, 3 unchanged, 5 files read"));
    assert_eq!(bytes(&repo), before, "0 bytes changed");
    assert_eq!(repo.json(&["ready"])["summary"]["ready"], 3);
}

#[test]
fn keys_do_not_depend_on_where_it_is_called() {
    let repo = sources();
    repo.json(&["import", "docs/TODO.md"]);
    let before = bytes(&repo);
    let inside =
        repo.run_in(&repo.path().join("docs"), &["import", "TODO.md", "../docs/TODO.md"], "");
    assert_eq!(inside.out.lines().last(), Some("0 written, 2 unchanged, 1 files read"));
    assert_eq!(bytes(&repo), before);
}

#[test]
fn a_source_that_changed_is_told_and_the_task_left_alone() {
    let repo = sources();
    repo.json(&["import", "docs/TODO.md"]);
    let before = bytes(&repo);
    repo.write("docs/TODO.md", "## High Priority\n- [ ] Polish\n  - now\n- [x] Mail server\n");
    let again = repo.run(&["import", "docs/TODO.md"]);
    assert_snapshot!(again.out, @r"
    kept  lf-8cjp1dsp  done at its source, pending here  docs/TODO.md#mail-server
    kept  lf-jd7dsqf4  changed at its source; its file was left alone  docs/TODO.md#polish
    left  docs/TODO.md:4  Mail server: done already
    0 written, 0 unchanged, 1 files read
    ");
    assert_eq!(bytes(&repo), before);
    let json = repo.json(&["import", "docs/TODO.md"]);
    assert_eq!(
        (&json["summary"]["warning"], &json["data"]["known"][0]["state"]),
        (&2.into(), &"done-at-source".into())
    );
}

#[test]
fn what_cannot_be_read_makes_the_import_incomplete() {
    let repo = sources();
    repo.write("bin.md", b"a\0b");
    repo.write("huge.md", vec![b'x'; 10 << 20]);
    repo.write("bad.json", "{");
    let answer = repo.run(&["import", "bin.md", "huge.md", "bad.json", "docs/TODO.md"]);
    assert_eq!(answer.code, 3, "what was found is still written");
    assert_snapshot!(answer.out, @r"
    new   lf-jd7dsqf4  Polish  docs/TODO.md:6
    new   lf-8cjp1dsp  Mail server  docs/TODO.md:8
    left  bad.json:1  not JSON: EOF while parsing an object at line 1 column 1
    left  bin.md:1  a NUL byte: not a text file
    left  docs/TODO.md:7  Old: done already
    left  huge.md:1  10485760 bytes, more than the 4194304 that are read
    left  docs/TODO.md  text around the tasks, in 2 places (-v lists them)
    2 written, 0 unchanged, 4 files read
    ");
    let github = repo.run(&["import", "bin.md", "--format", "github"]);
    assert_snapshot!(github.out, @"::error file=bin.md,line=1,title=import.unreadable::a NUL byte: not a text file");
}

#[test]
fn cycles_and_links_in_sources() {
    let repo = Repo::new();
    repo.write("tasks.json", r#"{"tasks":[{"id":1,"title":"A","dependencies":[2]},{"id":2,"title":"B","dependencies":[1]}]}"#);
    assert_snapshot!(repo.failure(&["import", "tasks.json"]), @r"
    exit 2  queue.file
    error: tasks.json:1: the task waits for itself: tasks.json:1 after tasks.json:1 after tasks.json:1; expected an order in which each can be done; remove one of these dependencies at the source
    ");
    repo.write("lists/a.md", "- [ ] real\n");
    std::os::unix::fs::symlink("/etc/passwd", repo.path().join("lists/b.md")).expect("linked");
    let walked = repo.run(&["import", "lists"]);
    assert_eq!(walked.code, 0);
    assert!(
        walked.out.contains("left  lists/b.md  a link or no file: not followed"),
        "{}",
        walked.out
    );
    assert_snapshot!(repo.failure(&["import", "lists/b.md"]), @r"
    exit 3  io
    error: cannot open REPO/lists/b.md: it is a symbolic link, which is not followed
    ");
}
