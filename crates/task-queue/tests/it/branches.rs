//! Epochs that are read from a repository's branches, and the processes of this machine.

use std::path::Path;

use leadforge_task_queue::{Branches, Life, Liveness as _, Local, TaskId};

use crate::help::id;

fn put(common: &Path, name: &str) {
    let path = common.join(name);
    std::fs::create_dir_all(path.parent().expect("it has one")).expect("folders");
    std::fs::write(path, "0000000000000000000000000000000000000001\n").expect("a ref");
}

#[test]
fn loose_and_packed_branches_count_together() {
    let dir = tempfile::tempdir().expect("a folder");
    let common = dir.path();
    for name in ["lf/a/3", "lf/a/007", "lf/a/x", "lf/a/-5", "lf/b/1", "main", "lf/plain"] {
        put(common, &format!("refs/heads/{name}"));
    }
    let packed = "# pack-refs with: peeled fully-peeled sorted \n\
        1111111111111111111111111111111111111111 refs/heads/lf/a/12\n\
        1111111111111111111111111111111111111111 refs/heads/lf/a/3\n\
        ^2222222222222222222222222222222222222222\n\
        1111111111111111111111111111111111111111 refs/heads/lf/a/12/deeper\n\
        1111111111111111111111111111111111111111 refs/tags/lf/a/99\n\
        1111111111111111111111111111111111111111 refs/leadforge/done/a/7\n\
        1111111111111111111111111111111111111111 refs/leadforge/rescue/d/9\n\
        1111111111111111111111111111111111111111 refs/heads/lf/c/9007199254740992\n\
        1111111111111111111111111111111111111111 refs/heads/lf/c/18446744073709551615\n";
    std::fs::write(common.join("packed-refs"), packed).expect("written");
    let branches = Branches::new(common);
    let of = |name: &str| branches.history(&id(name)).expect("read");
    assert_eq!((of("a").epoch, of("a").tried), (12, [3, 12].into()));
    assert_eq!(of("b").epoch, 1);
    assert_eq!(of("c").epoch, 0, "no number that could be counted on");
    assert_eq!((of("a").done, of("b").done), (7, 0));
    assert_eq!(
        (of("d").epoch, of("d").tried.len()),
        (9, 0),
        "saved work is no try, and no epoch comes twice"
    );
    assert_eq!((of("plain").epoch, of("none").epoch), (0, 0));
}

#[test]
fn names_that_the_caller_lists_count_the_same() {
    let names =
        ["refs/heads/lf/a/3", "refs/heads/lf/a/12", "refs/leadforge/done/a/12", "refs/heads/main"];
    let branches = Branches::of_names(names);
    let history = branches.history(&id("a")).expect("nothing is read");
    assert_eq!((history.epoch, history.tried, history.done), (12, [3, 12].into(), 12));
    assert_eq!(branches.history(&id("b")).expect("nothing is read").epoch, 0);
}

#[test]
fn a_repository_without_such_branches_has_no_history() {
    let dir = tempfile::tempdir().expect("a folder");
    assert_eq!(Branches::new(dir.path()).history(&id("a")).expect("read").epoch, 0);
    std::fs::create_dir_all(dir.path().join("reftable")).expect("a folder");
    put(dir.path(), "refs/heads/lf/a/3");
    assert_eq!(Branches::new(dir.path()).history(&id("a")).expect("read").epoch, 0);
    let file = tempfile::tempdir().expect("a folder");
    std::fs::write(file.path().join("reftable"), "").expect("a file");
    put(file.path(), "refs/heads/lf/a/3");
    assert_eq!(Branches::new(file.path()).history(&id("a")).expect("read").epoch, 3);
    let plain = tempfile::tempdir().expect("a folder");
    put(plain.path(), "refs/heads/lf");
    let history = Branches::new(plain.path()).history(&TaskId::derived("x")).expect("read");
    assert_eq!(history.epoch, 0);
}

#[test]
fn the_highest_epoch_is_one_that_can_be_counted_on() {
    let highest = (1 << 53) - 1;
    let name = |number: u64| format!("refs/heads/lf/a/{number}");
    let branches = Branches::of_names([name(highest), name(highest + 1)]);
    assert_eq!(branches.history(&id("a")).expect("nothing is read").epoch, highest);
}

#[test]
fn refs_that_cannot_be_read_are_no_empty_history() {
    let looped = |name: &str| {
        let dir = tempfile::tempdir().expect("a folder");
        let path = dir.path().join(name);
        std::fs::create_dir_all(path.parent().expect("it has one")).expect("folders");
        std::os::unix::fs::symlink(path.file_name().expect("it has one"), &path).expect("a link");
        Branches::new(dir.path()).history(&id("a")).map(|history| history.epoch)
    };
    for name in ["refs/heads/lf", "packed-refs"] {
        let error = looped(name).expect_err("it leads to itself");
        assert!(error.to_string().contains(name), "{error}");
    }
    let dir = tempfile::tempdir().expect("a folder");
    let file = std::fs::File::create(dir.path().join("packed-refs")).expect("a file");
    file.set_len((256 << 20) + 1).expect("a hole");
    let error = Branches::new(dir.path()).history(&id("a")).expect_err("it is too large");
    assert!(error.to_string().contains("packed refs"), "{error}");
}

#[test]
fn refs_that_cannot_be_looked_at_are_an_error() {
    let dir = tempfile::tempdir().expect("a folder");
    put(dir.path(), "refs/heads/lf/a/3");
    // Looking through it fails, as it does on a bad disk: the epoch must not run backwards for it.
    std::os::unix::fs::symlink("reftable", dir.path().join("reftable")).expect("a link");
    let error = Branches::new(dir.path()).history(&id("a")).expect_err("not readable");
    assert!(error.to_string().contains("reftable: cannot look at the refs"), "{error}");
}

#[test]
fn this_process_lives_and_others_do_not() {
    let local = Local::discover().expect("there is /proc");
    assert_eq!(local.holder(u32::MAX), None, "no process id is so high");
    let me = local.holder(std::process::id()).expect("we run");
    let stat = std::fs::read_to_string("/proc/self/stat").expect("there is /proc");
    let behind_the_name = stat.rsplit(')').next().expect("it has a name");
    let start = behind_the_name.split_ascii_whitespace().nth(19).expect("the 22nd field");
    assert_eq!(me.pid_start.to_string(), start);
    assert_eq!(local.life(&me), Life::Alive);
    let mut other = me.clone();
    other.pid_start += 1;
    assert_eq!(local.life(&other), Life::Dead, "the process id was used again");
    let (machine, _) = me.boot_id.split_once('.').expect("machine and boot");
    let reboot = leadforge_task_queue::Holder { boot_id: format!("{machine}.other"), ..me.clone() };
    assert_eq!(local.life(&reboot), Life::Dead);
    let elsewhere = leadforge_task_queue::Holder { boot_id: "other.other".into(), ..me.clone() };
    assert_eq!(local.life(&elsewhere), Life::Unknown);
    let space = leadforge_task_queue::Holder { space: "pid:[1]".into(), ..me };
    assert_eq!(local.life(&space), Life::Unknown);
    assert_eq!(local.life(&local.holder_by_time()), Life::Unknown);
    let mut child = std::process::Command::new("true").spawn().expect("it starts");
    let holder = local.holder(child.id());
    let id = child.id();
    // Until it is waited for it is a zombie, which is as dead.
    while local.holder(id).is_some() {
        std::thread::yield_now();
    }
    if let Some(holder) = holder {
        assert_eq!(local.life(&holder), Life::Dead);
    }
    child.wait().expect("it ended");
    assert!(local.now(5).boot_ms > 0);
}
