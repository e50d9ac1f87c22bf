//! Repository formats work whole or are refused by name.

use std::fs;

use leadforge_host_git::{Config, Error, Git, Merge};

use crate::bed::{Bed, config, listing, put};

/// Everything once: worktree, snapshot, edit, merge, transaction, export, rescue.
fn whole_round(bed: &Bed) {
    let git = bed.open();
    let tree = bed.tree(&git, "w");
    put(&tree.path, "new", "x\n");
    let snapshot = git.snapshot(&tree).unwrap();
    assert_eq!(git.diff(&bed.head(), &snapshot.tree).unwrap().len(), 1);
    let side = bed.commit("side");
    let rescued = git.worktree_remove(&tree, "w").unwrap().unwrap();
    let merged = git.merge_trees(&[(side.clone(), rescued.clone())]).unwrap().remove(0);
    let Merge::Clean { tree: merged } = merged else { panic!("{merged:?}") };
    git.export(&merged, &bed.path("out")).unwrap();
    assert_eq!(fs::read_to_string(bed.path("out/new")).unwrap(), "x\n");
    assert_eq!(git.log("HEAD", 1).unwrap()[0].oid, side);
    assert_eq!(git.head().unwrap().branch.as_deref(), Some("main"));
    assert_eq!(git.refs("refs/leadforge/").unwrap()[0].1, rescued);
    bed.git(&["fsck", "--strict", "--no-dangling"]);
}

#[test]
fn sha256() {
    let bed = Bed::with(&["--object-format=sha256"]);
    assert_eq!(bed.head().as_str().len(), 64);
    assert_eq!(bed.open().object_format(), "sha256");
    whole_round(&bed);
}

#[test]
fn reftable_works_or_asks_for_a_newer_git() {
    let bed = Bed { dir: tempfile::tempdir().unwrap() };
    fs::create_dir(bed.path("home")).unwrap();
    let made =
        bed.plain(bed.dir.path(), &["init", "-q", "-b", "main", "--ref-format=reftable", "repo"]);
    if made.status.success() {
        whole_round(&Bed::with(&["--ref-format=reftable"]));
        return;
    }
    bed.run(bed.dir.path(), &["init", "-q", "repo"]);
    bed.git(&["config", "core.repositoryformatversion", "1"]);
    bed.git(&["config", "extensions.refStorage", "reftable"]);
    let error = bed.open().refs("").unwrap_err();
    assert!(matches!(error, Error::GitTooOld { .. }), "{error}");
}

#[test]
fn shallow_clones() {
    let bed = Bed::new();
    bed.commit("second");
    bed.commit("third");
    let url = format!("file://{}", bed.repo().display());
    bed.run(bed.dir.path(), &["clone", "-q", "--depth=1", &url, "shallow"]);
    let git = Git::discover(&bed.path("shallow"), &config()).unwrap();
    assert_eq!(git.log("HEAD", 0).unwrap().len(), 1);
    let tree = bed.tree(&git, "w");
    put(&tree.path, "new", "x\n");
    assert!(git.worktree_remove(&tree, "w").unwrap().is_some());
}

/// Objects that were never fetched are named, and no remote helper starts.
#[test]
fn partial_clones_never_fetch() {
    let bed = Bed::new();
    bed.git(&["config", "uploadpack.allowFilter", "true"]);
    bed.write("later.txt", "x\n");
    let later = bed.commit("later");
    let url = format!("file://{}", bed.repo().display());
    let clone = ["clone", "-q", "--filter=blob:none", "--no-checkout", &url, "partial"];
    bed.run(bed.dir.path(), &clone);
    bed.run(&bed.path("partial"), &["config", "remote.origin.uploadpack", "touch FETCHED; false"]);
    let git = Git::discover(&bed.path("partial"), &config()).unwrap();
    match git.resolve("origin/main") {
        Err(error) => assert!(matches!(error, Error::GitTooOld { .. }), "{error}"),
        Ok(found) => {
            assert_eq!(found, Some(later.clone()));
            assert_eq!(git.ls_tree(&later, "").err().map(|e| e.to_string()), None);
            let error = git.export(&later, &bed.path("out")).unwrap_err();
            assert!(error.to_string().contains("read-tree"), "{error}");
            assert_eq!(git.cat(&[format!("{later}:later.txt")]).unwrap(), [None]);
        }
    }
    assert!(!bed.path("FETCHED").exists() && !bed.path("partial/FETCHED").exists());
}

#[test]
fn alternates_are_followed() {
    let bed = Bed::new();
    bed.run(bed.dir.path(), &["clone", "-q", "--shared", "repo", "borrower"]);
    fs::write(bed.path("borrower/.git/objects/info/alternates"), "../../../repo/.git/objects\n")
        .unwrap();
    let git = Git::discover(&bed.path("borrower"), &config()).unwrap();
    assert_eq!(git.resolve("HEAD").unwrap(), Some(bed.head()));
    let expected = [bed.path("borrower/.git/objects"), bed.path("repo/.git/objects")];
    assert_eq!(git.object_dirs().unwrap(), expected);
}

#[test]
fn lfs_and_crypt_are_refused_with_file_and_line() {
    let bed = Bed::new();
    let git = bed.open();
    bed.write("nb/.gitattributes", "# filter=lfs\n*.ipynb filter=nbstripout diff\n");
    let uses = git.check_supported(&bed.commit("nb")).unwrap();
    assert_eq!((uses[0].path.as_slice(), uses[0].line), (&b"nb/.gitattributes"[..], 2));
    assert_eq!(uses[0].filter, "nbstripout");
    bed.write("art/.gitattributes", "\n*.png filter=lfs diff=lfs merge=lfs -text\n");
    bed.git(&["config", "filter.lfs.required", "false"]);
    let error = git.check_supported(&bed.commit("lfs")).unwrap_err();
    insta::assert_snapshot!(error, @"art/.gitattributes:2 uses Git LFS (filter=lfs): agents would see pointers instead of files; run `git lfs migrate export`");
    bed.write("art/.gitattributes", "[attr]secret filter=git-crypt\n");
    assert!(git.check_supported(&bed.commit("crypt")).is_err());
}

#[test]
fn unknown_formats_are_refused_by_name() {
    let bed = Bed::new();
    let set = |key: &str, value: &str| bed.git(&["config", key, value]);
    let refused = || Git::discover(&bed.repo(), &config()).unwrap_err().to_string();
    let config = fs::read(bed.path("repo/.git/config")).unwrap();
    set("core.repositoryformatversion", "1");
    set("extensions.compatObjectFormat", "sha256");
    insta::assert_snapshot!(refused(), @r#"extensions.compatobjectformat = "sha256": this repository format is not known to us; use a clone without it"#);
    fs::write(bed.path("repo/.git/config"), &config).unwrap();
    set("core.repositoryformatversion", "7");
    insta::assert_snapshot!(refused(), @r#"core.repositoryformatversion = "7": this repository format is not known to us; use a clone without it"#);
    fs::write(bed.path("repo/.git/config"), "[core\n").unwrap();
    assert!(refused().contains("config: not a usable git directory: line 2"), "{}", refused());
}

#[test]
fn settings_of_the_worktree_extension_are_seen() {
    let bed = Bed::new();
    bed.git(&["config", "extensions.worktreeConfig", "true"]);
    bed.git(&["config", "--worktree", "core.bare", "true"]);
    assert_eq!(bed.open().main_worktree(), None);
    assert!(bed.open().resolve("HEAD").unwrap().is_some());
}

#[test]
fn git_missing_or_too_old_is_said() {
    let bed = Bed::new();
    let with = |program: &str| {
        let config = Config { program: program.into(), ..config() };
        Git::discover(&bed.repo(), &config).unwrap().resolve("HEAD").unwrap_err()
    };
    insta::assert_snapshot!(with("/nonexistent/git"), @"cannot run /nonexistent/git: No such file or directory (os error 2); install git 2.39 or newer");
    let old = bed.path("old-git");
    fs::write(&old, "#!/bin/sh\necho git version 2.30.2\n").unwrap();
    let mode = std::os::unix::fs::PermissionsExt::from_mode(0o755);
    fs::set_permissions(&old, mode).unwrap();
    insta::assert_snapshot!(with(old.to_str().unwrap()), @"git 2.30 is too old; 2.39 or newer is needed for every operation");
}

#[test]
fn line_endings_follow_the_tree() {
    let bed = Bed::new();
    bed.write(".gitattributes", "*.bat text eol=crlf\n*.ps1 ident\n");
    bed.write("run.bat", "a\r\nb\r\n");
    let head = bed.commit("crlf");
    let git = bed.open();
    git.export(&head, &bed.path("out")).unwrap();
    assert_eq!(fs::read_to_string(bed.path("out/run.bat")).unwrap(), "a\r\nb\r\n");
    let tree = bed.tree(&git, "w");
    assert_eq!(git.snapshot(&tree).unwrap().tree, git.tree_of(&head).unwrap());
    assert!(listing(&git, &head).contains("run.bat"));
}
