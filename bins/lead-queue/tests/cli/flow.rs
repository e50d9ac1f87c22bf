//! A task's way: added, ready, claimed, kept alive, done or given back.

use std::fs;
use std::process::Command;

use insta::assert_snapshot;

use super::{Repo, token};

#[test]
fn add_writes_every_key_and_the_text_as_given() {
    let repo = Repo::with(&[("first", "")]);
    let add = [
        "add",
        "Sort \"all\" imports",
        "--id",
        "lf-sorted",
        "--priority",
        "P1",
        "--after",
        "fir",
        "--touches",
        "src/**/*.py",
        "--touches",
        "tests/",
        "--symbol",
        "a.py::f",
        "--resource",
        "port:80",
        "--verify",
        "isort --check src",
        "--run",
        "isort src",
        "--agent",
        "claude",
        "--host",
        "pypi.org:443",
        "--attempts",
        "3",
        "--tries",
        "1",
        "--hours",
        "1.5",
        "--keystrokes",
        "200",
        "--body-file",
        "-",
    ];
    let answer = repo.run_in(repo.path(), &add, "Line one\n\n+++\nno end");
    assert_eq!((answer.code, answer.err.as_str()), (0, ""));
    assert_snapshot!(answer.out, @"lf-sorted  docs/TASKS/queue/pending/lf-sorted.md");
    let text = fs::read_to_string(repo.queue().join("pending/lf-sorted.md")).expect("written");
    assert_snapshot!(text, @r#"
    +++
    title = 'Sort "all" imports'
    priority = "P1"
    after = ["first"]
    touches = ["src/**/*.py", "tests/"]
    symbols = ["a.py::f"]
    resources = ["port:80"]
    verify = ["isort --check src"]
    agents = ["claude"]
    hosts = ["pypi.org:443"]
    attempts = 3
    tries = 1
    run = "isort src"
    estimate = { hours = 1.5, keystrokes = 200 }
    +++
    Line one

    +++
    no end
    "#);
    let made = repo.json(&["add", "Another"]);
    let id = made["data"]["task"]["id"].as_str().expect("an id").to_owned();
    assert!(id.starts_with("lf-") && id.len() == 11, "{id}");
    assert!(repo.queue().join(format!("pending/{id}.md")).is_file());
}

#[test]
fn ready_lists_in_order_and_says_why_nothing_is() {
    let repo = Repo::with(&[
        ("a", "priority = \"P3\"\ntouches = [\"a\"]\n"),
        ("b", "priority = \"P0\"\n"),
        ("c", "priority = \"P1\"\nafter = [\"a\"]\n"),
        ("d", "touches = [\"a\"]\nagents = [\"claude\"]\n"),
    ]);
    assert_snapshot!(repo.run(&["ready"]).out, @r"
    P0  b  Do b  (scope unknown)
    P3  a  Do a
    ");
    assert_snapshot!(repo.run(&["ready", "--limit", "1", "--agent", "claude"]).out, @"P0  b  Do b  (scope unknown)");
    for task in ["b", "a"] {
        repo.json(&["claim", task]);
    }
    let none = repo.run(&["ready"]);
    assert_eq!(none.code, 1);
    assert_snapshot!(none.out, @r"
    nothing can be started now
      b is being done by unnamed
      d is for claude only
      a is being done by unnamed
      c waits for a
    ");
    let json = repo.run(&["ready", "--format", "json"]);
    let value: serde_json::Value = serde_json::from_str(&json.out).expect("JSON");
    assert_eq!((json.code, &value["outcome"]), (1, &"findings".into()));
    assert_eq!(value["data"]["reasons"][0]["reason"], "running");
    let empty = Repo::new().run(&["ready"]);
    assert_eq!((empty.code, empty.out.as_str()), (1, "nothing to do: no task is pending\n"));
}

#[test]
fn a_claim_says_all_that_its_holder_needs() {
    let repo = Repo::with(&[("a", "touches = [\"src/**\"]\nverify = [\"true\"]\n")]);
    let answer = repo.run(&["claim", "--agent", "claude", "--ttl", "90s"]);
    assert_eq!((answer.code, answer.err.as_str()), (0, ""));
    let session = answer.out.split("session ").nth(1).and_then(|s| s.get(..32)).expect("a session");
    assert_snapshot!(answer.out.replace(session, "SESSION"), @r"
    P2  a  Do a
      file    docs/TASKS/queue/pending/a.md
      branch  lf/a/1
      scope   src/**
      verify  true
      lease   a/1/SESSION
              epoch 1, session SESSION, for 90 s after each beat
      then    lead-queue beat a/1/SESSION
              lead-queue done a/1/SESSION
              lead-queue release a/1/SESSION
    ");
    let view = fs::read_to_string(repo.queue().join("in-progress/a.md")).expect("the view");
    assert_snapshot!(view, @r"
    <!-- a view: leases are beside the repository's objects -->
    [a](../pending/a.md) is being done by

    - `claude` under epoch 1
    ");
    let again = repo.run(&["claim"]);
    assert_eq!(again.code, 1);
    assert_snapshot!(again.out, @r"
    nothing can be started now
      a is being done by claude
    ");
}

#[test]
fn beat_keeps_and_release_gives_back() {
    let repo = Repo::with(&[("a", "")]);
    let lease = token(&repo.json(&["claim"]));
    assert_snapshot!(repo.run(&["beat", &lease, "--ttl", "1h"]).out, @"a is yours for 60 min more");
    assert_snapshot!(repo.run(&["release", &lease]).out, @"a is given back");
    assert!(!repo.queue().join("in-progress/a.md").exists(), "the view follows");
    assert_snapshot!(repo.failure(&["beat", &lease]).replace(&lease, "LEASE"), @r"
    exit 4  queue.late
    error: a epoch 1: refused, its lease no longer exists
    hint: the task may be somebody else's by now: keep your commits, claim it anew
    ");
    let second = token(&repo.json(&["claim"]));
    assert!(second.starts_with("a/2/"), "an epoch is never used again: {second}");
}

#[test]
fn a_late_finisher_is_refused() {
    let repo = Repo::with(&[("a", "")]);
    let first = token(&repo.json(&["claim"]));
    assert_snapshot!(repo.failure(&["release", "a"]), @r"
    exit 4  queue.held
    error: a is being done by unnamed (last heard of 0 s ago)
    hint: lead-queue release a --take ends its lease
    ");
    repo.json(&["release", "a", "--take"]);
    let second = token(&repo.json(&["claim", "--agent", "other"]));
    for verb in ["beat", "done", "release"] {
        let refused = repo.run(&[verb, &first, "--format", "json"]);
        let value: serde_json::Value = serde_json::from_str(&refused.out).expect("JSON");
        assert_eq!((refused.code, &value["error"]["code"]), (4, &"queue.late".into()), "{verb}");
    }
    let forged = format!("a/2/{}", "0".repeat(32));
    assert_eq!(repo.run(&["done", &forged]).code, 4, "another session under the right epoch");
    assert_eq!(repo.run(&["beat", &second]).code, 0);
}

#[test]
fn the_lease_of_a_process_ends_with_it() {
    let repo = Repo::with(&[("a", "")]);
    let mut sleeper = Command::new("sleep").arg("600").spawn().expect("it starts");
    let pid = sleeper.id().to_string();
    let lease = token(&repo.json(&["claim", "--pid", &pid, "--ttl", "1s"]));
    std::thread::sleep(std::time::Duration::from_millis(1_100));
    assert_eq!(repo.run(&["claim"]).code, 1, "it runs, so its lease holds without a beat");
    sleeper.kill().expect("killed");
    sleeper.wait().expect("reaped");
    assert_eq!(repo.run(&["beat", &lease]).code, 4);
    assert!(token(&repo.json(&["claim"])).starts_with("a/2/"));
}

#[test]
fn done_needs_the_branch_and_completes_nothing() {
    let repo = Repo::with(&[("a", "verify = [\"make test\"]\n")]);
    let lease = token(&repo.json(&["claim", "--ttl", "2h"]));
    let held = || repo.json(&["show", "a"])["data"]["leases"][0].clone();
    let before = held();
    assert!(before["beat_ms"].is_u64(), "{before}");
    assert_snapshot!(repo.failure(&["done", &lease]).replace(&lease, "LEASE"), @r"
    exit 4  queue.no-branch
    error: there is no branch lf/a/1
    hint: commit the work there, or give the task back: lead-queue release LEASE
    ");
    assert_eq!(held(), before, "a refusal leaves the lease as it was");
    repo.git(&["branch", "lf/a/1"]);
    assert_snapshot!(repo.run(&["done", &lease]).out, @r"
    the lease is over; a is not completed: only the landing gate writes evidence
      branch  lf/a/1 is still to be verified and landed
      verify  make test
      nobody is given it meanwhile; lead-queue release a hands it out again
    ");
    assert!(repo.queue().join("pending/a.md").is_file());
    assert!(!repo.queue().join("completed").exists(), "no evidence, no completion");
    let after = repo.run(&["claim"]);
    assert_eq!(after.code, 1);
    assert_snapshot!(after.out, @r"
    nothing can be started now
      a is done under epoch 1 and not merged here yet
    ");
    assert_snapshot!(repo.run(&["release", "a"]).out, @"a can be handed out again");
    assert!(token(&repo.json(&["claim"])).starts_with("a/2/"));
}

#[test]
fn failed_tries_wait_for_a_person() {
    let repo = Repo::with(&[("a", "tries = 1\n")]);
    let lease = token(&repo.json(&["claim"]));
    repo.json(&["release", &lease, "--failed"]);
    let none = repo.run(&["claim"]);
    assert_eq!(none.code, 1);
    assert_snapshot!(none.out, @r"
    nothing can be started now
      a has failed 1 times and waits for its release
    ");
    repo.json(&["release", "a"]);
    assert_eq!(repo.run(&["claim"]).code, 0);
}

#[test]
fn every_worktree_sees_the_queue_of_the_main_checkout() {
    let repo = Repo::with(&[("a", "")]);
    repo.git(&["worktree", "add", "-q", "-b", "side", "tree"]);
    let tree = repo.path().join("tree");
    repo.write("tree/docs/TASKS/queue/pending/planted.md", "+++\ntitle = \"x\"\n+++\n");
    assert_snapshot!(repo.run_in(&tree, &["ready"], "").out, @"P2  a  Do a  (scope unknown)");
    assert_eq!(repo.run_in(&tree, &["claim"], "").code, 0);
    assert_eq!(repo.run(&["claim"]).code, 1, "one set of leases for both");
    let link = repo.path().join("link");
    std::os::unix::fs::symlink(&tree, &link).expect("linked");
    assert_eq!(repo.run_in(&link, &["ready"], "").code, 1);
    let added = repo.run_in(&tree, &["add", "From the side", "--id", "side"], "");
    assert_eq!(added.code, 0);
    assert!(repo.queue().join("pending/side.md").is_file(), "written to the main checkout");
}

#[test]
fn quotas_and_exclusive_scopes_come_from_the_configuration() {
    let repo = Repo::with(&[("a", ""), ("b", "")]);
    repo.write("leadforge.toml", "[scope]\nunknown = \"exclusive\"\n");
    repo.json(&["claim"]);
    assert_snapshot!(repo.run(&["claim"]).out, @r"
    nothing can be started now
      a is being done by unnamed
      b and a cannot run together: what they change is not known
    ");
}

#[test]
fn show_tells_file_lease_and_history() {
    let repo = Repo::with(&[
        ("first", ""),
        ("task", "priority = \"P1\"\nafter = [\"first\"]\nverify = [\"true\"]\n"),
    ]);
    repo.git(&["branch", "lf/first/3"]);
    repo.json(&["claim", "--agent", "claude"]);
    assert_snapshot!(repo.run(&["show", "first"]).out, @r"
    P2  first  Do first
      state   in progress
              first is being done by claude
      file    docs/TASKS/queue/pending/first.md
      scope   unknown
      lease   claude, epoch 4, slot 1: last heard of 0 s ago
      branch  lf/first/3

      The text.
    ");
    assert_snapshot!(repo.run(&["show", "ta"]).out, @r"
    P1  task  Do task
      state   cannot be started
              task waits for first
      file    docs/TASKS/queue/pending/task.md
      scope   unknown
      verify  true

      The text.
    ");
    let json = repo.json(&["show", "first"]);
    assert_eq!(json["data"]["history"]["branches"], serde_json::json!([3]));
    assert!(json["data"]["leases"][0]["token"].is_null(), "a reader cannot end a lease");
}

#[test]
fn an_agent_gets_no_more_than_its_quota() {
    let repo = Repo::with(&[("a", ""), ("b", "")]);
    repo.write("leadforge.toml", "[agent.gemini]\nquota = { limit = 1, per = \"day\" }\n");
    let first = token(&repo.json(&["claim", "--agent", "gemini"]));
    let none = repo.run(&["claim", "--agent", "gemini"]);
    assert_eq!(none.code, 1);
    assert_snapshot!(none.out, @r"
    nothing can be started now
      gemini has had 1 of 1 tasks in this window
    ");
    assert_eq!(repo.run(&["claim", "--agent", "claude"]).code, 0);
    // What is given back untried is not counted.
    repo.json(&["release", &first]);
    assert_eq!(repo.run(&["claim", "--agent", "gemini"]).code, 0);
}

#[test]
fn graphs() {
    let repo = Repo::with(&[("a", ""), ("b", "after = [\"a\"]\n")]);
    assert_snapshot!(repo.run(&["graph"]).out, @r"
    P2 a Do a
    P2 b Do b (after a)
    ");
    assert_snapshot!(repo.run(&["graph", "--as", "dot"]).out, @r#"
    digraph queue {
      rankdir=LR;
      node [shape=box];
      "a" [label="a P2\nDo a"];
      "b" [label="b P2\nDo b"];
      "a" -> "b";
    }
    "#);
    assert_snapshot!(repo.run(&["graph", "--as", "mermaid"]).out, @r#"
    graph LR
      t0["a Do a"]
      t1["b Do b"]
      t0 --> t1
    "#);
    assert_eq!(repo.json(&["graph"])["data"]["tasks"][1]["waits_for"], serde_json::json!(["a"]));
    assert_eq!(Repo::new().run(&["graph"]).out, "the queue is empty\n");
}

#[test]
fn doctor_finds_what_is_odd_and_rebuilds_the_database() {
    let repo = Repo::with(&[("a", "titel = \"x\"\n"), ("b", "")]);
    repo.task("c", "");
    repo.write("docs/TASKS/queue/pending/c.md", "+++\ntitle = \"Do b\"\n+++\n");
    repo.write("docs/TASKS/queue/pending/notes.txt", "x");
    repo.git(&["branch", "lf/gone/1"]);
    repo.git(&["branch", "lf/a/1"]);
    repo.git(&["branch", "lf/a/2"]);
    let held = token(&repo.json(&["claim", "b"]));
    let answer = repo.run(&["doctor"]);
    assert_eq!(answer.code, 0);
    assert_snapshot!(answer.out, @r#"
    warning: lf/gone/1: its task is not in the queue
      git branch -D lf/gone/1, once nobody needs its commits
    warning: docs/TASKS/queue/pending/c.md: b has the same title
      remove one of them if they ask for the same
    warning: docs/TASKS/queue/pending/notes.txt: it is passed over: tasks are pending/ID.md or completed/ID.md
      move or remove it
    warning: docs/TASKS/queue/pending/a.md: 2 branches of it were kept: as many tries as it has
      look at them, then lead-queue release a
    warning: docs/TASKS/queue/pending/a.md: the key "titel" means nothing here
      correct or remove it
    branches 3, completed 0, leases 1, pending 3, ready 1, scope unknown 3, without verify 3
    "#);
    // A corrupt database is set aside, and the epochs go on from what the branches tell.
    repo.git(&["branch", "lf/b/7"]);
    fs::write(
        repo.path().join(".git/leadforge/queue.db"),
        "not a database, but long enough to be looked at",
    )
    .expect("written");
    let _ = fs::remove_file(repo.path().join(".git/leadforge/queue.db-wal"));
    let answer = repo.run(&["doctor"]);
    assert_eq!(answer.code, 0);
    assert!(answer.err.contains("was set aside as"), "{}", answer.err);
    assert_eq!(repo.run(&["beat", &held]).code, 4, "its lease was in the lost database");
    assert!(token(&repo.json(&["claim", "b"])).starts_with("b/8/"));
}

#[test]
fn a_view_that_cannot_be_read_is_a_warning() {
    let repo = Repo::with(&[("a", "")]);
    let lease = token(&repo.json(&["claim"]));
    let view = repo.queue().join("in-progress/a.md");
    fs::remove_file(&view).expect("there was one");
    // Reading it fails, as it does on a bad disk.
    std::os::unix::fs::symlink("a.md", &view).expect("a link");
    let answer = repo.run(&["release", &lease]);
    assert_eq!(answer.code, 0);
    assert!(answer.err.contains("REPO/docs/TASKS/queue/in-progress/a.md"), "{}", answer.err);
}
