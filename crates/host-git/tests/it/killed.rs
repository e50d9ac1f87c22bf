//! A killed process whose git lives on: nobody comes in between until that git has ended.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use leadforge_durable_fs::Lock;
use leadforge_host_git::{Config, Error, Expected, Git, NewWorktree, RefUpdate};

use crate::bed::{Bed, config};

const LONG: Duration = Duration::from_secs(60);

/// The process that is killed while its git, a slow one, has just begun.
#[test]
#[ignore = "a part of the test beside it, which starts it with its variables set"]
fn victim() {
    let root = PathBuf::from(std::env::var_os("KILLED_ROOT").expect("started by a test"));
    let config = Config { program: root.join("slow-git"), ..config() };
    let git = Git::discover(&root.join("repo"), &config).unwrap();
    let session = Lock::exclusive(&git.state_dir().join("session.lock"), Duration::ZERO).unwrap();
    git.share_lock(&session).unwrap();
    let at = git.resolve("HEAD").unwrap().unwrap();
    match std::env::var("KILLED_IN").unwrap().as_str() {
        "update-ref" => {
            let name = "refs/heads/lf/a".to_owned();
            let old = Some(Expected::Missing);
            git.update_refs(&[RefUpdate { name, new: Some(at), old }]).unwrap();
        }
        _ => {
            let branch = Some("lf/w".to_owned());
            git.worktree_add(&NewWorktree { path: root.join("w"), branch, at }).unwrap();
        }
    }
}

/// Kills the victim once its git has begun this verb; that git goes on when `go` is there.
fn kill_in(bed: &Bed, verb: &str) {
    let script = bed.path("slow-git");
    let text = format!(
        "#!/bin/sh\ncase \"$1\" in {verb}) : > {0}/begun; i=0\n\
         while [ ! -e {0}/go ] && [ $i -lt 3000 ]; do i=$((i+1)); sleep 0.01; done;; esac\n\
         exec git \"$@\"\n",
        bed.path("").display()
    );
    fs::write(&script, text).unwrap();
    fs::set_permissions(&script, fs::Permissions::from_mode(0o755)).unwrap();
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "killed::victim", "--ignored", "--quiet"])
        .env("KILLED_ROOT", bed.path(""))
        .env("KILLED_IN", verb)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    while !bed.path("begun").exists() {
        assert!(child.try_wait().unwrap().is_none(), "the victim ended by itself");
        thread::sleep(Duration::from_millis(5));
    }
    child.kill().unwrap();
    child.wait().unwrap();
}

fn let_go(go: &Path) {
    fs::write(go, "").unwrap();
}

#[test]
fn a_transaction_of_a_killed_process_is_over_before_the_next_begins() {
    let bed = Bed::new();
    let git = bed.open();
    git.worktrees().unwrap();
    kill_in(&bed, "update-ref");
    let refs = git.state_dir().join("refs.lock");
    assert!(Lock::try_exclusive(&refs).unwrap().is_none(), "the dead one's git keeps the lock");
    let head = bed.head();
    let late = RefUpdate {
        name: "refs/heads/lf/a".into(),
        new: Some(head.clone()),
        old: Some(Expected::Missing),
    };
    let go = bed.path("go");
    let error = thread::scope(|scope| {
        let moved = scope.spawn(|| git.update_refs(&[late]));
        let_go(&go);
        moved.join().unwrap().unwrap_err()
    });
    assert!(matches!(error, Error::RefMoved { .. }), "the first one came first: {error}");
    assert_eq!(git.resolve("lf/a").unwrap(), Some(head));
}

#[test]
fn a_checkout_of_a_killed_process_is_waited_for_and_swept() {
    for verb in ["worktree", "read-tree"] {
        let bed = Bed::new();
        let git = bed.open();
        git.worktrees().unwrap();
        kill_in(&bed, verb);
        let session = git.state_dir().join("session.lock");
        assert!(Lock::try_exclusive(&session).unwrap().is_none(), "{verb}: its git keeps the lock");
        if verb == "worktree" {
            let refs = git.state_dir().join("refs.lock");
            assert!(Lock::try_exclusive(&refs).unwrap().is_none(), "a sweep waits for it too");
        } else {
            assert!(git.sweep().unwrap().is_empty(), "it is not over");
        }
        let_go(&bed.path("go"));
        let _session = Lock::exclusive(&session, LONG).unwrap();
        assert!(!git.sweep().unwrap().is_empty(), "{verb}: half a worktree");
        assert!(git.worktrees().unwrap().is_empty() && !bed.path("w").exists(), "{verb}");
    }
}
