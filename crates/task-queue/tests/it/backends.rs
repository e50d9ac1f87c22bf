//! The contract of a backend, one suite for all of them.

use leadforge_task_queue::{
    Backend, ClaimOutcome, Error, History, Late, Lease, Memory, Outcome, Queue, Quota, Store,
    TaskId,
};

use crate::help::{World, granted, id, queue, refused, request};

/// Runs one case of the contract on every backend.
fn on_each(case: impl Fn(&dyn Backend, World)) {
    case(&Memory::new(), World::new());
    let dir = tempfile::tempdir().expect("a temporary folder");
    let store = Store::open(&dir.path().join("git/leadforge")).expect("a store");
    case(&store, World::new());
    assert_eq!(store.set_aside(), []);
}

fn two() -> Queue {
    queue(&[("a", "touches = ['src/a/**']\n"), ("b", "touches = ['src/b/**']\nafter = ['a']\n")])
}

fn late(result: Result<impl std::fmt::Debug, Error>) -> Late {
    match result.expect_err("it is late") {
        Error::Late { why, .. } => why,
        other => panic!("not late: {other}"),
    }
}

#[test]
fn a_claim_gives_the_first_task_and_keeps_it() {
    on_each(|backend, world| {
        let queue = two();
        let lease = granted(backend.claim(&queue, &request(&world, "s1"), &world.now()).unwrap());
        assert_eq!((lease.task.as_str(), lease.slot, lease.epoch), ("a", 0, 1));
        assert_eq!(lease.expires_ms, world.unix_ms + 600_000);
        let second = backend.claim(&queue, &request(&world, "s2"), &world.now()).unwrap();
        assert_eq!(refused(second), "a is being done by agent\nb waits for a");
        assert_eq!(backend.leases().unwrap(), [lease]);
        let none = Queue::default();
        let outcome = backend.claim(&none, &request(&world, "s3"), &world.now()).unwrap();
        assert_eq!(outcome, ClaimOutcome::Empty);
    });
}

#[test]
fn epochs_only_grow() {
    on_each(|backend, mut world| {
        let queue = two();
        for epoch in 1..5 {
            let lease =
                granted(backend.claim(&queue, &request(&world, "s"), &world.now()).unwrap());
            assert_eq!(lease.epoch, epoch);
            backend.settle(&lease, Outcome::Returned, &world.now()).unwrap();
            world.pass(1);
        }
        let floor = |_: &TaskId| Ok(History { epoch: 41, ..History::default() });
        let ask = leadforge_task_queue::ClaimRequest { history: &floor, ..request(&world, "s") };
        let lease = granted(backend.claim(&queue, &ask, &world.now()).unwrap());
        assert_eq!(lease.epoch, 42);
        backend.settle(&lease, Outcome::Returned, &world.now()).unwrap();
        let lease = granted(backend.claim(&queue, &request(&world, "s"), &world.now()).unwrap());
        assert_eq!(lease.epoch, 43);
    });
}

#[test]
fn a_late_finisher_is_refused() {
    on_each(|backend, mut world| {
        let queue = two();
        let first = granted(backend.claim(&queue, &request(&world, "s1"), &world.now()).unwrap());
        let forged = Lease { session: "guess".into(), ..first.clone() };
        assert_eq!(late(backend.settle(&forged, Outcome::Done, &world.now())), Late::Replaced);
        let forged = Lease { epoch: 9, ..first.clone() };
        assert_eq!(late(backend.beat(&forged, 1, &world.now())), Late::Replaced);

        world.pass(600_001);
        assert_eq!(late(backend.beat(&first, 600_000, &world.now())), Late::Expired);
        assert_eq!(late(backend.settle(&first, Outcome::Done, &world.now())), Late::Expired);
        let second = granted(backend.claim(&queue, &request(&world, "s2"), &world.now()).unwrap());
        assert_eq!(second.epoch, 2);
        assert_eq!(late(backend.settle(&first, Outcome::Done, &world.now())), Late::Replaced);
        backend.settle(&second, Outcome::Done, &world.now()).unwrap();
        assert_eq!(late(backend.settle(&second, Outcome::Done, &world.now())), Late::Gone);
    });
}

#[test]
fn a_dead_holder_frees_its_task_at_once_and_a_living_one_never() {
    on_each(|backend, mut world| {
        let queue = two();
        world.alive.borrow_mut().insert(1);
        let lease = granted(backend.claim(&queue, &request(&world, "s1"), &world.now()).unwrap());
        world.pass(400 * 24 * 3_600_000);
        assert_eq!(backend.reap(&world.now()).unwrap(), []);
        let second = backend.claim(&queue, &request(&world, "s2"), &world.now()).unwrap();
        assert!(refused(second).starts_with("a is being done"));
        assert_eq!(backend.beat(&lease, 5, &world.now()).unwrap().expires_ms, world.unix_ms + 5);

        world.alive.borrow_mut().clear();
        world.dead.borrow_mut().insert(1);
        let mut other = request(&world, "s3");
        other.holder = world.holder(2);
        assert_eq!(granted(backend.claim(&queue, &other, &world.now()).unwrap()).epoch, 2);
        assert_eq!(late(backend.settle(&lease, Outcome::Done, &world.now())), Late::Replaced);
    });
}

#[test]
fn reap_ends_what_is_over_and_says_so() {
    on_each(|backend, mut world| {
        let queue = queue(&[("a", ""), ("b", ""), ("c", "")]);
        for pid in 1..4 {
            let mut ask = request(&world, &format!("s{pid}"));
            ask.holder = world.holder(pid);
            granted(backend.claim(&queue, &ask, &world.now()).unwrap());
        }
        world.dead.borrow_mut().insert(2);
        world.alive.borrow_mut().insert(3);
        let tasks = |leases: Vec<Lease>| leases.into_iter().map(|l| l.task).collect::<Vec<_>>();
        assert_eq!(tasks(backend.reap(&world.now()).unwrap()), [id("b")]);
        world.pass(600_001);
        assert_eq!(tasks(backend.reap(&world.now()).unwrap()), [id("a")]);
        assert_eq!(tasks(backend.leases().unwrap()), [id("c")]);
    });
}

#[test]
fn clocks_that_jump_give_nothing_back_and_take_nothing_away() {
    on_each(|backend, mut world| {
        let queue = two();
        // The boot's own clock decides on this machine, whatever the other one says.
        let lease = granted(backend.claim(&queue, &request(&world, "s1"), &world.now()).unwrap());
        let day = 24 * 3_600_000;
        world.unix_ms += 400 * day;
        assert!(backend.beat(&lease, 600_000, &world.now()).is_ok());
        world.unix_ms -= 800 * day;
        world.boot_ms += 600_001;
        assert_eq!(late(backend.settle(&lease, Outcome::Done, &world.now())), Late::Expired);
        assert_eq!(backend.reap(&world.now()).unwrap().len(), 1);

        // Of another machine only the common clock is known: set back, nothing lasts longer.
        let mut far = request(&world, "s2");
        far.holder.boot_id = "elsewhere".into();
        let lease = granted(backend.claim(&queue, &far, &world.now()).unwrap());
        world.unix_ms -= 400 * day;
        assert_eq!(backend.reap(&world.now()).unwrap(), []);
        world.unix_ms += 600_001;
        assert_eq!(late(backend.beat(&lease, 1, &world.now())), Late::Expired);
        assert_eq!(backend.reap(&world.now()).unwrap().len(), 1);
        world.unix_ms -= 600_001;
        assert_eq!(late(backend.beat(&lease, 1, &world.now())), Late::Gone);
    });
}

#[test]
fn a_beat_from_another_boot_does_not_set_this_ones_clock() {
    on_each(|backend, mut world| {
        let queue = two();
        let lease = granted(backend.claim(&queue, &request(&world, "s1"), &world.now()).unwrap());
        // Brought to a machine that was started a year ago, and from one of just now.
        let (here, boot_ms) = (world.boot_id.clone(), world.boot_ms);
        for elsewhere in [365 * 24 * 3_600_000, 5] {
            world.boot_id = "elsewhere".into();
            world.boot_ms = elsewhere;
            assert!(backend.beat(&lease, 600_000, &world.now()).is_ok());
            world.boot_id.clone_from(&here);
            world.boot_ms = boot_ms + 3_600_000;
            assert_eq!(backend.reap(&world.now()).unwrap(), [], "it was heard of just now");
        }
        world.pass(600_001);
        assert_eq!(late(backend.settle(&lease, Outcome::Done, &world.now())), Late::Expired);
        assert_eq!(backend.reap(&world.now()).unwrap().len(), 1, "and then it is over");
    });
}

#[test]
fn what_overlaps_a_running_task_waits() {
    on_each(|backend, world| {
        let queue = queue(&[
            ("a", "touches = ['src/**']\n"),
            ("b", "touches = ['src/b.rs']\n"),
            ("c", "touches = ['docs/**']\nresources = ['port:1']\n"),
            ("d", "resources = ['port:1']\n"),
            ("e", ""),
        ]);
        let claim = |exclusive: bool| {
            let mut ask = request(&world, "s");
            ask.unknown_exclusive = exclusive;
            backend.claim(&queue, &ask, &world.now()).unwrap()
        };
        assert_eq!(granted(claim(false)).task, id("a"));
        assert_eq!(granted(claim(false)).task, id("c"));
        // Neither `d` nor `e` says what it changes; alone, they would have to wait for `a`.
        let waiting = refused(claim(true));
        assert_eq!(
            waiting,
            "a is being done by agent\n\
             b would change what a is changing: src/b.rs\n\
             c is being done by agent\n\
             d and a cannot run together: what they change is not known\n\
             e and a cannot run together: what they change is not known"
        );
        assert_eq!(granted(claim(false)).task, id("e"));
    });
}

#[test]
fn attempts_fill_slots_and_tries_end() {
    on_each(|backend, world| {
        let queue = queue(&[("a", "attempts = 3\ntries = 1\n")]);
        let claim = || backend.claim(&queue, &request(&world, "s"), &world.now()).unwrap();
        let leases: Vec<Lease> = (0..3).map(|_| granted(claim())).collect();
        let slots: Vec<(u8, u64)> = leases.iter().map(|l| (l.slot, l.epoch)).collect();
        assert_eq!(slots, [(0, 1), (1, 2), (2, 3)]);
        assert_eq!(refused(claim()), "a is being done by agent, agent, agent");
        backend.settle(&leases[1], Outcome::Returned, &world.now()).unwrap();
        let again = granted(claim());
        assert_eq!((again.slot, again.epoch), (1, 4));
        for lease in [&leases[0], &again, &leases[2]] {
            backend.settle(lease, Outcome::Failed, &world.now()).unwrap();
        }
        assert_eq!(refused(claim()), "a has failed 3 times and waits for its release");
        backend.release(&id("a"), &History::default()).unwrap();
        assert_eq!(granted(claim()).epoch, 5);
    });
}

#[test]
fn tries_are_counted_from_branches_when_the_database_is_lost() {
    on_each(|backend, world| {
        let queue = queue(&[("a", "")]);
        let kept = |_: &TaskId| Ok(History { epoch: 7, tried: [4, 7].into(), done: 0 });
        let ask = leadforge_task_queue::ClaimRequest { history: &kept, ..request(&world, "s") };
        let claim = || backend.claim(&queue, &ask, &world.now()).unwrap();
        assert_eq!(refused(claim()), "a has failed 2 times and waits for its release");
        backend.release(&id("a"), &kept(&id("a")).unwrap()).unwrap();
        let lease = granted(claim());
        assert_eq!(lease.epoch, 8);
        assert_eq!(refused(claim()), "a is being done by agent");
    });
}

#[test]
fn the_branch_of_a_running_attempt_is_no_failure() {
    on_each(|backend, world| {
        let queue = queue(&[("a", "attempts = 2\ntries = 1\n")]);
        let first = granted(backend.claim(&queue, &request(&world, "s"), &world.now()).unwrap());
        let kept = |_: &TaskId| Ok(History { epoch: 5, tried: [1, 5].into(), done: 0 });
        let ask = leadforge_task_queue::ClaimRequest { history: &kept, ..request(&world, "t") };
        let second = granted(backend.claim(&queue, &ask, &world.now()).unwrap());
        assert_eq!((second.slot, second.epoch), (1, 6));
        backend.settle(&first, Outcome::Failed, &world.now()).unwrap();
        let third = backend.claim(&queue, &ask, &world.now()).unwrap();
        assert_eq!(refused(third), "a has failed 2 times and waits for its release");
    });
}

#[test]
fn quotas_hold_over_a_window() {
    on_each(|backend, mut world| {
        let queue = queue(&[("a", ""), ("b", ""), ("c", ""), ("d", "agents = ['other']\n")]);
        let begun = world.unix_ms;
        let claim = |world: &World, since_ms, at_once| {
            let mut ask = request(world, "s");
            ask.quota = Some(Quota { limit: 2, since_ms });
            ask.at_once = at_once;
            backend.claim(&queue, &ask, &world.now()).unwrap()
        };
        let first = granted(claim(&world, begun, None));
        assert_eq!(
            refused(claim(&world, begun, Some(1))),
            "agent works on 1 tasks, as many as it may at once"
        );
        let second = granted(claim(&world, begun, None));
        let full = "agent has had 2 of 2 tasks in this window";
        assert_eq!(refused(claim(&world, begun, None)), full);
        // What is given back is not used; what failed or was done is.
        backend.settle(&second, Outcome::Returned, &world.now()).unwrap();
        backend.settle(&first, Outcome::Failed, &world.now()).unwrap();
        granted(claim(&world, begun, None));
        assert_eq!(refused(claim(&world, begun, None)), full);
        world.pass(10);
        granted(claim(&world, begun + 1, None));
    });
}

#[test]
fn a_named_task_is_claimed_or_explained() {
    on_each(|backend, world| {
        let queue = queue(&[("a", ""), ("b", "after = ['a']\n"), ("c", "agents = ['other']\n")]);
        let claim = |name: &str| {
            let mut ask = request(&world, "s");
            ask.task = Some(id(name));
            backend.claim(&queue, &ask, &world.now())
        };
        assert_eq!(refused(claim("b").unwrap()), "b waits for a");
        assert_eq!(refused(claim("c").unwrap()), "c is for other only");
        assert!(matches!(claim("z"), Err(Error::NoSuchTask(_))));
        assert_eq!(granted(claim("a").unwrap()).task, id("a"));
    });
}

#[test]
fn threads_share_a_backend() {
    on_each(|backend, world| {
        let names: Vec<String> = (0..40).map(|n| format!("t{n}")).collect();
        let files: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "")).collect();
        let (queue, now) = (queue(&files), world.unix_ms);
        let tasks: Vec<TaskId> = std::thread::scope(|scope| {
            let work = |n: u32| {
                let (queue, boot) = (&queue, "boot1");
                move || {
                    let life = |_: &_| leadforge_task_queue::Life::Unknown;
                    let now = leadforge_task_queue::Now {
                        unix_ms: now,
                        boot_id: boot,
                        boot_ms: 0,
                        liveness: &life,
                    };
                    let world = World::new();
                    let claim = |turn: u32| {
                        let ask = request(&world, &format!("s{n}.{turn}"));
                        granted(backend.claim(queue, &ask, &now).unwrap()).task
                    };
                    (0..10).map(claim).collect::<Vec<_>>()
                }
            };
            let threads: Vec<_> = (0..4).map(|n| scope.spawn(work(n))).collect();
            threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
        });
        let distinct: std::collections::BTreeSet<_> = tasks.iter().collect();
        assert_eq!((tasks.len(), distinct.len()), (40, 40));
    });
}

#[test]
fn who_asks_whether_it_holds_a_lease_changes_nothing() {
    on_each(|backend, mut world| {
        let lease = granted(backend.claim(&two(), &request(&world, "s"), &world.now()).unwrap());
        world.pass(600_000);
        backend.holds(&lease, &world.now()).expect("to the last moment");
        assert_eq!(backend.leases().unwrap(), std::slice::from_ref(&lease));
        let other = Lease { session: "t".into(), ..lease.clone() };
        assert_eq!(late(backend.holds(&other, &world.now())), Late::Replaced);
        world.pass(1);
        assert_eq!(late(backend.holds(&lease, &world.now())), Late::Expired);
        backend.reap(&world.now()).unwrap();
        assert_eq!(late(backend.holds(&lease, &world.now())), Late::Gone);
    });
}
