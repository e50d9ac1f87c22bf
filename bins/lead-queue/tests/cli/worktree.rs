//! A claim with a worktree: made on the lease's branch, removed with the lease, nothing in it lost.

use std::process::Command;

use insta::assert_snapshot;

use super::{Repo, token};

/// What git prints in the repository.
fn git(repo: &Repo, args: &[&str]) -> String {
    let out = Command::new("git").args(args).current_dir(repo.path()).output().expect("git runs");
    assert!(out.status.success(), "git {args:?}");
    String::from_utf8(out.stdout).expect("UTF-8").trim_end().to_owned()
}

/// Claims into `tree` and gives the word for the lease.
fn claim(repo: &Repo) -> String {
    let told = repo.json(&["claim", "--worktree", "tree"]);
    assert_eq!(told["data"]["worktree"], "REPO/tree");
    token(&told)
}

#[test]
fn done_removes_it_and_keeps_the_branch() {
    let repo = Repo::with(&[("a", "")]);
    let lease = claim(&repo);
    repo.write("tree/new.txt", "new\n");
    assert_snapshot!(repo.failure(&["done", &lease]), @r"
    exit 4  queue.uncommitted
    error: REPO/tree holds work that is not committed
    hint: commit it on lf/a/1
    ");
    repo.git(&["-C", "tree", "add", "-A"]);
    repo.git(&["-C", "tree", "commit", "-qm", "new"]);
    let done = repo.run(&["done", &lease]);
    assert_eq!((done.code, done.err.as_str()), (0, ""));
    assert!(!repo.path().join("tree").exists());
    assert_eq!(git(&repo, &["worktree", "list"]).lines().count(), 1);
    assert_eq!(git(&repo, &["show", "lf/a/1:new.txt"]), "new");
}

#[test]
fn release_saves_what_is_on_no_branch() {
    let repo = Repo::with(&[("a", "")]);
    let lease = claim(&repo);
    repo.write("tree/new.txt", "new\n");
    let answer = repo.run(&["release", &lease]);
    assert_snapshot!(answer.err, @"warning: what was not committed in REPO/tree is saved as refs/leadforge/rescue/a/1");
    assert_eq!(git(&repo, &["show", "refs/leadforge/rescue/a/1:new.txt"]), "new");
    assert!(!repo.path().join("tree").exists());
    assert_eq!(git(&repo, &["branch", "--list", "lf/*"]), "", "a branch without a commit goes");
    let lease = claim(&repo);
    assert!(lease.starts_with("a/2/"), "{lease}");
    repo.write("tree/new.txt", "new\n");
    repo.git(&["-C", "tree", "add", "-A"]);
    repo.git(&["-C", "tree", "commit", "-qm", "new"]);
    assert_eq!(repo.run(&["release", &lease]).code, 0);
    assert_eq!(git(&repo, &["show", "lf/a/2:new.txt"]), "new", "one with a commit stays");
}

#[test]
fn a_claim_whose_worktree_cannot_be_made_is_none() {
    let repo = Repo::with(&[("a", "")]);
    repo.write("tree/mine.txt", "mine\n");
    assert_snapshot!(repo.failure(&["claim", "--worktree", "tree"]), @r#"
    exit 4  repository
    error: "REPO/tree" is refused: the folder is not empty
    "#);
    assert_eq!(repo.json(&["show", "a"])["data"]["leases"].as_array().map(Vec::len), Some(0));
    assert_eq!(git(&repo, &["branch", "--list", "lf/*"]), "");
}

#[test]
fn who_stands_in_it_keeps_it() {
    let repo = Repo::with(&[("a", "")]);
    let lease = claim(&repo);
    let tree = repo.path().join("tree");
    let answer = repo.run_in(&tree, &["release", &lease], "");
    assert_snapshot!(answer.err, @"note: the worktree stays, for you stand in it: git worktree remove REPO/tree");
    assert!(tree.join(".git").exists());
}

#[test]
fn done_takes_no_work_that_is_not_on_the_branch() {
    let repo = Repo::with(&[("a", "")]);
    let lease = claim(&repo);
    repo.git(&["-C", "tree", "checkout", "-q", "--detach"]);
    repo.write("tree/new.txt", "new\n");
    repo.git(&["-C", "tree", "add", "-A"]);
    repo.git(&["-C", "tree", "commit", "-qm", "new"]);
    assert_snapshot!(repo.failure(&["done", &lease]), @r"
    exit 4  queue.off-branch
    error: REPO/tree does not stand on lf/a/1
    hint: bring the work onto that branch, and check it out there
    ");
    repo.git(&["-C", "tree", "checkout", "-q", "-B", "lf/a/1"]);
    assert_eq!(repo.run(&["done", &lease]).code, 0);
    assert_eq!(git(&repo, &["show", "lf/a/1:new.txt"]), "new");
}

#[test]
fn a_folder_that_is_elsewhere_keeps_what_belongs_to_it() {
    let repo = Repo::with(&[("a", "")]);
    let lease = claim(&repo);
    repo.write("tree/new.txt", "new\n");
    repo.git(&["-C", "tree", "add", "-A"]);
    let (tree, away) = (repo.path().join("tree"), repo.path().join("away"));
    std::fs::rename(&tree, &away).expect("moved");
    assert_snapshot!(repo.failure(&["done", &lease]), @r"
    exit 4  queue.moved
    error: REPO/tree is gone, with whatever is not committed there
    hint: bring it back, or forget it: git worktree prune
    ");
    let answer = repo.run(&["release", &lease]);
    assert_snapshot!(answer.err, @"note: REPO/tree is gone; git still knows it: bring it back, or forget it: git worktree prune");
    assert_eq!(answer.code, 0);
    std::fs::rename(&away, &tree).expect("moved back");
    assert_eq!(git(&repo, &["-C", "tree", "status", "--porcelain"]), "A  new.txt");
}
