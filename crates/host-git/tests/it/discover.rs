//! Finding the repository from every kind of place, and refusing what is damaged.

use std::fs;

use leadforge_host_git::{Config, Error, Git, Head};

use crate::bed::{Bed, config};

#[test]
fn from_a_clone_a_subfolder_and_the_git_directory() {
    let bed = Bed::new();
    for start in ["repo", "repo/src", "repo/.git", "repo/.git/refs"] {
        let git = Git::discover(&bed.path(start), &config()).unwrap();
        assert_eq!(git.common_dir(), bed.path("repo/.git"), "{start}");
        assert_eq!(git.main_worktree(), Some(bed.repo().as_path()), "{start}");
        let head = Head { branch: Some("main".into()), commit: Some(bed.head()) };
        assert_eq!(git.head().unwrap(), head);
    }
    assert_eq!(bed.open().state_dir(), bed.path("repo/.git/leadforge"));
    assert_eq!(bed.open().here(), Some(bed.repo().as_path()));
}

#[test]
fn looking_writes_nothing() {
    let bed = Bed::new();
    bed.open();
    assert!(!bed.path("repo/.git/leadforge").exists());
}

#[test]
fn from_a_linked_worktree() {
    let bed = Bed::new();
    bed.git(&["worktree", "add", "-q", "-b", "side", "../side"]);
    let git = Git::discover(&bed.path("side/src"), &config()).unwrap();
    assert_eq!(git.common_dir(), bed.path("repo/.git"));
    assert_eq!(git.main_worktree(), Some(bed.repo().as_path()));
    assert_eq!(git.here(), Some(bed.path("side").as_path()));
    assert_eq!(git.head().unwrap().branch.as_deref(), Some("side"));
    assert_eq!(bed.open().head().unwrap().branch.as_deref(), Some("main"));
}

#[test]
fn from_a_submodule() {
    let bed = Bed::new();
    bed.run(bed.dir.path(), &["clone", "-q", "repo", "lib"]);
    bed.git(&["submodule", "--quiet", "add", "../lib", "vendor/lib"]);
    let git = Git::discover(&bed.path("repo/vendor/lib/src"), &config()).unwrap();
    assert_eq!(git.common_dir(), bed.path("repo/.git/modules/vendor/lib"));
    assert_eq!(git.main_worktree(), Some(bed.path("repo/vendor/lib").as_path()));
    assert_eq!(git.head().unwrap().branch.as_deref(), Some("main"));
}

#[test]
fn from_a_bare_repository() {
    let bed = Bed::new();
    bed.run(bed.dir.path(), &["clone", "-q", "--bare", "repo", "bare.git"]);
    let git = Git::discover(&bed.path("bare.git"), &config()).unwrap();
    assert_eq!(git.main_worktree(), None);
    assert_eq!(git.head().unwrap().commit, Some(bed.head()));
    let tree = git.worktree_add(&leadforge_host_git::NewWorktree {
        path: bed.path("from-bare"),
        branch: Some("lf/x".into()),
        at: bed.head(),
    });
    assert!(tree.unwrap().path.join("a.txt").exists());
}

#[test]
fn unborn_and_detached_heads() {
    let bed = Bed::new();
    bed.git(&["checkout", "-q", "--detach"]);
    assert_eq!(bed.open().head().unwrap(), Head { branch: None, commit: Some(bed.head()) });
    bed.git(&["checkout", "-q", "--orphan", "new"]);
    assert_eq!(bed.open().head().unwrap(), Head { branch: Some("new".into()), commit: None });
}

#[test]
fn damaged_pointers_are_named_and_never_climbed_over() {
    let bed = Bed::new();
    let bad = |text: &str| {
        fs::create_dir_all(bed.path("repo/inner")).unwrap();
        fs::write(bed.path("repo/inner/.git"), text).unwrap();
        Git::discover(&bed.path("repo/inner"), &config()).unwrap_err().to_string()
    };
    let root = bed.path("").display().to_string();
    assert_eq!(
        bad("nonsense").replace(&root, "/"),
        "/repo/inner/.git: not a usable git directory: no `gitdir: ` line"
    );
    assert!(bad("gitdir: ../gone\n").contains("no git directory"));
    let outside = tempfile::tempdir().unwrap();
    let error = Git::discover(outside.path(), &config()).unwrap_err();
    assert!(matches!(error, Error::NotARepository { .. }));
    let error = Git::discover(&bed.path("absent"), &config()).unwrap_err();
    assert!(matches!(error, Error::Io { .. }));
}

#[test]
fn what_cannot_be_looked_at_is_not_taken_for_absent() {
    let bed = Bed::new();
    fs::create_dir_all(bed.path("repo/inner")).unwrap();
    // Looking through it fails, as it does on a bad disk; the repository above is another one.
    std::os::unix::fs::symlink(".git", bed.path("repo/inner/.git")).unwrap();
    let error = Git::discover(&bed.path("repo/inner"), &config()).unwrap_err();
    let Error::Io { path, .. } = error else { panic!("{error}") };
    assert!(path.ends_with("repo/inner/.git"), "{}", path.display());
}

#[test]
fn the_users_name_is_read_with_includes_and_nothing_runs() {
    let bed = Bed::new();
    let home = Some(bed.path("home"));
    let git = Git::discover(&bed.repo(), &Config { home, ..config() }).unwrap();
    assert_eq!(git.user().unwrap(), Some(("Ada".into(), "ada@example.org".into())));
    bed.git(&["config", "--unset", "user.name"]);
    bed.git(&["config", "--unset", "user.email"]);
    assert_eq!(git.user().unwrap(), None);
    fs::write(bed.path("home/.gitconfig"), "[include]\n\tpath = more\n[user]\n\temail = g@x.org\n")
        .unwrap();
    fs::write(bed.path("home/more"), "[user]\n\tname = \"Grace \\\"H\\\"\"\n").unwrap();
    assert_eq!(git.user().unwrap(), Some(("Grace \"H\"".into(), "g@x.org".into())));
    assert_eq!(bed.open().user().unwrap(), None, "without a home only the repository counts");
}

#[test]
fn our_directory_is_put_right_when_somebody_planted_one() {
    let bed = Bed::new();
    let ours = bed.path("repo/.git/leadforge/git");
    fs::create_dir_all(ours.join("objects")).unwrap();
    fs::write(ours.join("config"), "[core]\n\tfsmonitor = evil\n").unwrap();
    std::os::unix::fs::symlink("/nonexistent", ours.join("refs")).unwrap();
    std::os::unix::fs::symlink("../../config", ours.join("HEAD")).unwrap();
    let git = bed.open();
    assert_eq!(git.resolve("HEAD").unwrap(), Some(bed.head()));
    assert!(!fs::read_to_string(ours.join("config")).unwrap().contains("evil"));
    assert_eq!(fs::read_link(ours.join("objects")).unwrap().to_str(), Some("../../objects"));
    assert!(fs::symlink_metadata(ours.join("HEAD")).unwrap().is_file());
    assert!(fs::read_to_string(bed.path("repo/.git/config")).unwrap().contains("[core]"));
}
