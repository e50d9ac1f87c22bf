//! What a new session makes of the branches that an earlier one left.

use leadforge_agent_dispatch::Job;
use leadforge_agent_dispatch::recovery::{BY_HAND, Branch, Found, Mark, Outcome, Recovery, Seen};

const RUN: &str = "leadforge/run";

fn job(slots: u8) -> Job {
    Job { id: "lf-a".into(), attempts: slots, tries: 3, ..Job::default() }
}

fn mark(epoch: u64, (round, slot): (u8, u8), outcome: Outcome) -> Mark {
    Mark {
        id: "lf-a".into(),
        epoch,
        round,
        slot,
        agent: "shell".into(),
        run: RUN.into(),
        base: "a".repeat(40),
        started_ms: 7,
        outcome,
        work: None,
    }
}

/// A recovery that has seen these branches.
fn seen(marks: Vec<Mark>) -> Recovery {
    let mut recovery = Recovery::default();
    for mark in marks {
        let (id, epoch) = (mark.id.clone(), mark.epoch);
        assert_eq!(see(&mut recovery, &id, epoch, Some(mark)), Seen::Kept);
    }
    recovery
}

fn see(recovery: &mut Recovery, id: &str, epoch: u64, mark: Option<Mark>) -> Seen {
    let tip = format!("{epoch:040x}").parse().expect("forty digits");
    recovery.see(RUN, Branch { id, epoch, tip: &tip, mark, begun: None, held: false })
}

#[test]
fn the_next_try_is_told_what_the_gate_said() {
    let red = || Outcome::Failed("red".into());
    let back = || Outcome::SentBack("conflict".into());
    let recovery = seen(vec![mark(1, (1, 1), red()), mark(2, (1, 2), back())]);
    assert_eq!(recovery.used(&job(2)), 1);
    assert_eq!(recovery.last_reason(&job(2)).as_deref(), Some("conflict"));
    let recovery = seen(vec![mark(1, (1, 1), red()), mark(2, (1, 2), Outcome::NotChosen)]);
    assert_eq!(recovery.last_reason(&job(2)).as_deref(), Some("red"));
    assert_eq!(Outcome::Candidate.failure(), None);
}

#[test]
fn a_try_that_is_ended_by_half_is_not_used_up() {
    let recovery = seen(vec![
        mark(1, (1, 1), Outcome::SentBack("conflict".into())),
        mark(2, (1, 2), Outcome::Candidate),
    ]);
    assert_eq!(recovery.used(&job(2)), 0);
    assert!(recovery.attempt(&job(2), 1, 2).is_some());
}

#[test]
fn a_sent_back_mark_is_read_as_it_was_written() {
    let said = mark(3, (1, 1), Outcome::SentBack("conflict:\n\"a\"".into()));
    let raw = format!("tree 0\n\n{}", said.message("Sent back: it"));
    assert_eq!(Mark::parse(raw.as_bytes()), Some(said));
}

#[test]
fn work_by_hand_is_offered_until_an_attempt_with_it_has_ended() {
    let by_hand = |outcome| Mark { agent: BY_HAND.into(), ..mark(5, (1, 1), outcome) };
    let job = Job { done_by_hand: 4, ..job(1) };
    for (outcome, offered) in [
        (None, true),
        // A run was killed when it had taken the work up: nothing is known about it yet.
        (Some(Outcome::Candidate), true),
        (Some(Outcome::Failed("red".into())), false),
        (Some(Outcome::SentBack("conflict".into())), false),
    ] {
        let mut recovery = seen(outcome.clone().map(by_hand).into_iter().collect());
        assert_eq!(see(&mut recovery, "lf-a", 4, None), Seen::Kept);
        assert_eq!(recovery.finished_by_hand(&job).is_some(), offered, "{outcome:?}");
    }
}

#[test]
fn work_by_hand_that_nobody_judged_does_not_cover_an_agents() {
    let by_hand = |outcome| Mark { agent: BY_HAND.into(), ..mark(3, (1, 1), outcome) };
    for (outcome, due) in
        [(Outcome::Candidate, 2), (Outcome::Failed("red".into()), 3), (Outcome::NotChosen, 3)]
    {
        for turned in [false, true] {
            let mut marks = vec![mark(2, (1, 1), Outcome::Candidate), by_hand(outcome.clone())];
            if turned {
                marks.reverse();
            }
            let recovery = seen(marks);
            let epoch = recovery.attempt(&job(1), 1, 1).map(|found| found.mark.epoch);
            assert_eq!(epoch, Some(due), "{outcome:?}");
        }
    }
}

#[test]
fn work_from_elsewhere_covers_nothing_that_is_asked_for() {
    let (here, elsewhere) = ("a".repeat(40), "e".repeat(40));
    let failed = Mark {
        base: elsewhere.clone(),
        agent: BY_HAND.into(),
        ..mark(3, (1, 1), Outcome::Failed("red".into()))
    };
    let recovery = seen(vec![mark(2, (1, 1), Outcome::Candidate), failed]);
    let epoch = |found: Option<&Found>| found.map(|found| found.mark.epoch);
    assert_eq!(epoch(recovery.attempt(&job(1), 1, 1)), Some(3));
    assert_eq!(epoch(recovery.attempt_on(&job(1), 1, 1, &here)), Some(2));
    assert_eq!(epoch(recovery.attempt_on(&job(1), 1, 1, &elsewhere)), Some(3));
    assert_eq!(epoch(recovery.attempt_on(&job(1), 1, 1, &"f".repeat(40))), None);
    let forgiven = Job { released: 2, ..job(1) };
    assert_eq!(epoch(recovery.attempt_on(&forgiven, 1, 1, &here)), None);
}

#[test]
fn only_where_our_attempt_began_is_untouched() {
    let tip = "b".repeat(40).parse().expect("forty digits");
    let other = "c".repeat(40);
    let cases = [(tip_text(&tip), false, Seen::Untouched), (tip_text(&tip), true, Seen::Kept)];
    for (begun, held, due) in cases.into_iter().chain([(other, false, Seen::Kept)]) {
        let branch =
            Branch { id: "lf-a", epoch: 1, tip: &tip, mark: None, begun: Some(&begun), held };
        assert_eq!(Recovery::default().see(RUN, branch), due);
    }
    let foreign = Mark { run: "other".into(), ..mark(1, (1, 1), Outcome::Candidate) };
    let recovery = seen(vec![foreign]);
    assert!(recovery.attempt(&job(1), 1, 1).is_none(), "another run's");
    let done = mark(1, (1, 1), Outcome::Done);
    assert_eq!(see(&mut Recovery::default(), "lf-a", 1, Some(done)), Seen::Done);
}

fn tip_text(tip: &leadforge_host_git::Oid) -> String {
    tip.to_string()
}
