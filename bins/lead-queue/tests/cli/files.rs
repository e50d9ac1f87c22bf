//! Bad task files of each kind: one clear line with file and line, the same from every verb.

use std::os::unix::fs::symlink;

use insta::assert_snapshot;

use super::Repo;

/// What a claim says when this file lies in the queue.
fn bad(name: &str, bytes: &[u8]) -> String {
    let repo = Repo::with(&[("good", "")]);
    repo.write(&format!("docs/TASKS/queue/pending/{name}"), bytes);
    let graph = repo.run(&["graph"]);
    let claim = repo.failure(&["claim"]);
    assert!(claim.starts_with("exit 2  queue.file\n"), "{claim}");
    assert_eq!(claim.lines().filter(|line| line.starts_with("error: ")).count(), 1, "{claim}");
    assert!(
        claim.ends_with(&graph.err),
        "the same from the index and from the files:\n{claim}\n{}",
        graph.err
    );
    graph.err
}

#[test]
fn bytes_that_are_no_text() {
    assert_snapshot!(bad("a.md", b"+++\ntitle = \"x\"\n+++\nnul \0 here\n"), @"error: docs/TASKS/queue/pending/a.md:4: the file holds a NUL byte; expected text; remove the byte");
    assert_snapshot!(bad("a.md", b"\xEF\xBB\xBF+++\ntitle = \"x\"\n+++\n"), @"error: docs/TASKS/queue/pending/a.md:1: the file begins with a byte order mark; expected UTF-8 without a mark; save it as UTF-8 without BOM");
    assert_snapshot!(bad("a.md", b"+++\r\ntitle = \"x\"\r\n+++\r\n"), @"error: docs/TASKS/queue/pending/a.md:1: the front matter has a carriage return; expected lines that end in LF alone; save it with Unix line ends (in git: '*.md text eol=lf')");
    assert_snapshot!(bad("a.md", b"+++\ntitle = \"\xff\"\n+++\n"), @"error: docs/TASKS/queue/pending/a.md:2: the file is not UTF-8; expected UTF-8 text; save it as UTF-8");
    assert_snapshot!(bad("a.md", &[b"+++\ntitle = \"x\"\n+++\n".to_vec(), vec![b'x'; 10 << 20]].concat()), @"error: docs/TASKS/queue/pending/a.md:1: the file has 10485780 bytes; expected at most 1048576; keep long material in another file and name it in the text");
}

#[test]
fn front_matter_that_is_wrong() {
    assert_snapshot!(bad("a.md", b"# A heading\n"), @"error: docs/TASKS/queue/pending/a.md:1: there is no front matter; expected a first line that is exactly '+++'; begin the file with it");
    assert_snapshot!(bad("a.md", b"+++\ntitle = \"x\"\n"), @"error: docs/TASKS/queue/pending/a.md:3: the front matter is not closed; expected a line that is exactly '+++' before the text; add that line");
    assert_snapshot!(bad("a.md", b"+++\ntitle = \n+++\n"), @"error: docs/TASKS/queue/pending/a.md:2: the front matter is not TOML: string values must be quoted, expected literal string; expected TOML; correct the line");
    assert_snapshot!(bad("a.md", b"+++\npriority = \"P1\"\n+++\n"), @r#"error: docs/TASKS/queue/pending/a.md:1: title is missing; expected one line of text; write title = "…""#);
    assert_snapshot!(bad("a.md", b"+++\ntitle = \"x\"\npriority = \"high\"\n+++\n"), @r#"error: docs/TASKS/queue/pending/a.md:3: priority is "high"; expected P0, P1, P2 or P3; correct it"#);
    assert_snapshot!(bad("a.md", b"+++\ntitle = \"x\"\ntouches = [\"../x\"]\n+++\n"), @r#"error: docs/TASKS/queue/pending/a.md:3: touches: glob "../x": '..' leads out of the repository; expected globs of files; correct the entry"#);
    assert_snapshot!(bad("a.md", b"+++\ntitle = \"x\\u001b[31m\"\n+++\n"), @"error: docs/TASKS/queue/pending/a.md:2: title holds a control character; expected one line of text; correct it");
    assert_snapshot!(bad("A B.md", b"+++\ntitle = \"x\"\n+++\n"), @r#"error: docs/TASKS/queue/pending/A B.md:1: the file's name is no task id: "A B" is not a task id: only lower-case letters, digits, '-' and '_' are allowed; expected a name such as lf-7k3q9d2x.md; rename the file"#);
}

#[test]
fn references_that_lead_nowhere() {
    assert_snapshot!(bad("a.md", b"+++\ntitle = \"x\"\nafter = [\n  \"nobody\",\n]\n+++\n"), @r#"error: docs/TASKS/queue/pending/a.md:4: after names "nobody", which does not exist; expected the id of a task in pending/ or completed/; correct or remove the entry"#);
    assert_snapshot!(bad("a.md", b"+++\ntitle = \"x\"\nafter = [\"a\"]\n+++\n"), @"error: docs/TASKS/queue/pending/a.md:3: the task waits for itself: a after a; expected an order in which each can be done; remove one of these references");
    let cycle = Repo::with(&[
        ("a", "after = [\"b\"]\n"),
        ("b", "after = [\"c\"]\n"),
        ("c", "after = [\"a\"]\n"),
    ]);
    assert_snapshot!(cycle.failure(&["claim"]), @r"
    exit 2  queue.file
    error: docs/TASKS/queue/pending/a.md:3: the task waits for itself: a after b after c after a; expected an order in which each can be done; remove one of these references
    ");
}

#[test]
fn several_at_once_are_all_told() {
    let repo = Repo::with(&[("a", "priority = 1\n"), ("b", "attempts = 99\n")]);
    repo.write("docs/TASKS/queue/completed/c.md", "+++\ntitle = \"x\"\n+++\n");
    assert_snapshot!(repo.failure(&["ready"]), @r#"
    exit 2  queue.file
    error: docs/TASKS/queue/completed/c.md:1: a completed task has no evidence ([done]); expected the table that the landing gate writes; move the file back to pending/
    error: docs/TASKS/queue/pending/a.md:3: priority is an integer; expected a text; write priority = "…"
    error: docs/TASKS/queue/pending/b.md:3: attempts is 99; expected a whole number from 1 to 9; correct it
    "#);
    let doctor = repo.run(&["doctor"]);
    assert_eq!(doctor.code, 1, "what the doctor finds are findings");
    assert_snapshot!(doctor.out, @r#"
    error: docs/TASKS/queue/completed/c.md:1: a completed task has no evidence ([done]); expected the table that the landing gate writes
      move the file back to pending/
    error: docs/TASKS/queue/pending/b.md:3: attempts is 99; expected a whole number from 1 to 9
      correct it
    error: docs/TASKS/queue/pending/a.md:3: priority is an integer; expected a text
      write priority = "…"
    "#);
    let json = repo.run(&["doctor", "--format", "json"]);
    let value: serde_json::Value = serde_json::from_str(&json.out).expect("JSON");
    assert_eq!(value["summary"]["error"], 3);
    assert_eq!(value["findings"][0]["at"]["path"], "docs/TASKS/queue/completed/c.md");
}

#[test]
fn what_is_no_regular_file() {
    let repo = Repo::with(&[("a", "")]);
    let pending = repo.queue().join("pending");
    symlink("/etc/passwd", pending.join("link.md")).expect("linked");
    assert_snapshot!(repo.failure(&["claim"]), @r"
    exit 2  queue.file
    error: docs/TASKS/queue/pending/link.md:1: it is a symbolic link; expected a plain file; replace it by the file itself
    ");
    std::fs::remove_file(pending.join("link.md")).expect("removed");
    std::fs::create_dir(pending.join("dir.md")).expect("made");
    assert_snapshot!(repo.failure(&["claim"]), @r"
    exit 2  queue.file
    error: docs/TASKS/queue/pending/dir.md:1: it is a folder; expected a plain file; replace it by the file itself
    ");
}

#[test]
fn one_id_in_two_folders() {
    let repo = Repo::with(&[("a", "")]);
    repo.write(
        "docs/TASKS/queue/completed/a.md",
        "+++\ntitle = \"Another\"\n[done]\nepoch = 1\nsession = \"s\"\nagent = \"x\"\ncommit = \"c\"\ntree = \"t\"\nstarted = 2025-01-01T00:00:00Z\nended = 2025-01-01T00:00:01Z\nchecks = []\n+++\n",
    );
    assert_snapshot!(repo.failure(&["claim"]), @r"
    exit 2  queue.file
    error: docs/TASKS/queue/pending/a.md:1: docs/TASKS/queue/completed/a.md has this id too; expected one file for each id; remove or rename one of them
    ");
}

#[test]
fn what_killed_writers_left_is_removed() {
    let repo = Repo::with(&[("a", "")]);
    let left = ["", "pending/", "in-progress/"]
        .map(|folder| format!("docs/TASKS/queue/{folder}.lf-tmp-0123456789abcdef"));
    for path in &left {
        repo.write(path, "half a fi");
    }
    let first = repo.run(&["doctor"]);
    assert_eq!(
        first.out.matches("which a killed writer left").count(),
        left.len(),
        "{}",
        first.out
    );
    for path in &left {
        assert!(!repo.path().join(path).exists(), "{path}");
    }
    let second = repo.run(&["doctor"]);
    assert!(!second.out.contains("killed writer"), "{}", second.out);
}

#[test]
fn a_claim_that_finds_nothing_clears_up_too() {
    let repo = Repo::with(&[]);
    repo.write("docs/TASKS/queue/in-progress/.lf-tmp-0123456789abcdef", "half a fi");
    assert_eq!(repo.run(&["claim"]).code, 1);
    assert!(!repo.queue().join("in-progress/.lf-tmp-0123456789abcdef").exists());
}
