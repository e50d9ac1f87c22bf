//! A code host that fails at each call in turn, in each way: nothing is lost, and nothing is said twice.

use std::collections::BTreeSet;

use crate::Repo;
use crate::host::{Fault, Host, State};
use crate::post::{push, with};

const FAULTS: [Fault; 12] = [
    Fault::Says(401),
    Fault::Says(403),
    Fault::Says(404),
    Fault::Says(422),
    Fault::Says(429),
    Fault::Says(500),
    Fault::Says(502),
    Fault::Says(503),
    Fault::Cut,
    Fault::Lost,
    Fault::Gateway,
    Fault::Page,
];

/// Posts with one fault at each call, and with that fault from each call on; gives how many runs there were.
fn at_each_call(repo: &Repo, host: &Host) -> usize {
    let before = host.state(|state| state.clone());
    host.fails(|_, _| None);
    assert_eq!(repo.post(host, &[]).code, 0);
    let calls = host.calls();
    let wanted = host.state(|state| state.clone());
    assert!(!wanted.markers().is_empty());
    let all = repo.post(host, &[]).told();
    let mut runs = 0;
    for at in 0..calls.len() {
        for fault in FAULTS {
            for on in [false, true] {
                let told = format!("{fault:?} at {at} of {calls:?}, from then on: {on}");
                host.state(|state| *state = before.clone());
                host.fails(move |number, _| (number == at || (on && number > at)).then_some(fault));
                let answer = repo.post(host, &["--patience", if on { "0" } else { "9" }]);
                assert!([0, 3].contains(&answer.code), "{told}: {}{}", answer.out, answer.err);
                assert_eq!(answer.told(), all, "{told}");
                let left = answer.json()["data"]["did"]["left"].as_array().unwrap().len();
                assert_eq!(left > 0, answer.code == 3, "{told}: {}", answer.out);
                host.state(|state| {
                    let markers = state.markers();
                    let once: BTreeSet<_> = markers.iter().collect();
                    assert_eq!(once.len(), markers.len(), "said twice: {told}");
                    assert!(state.summaries().len() <= 1, "{told}");
                    if answer.code == 0 {
                        let told_of = |marker| wanted.markers().contains(marker);
                        assert!(markers.iter().all(told_of), "{told}");
                        assert_eq!(state.summaries().len(), 1, "{told}");
                    }
                });
                host.fails(|_, _| None);
                let again = repo.post(host, &[]);
                assert_eq!(again.code, 0, "{told}: {}", again.out);
                host.state(|state| {
                    assert_eq!(state.markers(), wanted.markers(), "{told}");
                    assert_eq!(state.summaries(), wanted.summaries(), "{told}");
                });
                runs += 1;
            }
        }
    }
    runs
}

/// Nothing stands yet, and one line is none that the host knows.
#[test]
fn the_first_post_survives_every_fault_at_every_call() {
    let repo = with(&[("src/a.py", "eval(a)\neval(b)\n"), ("src/b.py", "eval(c)\n")]);
    let host = Host::new(State { outside: ["src/b.py".to_owned()].into(), ..State::new() });
    repo.review(&host);
    let runs = at_each_call(&repo, &host);
    // Nine calls, twelve faults, once and for good.
    assert_eq!(runs, 9 * 12 * 2);
}

/// Comments stand: one is brought up to date, one resolved, one was moved to another file, one is new.
#[test]
fn a_later_post_survives_every_fault_at_every_call() {
    let repo =
        with(&[("src/a.py", "eval(a)\nx = 1\neval(b)\n"), ("src/b.py", "y = 1\neval(c)\nz = 1\n")]);
    let host = Host::new(State::new());
    repo.review(&host);
    assert_eq!(repo.post(&host, &[]).code, 0);
    push(
        &repo,
        &[("src/a.py", "eval(a)\nx = 3\neval(d)\n"), ("src/c.py", "y = 1\neval(c)\nz = 1\n")],
    );
    repo.review(&host);
    let runs = at_each_call(&repo, &host);
    assert_eq!(runs, 11 * 12 * 2);
}
