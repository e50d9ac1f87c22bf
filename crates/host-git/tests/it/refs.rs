//! Resolving, listing and moving refs.

use leadforge_host_git::{Error, Expected, RefUpdate};

use crate::bed::{Bed, oid};

fn update(name: &str, new: Option<&leadforge_host_git::Oid>, old: Option<Expected>) -> RefUpdate {
    RefUpdate { name: name.into(), new: new.cloned(), old }
}

#[test]
fn expressions_resolve_or_are_absent() {
    let bed = Bed::new();
    let git = bed.open();
    let head = bed.head();
    bed.git(&["tag", "-a", "-m", "t", "v1"]);
    for spec in ["HEAD", "main", "refs/heads/main", "v1", "v1^{commit}", head.short(8), "HEAD^0"] {
        assert_eq!(git.resolve(spec).unwrap().as_ref(), Some(&head), "{spec}");
    }
    for spec in [
        "nope",
        "--all",
        "HEAD~5",
        "main:a.txt",
        ":/zzz",
        "@{u}",
        "",
        "-",
        "a b",
        "HEAD\n",
        "^HEAD",
        "HEAD@{99}",
        "HEAD:../x",
    ] {
        assert_eq!(git.resolve(spec).unwrap(), None, "{spec:?}");
    }
    assert!(git.resolve("a\0b").is_err());
    assert_eq!(git.tree_of(&head).unwrap(), oid(&bed.git(&["rev-parse", "HEAD^{tree}"])));
    let absent = oid(&"1".repeat(40));
    assert!(matches!(git.tree_of(&absent), Err(Error::MissingObject { .. })));
}

#[test]
fn damage_is_an_error_and_not_absence() {
    let bed = Bed::new();
    let git = bed.open();
    let head = bed.head();
    let file = bed.path("repo/.git/objects").join(&head.as_str()[..2]).join(&head.as_str()[2..]);
    std::fs::remove_file(&file).unwrap();
    std::fs::write(&file, "garbage").unwrap();
    let error = git.resolve("main").unwrap_err();
    assert!(matches!(error, Error::Command { .. }), "{error}");
}

#[test]
fn a_transaction_moves_all_or_nothing() {
    let bed = Bed::new();
    let git = bed.open();
    let first = bed.head();
    let second = bed.commit("second");
    git.update_refs(&[
        update("refs/heads/lf/a", Some(&first), Some(Expected::Missing)),
        update("refs/leadforge/x", Some(&second), None),
    ])
    .unwrap();
    assert_eq!(git.refs("refs/heads/lf/").unwrap(), [("refs/heads/lf/a".into(), first.clone())]);
    let error = git
        .update_refs(&[
            update("refs/leadforge/x", None, None),
            update("refs/heads/lf/a", Some(&second), Some(Expected::At(second.clone()))),
        ])
        .unwrap_err();
    assert!(matches!(&error, Error::RefMoved { line } if line.contains("lf/a")), "{error}");
    assert_eq!(git.refs("refs/leadforge/").unwrap().len(), 1, "nothing of it happened");
    let error = git
        .update_refs(&[update("refs/heads/lf/a", Some(&second), Some(Expected::Missing))])
        .unwrap_err();
    assert!(matches!(error, Error::RefMoved { .. }), "{error}");
    let error =
        git.update_refs(&[update("refs/heads/no", None, Some(Expected::At(first.clone())))]);
    assert!(matches!(error, Err(Error::RefMoved { .. })), "{error:?}");
    git.update_refs(&[update("refs/heads/lf/a", None, Some(Expected::At(first)))]).unwrap();
    assert!(git.refs("refs/heads/lf/").unwrap().is_empty());
}

#[test]
fn packed_refs_are_read_and_rewritten_in_place() {
    let bed = Bed::new();
    let git = bed.open();
    git.update_refs(&[update("refs/heads/lf/a", Some(&bed.head()), None)]).unwrap();
    bed.git(&["pack-refs", "--all", "--prune"]);
    git.update_refs(&[update("refs/heads/lf/a", None, None)]).unwrap();
    assert_eq!(git.refs("").unwrap().len(), 1);
    assert_eq!(bed.git(&["for-each-ref", "--format=%(refname)"]), "refs/heads/main");
    let packed = bed.path("repo/.git/packed-refs");
    assert!(std::fs::symlink_metadata(packed).unwrap().is_file());
}

#[test]
fn names_that_are_no_refs_are_refused() {
    let bed = Bed::new();
    let git = bed.open();
    let head = bed.head();
    for name in [
        "HEAD",
        "refs/heads",
        "heads/x",
        "refs/heads/",
        "refs/heads/a b",
        "refs/heads/a..b",
        "refs/heads/.a",
        "refs/heads/a.lock",
        "refs/heads/a\nb",
        "refs/../config",
        "refs/heads/a\\b",
        "refs/heads/@{x",
        "refs/heads//x",
    ] {
        let error = git.update_refs(&[update(name, Some(&head), None)]);
        assert!(matches!(error, Err(Error::Refused { .. })), "{name}: {error:?}");
    }
    assert!(git.refs("--all").is_err());
}

#[test]
fn a_symbolic_branch_is_replaced_not_followed() {
    let bed = Bed::new();
    let git = bed.open();
    let main = bed.head();
    let side = bed.commit("side");
    bed.git(&["symbolic-ref", "refs/heads/alias", "refs/heads/main"]);
    git.update_refs(&[update("refs/heads/alias", Some(&main), None)]).unwrap();
    assert_eq!(git.resolve("main").unwrap(), Some(side));
}

#[test]
fn a_lock_that_stays_is_named() {
    let bed = Bed::new();
    let git = bed.open();
    let lock = bed.path("repo/.git/refs/heads/main.lock");
    std::fs::write(&lock, "").unwrap();
    let error = git.update_refs(&[update("refs/heads/main", Some(&bed.head()), None)]).unwrap_err();
    assert!(matches!(&error, Error::Locked { line, .. } if line.contains("main.lock")), "{error}");
    assert!(lock.exists(), "another's lock is left alone");
}

#[test]
fn a_lock_that_a_killed_git_left_on_our_refs_is_removed() {
    let bed = Bed::new();
    let git = bed.open();
    let head = bed.head();
    for name in ["refs/heads/lf/a", "refs/leadforge/deep/er"] {
        let lock = bed.path("repo/.git").join(format!("{name}.lock"));
        std::fs::create_dir_all(lock.parent().unwrap()).unwrap();
        std::fs::write(&lock, "").unwrap();
        git.update_refs(&[update(name, Some(&head), Some(Expected::Missing))]).unwrap();
        assert!(!lock.exists());
    }
    std::fs::write(bed.path("repo/.git/refs/heads/lf/w.lock"), "").unwrap();
    assert_eq!(bed.tree(&git, "w").branch.as_deref(), Some("lf/w"));
    // A branch that moves together with a ref of ours is ours too.
    let lock = bed.path("repo/.git/refs/heads/landing.lock");
    std::fs::write(&lock, "").unwrap();
    let landing = update("refs/heads/landing", Some(&head), Some(Expected::Missing));
    git.update_refs(&[landing, update("refs/leadforge/run/landing", Some(&head), None)]).unwrap();
    assert!(!lock.exists());
}

#[test]
fn a_lock_left_on_the_packed_refs_is_removed_when_no_git_is_about() {
    let bed = Bed::new();
    let git = bed.open();
    let head = bed.head();
    git.update_refs(&[update("refs/heads/lf/a", Some(&head), None)]).unwrap();
    bed.git(&["pack-refs", "--all"]);
    let lock = bed.path("repo/.git/packed-refs.lock");
    std::fs::write(&lock, "").unwrap();
    bed.git(&["worktree", "add", "-q", "--detach", "../linked"]);
    let gone = [update("refs/heads/lf/a", None, None)];
    for folder in ["repo", "linked"] {
        // A git of the user's that waits for its input stands in the repository.
        let mut busy = std::process::Command::new("git")
            .args(["hash-object", "--stdin"])
            .current_dir(bed.path(folder))
            .stdin(std::process::Stdio::piped())
            .stdout(std::process::Stdio::null())
            .spawn()
            .unwrap();
        let ended = git.update_refs(&gone);
        drop(busy.stdin.take());
        busy.wait().unwrap();
        let named = |line: &str| line.contains("packed-refs");
        assert!(
            matches!(&ended, Err(Error::Locked { line, .. }) if named(line)),
            "{folder}: {ended:?}"
        );
        assert!(lock.exists(), "it may be that git's");
    }
    git.update_refs(&gone).unwrap();
    assert!(!lock.exists());
    assert_eq!(git.resolve("lf/a").unwrap(), None);
}

#[test]
fn ancestors() {
    let bed = Bed::new();
    let git = bed.open();
    let base = bed.head();
    let left = bed.commit("left");
    bed.git(&["checkout", "-q", "-b", "right", base.as_str()]);
    let right = bed.commit("right");
    bed.git(&["checkout", "-q", "--orphan", "other"]);
    let other = bed.commit("other");
    assert_eq!(git.merge_base(&left, &right).unwrap(), Some(base.clone()));
    assert_eq!(git.merge_base(&left, &other).unwrap(), None);
    assert!(git.is_ancestor(&base, &left).unwrap());
    assert!(git.is_ancestor(&left, &left).unwrap());
    assert!(!git.is_ancestor(&left, &base).unwrap());
    assert!(git.is_ancestor(&oid(&"1".repeat(40)), &left).is_err());
}

#[test]
fn branches_in_use_are_not_deleted() {
    let bed = Bed::new();
    let git = bed.open();
    let head = bed.head();
    let error = git.delete_branch("main", &head).unwrap_err();
    assert!(matches!(error, Error::BranchInUse { .. }), "{error}");
    bed.tree(&git, "w");
    assert!(matches!(git.delete_branch("lf/w", &head), Err(Error::BranchInUse { .. })));
    bed.git(&["branch", "free"]);
    let other = oid(&"1".repeat(40));
    assert!(matches!(git.delete_branch("free", &other), Err(Error::RefMoved { .. })));
    git.delete_branch("free", &head).unwrap();
    assert_eq!(git.resolve("free").unwrap(), None);
}
