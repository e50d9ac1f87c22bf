//! Every error path, in text and in JSON mode: one clear line, a hint, the documented exit code.

use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};

use insta::assert_snapshot;

use super::Repo;

#[test]
fn usage() {
    let repo = Repo::new();
    assert_snapshot!(repo.failure(&["raedy"]), @r"
    exit 2  usage
    error: unrecognized subcommand 'raedy'
    hint: did you mean ready?
    ");
    assert_snapshot!(repo.failure(&["ready", "--limt", "3"]), @r"
    exit 2  usage
    error: unexpected argument '--limt' found
    hint: did you mean --limit?
    ");
    assert_snapshot!(repo.failure(&["ready", "--limit", "many"]), @r"
    exit 2  usage
    error: invalid value 'many' for '--limit <N>': invalid digit found in string
    hint: lead-queue --help explains its arguments
    ");
    assert_snapshot!(repo.failure(&["ready", "--format", "sarif"]), @r"
    exit 2  usage
    error: this command does not write --format sarif
    hint: it writes human, json
    ");
}

#[test]
fn arguments_of_the_verbs() {
    let repo = Repo::with(&[("a", "")]);
    assert_snapshot!(repo.failure(&["claim", "--agent", "a b"]), @r"
    exit 2  usage
    error: invalid value 'a b' for '--agent <NAME>': a name has 1 to 64 letters, digits or any of - _ . @ : /
    hint: lead-queue --help explains its arguments
    ");
    assert_snapshot!(repo.failure(&["claim", "--ttl", "soon"]), @r#"
    exit 2  usage
    error: invalid value 'soon' for '--ttl <TIME>': "soon" is no time such as 90s, 10m, 2h or 1d
    hint: lead-queue --help explains its arguments
    "#);
    assert_snapshot!(repo.failure(&["claim", "--pid", "4194304"]), @r"
    exit 2  queue.no-process
    error: no process 4194304 runs here
    hint: --pid names the process that works; leave it out and beat instead
    ");
    assert_snapshot!(repo.failure(&["beat", "a"]), @r"
    exit 2  usage
    error: invalid value 'a' for '<LEASE>': a lease is ID/EPOCH/SESSION, as claim prints it
    hint: lead-queue --help explains its arguments
    ");
    assert_snapshot!(repo.failure(&["release", "a", "--failed"]), @r"
    exit 2  usage
    error: --failed needs a lease, not a task
    ");
    assert_snapshot!(repo.failure(&["release", "a/b"]), @r"
    exit 2  usage
    error: a lease is ID/EPOCH/SESSION, as claim prints it
    ");
    assert_snapshot!(repo.failure(&["import"]), @r"
    exit 2  usage
    error: the following required arguments were not provided: <PATH>...
    hint: lead-queue --help explains its arguments
    ");
    let many = "- [ ] x\n".repeat(10_001);
    repo.write("many.md", many);
    assert_snapshot!(repo.failure(&["import", "many.md"]), @r"
    exit 2  import.too-many
    error: 10001 new tasks, more than 10000 at once
    hint: name the files that hold tasks
    ");
    assert_snapshot!(repo.failure(&["import", "missing.md"]), @r"
    exit 3  import.read
    error: cannot read missing.md: No such file or directory (os error 2)
    ");
}

#[test]
fn tasks_that_are_not_there() {
    let repo = Repo::with(&[("lf-one", ""), ("lf-two", "")]);
    assert_snapshot!(repo.failure(&["show", "nothing"]), @r#"
    exit 2  queue.no-such-task
    error: no task begins with "nothing"
    hint: lead-queue graph lists all tasks
    "#);
    assert_snapshot!(repo.failure(&["show", "lf-"]), @r#"
    exit 2  queue.ambiguous
    error: "lf-" is the beginning of several tasks: lf-one, lf-two
    hint: write more of the id
    "#);
    assert_snapshot!(repo.failure(&["claim", "nothing"]), @r#"
    exit 2  queue.no-such-task
    error: no task begins with "nothing"
    hint: lead-queue graph lists all tasks
    "#);
    assert_snapshot!(repo.failure(&["claim", "lf-"]), @r#"
    exit 2  queue.ambiguous
    error: "lf-" is the beginning of several tasks: lf-one, lf-two
    hint: write more of the id
    "#);
    assert_snapshot!(repo.failure(&["claim", "../etc"]), @r#"
    exit 2  queue.bad-id
    error: "../etc" is not a task id: only lower-case letters, digits, '-' and '_' are allowed
    "#);
    assert_snapshot!(repo.failure(&["release", "nothing"]), @r#"
    exit 2  queue.no-such-task
    error: no task begins with "nothing"
    hint: lead-queue graph lists all tasks
    "#);
    assert_snapshot!(repo.failure(&["beat", &format!("nothing/1/{}", "a".repeat(32))]), @r"
    exit 4  queue.late
    error: nothing epoch 1: refused, its lease no longer exists
    hint: the task may be somebody else's by now: keep your commits, claim it anew
    ");
}

#[test]
fn tasks_that_cannot_be_added() {
    let repo = Repo::with(&[("a", "")]);
    assert_snapshot!(repo.failure(&["add", ""]), @r"
    exit 2  queue.task
    error: title is missing; expected one line of text
    ");
    assert_snapshot!(repo.failure(&["add", "two\nlines"]), @r"
    exit 2  queue.task
    error: title holds a control character; expected one line of text
    ");
    assert_snapshot!(repo.failure(&["add", "x", "--id", "a"]), @r"
    exit 2  queue.id-taken
    error: there is a task a already
    ");
    assert_snapshot!(repo.failure(&["add", "x", "--id", "../a"]), @r#"
    exit 2  queue.bad-id
    error: "../a" is not a task id: only lower-case letters, digits, '-' and '_' are allowed
    "#);
    assert_snapshot!(repo.failure(&["add", "x", "--after", "nobody"]), @r#"
    exit 2  queue.no-such-task
    error: no task begins with "nobody"
    hint: lead-queue graph lists all tasks
    "#);
    assert_snapshot!(repo.failure(&["add", "x", "--priority", "P7"]), @r"
    exit 2  usage
    error: invalid value 'P7' for '--priority <P0..P3>': expected P0, P1, P2 or P3
    hint: lead-queue --help explains its arguments
    ");
    assert_snapshot!(repo.failure(&["add", "x", "--touches", "../../etc"]), @r#"
    exit 2  queue.bad-glob
    error: glob "../../etc": '..' leads out of the repository
    "#);
    assert_snapshot!(repo.failure(&["add", "x", "--symbol", "no place"]), @r#"
    exit 2  queue.task
    error: symbols: "no place" names no file or no symbol; expected symbols as path::name
    "#);
    assert_snapshot!(repo.failure(&["add", "x", "--attempts", "0"]), @r"
    exit 2  queue.task
    error: attempts is 0; expected a whole number from 1 to 9
    ");
    assert_snapshot!(repo.failure(&["add", "x", "--hours=-1"]), @r"
    exit 2  queue.task
    error: estimate.hours is -1; expected a number that is not negative
    ");
    assert_snapshot!(repo.failure(&["add", "x", "--body-file", "none.txt"]), @r"
    exit 3  io
    error: cannot open none.txt: No such file or directory (os error 2)
    ");
    let nul = repo.run_in(repo.path(), &["add", "x", "--body-file", "-"], "a\0b");
    assert_eq!(nul.code, 2);
    assert_snapshot!(nul.err, @"error: the file holds a NUL byte; expected text");
    assert_eq!(fs::read_dir(repo.queue().join("pending")).expect("there").count(), 1);
}

#[test]
fn places_that_are_no_repository() {
    let repo = Repo::new();
    let bare = repo.path().join("bare.git");
    repo.git(&["init", "-q", "--bare", "bare.git"]);
    let elsewhere = tempfile::tempdir().expect("a folder");
    for (folder, name) in [(elsewhere.path(), "ELSEWHERE"), (&bare, "BARE")] {
        for verb in ["ready", "doctor", "graph"] {
            let text = repo.run_in(folder, &[verb], "");
            let json = repo.run_in(folder, &[verb, "--format", "json"], "");
            assert_eq!((text.code, json.code), (2, 2), "{verb} in {name}");
            assert!(json.out.contains("\"code\":\"repository"), "{}", json.out);
        }
    }
    let text = repo.run_in(elsewhere.path(), &["claim"], "").err;
    assert_snapshot!(text.replace(&*elsewhere.path().to_string_lossy(), "ELSEWHERE"), @r"
    error: ELSEWHERE: not inside a git repository
    hint: call it inside a git repository, or git init one
    ");
    assert_snapshot!(repo.run_in(&bare, &["claim"], "").err, @r"
    error: the repository is bare: it has no checkout with a queue
    hint: call it in a clone
    ");
}

#[test]
fn folders_that_cannot_be_written() {
    let repo = Repo::with(&[("a", "")]);
    let state = repo.path().join(".git/leadforge");
    fs::write(&state, "in the way").expect("written");
    assert_snapshot!(repo.failure(&["claim"]), @r"
    exit 3  queue.io
    error: cannot create the folder REPO/.git/leadforge: Not a directory (os error 20)
    ");
    assert_snapshot!(repo.failure(&["doctor"]), @r"
    exit 3  queue.io
    error: cannot create the folder REPO/.git/leadforge: Not a directory (os error 20)
    ");
    fs::remove_file(&state).expect("removed");
    let pending = repo.queue().join("pending");
    fs::set_permissions(&pending, fs::Permissions::from_mode(0o555)).expect("closed");
    let probe = pending.join("probe");
    // Root may write everywhere; then the folder is made unusable in another way.
    if fs::write(&probe, "").is_ok() {
        fs::remove_file(&probe).expect("removed");
        fs::set_permissions(&pending, fs::Permissions::from_mode(0o755)).expect("opened");
        fs::remove_dir_all(&pending).expect("removed");
        fs::write(&pending, "in the way").expect("written");
    }
    let refused = repo.run(&["add", "x"]);
    assert!(matches!(refused.code, 2 | 3), "{}", refused.err);
    assert_eq!(refused.err.lines().next().map(|line| line.starts_with("error: ")), Some(true));
}

#[test]
fn a_claim_that_nobody_hears_of_is_given_back() {
    let repo = Repo::with(&[("a", "")]);
    let full = fs::File::options().write(true).open("/dev/full").expect("it is always full");
    let end = super::command(repo.path(), &["claim"]).stdout(full).output().expect("it runs");
    assert_eq!(end.status.code(), Some(3));
    assert_eq!(repo.run(&["claim"]).code, 0, "the task is free");
    // A closed pipe is no failure, but nobody heard either.
    repo.task("b", "");
    let mut child = super::command(repo.path(), &["claim", "b"])
        .stdout(std::process::Stdio::piped())
        .spawn()
        .expect("it starts");
    drop(child.stdout.take());
    assert_eq!(child.wait().expect("it ends").code(), Some(0));
    assert_eq!(repo.run(&["claim", "b"]).code, 0);
}

#[test]
fn links_in_the_place_of_folders() {
    let repo = Repo::with(&[("a", "")]);
    let outside = tempfile::tempdir().expect("a folder");
    fs::rename(repo.queue().join("pending"), outside.path().join("pending")).expect("moved");
    symlink(outside.path().join("pending"), repo.queue().join("pending")).expect("linked");
    assert_snapshot!(repo.failure(&["claim"]), @r"
    exit 2  queue.file
    error: docs/TASKS/queue/pending:1: it is a symbolic link or no folder; expected a folder of the repository itself; replace it by a folder
    ");
    assert_snapshot!(repo.failure(&["add", "x"]), @r"
    exit 2  queue.file
    error: docs/TASKS/queue/pending:1: it is a symbolic link or no folder; expected a folder of the repository itself; replace it by a folder
    ");
    let repo = Repo::with(&[("a", "")]);
    symlink(outside.path(), repo.queue().join("in-progress")).expect("linked");
    let claimed = repo.run(&["claim"]);
    assert_eq!(claimed.code, 0, "a view that cannot be written is no failure");
    assert_snapshot!(claimed.err, @"warning: in-progress/ could not be brought up to date: cannot use REPO/docs/TASKS/queue/in-progress: it is a symbolic link, not a regular file");
    assert_eq!(
        fs::read_dir(outside.path()).expect("there").count(),
        1,
        "nothing is written through it"
    );
}

#[test]
fn configuration() {
    let repo = Repo::with(&[("a", "")]);
    repo.write("leadforge.toml", "[scope]\nunkown = \"exclusive\"\n");
    assert_snapshot!(repo.failure(&["claim"]), @r"
    exit 2  config.unknown-key
    error: REPO/leadforge.toml:2: unknown key `unkown` in [scope]
    hint: did you mean `unknown`?
    ");
    repo.write("leadforge.toml", "[scope\n");
    assert_snapshot!(repo.failure(&["ready"]), @r"
    exit 2  config.syntax
    error: REPO/leadforge.toml:1: unclosed table, expected `]`
    ");
    assert_snapshot!(repo.failure(&["ready", "--config", "other.toml"]), @r"
    exit 3  config.read
    error: cannot read other.toml: No such file or directory (os error 2)
    ");
}
