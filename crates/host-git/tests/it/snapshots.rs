//! The files of a worktree as a tree, whatever an agent did to it.

use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{PermissionsExt, symlink};

use insta::assert_snapshot;
use leadforge_host_git::{Git, Worktree};

use crate::bed::{Bed, listing, oid, put};

fn names(paths: &[Vec<u8>]) -> String {
    paths.iter().map(|path| format!("{}\n", path.escape_ascii())).collect()
}

fn files(git: &Git, tree: &Worktree) -> String {
    listing(git, &git.snapshot(tree).unwrap().tree)
}

#[test]
fn every_kind_of_change_and_the_index_stays() {
    let bed = Bed::new();
    let git = bed.open();
    let tree = bed.tree(&git, "w");
    let index = fs::read(tree.git_dir.join("index")).unwrap();
    let clean = git.snapshot(&tree).unwrap();
    assert_eq!(clean.tree, git.tree_of(&bed.head()).unwrap());
    put(&tree.path, "a.txt", "changed\n");
    put(&tree.path, "new/deep.txt", "new\n");
    put(&tree.path, "run.sh", "#!/bin/sh\n");
    fs::set_permissions(tree.path.join("run.sh"), fs::Permissions::from_mode(0o755)).unwrap();
    put(&tree.path, "noise.log", "ignored\n");
    fs::remove_file(tree.path.join("src/lib.rs")).unwrap();
    symlink("/etc/passwd", tree.path.join("link")).unwrap();
    symlink("nowhere", tree.path.join("dangling")).unwrap();
    assert_snapshot!(files(&git, &tree), @r#"
    100644 .gitignore
    100644 a.txt
    120000 dangling
    120000 link
    100644 new/deep.txt
    100755 run.sh
    "#);
    assert_eq!(fs::read(tree.git_dir.join("index")).unwrap(), index);
    assert_eq!(fs::read_dir(bed.path("repo/.git/leadforge/tmp")).unwrap().count(), 0);
}

#[test]
fn an_emptied_worktree_is_empty_and_git_never_climbs() {
    let bed = Bed::new();
    let git = bed.open();
    let inside = leadforge_host_git::NewWorktree {
        path: bed.repo().join("target/inner"),
        branch: Some("lf/inner".into()),
        at: bed.head(),
    };
    let tree = git.worktree_add(&inside).unwrap();
    fs::remove_dir_all(&tree.path).unwrap();
    assert!(git.snapshot(&tree).is_err(), "a folder that is gone is no empty tree");
    fs::create_dir(&tree.path).unwrap();
    assert_eq!(files(&git, &tree), "");
    put(&tree.path, "only", "x");
    assert_snapshot!(files(&git, &tree), @"100644 only");
}

#[test]
fn names_of_any_bytes() {
    let bed = Bed::new();
    let git = bed.open();
    let tree = bed.tree(&git, "w");
    for name in
        [&b"new\nline"[..], b"latin-\xe9", b"tab\there", b"-rf", b"*", b":(top)x", b"A.TXT", b" x"]
    {
        fs::write(tree.path.join(OsStr::from_bytes(name)), "x").unwrap();
    }
    assert_snapshot!(files(&git, &tree), @r#"
    100644  x
    100644 *
    100644 -rf
    100644 .gitignore
    100644 :(top)x
    100644 A.TXT
    100644 a.txt
    100644 latin-\xe9
    100644 new\nline
    100644 src/lib.rs
    100644 tab\there
    "#);
}

#[test]
fn nested_repositories_become_plain_files_and_are_named() {
    let bed = Bed::new();
    let git = bed.open();
    let tree = bed.tree(&git, "w");
    let init = |name: &str| bed.run(&tree.path, &["init", "-q", name]);
    init("empty");
    init("filled");
    put(&tree.path, "filled/code.py", "print()\n");
    put(&tree.path, "filled/.gitignore", "*.pyc\n");
    put(&tree.path, "filled/code.pyc", "no\n");
    init("filled/deeper");
    put(&tree.path, "filled/deeper/x", "x\n");
    bed.run(&tree.path.join("filled/deeper"), &["add", "x"]);
    let commit = ["-c", "user.name=a", "-c", "user.email=b", "commit", "-qm", "x"];
    bed.run(&tree.path.join("filled/deeper"), &commit);
    init("src");
    put(&tree.path, "src/more.rs", "\n");
    put(&tree.path, "pointer/.git", "gitdir: /nonexistent\n");
    put(&tree.path, "pointer/file", "x\n");
    let snapshot = git.snapshot(&tree).unwrap();
    assert_snapshot!(listing(&git, &snapshot.tree), @r#"
    100644 .gitignore
    100644 a.txt
    100644 filled/.gitignore
    100644 filled/code.py
    100644 filled/deeper/x
    100644 pointer/file
    100644 src/lib.rs
    100644 src/more.rs
    "#);
    assert_snapshot!(names(&snapshot.nested), @r#"
    empty
    filled
    filled/deeper
    "#);
}

#[test]
fn other_spellings_of_git_are_left_out_by_name() {
    let bed = Bed::new();
    let git = bed.open();
    let tree = bed.tree(&git, "w");
    put(&tree.path, ".GIT/config", "[core]\n");
    put(&tree.path, "a/git~1", "x");
    put(&tree.path, "fine", "x");
    symlink("x", tree.path.join(".gitmodules")).unwrap();
    let snapshot = git.snapshot(&tree).unwrap();
    assert_snapshot!(listing(&git, &snapshot.tree), @r#"
    100644 .gitignore
    100644 a.txt
    100644 fine
    100644 src/lib.rs
    "#);
    assert_snapshot!(names(&snapshot.left_out), @r#"
    .GIT/config
    .gitmodules
    a/git~1
    "#);
}

#[test]
fn a_renamed_or_replaced_git_file_changes_nothing() {
    let bed = Bed::new();
    let git = bed.open();
    let tree = bed.tree(&git, "w");
    let clean = files(&git, &tree);
    fs::remove_file(tree.path.join(".git")).unwrap();
    assert_eq!(files(&git, &tree), clean);
    bed.run(&tree.path, &["init", "-q", "."]);
    assert_eq!(files(&git, &tree), clean);
    fs::rename(tree.path.join(".git"), tree.path.join("dotgit")).unwrap();
    let snapshot = git.snapshot(&tree).unwrap();
    assert!(listing(&git, &snapshot.tree).contains("dotgit/config"), "plain files now");
}

#[test]
fn hidden_changes_come_to_light() {
    let bed = Bed::new();
    let git = bed.open();
    let tree = bed.tree(&git, "w");
    bed.run(&tree.path, &["update-index", "--assume-unchanged", "a.txt"]);
    bed.run(&tree.path, &["update-index", "--skip-worktree", "src/lib.rs"]);
    let clean = files(&git, &tree);
    put(&tree.path, "a.txt", "changed\n");
    put(&tree.path, "src/lib.rs", "changed\n");
    let snapshot = git.snapshot(&tree).unwrap();
    let changed = git.diff(&bed.head(), &snapshot.tree).unwrap();
    assert_eq!(changed.len(), 2);
    assert_eq!(files(&git, &tree), clean, "same names");
}

#[test]
fn a_damaged_index_is_worked_around() {
    let bed = Bed::new();
    let git = bed.open();
    let tree = bed.tree(&git, "w");
    put(&tree.path, "new", "x");
    let sound = files(&git, &tree);
    fs::write(tree.git_dir.join("index"), "DIRCgarbage").unwrap();
    assert_eq!(files(&git, &tree), sound);
    fs::remove_file(tree.git_dir.join("index")).unwrap();
    assert_eq!(files(&git, &tree), sound);
}

#[test]
fn folders_links_and_files_change_places() {
    let bed = Bed::new();
    let git = bed.open();
    let tree = bed.tree(&git, "w");
    fs::create_dir(bed.path("outside")).unwrap();
    fs::write(bed.path("outside/lib.rs"), "outside\n").unwrap();
    fs::remove_dir_all(tree.path.join("src")).unwrap();
    symlink(bed.path("outside"), tree.path.join("src")).unwrap();
    fs::remove_file(tree.path.join("a.txt")).unwrap();
    put(&tree.path, "a.txt/inside", "x");
    assert_snapshot!(files(&git, &tree), @r#"
    100644 .gitignore
    100644 a.txt/inside
    120000 src
    "#);
}

#[test]
fn a_conflict_half_resolved_is_stored_as_it_stands() {
    let bed = Bed::new();
    let git = bed.open();
    let tree = bed.tree(&git, "w");
    bed.write("a.txt", "theirs\n");
    bed.commit("theirs");
    put(&tree.path, "a.txt", "ours\n");
    bed.run(&tree.path, &["commit", "-qam", "ours"]);
    assert!(!bed.plain(&tree.path, &["merge", "main"]).status.success());
    let snapshot = git.snapshot(&tree).unwrap();
    let stored = git.cat(&[format!("{}:a.txt", snapshot.tree)]).unwrap().remove(0).unwrap();
    assert!(String::from_utf8(stored).unwrap().contains("<<<<<<<"));
}

/// A link in the index without `.gitmodules`, as job-lead-finder has two of.
#[test]
fn submodule_links_without_gitmodules() {
    let bed = Bed::new();
    let other = Bed::new();
    let commit = other.head();
    let info = format!("160000,{commit},vendor/lib");
    bed.git(&["update-index", "--add", "--cacheinfo", &info]);
    bed.git(&["commit", "-qm", "link"]);
    let git = bed.open();
    let tree = bed.tree(&git, "w");
    let clean = files(&git, &tree);
    assert!(clean.contains("160000 vendor/lib"), "{clean}");

    let place = tree.path.join("vendor/lib");
    fs::remove_dir(&place).unwrap();
    other.run(&tree.path, &["clone", "-q", other.repo().to_str().unwrap(), "vendor/lib"]);
    let snapshot = git.snapshot(&tree).unwrap();
    assert_eq!(listing(&git, &snapshot.tree), clean, "the recorded commit, unchanged");
    assert!(snapshot.nested.is_empty());

    put(&place, "a.txt", "changed\n");
    let snapshot = git.snapshot(&tree).unwrap();
    assert_snapshot!(listing(&git, &snapshot.tree), @r#"
    100644 .gitignore
    100644 a.txt
    100644 src/lib.rs
    100644 vendor/lib/.gitignore
    100644 vendor/lib/a.txt
    100644 vendor/lib/src/lib.rs
    "#);
    assert_eq!(names(&snapshot.nested), "vendor/lib\n");

    fs::remove_dir_all(place.join(".git")).unwrap();
    let again = git.snapshot(&tree).unwrap();
    assert_eq!(again, snapshot, "files without a repository in a submodule's place");

    fs::remove_dir_all(&place).unwrap();
    assert!(!files(&git, &tree).contains("vendor"));
    symlink(other.repo(), &place).unwrap();
    assert!(files(&git, &tree).contains("120000 vendor/lib"), "a link is a link");
    fs::remove_dir_all(tree.path.join("vendor")).unwrap();
    symlink(other.path(""), tree.path.join("vendor")).unwrap();
    assert!(files(&git, &tree).contains("120000 vendor"), "not what lies behind it");
}

#[test]
fn the_main_checkout_too() {
    let bed = Bed::new();
    let git = bed.open();
    bed.write("new", "x");
    bed.write("staged", "x");
    bed.git(&["add", "staged"]);
    let before = bed.git(&["status", "--porcelain"]);
    let main = git.main_checkout().unwrap().unwrap();
    assert!(files(&git, &main).contains("staged"));
    assert_eq!(bed.git(&["status", "--porcelain"]), before);
    assert_eq!(main.head, Some(oid(bed.head().as_str())));
}
