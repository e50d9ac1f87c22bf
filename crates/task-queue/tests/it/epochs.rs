//! Epochs never run backwards, also where the last claims were lost with the power.

use leadforge_task_queue::{Backend as _, ClaimOutcome, Lease, Outcome, Store};

use crate::help::{Checkout, World, file, granted, request};

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
