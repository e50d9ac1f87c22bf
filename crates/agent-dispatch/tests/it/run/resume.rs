//! Interrupted runs: what was committed is taken up, what was not is saved and run again.

use leadforge_agent_dispatch::{Error, Settled, What};

use super::{World, job};

#[test]
fn a_second_run_with_nothing_new_changes_nothing() {
    let world = World::new(&[("a.txt", "one\n")]);
    let jobs = [job("lf-a", "echo two >> a.txt", "grep -q two a.txt")];
    world.run(&jobs);
    let tip = world.git(&["rev-parse", "leadforge/run"]);
    let told = world.run(&jobs);
    assert!(told.landed("lf-a"));
    assert_eq!(world.git(&["rev-parse", "leadforge/run"]), tip);
    assert!(!told.events.iter().any(|e| matches!(e.what, What::AttemptStarted { .. })));
}

#[test]
fn failed_tries_are_counted_from_branches() {
    let world = World::new(&[("a.txt", "one\n")]);
    let jobs = [job("lf-a", "echo two >> a.txt", "false")];
    world.run(&jobs);
    // The lease database is a new one each time here; only the branches remember.
    let told = world.run(&jobs);
    let Settled::Failed { reason } = told.outcome("lf-a") else { panic!("still failed") };
    assert!(reason.starts_with("verification red"), "{reason}");
    assert!(!told.events.iter().any(|e| matches!(e.what, What::AttemptStarted { .. })));
}

#[test]
fn work_that_was_committed_but_not_landed_is_taken_up_without_the_agent() {
    let world = World::new(&[("a.txt", "one\n")]);
    let jobs = [job("lf-a", "echo two >> a.txt; echo $RANDOM > r.txt", "grep -q two a.txt")];
    world.run(&jobs);
    // Undo the landing as a kill right before it would have left things: the branch at the work commit.
    let work = world.git(&["rev-parse", "leadforge/run^"]);
    let record = world.git(&["rev-parse", "leadforge/run^^"]);
    world.git(&["update-ref", "refs/heads/leadforge/run", &record]);
    world.git(&["update-ref", "refs/heads/lf/lf-a/1", &work]);
    let told = world.run(&jobs);
    assert!(told.landed("lf-a"));
    assert!(
        told.events.iter().any(|e| matches!(e.what, What::AttemptStarted { adopted: true, .. }))
    );
    assert!(!told.events.iter().any(|e| matches!(e.what, What::AgentEnded { .. })));
}

#[test]
fn unfinished_work_is_saved_before_its_worktree_goes() {
    let world = World::new(&[("a.txt", "one\n")]);
    let jobs = [job("lf-a", "echo two >> a.txt", "grep -q two a.txt")];
    world.run(&jobs);
    // What a kill in the middle of an agent leaves: a worktree, a branch at its base, edits.
    let record = world.git(&["rev-parse", "leadforge/run^^"]);
    world.git(&["update-ref", "refs/heads/leadforge/run", &record]);
    world.git(&["update-ref", "-d", "refs/heads/lf/lf-a/1"]);
    let place = world.root().join(".git/leadforge/attempts/lf-a.1/tree");
    let path = place.to_string_lossy();
    world.git(&["worktree", "add", "-q", "-b", "lf/lf-a/1", &path, &record]);
    std::fs::write(place.join("half.txt"), "half done\n").expect("written");
    let told = world.run(&jobs);
    assert!(told.landed("lf-a"));
    assert_eq!(world.git(&["show", "refs/leadforge/rescue/lf-a/1:half.txt"]), "half done");
    assert_eq!(
        world.git(&["branch", "--list", "lf/lf-a/1"]),
        "",
        "the interrupted attempt is gone"
    );
    assert_eq!(world.leftovers(), Vec::<String>::new());
    let epoch = told.events.iter().find_map(|e| match &e.what {
        What::AttemptStarted { epoch, .. } => Some(*epoch),
        _ => None,
    });
    assert!(epoch.is_some(), "it ran again");
}

#[test]
fn a_branch_that_no_run_made_is_left_alone() {
    let world = World::new(&[("a.txt", "one\n")]);
    world.git(&["branch", "lf/lf-a/7"]);
    world.run(&[job("lf-a", "echo two >> a.txt", "grep -q two a.txt")]);
    assert_eq!(world.git(&["rev-parse", "lf/lf-a/7"]), world.git(&["rev-parse", "main"]));
    assert_eq!(
        world.git(&["branch", "--list", "lf/lf-a/8"]),
        "  lf/lf-a/8",
        "epochs go on above it"
    );
}

#[test]
fn a_repository_that_only_a_filter_could_read_is_refused_by_name() {
    let world = World::new(&[(".gitattributes", "*.bin filter=lfs -text\n"), ("a.txt", "one\n")]);
    let refused = world.try_run(&[job("lf-a", "true", "true")]).err().expect("refused");
    assert!(refused.to_string().contains("LFS"), "{refused}");
    assert!(world.git(&["branch", "--list", "leadforge/*"]).is_empty(), "nothing was begun");
}

#[test]
fn a_branch_that_is_checked_out_is_refused_before_anything_runs() {
    let world = World::new(&[("a.txt", "one\n")]);
    world.git(&["checkout", "-q", "-b", "leadforge/run"]);
    let refused = world.try_run(&[job("lf-a", "true", "true")]);
    assert!(matches!(refused.err(), Some(Error::CheckedOut { .. })));
}

#[test]
fn work_by_hand_is_taken_as_it_was_when_it_was_said_to_be_done() {
    let world = World::new(&[("a.txt", "one\n")]);
    world.git(&["branch", "lf/lf-h/1"]);
    let mut hand = job("lf-h", "false", "grep -q two a.txt");
    hand.done_by_hand = 1;
    // The run has seen the branch before its last commit; then it was said to be done.
    let told = world.run_beside(&[hand], || {
        world.git(&["checkout", "-q", "lf/lf-h/1"]);
        world.write("a.txt", "one\ntwo\n");
        world.git(&["commit", "-qam", "by hand"]);
        world.git(&["checkout", "-q", "main"]);
    });
    let told = told.expect("the run comes to its end");
    assert!(told.landed("lf-h"), "{:?}", told.outcome("lf-h"));
    assert_eq!(world.landed("a.txt"), "one\ntwo");
}

#[test]
fn a_journal_that_cannot_be_looked_at_is_not_taken_for_none() {
    let world = World::new(&[("a.txt", "one\n")]);
    world.run(&[job("lf-a", "echo two >> a.txt", "true")]);
    let runs = world.root().join(".git/leadforge/runs");
    std::fs::create_dir(runs.join("other")).expect("made");
    world.write(".git/leadforge/runs/stray", "no folder");
    world.run(&[job("lf-b", "echo b > b.txt", "true")]);
    let log = runs.join("other/events.log");
    std::os::unix::fs::symlink("events.log", &log).expect("a link to itself");
    let error = world.try_run(&[job("lf-c", "true", "true")]).err().expect("it cannot be read");
    assert!(error.to_string().contains("other/events.log"), "{error}");
}

#[test]
fn work_by_hand_without_a_change_never_lands() {
    let world = World::new(&[("a.txt", "one\n")]);
    world.git(&["branch", "lf/lf-h/1"]);
    // Its check is green without it: only the change could show that anything was done.
    let mut hand = job("lf-h", "false", "grep -q one a.txt");
    (hand.done_by_hand, hand.tries) = (1, 1);
    let told = world.run(&[hand]);
    assert!(!told.landed("lf-h"), "{:?}", told.outcome("lf-h"));
    let why = format!("{:?}", told.outcome("lf-h"));
    assert!(why.contains("no change is on the branch"), "{why}");
}
