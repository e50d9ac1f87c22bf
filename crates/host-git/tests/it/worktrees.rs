//! Adding, listing and removing worktrees, also many at once and after a kill.

use std::fs;
use std::path::PathBuf;
use std::thread;

use leadforge_host_git::{Error, Git, NewWorktree};

use crate::bed::{Bed, config};

#[test]
fn add_list_remove() {
    let bed = Bed::new();
    let git = bed.open();
    let tree = bed.tree(&git, "one");
    assert_eq!(tree.branch.as_deref(), Some("lf/one"));
    assert_eq!(fs::read_to_string(tree.path.join("a.txt")).unwrap(), "one\ntwo\nthree\n");
    assert_eq!(bed.run(&tree.path, &["status", "--porcelain=v2", "--branch"]).lines().count(), 2);
    assert_eq!(git.worktrees().unwrap(), std::slice::from_ref(&tree));
    let pointer = fs::read_to_string(tree.path.join(".git")).unwrap();
    assert_eq!(pointer, format!("gitdir: {}\n", tree.git_dir.display()), "no trace of our links");
    assert!(bed.git(&["worktree", "list"]).contains("[lf/one]"), "the user's git knows it too");
    assert!(!bed.git(&["config", "--list"]).contains("branch."), "no tracking set up");
    assert_eq!(git.worktree_remove(&tree, "one").unwrap(), None);
    assert!(!tree.path.exists() && !tree.git_dir.exists());
    assert!(git.worktrees().unwrap().is_empty());
    assert_eq!(git.resolve("lf/one").unwrap(), Some(bed.head()), "the branch stays");
}

#[test]
fn a_detached_one_and_one_on_an_existing_branch() {
    let bed = Bed::new();
    let git = bed.open();
    let at = bed.head();
    let detached = git
        .worktree_add(&NewWorktree { path: bed.path("d"), branch: None, at: at.clone() })
        .unwrap();
    bed.git(&["branch", "there"]);
    let branch = Some("there".to_owned());
    git.worktree_add(&NewWorktree { path: bed.path("t"), branch, at: at.clone() }).unwrap();
    let found = git.worktrees().unwrap();
    assert_eq!(found[0], detached);
    assert_eq!(found[1].branch.as_deref(), Some("there"));
    assert_eq!(found[1].head, Some(at));
}

#[test]
fn branches_that_are_taken() {
    let bed = Bed::new();
    let git = bed.open();
    let (first, second) = (bed.head(), bed.commit("second"));
    bed.git(&["branch", "old", first.as_str()]);
    bed.tree(&git, "w");
    for (branch, at) in [("main", &second), ("lf/w", &second), ("old", &second)] {
        let path = bed.path("refused");
        let new = NewWorktree { path: path.clone(), branch: Some(branch.into()), at: at.clone() };
        let error = git.worktree_add(&new).unwrap_err();
        assert!(matches!(&error, Error::BranchInUse { .. }), "{branch}: {error}");
        assert!(!path.exists());
    }
    fs::create_dir(bed.path("full")).unwrap();
    fs::write(bed.path("full/x"), "").unwrap();
    let new = NewWorktree { path: bed.path("full"), branch: None, at: second };
    assert!(matches!(git.worktree_add(&new), Err(Error::Refused { .. })));
    assert_eq!(git.worktrees().unwrap().len(), 1);
}

#[test]
fn other_peoples_worktrees_are_left_alone() {
    let bed = Bed::new();
    let git = bed.open();
    bed.git(&["worktree", "add", "-q", "-b", "mine", "../mine"]);
    let mine = git.worktrees().unwrap().remove(0);
    assert!(!mine.ours);
    assert!(matches!(git.worktree_remove(&mine, "x"), Err(Error::NotOurs { .. })));
    let main = git.main_checkout().unwrap().unwrap();
    assert!(matches!(git.worktree_remove(&main, "x"), Err(Error::NotOurs { .. })));
    let ours = bed.tree(&git, "ours");
    let crossed = leadforge_host_git::Worktree { path: bed.repo(), ..ours };
    assert!(matches!(git.worktree_remove(&crossed, "x"), Err(Error::NotOurs { .. })));
    assert!(mine.path.join("a.txt").exists() && bed.repo().join("a.txt").exists());
}

#[test]
fn threads_with_a_repository_each_never_meet_a_lock() {
    let bed = Bed::new();
    let at = bed.head();
    thread::scope(|scope| {
        for worker in 0..16 {
            let (bed, at) = (&bed, &at);
            scope.spawn(move || {
                let git = Git::discover(&bed.repo(), &config()).unwrap();
                for n in 0..5 {
                    let name = format!("w{worker}-{n}");
                    let branch = Some(format!("lf/{name}"));
                    let new = NewWorktree { path: bed.path(&name), branch, at: at.clone() };
                    let tree = git.worktree_add(&new).unwrap();
                    assert!(tree.path.join("src/lib.rs").exists());
                    if n == 4 {
                        git.worktree_remove(&tree, &name).unwrap();
                    }
                }
            });
        }
    });
    assert_eq!(bed.open().worktrees().unwrap().len(), 64);
    assert_eq!(bed.open().refs("refs/heads/lf/").unwrap().len(), 80);
}

/// What is on disk when a process dies at each step of adding, and what only looks like it.
#[test]
fn what_a_kill_leaves_is_swept_and_the_users_is_not() {
    let bed = Bed::new();
    let git = bed.open();
    let tmp = bed.path("repo/.git/leadforge/tmp");
    let note = |n: usize, name: &str, path: PathBuf| {
        let folder = tmp.join(format!("1-{n}"));
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join(name), path.as_os_str().as_encoded_bytes()).unwrap();
        fs::write(folder.with_extension("lock"), "").unwrap();
    };
    let kept = bed.tree(&git, "kept");
    note(1, "adding", kept.path.clone());
    let half = bed.tree(&git, "half");
    fs::write(half.git_dir.join("leadforge"), "adding 1-2\n").unwrap();
    note(2, "adding", half.path.clone());
    let unmarked = bed.tree(&git, "unmarked");
    fs::remove_file(unmarked.git_dir.join("leadforge")).unwrap();
    fs::write(unmarked.git_dir.join("locked"), "initializing").unwrap();
    note(3, "adding", unmarked.path.clone());
    fs::create_dir(bed.path("bare")).unwrap();
    note(4, "adding", bed.path("bare"));
    fs::create_dir(bed.path("full")).unwrap();
    fs::write(bed.path("full/x"), "").unwrap();
    note(5, "adding", bed.path("full"));
    let new = NewWorktree { path: git.state_dir().join("gone"), branch: None, at: bed.head() };
    let gone = git.worktree_add(&new).unwrap();
    fs::remove_dir_all(&gone.path).unwrap();
    let half_removed = bed.tree(&git, "half-removed");
    fs::remove_dir_all(&half_removed.path).unwrap();
    note(6, "removing", half_removed.git_dir.clone());
    let not_yet_removed = bed.tree(&git, "not-yet-removed");
    note(7, "removing", not_yet_removed.git_dir.clone());
    bed.git(&["worktree", "add", "-q", "-b", "users", "../users"]);
    fs::remove_dir_all(bed.path("users")).unwrap();

    let removed = git.sweep().unwrap();
    let mut expected: Vec<_> = (1..8).map(|n| tmp.join(format!("1-{n}"))).collect();
    expected.extend([half.git_dir, unmarked.git_dir, gone.git_dir, bed.path("bare")]);
    expected.push(half_removed.git_dir);
    expected.sort();
    assert_eq!(removed, expected);
    assert!(!half.path.exists() && !unmarked.path.exists() && bed.path("full/x").exists());
    let left: Vec<_> = git.worktrees().unwrap().into_iter().map(|t| (t.path, t.missing)).collect();
    let users = (bed.path("users"), true);
    assert_eq!(left, [(kept.path, false), (not_yet_removed.path, false), users]);
    assert_eq!(fs::read_dir(tmp).unwrap().count(), 0);
    assert!(git.sweep().unwrap().is_empty());
}

#[test]
fn half_a_worktree_is_removed_without_a_rescue() {
    let bed = Bed::new();
    let git = bed.open();
    let tree = bed.tree(&git, "w");
    fs::write(tree.git_dir.join("leadforge"), "adding 999-9\n").unwrap();
    fs::remove_file(tree.path.join("a.txt")).unwrap();
    assert_eq!(git.worktree_remove(&tree, "w").unwrap(), None);
    assert!(!tree.path.exists() && git.refs("refs/leadforge/").unwrap().is_empty());
}

#[test]
fn a_link_in_the_folders_place_is_not_followed() {
    let bed = Bed::new();
    let git = bed.open();
    let tree = bed.tree(&git, "w");
    fs::remove_dir_all(&tree.path).unwrap();
    std::os::unix::fs::symlink(bed.repo(), &tree.path).unwrap();
    assert!(git.snapshot(&tree).is_err());
    assert_eq!(git.worktree_remove(&tree, "w").unwrap(), None);
    assert!(!tree.path.is_symlink() && bed.repo().join("a.txt").exists());
}

#[test]
fn the_users_git_may_remove_the_folder_of_worktrees_meanwhile() {
    let bed = Bed::new();
    let git = bed.open();
    git.refs("").unwrap();
    fs::remove_dir(bed.path("repo/.git/worktrees")).unwrap();
    bed.tree(&git, "w");
    bed.git(&["worktree", "remove", "../w"]);
    assert!(git.worktrees().unwrap().is_empty());
}

#[test]
fn the_worktree_for_a_branch_is_found_without_the_lock() {
    for init in [&[][..], &["--ref-format=reftable"][..]] {
        let bed = Bed::with(init);
        let git = bed.open();
        assert_eq!(git.worktree_for("lf/w").unwrap(), None);
        let tree = bed.tree(&git, "w");
        bed.tree(&git, "w2");
        assert_eq!(git.worktree_for("lf/w").unwrap(), Some(tree.clone()));
        bed.run(&tree.path, &["checkout", "-q", "--detach"]);
        bed.run(&tree.path, &["commit", "-q", "--allow-empty", "-m", "floating"]);
        let elsewhere = git.worktree_for("lf/w").unwrap().expect("the same folder");
        assert_eq!((&elsewhere.path, &elsewhere.branch), (&tree.path, &None));
        assert_ne!(elsewhere.head, tree.head);
        bed.git(&["worktree", "add", "-q", "-b", "theirs", "../theirs"]);
        assert_eq!(git.worktree_for("theirs").unwrap(), None, "it is not ours");
        git.worktree_remove(&tree, "w").unwrap();
        assert_eq!(git.worktree_for("lf/w").unwrap(), None);
    }
    let bed = Bed::new();
    let git = bed.open();
    let tree = bed.tree(&git, "w");
    let lock = git.state_dir().join("worktrees.lock");
    let _held = leadforge_durable_fs::Lock::exclusive(&lock, std::time::Duration::ZERO).unwrap();
    assert_eq!(git.worktree_for("lf/w").unwrap(), Some(tree), "nobody is waited for");
}

#[test]
fn what_says_that_a_branch_is_held_is_read_or_told() {
    let bed = Bed::new();
    let git = bed.open();
    let state = bed.path("repo/.git/rebase-merge");
    let name = state.join("head-name");
    let held = || git.main_checkout().map(|main| main.unwrap().held);
    std::os::unix::fs::symlink(&state, &state).unwrap();
    let error = held().unwrap_err().to_string();
    assert!(error.contains("head-name"), "a disk that fails is not a rebase that ended: {error}");
    fs::remove_file(&state).unwrap();
    fs::create_dir_all(&name).unwrap();
    assert!(matches!(held(), Err(Error::BadLayout { path, .. }) if path == name), "a folder");
    fs::remove_dir(&name).unwrap();
    fs::write(&name, vec![b'x'; (1 << 20) + 1]).unwrap();
    assert!(matches!(held(), Err(Error::BadLayout { path, .. }) if path == name), "too large");
    fs::write(&name, b"refs/heads/main\n\xff\n").unwrap();
    assert_eq!(held().unwrap(), ["main"], "bytes that are no text hide nothing");
}

#[test]
fn a_branch_in_a_rebase_or_a_bisection_is_held() {
    let bed = Bed::new();
    bed.commit("second");
    bed.commit("third");
    bed.git(&["branch", "other"]);
    let git = bed.open();
    let at = bed.head();
    // A rebase that stops at once, and one that carries a second branch along.
    let edit = ["-c", "sequence.editor=sed -i 1s/pick/edit/"];
    bed.git(&[&edit[..], &["rebase", "-q", "-i", "--update-refs", "HEAD~2"]].concat());
    let main = git.main_checkout().unwrap().unwrap();
    assert_eq!(
        (main.branch.as_deref(), main.holds("main"), main.holds("other")),
        (None, true, true)
    );
    for branch in ["main", "other"] {
        let refused = git.delete_branch(branch, &at);
        assert!(matches!(refused, Err(Error::BranchInUse { .. })), "{refused:?}");
    }
    bed.git(&["rebase", "--abort"]);
    let at = bed.head();
    // The same in a linked worktree, by bisection.
    let path = bed.path("linked").display().to_string();
    bed.git(&["worktree", "add", "-q", "-b", "topic", &path]);
    bed.run(&bed.path("linked"), &["bisect", "start", "HEAD", "HEAD~2"]);
    let linked = git.worktrees().unwrap().remove(0);
    assert_eq!(
        (linked.branch.as_deref(), linked.held.as_slice()),
        (None, &["topic".to_owned()][..])
    );
    assert!(matches!(git.delete_branch("topic", &at), Err(Error::BranchInUse { .. })));
    let new = NewWorktree { path: bed.path("again"), branch: Some("topic".into()), at };
    assert!(matches!(git.worktree_add(&new), Err(Error::BranchInUse { .. })));
    bed.run(&bed.path("linked"), &["bisect", "reset"]);
    assert!(git.worktrees().unwrap()[0].held.is_empty());
}

#[test]
fn a_folder_that_cannot_be_looked_at_is_not_taken_for_absent() {
    let bed = Bed::new();
    let git = bed.open();
    let at = bed.head();
    let (folder, aside) = (bed.path("disk"), bed.path("aside"));
    let new = NewWorktree { path: folder.join("tree"), branch: Some("lf/x".into()), at };
    let tree = git.worktree_add(&new).unwrap();
    fs::write(tree.path.join("work.txt"), "unsaved").unwrap();
    // A link to itself answers every look with an error, also to root, as a disk that fails does.
    fs::rename(&folder, &aside).unwrap();
    std::os::unix::fs::symlink(&folder, &folder).unwrap();
    for ended in [
        git.sweep().map(drop),
        git.worktree_for("lf/x").map(drop),
        git.worktrees().map(drop),
        git.rescue(&tree, "x/1").map(drop),
        git.worktree_remove(&tree, "x/1").map(drop),
    ] {
        let error = ended.unwrap_err();
        assert!(error.to_string().contains(folder.to_str().unwrap()), "{error}");
    }
    fs::remove_file(&folder).unwrap();
    fs::rename(&aside, &folder).unwrap();
    assert_eq!(git.worktrees().unwrap(), std::slice::from_ref(&tree));
    assert_eq!(fs::read_to_string(tree.path.join("work.txt")).unwrap(), "unsaved");
}
