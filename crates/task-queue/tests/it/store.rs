//! The index of files, and a database that may be lost at any moment.

use std::time::{Duration, SystemTime};

use insta::assert_snapshot;
use leadforge_task_queue::{Backend as _, ClaimOutcome, Error, Outcome, Ready, Store};

use crate::help::{Checkout, World, file, granted, id, refused, request, set_time};

/// A checkout, its store, and the moment in which a test asks.
struct Bench {
    checkout: Checkout,
    store: Store,
    world: World,
}

impl Bench {
    fn new(files: &[(&str, &str)]) -> Self {
        let checkout = Checkout::new();
        for (name, front) in files {
            checkout.write(&format!("pending/{name}.md"), file(front));
        }
        checkout.age(3600);
        let store = Store::open(&checkout.state()).expect("a store");
        Self { checkout, store, world: World::new() }
    }

    fn ready_with(&self, fresh: bool) -> Result<Ready, Error> {
        let ask = request(&self.world, "");
        self.store.ready(&self.checkout.root(), 20, &ask, &self.world.now(), fresh)
    }

    fn ready(&self) -> String {
        names(&self.ready_with(false).unwrap_or_else(|error| panic!("{error}")))
    }

    fn fresh(&self) -> String {
        names(&self.ready_with(true).unwrap_or_else(|error| panic!("{error}")))
    }

    fn claim(&self) -> ClaimOutcome {
        let ask = request(&self.world, "s");
        self.store
            .claim_from(&self.checkout.root(), &ask, &self.world.now(), false)
            .expect("a claim")
    }

    fn fault(&self) -> String {
        self.ready_with(false).expect_err("the queue is bad").to_string()
    }
}

fn names(ready: &Ready) -> String {
    ready.tasks.iter().map(|task| task.id.as_str()).collect::<Vec<_>>().join(" ")
}

#[test]
fn ready_is_ordered_limited_and_explained() {
    let bench = Bench::new(&[
        ("a", "priority = 'P3'\n"),
        ("b", "priority = 'P0'\nafter = ['a', 'c']\n"),
        ("c", "touches = ['c/**']\n"),
        ("d", "touches = ['c/d']\nagents = ['agent', 'other']\n"),
        ("e", "agents = ['other']\n"),
    ]);
    assert_eq!(bench.ready(), "c d a");
    let ask = request(&bench.world, "");
    let one = bench.store.ready(&bench.checkout.root(), 1, &ask, &bench.world.now(), false);
    assert_eq!(names(&one.expect("ready")), "c");
    assert_eq!(granted(bench.claim()).task, id("c"));
    let ready = bench.ready_with(false).expect("ready");
    assert_eq!(names(&ready), "a");
    let reasons: Vec<String> = ready.reasons.iter().map(ToString::to_string).collect();
    assert_snapshot!(reasons.join("\n"), @r#"
    c is being done by agent
    d would change what c is changing: c/d
    e is for other only
    "#);
    assert_eq!(granted(bench.claim()).task, id("a"));
    assert_snapshot!(refused(bench.claim()), @r#"
    c is being done by agent
    d would change what c is changing: c/d
    e is for other only
    a is being done by agent
    b waits for a, c
    "#);
}

#[test]
fn completing_unblocks() {
    let bench = Bench::new(&[("a", ""), ("b", "after = ['a']\n"), ("c", "after = ['a', 'b']\n")]);
    assert_eq!(bench.ready(), "a");
    bench.checkout.complete("a", 1);
    assert_eq!(bench.ready(), "b");
    bench.checkout.complete("b", 1);
    assert_eq!(bench.ready(), "c");
    bench.checkout.complete("c", 1);
    let ready = bench.ready_with(false).expect("ready");
    assert!(ready.tasks.is_empty() && !ready.pending);
    assert_eq!(bench.claim(), ClaimOutcome::Empty);
}

#[test]
fn files_that_come_and_go_are_seen_at_once() {
    let bench = Bench::new(&[("a", "")]);
    assert_eq!(bench.ready(), "a");
    bench.checkout.write("pending/b.md", file("priority = 'P1'\n"));
    assert_eq!(bench.ready(), "b a");
    bench.checkout.remove("pending/a.md");
    assert_eq!(bench.ready(), "b");
}

#[test]
fn a_branch_switch_is_seen_at_once() {
    let bench = Bench::new(&[("a", ""), ("b", "")]);
    assert_eq!(bench.ready(), "a b");
    let other = Bench::new(&[("c", ""), ("d", "priority = 'P0'\n")]);
    let switch = |from: &Checkout| {
        let docs = bench.checkout.dir.path().join("docs");
        std::fs::remove_dir_all(&docs).expect("removed");
        std::fs::rename(from.dir.path().join("docs"), &docs).expect("renamed");
    };
    switch(&other.checkout);
    assert_eq!(bench.ready(), "d c");
}

#[test]
fn what_is_handed_out_is_read_again() {
    let bench = Bench::new(&[("a", ""), ("b", "")]);
    assert_eq!(bench.ready(), "a b");
    // An edit in place leaves the folder's time as it was.
    bench.checkout.write("pending/b.md", file("priority = 'P0'\n"));
    assert_eq!(bench.ready(), "b a");
    let task = match bench.claim() {
        ClaimOutcome::Granted(_, task) => task,
        other => panic!("{other:?}"),
    };
    assert_eq!(task.priority, leadforge_task_queue::Priority::P0);
}

#[test]
fn an_edit_that_leaves_size_time_and_inode_is_read_again_when_handed_out() {
    let bench = Bench::new(&[("a", "priority = 'P1'\n"), ("b", "")]);
    assert_eq!(bench.ready(), "a b");
    let path = bench.checkout.path("pending/a.md");
    let time = std::fs::metadata(&path).and_then(|m| m.modified()).expect("a time");
    bench.checkout.write("pending/a.md", file("priority = 'P3'\n"));
    set_time(&path, time);
    assert_eq!(bench.ready(), "b a");
}

#[test]
fn a_blocker_that_is_no_longer_done_blocks_again() {
    let bench = Bench::new(&[("a", ""), ("b", "after = ['a']\n")]);
    bench.checkout.complete("a", 1);
    bench.checkout.age(3600);
    assert_eq!(bench.ready(), "b");
    // In place, so that no folder changes.
    let path = bench.checkout.path("completed/a.md");
    let text = std::fs::read_to_string(&path).expect("text");
    std::fs::write(&path, text.replace("[done]", "[undone]")).expect("written");
    assert_snapshot!(bench.fault(), @r#"
    docs/TASKS/queue/completed/a.md:1: a completed task has no evidence ([done]); expected the table that the landing gate writes; move the file back to pending/
    "#);
    std::fs::write(&path, text).expect("written");
    assert_eq!(bench.ready(), "b");
}

#[test]
fn other_edits_in_place_are_seen_after_a_minute_or_at_once_with_fresh() {
    let files = [("a", "priority = 'P0'\n"), ("b", "after = ['a']\n"), ("c", "after = ['a']\n")];
    let mut bench = Bench::new(&files);
    assert_eq!(bench.ready(), "a");
    bench.checkout.write("pending/b.md", file("priority = 'P0'\n"));
    assert_eq!(bench.ready(), "a", "the folder looks as before");
    bench.world.pass(60_000);
    assert_eq!(bench.ready(), "a");
    bench.world.pass(1);
    assert_eq!(bench.ready(), "a b");
    bench.checkout.write("pending/c.md", file("priority = 'P0'\n"));
    assert_eq!(bench.ready(), "a b");
    assert_eq!(bench.fresh(), "a b c");
    // A clock that was set back cannot say how old the index is.
    bench.checkout.write("pending/c.md", file("priority = 'P0'\nafter = ['a']\n"));
    bench.world.unix_ms -= 1000;
    assert_eq!(bench.ready(), "a b");
}

#[test]
fn a_folder_as_young_as_the_index_is_looked_at_again() {
    let bench = Bench::new(&[("a", "priority = 'P0'\n"), ("b", "after = ['a']\n")]);
    let pending = bench.checkout.path("pending");
    let now = SystemTime::now();
    set_time(&pending, now);
    assert_eq!(bench.ready(), "a");
    // Another file in the same tick of the file system's clock: the folder looks the same.
    bench.checkout.write("pending/c.md", file("priority = 'P0'\n"));
    set_time(&pending, now);
    assert_eq!(bench.ready(), "a c");
    // On a file system that counts whole seconds the tick is longer.
    let seconds = now.duration_since(SystemTime::UNIX_EPOCH).expect("after 1970").as_secs();
    let whole = SystemTime::UNIX_EPOCH + Duration::from_secs(seconds);
    set_time(&pending, whole);
    assert_eq!(bench.ready(), "a c");
    bench.checkout.write("pending/d.md", file("priority = 'P0'\n"));
    set_time(&pending, whole);
    assert_eq!(bench.ready(), "a c d");
}

#[test]
fn a_file_as_young_as_the_index_is_read_again_at_the_next_look() {
    let mut bench = Bench::new(&[("a", "priority = 'P0'\n"), ("b", "after = ['a']\n")]);
    let path = bench.checkout.path("pending/b.md");
    let now = SystemTime::now();
    set_time(&path, now);
    assert_eq!(bench.ready(), "a");
    // The same second, the same length, the same file.
    bench.checkout.write("pending/b.md", file("tries = 99999\n").replace("99999", "   99"));
    assert_eq!(std::fs::metadata(&path).expect("it").len(), file("after = ['a']\n").len() as u64);
    set_time(&path, now);
    bench.world.pass(60_001);
    assert_eq!(bench.ready(), "a b");
}

#[test]
fn bad_queues_are_refused_until_they_are_mended() {
    let bench = Bench::new(&[("a", ""), ("b", "after = ['a']\n")]);
    assert_eq!(bench.ready(), "a");
    bench.checkout.write("pending/c.md", "no task\n");
    assert_snapshot!(bench.fault(), @r#"
    docs/TASKS/queue/pending/c.md:1: there is no front matter; expected a first line that is exactly '+++'; begin the file with it
    "#);
    let ask = request(&bench.world, "s");
    let claim = bench.store.claim_from(&bench.checkout.root(), &ask, &bench.world.now(), false);
    assert!(matches!(claim, Err(Error::Queue(_))));
    bench.checkout.write("pending/c.md", file("after = ['nobody']\n"));
    assert_snapshot!(bench.fault(), @r#"
    docs/TASKS/queue/pending/c.md:3: after names "nobody", which does not exist; expected the id of a task in pending/ or completed/; correct or remove the entry
    "#);
    bench.checkout.write("pending/c.md", file("after = ['b']\n"));
    bench.checkout.write("pending/a.md", file("after = ['c']\n"));
    assert_snapshot!(bench.fault(), @r#"
    docs/TASKS/queue/pending/a.md:3: the task waits for itself: a after c after b after a; expected an order in which each can be done; remove one of these references
    "#);
    bench.checkout.write("pending/a.md", file(""));
    assert_eq!(bench.ready(), "a");
    bench.checkout.complete("a", 1);
    bench.checkout.write("pending/a.md", file("priority = 'P0'\n"));
    assert_snapshot!(bench.fault(), @r#"
    docs/TASKS/queue/pending/a.md:1: docs/TASKS/queue/completed/a.md has this id too; expected one file for each id; remove or rename one of them
    "#);
    bench.checkout.write("pending/a.md", file(""));
    assert_eq!(bench.ready(), "b", "the completed copy wins");
    std::os::unix::fs::symlink("b.md", bench.checkout.path("pending/d.md")).expect("a link");
    assert_snapshot!(bench.fault(), @r#"
    docs/TASKS/queue/pending/d.md:1: it is a symbolic link; expected a plain file; replace it by the file itself
    "#);
    bench.checkout.remove("pending/d.md");
    let (from, to) = (bench.checkout.path("completed"), bench.checkout.dir.path().join("moved"));
    std::fs::rename(&from, &to).expect("renamed");
    std::os::unix::fs::symlink(&to, &from).expect("a link");
    assert_snapshot!(bench.fault(), @r#"
    docs/TASKS/queue/completed:1: it is a symbolic link or no folder; expected a folder of the repository itself; replace it by a folder
    "#);
}

#[test]
fn what_is_done_on_a_branch_is_not_handed_out_again() {
    let bench = Bench::new(&[("a", ""), ("b", "after = ['a']\n")]);
    let lease = granted(bench.claim());
    bench.store.settle(&lease, Outcome::Done, &bench.world.now()).expect("settled");
    assert_snapshot!(refused(bench.claim()), @r#"
    a is done under epoch 1 and not merged here yet
    b waits for a
    "#);
    bench.checkout.complete("a", 1);
    assert_eq!(granted(bench.claim()).task, id("b"));
    // Seen as completed, and reverted later: it is open again, and its epoch goes on.
    bench.checkout.remove("completed/a.md");
    bench.checkout.write("pending/a.md", file(""));
    let again = granted(bench.claim());
    assert_eq!((again.task, again.epoch), (id("a"), 2));
}

#[test]
fn epochs_go_on_from_a_completed_file_when_the_database_is_lost() {
    let bench = Bench::new(&[("a", "")]);
    bench.checkout.complete("a", 9);
    assert_eq!(bench.ready(), "");
    bench.checkout.remove("completed/a.md");
    bench.checkout.write("pending/a.md", file(""));
    assert_eq!(granted(bench.claim()).epoch, 10);
}

#[test]
fn a_named_task_is_claimed_or_explained_from_the_index() {
    let bench = Bench::new(&[("a", ""), ("b", "after = ['a', 'c']\n"), ("c", "")]);
    bench.checkout.complete("c", 1);
    let claim = |name: &str| {
        let mut ask = request(&bench.world, "s");
        ask.task = Some(id(name));
        bench.store.claim_from(&bench.checkout.root(), &ask, &bench.world.now(), false)
    };
    assert_eq!(refused(claim("b").expect("an answer")), "b waits for a");
    assert_eq!(refused(claim("c").expect("an answer")), "c is completed");
    assert!(matches!(claim("z"), Err(Error::NoSuchTask(_))));
    assert_eq!(granted(claim("a").expect("an answer")).task, id("a"));
}

#[test]
fn two_queues_can_share_a_database() {
    let (one, two) = (Bench::new(&[("a", "")]), Bench::new(&[("b", "")]));
    assert_eq!(one.ready(), "a");
    let ask = request(&one.world, "");
    let ready = one.store.ready(&two.checkout.root(), 9, &ask, &one.world.now(), false);
    assert_eq!(names(&ready.expect("ready")), "b");
    assert_eq!(one.ready(), "a");
}

#[test]
fn a_broken_database_is_set_aside_and_begun_anew() {
    type Damage = fn(&std::path::Path);
    let damages: [(&str, Damage); 4] = [
        ("no database", |path| {
            std::fs::write(path, b"this is no database at all, ".repeat(99)).expect("w");
        }),
        ("torn pages", |path| {
            let mut bytes = std::fs::read(path).expect("r");
            let length = bytes.len();
            bytes[4096..length].fill(0xA5);
            std::fs::write(path, bytes).expect("w");
        }),
        ("another version", |path| {
            let mut bytes = std::fs::read(path).expect("r");
            bytes[60..64].copy_from_slice(&99_u32.to_be_bytes());
            std::fs::write(path, bytes).expect("w");
        }),
        ("cut short", |path| {
            let bytes = std::fs::read(path).expect("r");
            std::fs::write(path, &bytes[..5000]).expect("w");
        }),
    ];
    for (what, damage) in damages {
        let bench = Bench::new(&[("a", "")]);
        let first = granted(bench.claim());
        let path = bench.checkout.state().join("queue.db");
        let Bench { checkout, store, world } = bench;
        drop(store);
        for suffix in ["-wal", "-shm"] {
            // What was not written back is lost along with the file.
            let wal = checkout.state().join(format!("queue.db{suffix}"));
            if suffix == "-wal" && what != "no database" {
                write_back(&path);
            }
            let _ = std::fs::remove_file(wal);
        }
        damage(&path);
        let store = Store::open(&checkout.state()).unwrap_or_else(|e| panic!("{what}: {e}"));
        let bench = Bench { checkout, store, world };
        assert_eq!(bench.ready(), "a", "{what}");
        assert!(bench.store.settle(&first, Outcome::Done, &bench.world.now()).is_err(), "{what}");
        let aside = bench.store.set_aside();
        assert_eq!(aside.len(), 1, "{what}: {aside:?}");
        assert!(aside[0].0.ends_with("queue.db.corrupt-1") && aside[0].0.exists(), "{what}");
    }
}

/// Moves what is in the write-ahead log into the database, as `sqlite3` would.
fn write_back(path: &std::path::Path) {
    let connection = rusqlite::Connection::open(path).expect("it opens");
    connection
        .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))
        .expect("it is written back");
}

#[test]
fn a_database_that_goes_away_under_an_open_store_is_begun_anew() {
    let bench = Bench::new(&[("a", "")]);
    let lease = granted(bench.claim());
    for suffix in ["", "-wal", "-shm"] {
        let path = bench.checkout.state().join(format!("queue.db{suffix}"));
        std::fs::remove_file(path).expect("it was there");
    }
    assert!(bench.store.beat(&lease, 1, &bench.world.now()).is_err());
    assert_eq!(bench.store.leases().expect("leases"), []);
    assert_eq!(bench.ready(), "a");
    let other = Store::open(&bench.checkout.state()).expect("a store");
    assert_eq!(granted(bench.claim()).epoch, 1);
    assert_eq!(other.leases().expect("leases").len(), 1, "both see the new one");
}

#[test]
fn stores_of_two_processes_see_each_other() {
    let bench = Bench::new(&[("a", ""), ("b", "")]);
    let other = Store::open(&bench.checkout.state()).expect("a store");
    let lease = granted(bench.claim());
    assert_eq!(other.leases().expect("leases"), std::slice::from_ref(&lease));
    other.settle(&lease, Outcome::Failed, &bench.world.now()).expect("settled");
    assert_eq!(bench.store.leases().expect("leases"), []);
}

#[test]
fn a_set_aside_that_was_killed_half_way_is_finished_by_who_comes_next() {
    let bench = Bench::new(&[("a", ""), ("b", "")]);
    granted(bench.claim());
    let state = bench.checkout.state();
    write_back(&state.join("queue.db"));
    let last = granted(bench.claim());
    let Bench { checkout, store, world } = bench;
    drop(store);
    // The database has gone, and what belongs to it has not yet; an older one had been set aside before.
    std::fs::write(state.join("queue.db.corrupt-1"), "older").expect("written");
    std::fs::write(state.join("queue.db.corrupt-1-wal"), "older").expect("written");
    std::fs::rename(state.join("queue.db"), state.join("queue.db.corrupt-2")).expect("renamed");
    let log = std::fs::read(state.join("queue.db-wal")).expect("the log");
    let store = Store::open(&state).expect("a store");
    assert_eq!(store.leases().expect("leases"), [], "none is believed of what is left");
    assert!(store.beat(&last, 1, &world.now()).is_err());
    let aside: Vec<_> = store.set_aside().into_iter().map(|(path, _)| path).collect();
    assert_eq!(aside, [state.join("queue.db.corrupt-2")], "it is told");
    let moved = std::fs::read(state.join("queue.db.corrupt-2-wal")).expect("it was moved along");
    assert!(moved == log && !moved.is_empty());
    let older = std::fs::read(state.join("queue.db.corrupt-1-wal")).expect("the older one");
    assert_eq!(older, b"older", "nothing that was set aside is replaced");
    let again = Store::open(&checkout.state()).expect("a store");
    assert_eq!(again.set_aside(), [], "once is enough");
}
