//! What a store answers where there is nothing to hand out, where its database is bad at a write, and where it cannot sync.

use leadforge_task_queue::{
    Backend as _, ClaimOutcome, Error, Outcome, Quota, Ready, Reason, Store,
};

use crate::help::{Checkout, World, file, granted, id, no_history, refused, request};

fn ready(
    checkout: &Checkout,
    store: &Store,
    ask: &leadforge_task_queue::ClaimRequest<'_>,
) -> Result<Ready, Error> {
    store.ready(&checkout.root(), 9, ask, &World::new().now(), false)
}

#[test]
fn nothing_to_hand_out_is_told_from_nothing_to_do() {
    let (checkout, world) = (Checkout::new(), World::new());
    let store = Store::open(&checkout.state()).expect("a store");
    let none = ready(&checkout, &store, &request(&world, "")).expect("a look");
    assert_eq!((none.pending, none.reasons, none.tasks.len()), (false, vec![], 0));
    checkout.write("pending/a.md", file(""));
    checkout.write("pending/b.md", file("after = ['a']\n"));
    let named = leadforge_task_queue::ClaimRequest { task: Some(id("b")), ..request(&world, "") };
    let waits = ready(&checkout, &store, &named).expect("a look");
    assert!(waits.pending && waits.tasks.is_empty());
    let told: Vec<String> = waits.reasons.iter().map(ToString::to_string).collect();
    assert_eq!(told, ["b waits for a"]);
    let quota = Some(Quota { limit: 0, since_ms: 0 });
    let spent = leadforge_task_queue::ClaimRequest { quota, ..request(&world, "") };
    let spent = ready(&checkout, &store, &spent).expect("a look");
    assert!(spent.pending && spent.tasks.is_empty());
    assert!(matches!(spent.reasons[..], [Reason::Quota { used: 0, limit: 0, .. }]), "{spent:?}");
}

#[test]
fn a_queue_stays_bad_for_as_long_as_nobody_mends_it() {
    let (checkout, world) = (Checkout::new(), World::new());
    let store = Store::open(&checkout.state()).expect("a store");
    checkout.write("pending/a.md", file("after = ['nobody']\n"));
    checkout.age(3600);
    for _ in 0..3 {
        let error = ready(&checkout, &store, &request(&world, "")).expect_err("nobody is nobody");
        assert!(error.to_string().contains("nobody"), "{error}");
    }
    checkout.write("pending/nobody.md", file(""));
    checkout.age(3600);
    let mended = ready(&checkout, &store, &request(&world, "")).expect("somebody came");
    assert_eq!(mended.tasks.len(), 1);
}

#[test]
fn a_database_that_is_found_bad_by_a_write_is_begun_anew_too() {
    let (checkout, world) = (Checkout::new(), World::new());
    checkout.write("pending/a.md", file(""));
    let store = Store::open(&checkout.state()).expect("a store");
    let ask = request(&world, "s");
    granted(store.claim_from(&checkout.root(), &ask, &world.now(), true).expect("a claim"));
    let other = rusqlite::Connection::open(checkout.state().join("queue.db")).expect("it opens");
    other.execute_batch("DROP TABLE lease").expect("it was there");
    drop(other);
    assert_eq!(store.reap(&world.now()).expect("a new one is begun"), []);
    assert_eq!(store.set_aside().len(), 1);
    granted(store.claim_from(&checkout.root(), &ask, &world.now(), true).expect("a claim"));
}

#[test]
fn only_a_completion_is_synced_before_it_is_acknowledged() {
    for outcome in [Outcome::Done, Outcome::Failed, Outcome::Returned] {
        let (checkout, world) = (Checkout::new(), World::new());
        checkout.write("pending/a.md", file(""));
        let store = Store::open(&checkout.state()).expect("a store");
        let ask = request(&world, "s");
        let claimed = store.claim_from(&checkout.root(), &ask, &world.now(), true);
        let lease = granted(claimed.expect("a claim"));
        // A log without a name is written to all the same, and can no longer be synced.
        std::fs::remove_file(checkout.state().join("queue.db-wal")).expect("it was there");
        let settled = store.settle(&lease, outcome, &world.now());
        assert_eq!(settled.is_err(), outcome == Outcome::Done, "{outcome:?}");
    }
}

#[test]
fn a_task_that_is_known_to_be_done_costs_no_look_at_the_branches() {
    let (checkout, world) = (Checkout::new(), World::new());
    checkout.write("pending/a.md", file(""));
    let store = Store::open(&checkout.state()).expect("a store");
    let asked = std::cell::Cell::new(0);
    let history = |task: &leadforge_task_queue::TaskId| {
        asked.set(asked.get() + 1);
        no_history(task)
    };
    let any = leadforge_task_queue::ClaimRequest { history: &history, ..request(&world, "s") };
    let named = leadforge_task_queue::ClaimRequest { task: Some(id("a")), ..any.clone() };
    let claim = |ask: &leadforge_task_queue::ClaimRequest<'_>| {
        store.claim_from(&checkout.root(), ask, &world.now(), true).expect("a claim")
    };
    let lease = granted(claim(&any));
    store.settle(&lease, Outcome::Done, &world.now()).expect("done");
    let told = "a is done under epoch 1 and not merged here yet";
    for ask in [any, named] {
        asked.set(0);
        assert_eq!((refused(claim(&ask)).as_str(), asked.get()), (told, 0));
    }
}

#[test]
fn a_blocker_that_goes_away_is_missed_at_once() {
    let (checkout, world) = (Checkout::new(), World::new());
    checkout.write("pending/a.md", file(""));
    // Nothing that is handed out comes after the one that goes.
    checkout.write("pending/b.md", file("after = ['a', 'z']\n"));
    checkout.write("pending/z.md", file(""));
    checkout.complete("a", 1);
    checkout.age(3600);
    let store = Store::open(&checkout.state()).expect("a store");
    let ask = request(&world, "");
    assert_eq!(ready(&checkout, &store, &ask).expect("a look").tasks.len(), 1);
    checkout.remove("completed/a.md");
    let error = ready(&checkout, &store, &ask).expect_err("b waits for nobody").to_string();
    assert!(error.contains("after names \"a\", which does not exist"), "{error}");
}

#[test]
fn a_completed_task_whose_pending_file_is_still_there_is_over() {
    let (checkout, world) = (Checkout::new(), World::new());
    checkout.write("pending/a.md", file(""));
    checkout.complete("a", 1);
    checkout.write("pending/a.md", file(""));
    let store = Store::open(&checkout.state()).expect("a store");
    let ask = request(&world, "s");
    let none = ready(&checkout, &store, &ask).expect("a look");
    assert_eq!((none.pending, none.reasons, none.tasks.len()), (false, vec![], 0));
    let claimed = store.claim_from(&checkout.root(), &ask, &world.now(), true);
    assert_eq!(claimed.expect("a look"), ClaimOutcome::Empty);
}
