//! Epochs never run backwards, also where the last claims were lost with the power.

use leadforge_task_queue::{
    Backend as _, ClaimOutcome, ClaimRequest, Error, History, Lease, Memory, Outcome, Store, TaskId,
};

use crate::help::{Checkout, World, file, granted, queue, request};

fn claim(store: &Store, checkout: &Checkout, world: &World) -> Lease {
    let ask = request(world, "s");
    let claimed = store.claim_from(&checkout.root(), &ask, &world.now(), true).expect("a claim");
    assert!(matches!(claimed, ClaimOutcome::Granted(..)), "{claimed:?}");
    granted(claimed)
}

#[test]
fn after_a_power_cut_epochs_go_on_above_those_that_were_lost() {
    let (checkout, mut world) = (Checkout::new(), World::new());
    checkout.write("pending/a.md", file("tries = 9\n"));
    checkout.write("pending/b.md", file("tries = 9\n"));
    let (state, saved) = (checkout.state(), checkout.state().with_file_name("saved"));
    let names = ["queue.db", "queue.db-wal"];
    let store = Store::open(&state).expect("a store");
    let first = claim(&store, &checkout, &world);
    assert_eq!(first.epoch, 1);
    // What a disk holds that lost everything after the first claim.
    std::fs::create_dir_all(&saved).expect("made");
    for name in names {
        std::fs::copy(state.join(name), saved.join(name)).expect("copied");
    }
    let mut last = first;
    for _ in 0..5 {
        store.settle(&last, Outcome::Returned, &world.now()).expect("given back");
        last = claim(&store, &checkout, &world);
    }
    assert_eq!(last.epoch, 6);
    drop(store);
    std::fs::remove_dir_all(&state).expect("removed");
    std::fs::rename(&saved, &state).expect("renamed");
    world.boot_id = "boot2".into();
    world.boot_ms = 0;
    world.pass(3_600_000);
    let store = Store::open(&state).expect("a store");
    let next = claim(&store, &checkout, &world);
    assert!(next.task == last.task && next.epoch > last.epoch, "{next:?} after {last:?}");
    assert!(store.beat(&last, 1, &world.now()).is_err(), "an old holder");
    // Within a boot they are counted one by one again.
    store.settle(&next, Outcome::Returned, &world.now()).expect("given back");
    assert_eq!(claim(&store, &checkout, &world).epoch, next.epoch + 1);
}

#[test]
fn an_epoch_above_the_ceiling_is_synced_before_it_is_granted() {
    let (checkout, world) = (Checkout::new(), World::new());
    checkout.write("pending/a.md", file(""));
    let store = Store::open(&checkout.state()).expect("a store");
    // A log without a name is written to all the same, and can no longer be synced.
    std::fs::remove_file(checkout.state().join("queue.db-wal")).expect("it was there");
    let ask = request(&world, "s");
    store.claim_from(&checkout.root(), &ask, &world.now(), true).expect_err("not synced");
}

#[test]
fn memory_counts_what_must_be_synced_and_a_copy_goes_on_above_what_it_lost() {
    let (queue, mut world) = (queue(&[("a", "tries = 9\n")]), World::new());
    let claim = |backend: &Memory, world: &World| {
        granted(backend.claim(&queue, &request(world, "s"), &world.now()).expect("a claim"))
    };
    let backend = Memory::new();
    assert_eq!(backend.synced(), 0);
    let mut last = claim(&backend, &world);
    let disk = backend.copy();
    for epoch in 2..=17 {
        backend.settle(&last, Outcome::Returned, &world.now()).expect("given back");
        last = claim(&backend, &world);
        assert_eq!((last.epoch, backend.synced()), (epoch, 1), "one sync for sixteen more");
    }
    backend.settle(&last, Outcome::Failed, &world.now()).expect("it failed");
    let above = claim(&backend, &world);
    assert_eq!((above.epoch, backend.synced()), (18, 2));
    backend.settle(&above, Outcome::Done, &world.now()).expect("done");
    assert_eq!(backend.synced(), 3);
    world.boot_id = "boot2".into();
    world.boot_ms = 0;
    world.pass(3_600_000);
    assert_eq!(
        claim(&disk, &world).epoch,
        18,
        "the disk had the ceiling, and no claim but the first"
    );
    let a = last.task;
    assert_eq!(backend.released(&a), 0);
    backend.release(&a, &History::default()).expect("a person lets it be tried again");
    assert_eq!((backend.released(&a), disk.released(&a)), (18, 0));
}

#[test]
fn an_epoch_that_the_database_cannot_hold_is_refused_and_not_cut() {
    let (checkout, world) = (Checkout::new(), World::new());
    checkout.write("pending/a.md", file(""));
    let store = Store::open(&checkout.state()).expect("a store");
    let far = |_: &TaskId| -> Result<History, Error> {
        Ok(History { epoch: i64::MAX.unsigned_abs(), ..History::default() })
    };
    let ask = ClaimRequest { history: &far, ..request(&world, "s") };
    store.claim_from(&checkout.root(), &ask, &world.now(), true).expect_err("no such number");
    assert_eq!(store.leases().expect("leases"), []);
    assert_eq!(claim(&store, &checkout, &world).epoch, 1, "nothing of it stays behind");
}
