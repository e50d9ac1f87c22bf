//! Leases at the edges of time, tries and quotas, on every backend.

use std::collections::BTreeSet;

use leadforge_task_queue::{
    Backend, ClaimOutcome, ClaimRequest, Error, History, Holder, Life, Liveness as _, Local,
    Memory, Outcome, Quota, Reason, Store, TaskId,
};

use crate::help::{Checkout, World, file, granted, id, queue, refused, request};

fn on_each(case: impl Fn(&dyn Backend, World)) {
    case(&Memory::new(), World::new());
    let dir = tempfile::tempdir().expect("a temporary folder");
    case(&Store::open(&dir.path().join("leadforge")).expect("a store"), World::new());
}

/// A request of a holder that was started in another boot, so that only the wall clock can tell.
fn from_elsewhere(world: &World) -> ClaimRequest<'static> {
    let mut ask = request(world, "s");
    ask.holder = Holder { boot_id: "elsewhere".into(), ..world.holder(1) };
    ask
}

#[test]
fn a_lease_is_good_to_its_last_millisecond() {
    for elsewhere in [false, true] {
        on_each(|backend, mut world| {
            let ask = if elsewhere { from_elsewhere(&world) } else { request(&world, "s") };
            granted(backend.claim(&queue(&[("a", "")]), &ask, &world.now()).expect("a claim"));
            world.pass(ask.ttl_ms);
            assert_eq!(backend.reap(&world.now()).expect("a look"), []);
            world.pass(1);
            assert_eq!(backend.reap(&world.now()).expect("a look").len(), 1);
        });
    }
}

#[test]
fn a_look_at_a_lease_does_not_lengthen_it() {
    on_each(|backend, mut world| {
        let ask = from_elsewhere(&world);
        granted(backend.claim(&queue(&[("a", "")]), &ask, &world.now()).expect("a claim"));
        for _ in 0..4 {
            world.pass(ask.ttl_ms / 4);
            assert_eq!(backend.reap(&world.now()).expect("a look"), []);
        }
        world.pass(1);
        assert_eq!(backend.reap(&world.now()).expect("a look").len(), 1);
    });
}

#[test]
fn an_answer_has_32_reasons_at_most() {
    on_each(|backend, world| {
        let names: Vec<String> = (0..40).map(|n| format!("t{n}")).collect();
        let front = "agents = ['another']\n";
        let files: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), front)).collect();
        let outcome = backend.claim(&queue(&files), &request(&world, "s"), &world.now());
        assert_eq!(refused(outcome.expect("a look")).lines().count(), 32);
    });
}

#[test]
fn tries_up_to_a_release_are_forgiven_and_later_ones_count() {
    on_each(|backend, world| {
        let queue = queue(&[("a", "tries = 1\n")]);
        let tried = |epochs: &[u64]| History {
            epoch: epochs.iter().copied().max().unwrap_or(0),
            tried: epochs.iter().copied().collect(),
            done: 0,
        };
        let claim = |history: &History| {
            let told = |_: &TaskId| -> Result<History, Error> { Ok(history.clone()) };
            let ask = ClaimRequest { history: &told, ..request(&world, "s") };
            backend.claim(&queue, &ask, &world.now()).expect("a look")
        };
        assert!(refused(claim(&tried(&[1, 2]))).starts_with("a "), "both branches are tries");
        backend.release(&id("a"), &tried(&[1, 2])).expect("a release");
        let lease = granted(claim(&tried(&[1, 2])));
        assert_eq!(lease.epoch, 3);
        backend.settle(&lease, Outcome::Returned, &world.now()).expect("in time");
        refused(claim(&tried(&[1, 2, 4])));
    });
}

#[test]
fn what_a_branch_says_is_done_is_not_handed_out_until_it_is_released() {
    let (checkout, world) = (Checkout::new(), World::new());
    checkout.write("pending/a.md", file(""));
    let store = Store::open(&checkout.state()).expect("a store");
    let history = History { epoch: 5, tried: BTreeSet::new(), done: 5 };
    let told = |_: &TaskId| -> Result<History, Error> { Ok(history.clone()) };
    let ask = ClaimRequest { history: &told, ..request(&world, "s") };
    let claim = || store.claim_from(&checkout.root(), &ask, &world.now(), true).expect("a look");
    let ClaimOutcome::Blocked(reasons) = claim() else { panic!("it is done") };
    assert_eq!(reasons, [Reason::Done { task: id("a"), epoch: 5 }]);
    store.release(&id("a"), &history).expect("a release");
    assert_eq!(store.released().expect("a look"), [(id("a"), 5)].into());
    let lease = granted(claim());
    assert_eq!(lease.epoch, 6);
    assert!(store.done().expect("a look").is_empty());
    store.settle(&lease, Outcome::Done, &world.now()).expect("in time");
    assert_eq!(store.done().expect("a look"), [(id("a"), 6)].into());
}

#[test]
fn a_grant_that_is_given_back_is_the_one_that_no_longer_counts() {
    on_each(|backend, mut world| {
        let queue = queue(&[("a", "tries = 9\n")]);
        let begin = world.unix_ms;
        let claim = |world: &World, quota: Option<Quota>| {
            let mut ask = request(world, "s");
            ask.quota = quota;
            backend.claim(&queue, &ask, &world.now()).expect("a look")
        };
        let first = granted(claim(&world, None));
        backend.settle(&first, Outcome::Failed, &world.now()).expect("in time");
        world.pass(1000);
        let second = granted(claim(&world, None));
        backend.settle(&second, Outcome::Returned, &world.now()).expect("in time");
        world.pass(1000);
        let since = |since_ms| Some(Quota { limit: 1, since_ms });
        refused(claim(&world, since(begin)));
        granted(claim(&world, since(begin + 1)));
    });
}

#[test]
fn a_quota_counts_the_grants_of_two_months() {
    on_each(|backend, mut world| {
        let queue = queue(&[("a", "tries = 9\n")]);
        let begin = world.unix_ms;
        for _ in 0..2 {
            let claimed = backend.claim(&queue, &request(&world, "s"), &world.now());
            let lease = granted(claimed.expect("a claim"));
            backend.settle(&lease, Outcome::Failed, &world.now()).expect("in time");
            world.pass(61 * 24 * 3_600_000);
        }
        let quota = Some(Quota { limit: 2, since_ms: begin });
        let ask = ClaimRequest { quota, ..request(&world, "s") };
        refused(backend.claim(&queue, &ask, &world.now()).expect("a look"));
    });
}

#[test]
fn this_machine_tells_its_boot_and_the_time_since() {
    let local = Local::discover().expect("there is /proc");
    let me = local.holder(std::process::id()).expect("we run");
    let boot = std::fs::read_to_string("/proc/sys/kernel/random/boot_id").expect("there is /proc");
    assert!(me.boot_id.ends_with(&format!(".{}", boot.trim())), "{}", me.boot_id);
    let by_time = local.holder_by_time();
    assert_eq!((by_time.boot_id.as_str(), by_time.pid), (me.boot_id.as_str(), 0));
    assert_eq!(local.life(&by_time), Life::Unknown);
    let clock = || {
        let now = rustix::time::clock_gettime(rustix::time::ClockId::Boottime);
        u128::try_from(now.tv_sec).expect("after the boot") * 1000
            + u128::try_from(now.tv_nsec / 1_000_000).expect("a part of a second")
    };
    let before = clock();
    let told = u128::from(local.now(7).boot_ms);
    assert!(before <= told && told <= clock());
    let now = local.now(7);
    let shown = format!("7 (boot {} + {} ms)", me.boot_id, now.boot_ms);
    assert_eq!((now.unix_ms, format!("{now:?}")), (7, shown));
}

#[test]
fn a_late_holder_is_told_why() {
    use leadforge_task_queue::Late;
    let told = |why: Late| Error::Late { task: id("a"), epoch: 3, why }.to_string();
    assert_eq!(told(Late::Gone), "a epoch 3: refused, its lease no longer exists");
    assert_eq!(told(Late::Replaced), "a epoch 3: refused, another session holds the task now");
    assert_eq!(told(Late::Expired), "a epoch 3: refused, its lease has expired");
}
