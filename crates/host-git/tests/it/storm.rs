//! Sixteen processes that add worktrees at the same time, and what plain git makes of it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use leadforge_durable_fs::Lock;
use leadforge_host_git::{Git, NewWorktree};

use crate::bed::{Bed, config, plain};

const WORKERS: usize = 16;
const EACH: usize = 5;

/// One worker of the storm; the test below starts it as a process of its own.
#[test]
#[ignore = "a part of the test beside it, which starts it with its variables set"]
fn worker() {
    let root = PathBuf::from(std::env::var_os("STORM_ROOT").expect("started by the storm"));
    let me = std::env::var("STORM_WORKER").unwrap();
    let git = Git::discover(&root.join("repo"), &config()).unwrap();
    let _session = std::env::var_os("STORM_LOCK").map(|path| {
        let lock = Lock::exclusive(Path::new(&path), Duration::ZERO).unwrap();
        git.share_lock(&lock).unwrap();
        lock
    });
    let at = git.resolve("HEAD").unwrap().unwrap();
    for n in 0..EACH {
        let name = format!("{me}-{n}");
        let branch = Some(format!("lf/{name}"));
        let new = NewWorktree { path: root.join(&name), branch, at: at.clone() };
        let tree = git.worktree_add(&new).unwrap();
        assert!(git.worktrees().unwrap().contains(&tree));
        fs::write(tree.path.join("work"), &name).unwrap();
        if n % 2 == 1 {
            git.worktree_remove(&tree, &name).unwrap().unwrap();
        }
    }
}

#[test]
fn sixteen_processes_meet_no_lock() {
    let bed = Bed::new();
    let start = |worker: usize| {
        Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "storm::worker", "--ignored", "--quiet"])
            .env("STORM_ROOT", bed.path(""))
            // Our own environment is not git's: these would break any git that saw them.
            .envs([("GIT_DIR", "/nonexistent"), ("GIT_CONFIG_COUNT", "nonsense")])
            .env("STORM_WORKER", format!("p{worker}"))
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap()
    };
    let started: Vec<_> = (0..WORKERS).map(start).collect();
    for child in started {
        let output = child.wait_with_output().unwrap();
        let text =
            String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success() && text.contains("1 passed"), "{text}");
    }
    let git = bed.open();
    let (added, removed) = (WORKERS * EACH, WORKERS * (EACH / 2));
    assert_eq!(git.refs("refs/heads/lf/").unwrap().len(), added);
    assert_eq!(git.worktrees().unwrap().len(), added - removed);
    assert_eq!(git.refs("refs/leadforge/rescue/").unwrap().len(), removed, "all work was saved");
    assert!(git.sweep().unwrap().is_empty(), "nothing is left behind");
    assert_eq!(fs::read_dir(bed.path("repo/.git/worktrees")).unwrap().count(), added - removed);
}

/// Plain git with `--track` writes the common configuration each time and loses that race; how
/// often depends on the machine, so the figure is printed and only the count is asserted.
#[test]
fn what_plain_git_makes_of_it() {
    let bed = Bed::new();
    bed.run(bed.dir.path(), &["clone", "-q", "repo", "clone"]);
    let (home, clone) = (bed.path("home"), bed.path("clone"));
    let add = |clone: &Path, name: &str| {
        let path = format!("../{name}");
        plain(&home, clone, &["worktree", "add", "--track", "-b", name, &path, "origin/main"])
    };
    let failed: Vec<String> = thread::scope(|scope| {
        let work = |worker: usize| {
            let (add, clone) = (&add, &clone);
            scope.spawn(move || {
                let outputs = (0..EACH).map(|n| add(clone, &format!("t{worker}-{n}")));
                let failed = outputs.filter(|output| !output.status.success());
                failed.map(|o| String::from_utf8_lossy(&o.stderr).into_owned()).collect::<Vec<_>>()
            })
        };
        let started: Vec<_> = (0..WORKERS).map(work).collect();
        started.into_iter().flat_map(|worker| worker.join().unwrap()).collect()
    });
    println!("plain git worktree add --track: {} of {} failed", failed.len(), WORKERS * EACH);
    let made = bed.run(&clone, &["worktree", "list"]).lines().count() - 1;
    assert!(made + failed.len() >= WORKERS * EACH, "each one was added or failed");
    assert!(failed.iter().all(|error| error.contains("fatal: ") || error.contains("error: ")));
}

/// Whatever the moment of the kill: one sweep, then every worktree left can be removed as usual.
#[test]
fn killed_at_any_moment_nothing_stays() {
    let bed = Bed::new();
    let git = bed.open();
    let head = bed.head();
    git.worktrees().unwrap();
    let session = git.state_dir().join("session.lock");
    for round in 0..12_u32 {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "storm::worker", "--ignored", "--quiet"])
            .env("STORM_ROOT", bed.path(""))
            .env("STORM_WORKER", format!("k{round}"))
            .env("STORM_LOCK", &session)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        thread::sleep(Duration::from_millis(u64::from(round * 17 + 3)));
        child.kill().unwrap();
        child.wait().unwrap();
        // Git itself was not killed and may still be writing for a moment: it keeps the lock.
        let _session = Lock::exclusive(&session, Duration::from_secs(60)).unwrap();
        git.sweep().unwrap();
        for tree in git.worktrees().unwrap() {
            assert!(tree.ours && tree.path.join("a.txt").exists(), "half a worktree: {tree:?}");
            git.worktree_remove(&tree, &format!("kill/{round}")).unwrap();
        }
        for (name, at) in git.refs("refs/heads/lf/").unwrap() {
            assert_eq!(at, head);
            git.delete_branch(name.trim_start_matches("refs/heads/"), &at).unwrap();
        }
    }
    assert!(git.sweep().unwrap().is_empty());
    assert_eq!(fs::read_dir(bed.path("repo/.git/worktrees")).unwrap().count(), 0);
    assert_eq!(fs::read_dir(bed.path("repo/.git/leadforge/tmp")).unwrap().count(), 0);
    let left = fs::read_dir(bed.path("")).unwrap().map(|e| e.unwrap().file_name());
    assert_eq!(left.count(), 2, "only the repository and the home");
    bed.git(&["fsck", "--no-dangling"]);
}
