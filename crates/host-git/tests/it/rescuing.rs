//! Nothing is removed before it is saved.

use std::fs;

use leadforge_host_git::{Error, Git, NewWorktree, Oid};

use crate::bed::{Bed, listing, put};

fn saved(git: &Git, label: &str) -> Vec<(String, Oid)> {
    git.refs(&format!("refs/leadforge/rescue/{label}")).unwrap()
}

#[test]
fn uncommitted_work_is_saved_before_removal() {
    let bed = Bed::new();
    let git = bed.open();
    let tree = bed.tree(&git, "w");
    put(&tree.path, "a.txt", "changed\n");
    put(&tree.path, "untracked", "x\n");
    let commit = git.worktree_remove(&tree, "w/1").unwrap().unwrap();
    assert!(!tree.path.exists());
    assert_eq!(saved(&git, "w/1"), [("refs/leadforge/rescue/w/1".into(), commit.clone())]);
    assert!(listing(&git, &commit).contains("untracked"));
    let log = git.log(commit.as_str(), 1).unwrap().remove(0);
    assert_eq!(log.parents, [bed.head()]);
    assert_eq!(log.author.email, "rescue@leadforge.invalid");
}

#[test]
fn commits_that_no_ref_reaches_are_saved() {
    let bed = Bed::new();
    let git = bed.open();
    let tree = bed.tree(&git, "w");
    bed.run(&tree.path, &["checkout", "-q", "--detach"]);
    put(&tree.path, "detached", "x\n");
    bed.run(&tree.path, &["add", "-A"]);
    bed.run(&tree.path, &["commit", "-qm", "floating"]);
    let floating = bed.run(&tree.path, &["rev-parse", "HEAD"]);
    let commit = git.worktree_remove(&tree, "w").unwrap().unwrap();
    assert_eq!(commit.as_str(), floating, "the commit itself, not a copy");
    bed.git(&["gc", "--quiet", "--prune=now"]);
    assert!(git.cat(&[format!("{commit}:detached")]).unwrap()[0].is_some());
}

#[test]
fn labels_in_use_get_a_number_and_the_same_work_is_saved_once() {
    let bed = Bed::new();
    let git = bed.open();
    let tree = bed.tree(&git, "w");
    assert_eq!(git.rescue(&tree, "w").unwrap(), None);
    put(&tree.path, "x", "1\n");
    let first = git.rescue(&tree, "w").unwrap();
    assert_eq!(git.rescue(&tree, "w").unwrap(), first);
    put(&tree.path, "x", "2\n");
    let second = git.rescue(&tree, "w").unwrap();
    assert_ne!(first, second);
    let names: Vec<_> = saved(&git, "").into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["refs/leadforge/rescue/w", "refs/leadforge/rescue/w-2"]);
}

#[test]
fn when_saving_fails_nothing_is_removed() {
    let bed = Bed::new();
    let git = bed.open();
    let tree = bed.tree(&git, "w");
    put(&tree.path, "x", "1\n");
    for label in ["", "a b", "../../heads/main", "x.lock", "a\nb"] {
        let error = git.worktree_remove(&tree, label).unwrap_err();
        assert!(matches!(error, Error::NotRescued { .. }), "{label:?}: {error}");
    }
    fs::write(bed.path("repo/.git/refs/leadforge"), "in the way").unwrap();
    let error = git.worktree_remove(&tree, "w").unwrap_err();
    assert!(matches!(error, Error::NotRescued { .. }), "{error}");
    assert!(tree.path.join("x").exists() && tree.git_dir.exists());
}

#[test]
fn what_git_refuses_to_store_is_saved_under_another_name() {
    let bed = Bed::new();
    let git = bed.open();
    let tree = bed.tree(&git, "w");
    put(&tree.path, ".GIT/hidden\nwork", "precious\n");
    let commit = git.worktree_remove(&tree, "w").unwrap().unwrap();
    let found = git.cat(&[format!("{commit}:leadforge-left-out/1")]).unwrap().remove(0);
    assert_eq!(found.unwrap(), b"precious\n");
    let body = git.log(commit.as_str(), 1).unwrap().remove(0).body;
    assert!(body.contains(r"leadforge-left-out/1: .GIT/hidden\nwork"), "{body}");
}

#[test]
fn a_folder_that_is_gone_may_have_left_commits() {
    let bed = Bed::new();
    let git = bed.open();
    let tree = bed.tree(&git, "w");
    bed.run(&tree.path, &["checkout", "-q", "--detach"]);
    bed.run(&tree.path, &["commit", "-q", "--allow-empty", "-m", "floating"]);
    let floating = bed.run(&tree.path, &["rev-parse", "HEAD"]);
    fs::remove_dir_all(&tree.path).unwrap();
    assert_eq!(git.worktree_remove(&tree, "w").unwrap().unwrap().as_str(), floating);
}

#[test]
fn a_folder_that_is_gone_has_nothing_else_to_save() {
    let bed = Bed::new();
    let git = bed.open();
    let tree = bed.tree(&git, "w");
    fs::remove_dir_all(&tree.path).unwrap();
    assert_eq!(git.worktree_remove(&tree, "w").unwrap(), None);
    assert!(!tree.git_dir.exists());
}

#[test]
fn a_folder_that_was_moved_away_finds_its_git_directory_again() {
    let bed = Bed::new();
    let git = bed.open();
    let tree = bed.tree(&git, "w");
    bed.run(&tree.path, &["checkout", "-q", "--detach"]);
    bed.run(&tree.path, &["commit", "-q", "--allow-empty", "-m", "floating"]);
    put(&tree.path, "staged", "x\n");
    bed.run(&tree.path, &["add", "-A"]);
    fs::rename(&tree.path, bed.path("away")).unwrap();
    assert!(git.sweep().unwrap().is_empty());
    fs::rename(bed.path("away"), &tree.path).unwrap();
    assert_eq!(bed.run(&tree.path, &["status", "--porcelain"]), "A  staged");
    assert_eq!(bed.run(&tree.path, &["log", "-1", "--format=%s"]), "floating");
}

#[test]
fn a_sweep_keeps_the_commits_of_an_attempt_whose_folder_is_gone() {
    let bed = Bed::new();
    let git = bed.open();
    let path = git.state_dir().join("attempts/tree");
    let new = NewWorktree { path, branch: Some("lf/w/1".into()), at: bed.head() };
    let tree = git.worktree_add(&new).unwrap();
    bed.run(&tree.path, &["checkout", "-q", "--detach"]);
    bed.run(&tree.path, &["commit", "-q", "--allow-empty", "-m", "floating"]);
    let floating = Oid::parse(&bed.run(&tree.path, &["rev-parse", "HEAD"])).unwrap();
    fs::remove_dir_all(&tree.path).unwrap();
    fs::write(tree.git_dir.join("locked"), "on a disk that is elsewhere").unwrap();
    assert!(git.sweep().unwrap().is_empty(), "the user's git would not prune it either");
    fs::remove_file(tree.git_dir.join("locked")).unwrap();
    assert_eq!(git.sweep().unwrap(), std::slice::from_ref(&tree.git_dir));
    assert_eq!(saved(&git, "w"), [("refs/leadforge/rescue/w/1".into(), floating)]);
    assert!(!tree.git_dir.exists());
    // One without a branch is called by its folder, apart from all tasks.
    let new = NewWorktree { branch: None, ..new };
    let tree = git.worktree_add(&new).unwrap();
    bed.run(&tree.path, &["commit", "-q", "--allow-empty", "-m", "another"]);
    fs::remove_dir_all(&tree.path).unwrap();
    git.sweep().unwrap();
    assert_eq!(saved(&git, "gone/tree").len(), 1);
}
