//! The order of a run, simulated: whatever the world does and in whatever order, the same jobs land on the same bases.

use std::collections::BTreeMap;

use leadforge_agent_dispatch::Settled;
use leadforge_agent_dispatch::machine::{Attempted, Command, Event, JobShape, Machine};
use proptest::prelude::*;

/// How a job behaves, as a pure function of its round: nothing about time is in it.
#[derive(Clone, Debug)]
struct Nature {
    shape: JobShape,
    /// Rounds whose attempts come back red.
    red_rounds: u8,
    /// Rounds whose landing conflicts.
    conflict_rounds: u8,
    /// The slot with the best score.
    best: u8,
}

/// What a history came to.
#[derive(Debug, PartialEq)]
struct End {
    landed: Vec<(usize, u8, String)>,
    outcomes: BTreeMap<usize, Settled>,
    bases: BTreeMap<(usize, u8, u8), String>,
}

/// Plays a run; `pick` decides which of the open commands ends next.
fn play(natures: &[Nature], workers: usize, mut pick: impl FnMut(usize) -> usize) -> End {
    let shapes = natures.iter().map(|n| n.shape.clone()).collect();
    let mut machine = Machine::new("start".into(), "start".into(), shapes, workers);
    let mut end = End { landed: vec![], outcomes: BTreeMap::new(), bases: BTreeMap::new() };
    let mut rounds: BTreeMap<usize, u8> = BTreeMap::new();
    let mut open: Vec<Command> = Vec::new();
    let mut arrived = machine.begin();
    loop {
        for command in arrived.drain(..) {
            match command {
                Command::Settle { job, outcome } => {
                    assert!(end.outcomes.insert(job, outcome).is_none(), "settled twice: {job}");
                }
                Command::Attempt { job, round, slot, ref base, .. } => {
                    let fresh = end.bases.insert((job, round, slot), base.clone()).is_none();
                    assert!(fresh, "the same attempt was asked for twice");
                    rounds.insert(job, round);
                    for on in &natures[job].shape.after {
                        assert!(matches!(end.outcomes.get(on), Some(Settled::Landed { .. })));
                    }
                    open.push(command);
                }
                Command::Land { .. } => {
                    let landing = open.iter().any(|c| matches!(c, Command::Land { .. }));
                    assert!(!landing, "two landings at once");
                    open.push(command);
                }
            }
        }
        let running = open.iter().filter(|c| matches!(c, Command::Attempt { .. })).count();
        assert!(running <= workers, "{running} attempts at once");
        if open.is_empty() {
            break;
        }
        let command = open.remove(pick(open.len()) % open.len());
        arrived = machine.step(match command {
            Command::Attempt { job, round, slot, .. } => {
                let nature = &natures[job];
                let result = if round <= nature.red_rounds {
                    Attempted::Failed { reason: "red".into() }
                } else {
                    Attempted::Verified { score: u64::from(slot != nature.best) }
                };
                Event::Attempted { job, slot, result }
            }
            Command::Land { job, slot, tip } => {
                let (nature, round) = (&natures[job], rounds[&job]);
                if round <= nature.red_rounds + nature.conflict_rounds {
                    Event::Back { job, reason: "conflict".into() }
                } else {
                    let commit = format!("{tip}+{job}");
                    end.landed.push((job, slot, tip));
                    Event::Landed { job, commit }
                }
            }
            Command::Settle { .. } => unreachable!("never kept open"),
        });
    }
    assert!(machine.is_done(), "nothing is open and yet it is not done");
    assert_eq!(end.outcomes.len(), natures.len(), "every job ends");
    end
}

fn natures() -> impl Strategy<Value = Vec<Nature>> {
    let one = (any::<u16>(), any::<u16>(), 1..=3_u8, 1..=3_u8, 0..=2_u8, 0..=2_u8, 1..=3_u8);
    proptest::collection::vec(one, 1..9).prop_map(|list| {
        list.into_iter()
            .enumerate()
            .map(|(at, (after, overlaps, slots, tries, red_rounds, conflict_rounds, best))| {
                let some = |bits: u16| (0..at).filter(|b| bits >> b & 3 == 3).collect();
                Nature {
                    shape: JobShape {
                        after: some(after),
                        overlaps: some(overlaps),
                        slots,
                        tries,
                        ..JobShape::default()
                    },
                    red_rounds,
                    conflict_rounds,
                    best: best.min(slots),
                }
            })
            .collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    /// Neither the number of workers nor who finishes first changes what lands, where, or from which base.
    #[test]
    fn the_end_is_a_function_of_the_queue(
        natures in natures(),
        workers in 1..5_usize,
        picks in proptest::collection::vec(any::<usize>(), 64),
    ) {
        let calm = play(&natures, 1, |_| 0);
        let mut picks = picks.into_iter().cycle();
        let wild = play(&natures, workers, |_| picks.next().unwrap_or(0));
        prop_assert_eq!(calm, wild);
    }

    /// Landing follows the order of the list, tries are kept to, and the best slot is the one that lands.
    #[test]
    fn order_tries_and_slots_are_kept(natures in natures()) {
        let end = play(&natures, 3, |open| open - 1);
        let order: Vec<usize> = end.landed.iter().map(|(job, ..)| *job).collect();
        prop_assert!(order.is_sorted());
        for (job, slot, _) in &end.landed {
            prop_assert_eq!(*slot, natures[*job].best);
        }
        for (at, nature) in natures.iter().enumerate() {
            let needed = nature.red_rounds + nature.conflict_rounds + 1;
            let blocked = matches!(end.outcomes[&at], Settled::Blocked { .. });
            let landed = matches!(end.outcomes[&at], Settled::Landed { .. });
            prop_assert_eq!(landed, !blocked && needed <= nature.shape.tries);
            let rounds = end.bases.keys().filter(|(job, ..)| *job == at).map(|(_, r, _)| *r).max();
            prop_assert!(rounds.unwrap_or(0) <= nature.shape.tries);
        }
    }

    /// A run that is taken up after any number of landings goes on from the same bases to the same end.
    #[test]
    fn a_resumed_run_ends_where_an_uninterrupted_one_does(natures in natures(), cut in any::<usize>()) {
        let whole = play(&natures, 2, |_| 0);
        let cut = cut % (whole.landed.len() + 1);
        let mut tip = "start".to_owned();
        let mut resumed = natures;
        for (job, _, on) in &whole.landed[..cut] {
            tip = format!("{on}+{job}");
            resumed[*job].shape.landed = Some(tip.clone());
        }
        // Whatever failed before the last landing had used up its tries by then.
        if let Some((last, ..)) = whole.landed[..cut].last() {
            for (at, nature) in resumed.iter_mut().enumerate().take(*last) {
                if matches!(whole.outcomes[&at], Settled::Failed { .. }) {
                    nature.shape.used = nature.shape.tries;
                }
            }
        }
        let shapes = resumed.iter().map(|n| n.shape.clone()).collect();
        let mut machine = Machine::new("start".into(), tip, shapes, 2);
        for command in machine.begin() {
            if let Command::Attempt { job, round, slot, base, .. } = command {
                prop_assert_eq!(&base, &whole.bases[&(job, round, slot)]);
            }
        }
    }
}

#[test]
fn an_event_that_nobody_asked_for_is_ignored() {
    let mut machine = Machine::new("start".into(), "start".into(), vec![JobShape::default()], 1);
    machine.begin();
    assert_eq!(machine.step(Event::Landed { job: 0, commit: "forged".into() }), vec![]);
    assert_eq!(machine.step(Event::Back { job: 7, reason: String::new() }), vec![]);
    let stray = Event::Attempted { job: 0, slot: 9, result: Attempted::Verified { score: 0 } };
    assert_eq!(machine.step(stray), vec![]);
    assert_eq!(machine.tip(), "start");
}

#[test]
fn a_queue_recorded_anew_on_top_goes_on_from_the_tip() {
    let landed = JobShape { landed: Some("start+0".into()), ..JobShape::default() };
    let shapes = vec![landed, JobShape { tries: 1, ..JobShape::default() }];
    let mut machine = Machine::new("start".into(), "recorded".into(), shapes, 1);
    let commands = machine.begin();
    let base = commands.iter().find_map(|c| match c {
        Command::Attempt { base, .. } => Some(base.as_str()),
        _ => None,
    });
    assert_eq!(base, Some("recorded"));
}

#[test]
fn a_lease_that_is_lost_at_the_gate_uses_no_try_up() {
    let shapes = vec![
        JobShape { tries: 1, ..JobShape::default() },
        JobShape { after: vec![0], ..JobShape::default() },
    ];
    let mut machine = Machine::new("start".into(), "start".into(), shapes, 1);
    machine.begin();
    let result = Attempted::Verified { score: 0 };
    let land = machine.step(Event::Attempted { job: 0, slot: 1, result });
    assert!(matches!(land[..], [Command::Land { job: 0, .. }]));
    let ends = machine.step(Event::Lost { job: 0, reason: "gone".into() });
    let skipped = Settled::Skipped { reason: "gone".into() };
    let due = [
        Command::Settle { job: 0, outcome: skipped },
        Command::Settle { job: 1, outcome: Settled::Blocked { on: 0 } },
    ];
    assert_eq!(ends, due);
    assert!(machine.is_done());
    assert_eq!(machine.step(Event::Lost { job: 1, reason: String::new() }), vec![]);
}
