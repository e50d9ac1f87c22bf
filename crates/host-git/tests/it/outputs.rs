//! Checkouts for verification, git directories for sandboxes, and the caps on every run.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::time::{Duration, Instant};

use leadforge_host_git::{Config, Error, Git, PrivateGitDir, git_file};

use crate::bed::{Bed, config, put};

#[test]
fn an_export_is_the_tree_and_nothing_else() {
    let bed = Bed::new();
    bed.write(".gitattributes", "secret export-ignore\n*.txt filter=evil export-subst\n");
    bed.write("secret", "kept\n");
    bed.write("sub/run", "$Format:%H$\n");
    std::os::unix::fs::symlink("/etc/passwd", bed.path("repo/link")).unwrap();
    fs::set_permissions(bed.path("repo/sub/run"), fs::Permissions::from_mode(0o755)).unwrap();
    let head = bed.commit("files");
    let git = bed.open();
    let out = bed.path("deep/out");
    git.export(&head, &out).unwrap();
    assert_eq!(fs::read_to_string(out.join("secret")).unwrap(), "kept\n");
    assert_eq!(fs::read_to_string(out.join("sub/run")).unwrap(), "$Format:%H$\n");
    assert_eq!(fs::metadata(out.join("sub/run")).unwrap().permissions().mode() & 0o111, 0o111);
    assert_eq!(fs::read_link(out.join("link")).unwrap().to_str(), Some("/etc/passwd"));
    assert!(!out.join(".git").exists());
    assert!(matches!(git.export(&head, &out), Err(Error::Refused { .. })));
    assert!(bed.git(&["status", "--porcelain"]).is_empty());
}

fn private(bed: &Bed, copy_index: bool) {
    let git = bed.open();
    let tree = bed.tree(&git, "w");
    let dir = bed.path("private");
    let index = copy_index.then(|| tree.git_dir.join("index"));
    git.private_git_dir(&PrivateGitDir {
        dir: dir.clone(),
        tree: tree.path.clone(),
        head: bed.head(),
        branch: "lf/task/1".into(),
        user: ("Agent \"7\" x".into(), "a\\b@x.org".into()),
        index,
    })
    .unwrap();
    let host_objects = || fs::read_dir(bed.path("repo/.git/objects")).unwrap().count();
    let before = (host_objects(), git.refs("").unwrap());
    fs::write(tree.path.join(".git"), git_file(&dir)).unwrap();
    let inside = |args: &[&str]| bed.run(&tree.path, args);
    let status = inside(&["status", "--porcelain=v2", "--branch"]);
    assert!(status.contains("branch.head lf/task/1") && status.lines().count() == 2, "{status}");
    assert_eq!(inside(&["log", "--format=%s"]), "first");
    put(&tree.path, "a.txt", "changed\n");
    assert!(inside(&["diff", "--stat"]).contains("a.txt"));
    inside(&["commit", "-qam", "inside"]);
    assert_eq!(inside(&["log", "-1", "--format=%an %ae"]), "Agent \"7\" x a\\b@x.org");
    inside(&["fsck"]);
    assert_eq!((host_objects(), git.refs("").unwrap()), before, "the host is as before");
    let snapshot = git.snapshot(&tree).unwrap();
    assert_eq!(git.diff(&bed.head(), &snapshot.tree).unwrap().len(), 1, "the host sees the work");
    assert!(git.worktree_remove(&tree, "w").unwrap().is_some());
}

#[test]
fn a_private_git_directory_does_what_an_agent_needs() {
    private(&Bed::new(), true);
    private(&Bed::new(), false);
    private(&Bed::with(&["--object-format=sha256"]), true);
}

#[test]
fn a_private_git_directory_of_a_shallow_clone() {
    let bed = Bed::new();
    bed.commit("second");
    let url = format!("file://{}", bed.repo().display());
    bed.run(bed.dir.path(), &["clone", "-q", "--depth=1", &url, "shallow"]);
    let git = Git::discover(&bed.path("shallow"), &config()).unwrap();
    let tree = bed.tree(&git, "w");
    git.private_git_dir(&PrivateGitDir {
        dir: bed.path("private"),
        tree: tree.path.clone(),
        head: bed.head(),
        branch: "x".into(),
        user: ("a".into(), "b".into()),
        index: None,
    })
    .unwrap();
    fs::write(tree.path.join(".git"), git_file(&bed.path("private"))).unwrap();
    assert_eq!(bed.run(&tree.path, &["log", "--format=%s"]), "second");
    assert_eq!(bed.run(&tree.path, &["status", "--porcelain"]), "");
}

fn stand_in(bed: &Bed, script: &str) -> Config {
    let program = bed.path("git-stand-in");
    let text =
        format!("#!/bin/sh\n[ $1 = version ] && echo git version 2.47.0 && exit\n{script}\n");
    fs::write(&program, text).unwrap();
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    Config { program, timeout: Duration::from_secs(1), max_output: 1000, ..config() }
}

#[test]
fn a_git_that_hangs_is_stopped_with_its_children() {
    let bed = Bed::new();
    let pid = bed.path("pid");
    let script = format!("sleep 600 & echo $! > {}; wait", pid.display());
    let git = Git::discover(&bed.repo(), &stand_in(&bed, &script)).unwrap();
    let start = Instant::now();
    let error = git.refs("").unwrap_err();
    assert!(matches!(error, Error::Timeout { .. }), "{error}");
    assert!(start.elapsed() < Duration::from_secs(30));
    let child = fs::read_to_string(pid).unwrap();
    let status = format!("/proc/{}/status", child.trim());
    let alive = || fs::read_to_string(&status).is_ok_and(|text| !text.contains("State:\tZ"));
    for _ in 0..100 {
        if !alive() {
            return;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    panic!("the child of the stopped git is still there");
}

#[test]
fn a_git_that_floods_is_stopped() {
    let bed = Bed::new();
    let git = Git::discover(&bed.repo(), &stand_in(&bed, "yes; yes >&2")).unwrap();
    let error = git.refs("").unwrap_err();
    assert_eq!(error.to_string(), "git for-each-ref wrote more than 1000 bytes and was stopped");
}

#[test]
fn a_failure_names_the_first_line_that_matters() {
    let bed = Bed::new();
    let script = "echo warning: odd >&2; echo 'fatal: the disk is gone' >&2; exit 7";
    let git = Git::discover(&bed.repo(), &stand_in(&bed, script)).unwrap();
    let error = git.refs("").unwrap_err();
    assert_eq!(error.to_string(), "git for-each-ref failed with exit 7: the disk is gone");
    let git = Git::discover(&bed.repo(), &stand_in(&bed, "kill -9 $$")).unwrap();
    let error = git.refs("").unwrap_err();
    assert_eq!(error.to_string(), "git for-each-ref failed with signal 9: no message");
}

#[test]
fn nonsense_instead_of_output_is_an_error_not_a_panic() {
    let bed = Bed::new();
    let head = bed.head();
    for script in [
        "echo",
        "echo x",
        "printf 'a\\0b\\0'",
        "printf ':1 2\\0'",
        "printf '0\\0x'",
        "head -c 99 /bin/sh",
    ] {
        let git = Git::discover(&bed.repo(), &stand_in(&bed, script)).unwrap();
        drop((git.refs(""), git.log("x", 1), git.diff(&head, &head), git.cat(&["x", "y"])));
        drop((git.ls_tree(&head, ""), git.worktrees(), git.head(), git.tree_of(&head)));
        let merges = git.merge_trees(&[(head.clone(), head.clone())]).unwrap();
        assert!(matches!(merges[0], leadforge_host_git::Merge::Unknown { .. }), "{script}");
    }
}
