//! What moves under a run without ending it: the branch of an attempt, and the clock.

use std::sync::atomic::Ordering;

use leadforge_agent_dispatch::{Settled, What};

use super::{Told, World, job};

/// Commits something on a branch, as somebody would who works on it.
fn commit_on(world: &World, branch: &str) -> String {
    let name = format!("refs/heads/{branch}");
    let tip = world.git(&["rev-parse", &name]);
    let tree = format!("{tip}^{{tree}}");
    let commit = world.git(&["commit-tree", &tree, "-p", &tip, "-m", "by hand"]);
    world.git(&["update-ref", &name, &commit, &tip]);
    commit
}

fn skipped(told: &Told, id: &str, branch: &str) {
    let Settled::Skipped { reason } = told.outcome(id) else { panic!("{:?}", told.outcome(id)) };
    assert!(reason.contains("somebody works on its branch"), "{reason}");
    assert!(reason.contains(branch), "{reason}");
}

#[test]
fn a_branch_that_somebody_moves_costs_its_own_task_only() {
    let id = "lf-a";
    for (moment, verify) in [("agent", "true"), ("check", "false"), ("check", "true")] {
        let world = World::new(&[("a.txt", "one\n")]);
        let jobs = [job(id, "echo two >> a.txt", verify), job("lf-b", "echo b > b.txt", "true")];
        let mut commit = None;
        let told = world.run_watched(&jobs, |what| match what {
            What::AgentEnded { id: of, .. } if of == id && moment == "agent" => {
                commit = Some(commit_on(&world, &branch(&world)));
            }
            What::WorkTaken { id: of, .. } if of == id && moment == "check" => {
                commit = Some(commit_on(&world, &branch(&world)));
            }
            _ => {}
        });
        let told = told.unwrap_or_else(|error| panic!("{moment} {verify}: {error}"));
        assert!(told.landed("lf-b"));
        let name = branch(&world);
        skipped(&told, id, &name);
        assert_eq!(Some(world.git(&["rev-parse", &name])), commit, "it is left where it was moved");
        assert_eq!(world.leftovers(), Vec::<String>::new());
        if moment == "agent" {
            let saved =
                world.git(&["for-each-ref", "--format=%(refname)", "refs/leadforge/rescue"]);
            let text = world.git(&["show", &format!("{saved}:a.txt")]);
            assert_eq!(text, "one\ntwo", "what the agent did is saved");
        }
    }
}

fn branch(world: &World) -> String {
    world.git(&["branch", "--list", "--format=%(refname:short)", "lf/lf-a/*"])
}

#[test]
fn a_branch_that_is_moved_while_it_is_sent_back_costs_its_own_task_only() {
    let world = World::new(&[("a.txt", "one\n")]);
    let jobs = [
        job("lf-a", "echo two >> a.txt", "true"),
        job("lf-b", "echo three >> a.txt", "true"),
        job("lf-c", "echo c > c.txt", "true"),
    ];
    let mut name = String::new();
    let told = world.run_watched(&jobs, |what| {
        if let What::LandingStarted { id, epoch, .. } = what
            && id == "lf-b"
        {
            name = format!("lf/{id}/{epoch}");
            commit_on(&world, &name);
        }
    });
    let told = told.expect("the run comes to its end");
    assert!(told.landed("lf-a") && told.landed("lf-c"));
    skipped(&told, "lf-b", &name);
}

#[test]
fn a_branch_that_was_not_chosen_may_move() {
    let world = World::new(&[("a.txt", "one\n")]);
    let mut two = job("lf-a", "seq $LEADFORGE_SLOT >> a.txt", "true");
    two.attempts = 2;
    let mut moved = None;
    let told = world.run_watched(&[two], |what| {
        if let What::LandingStarted { epoch, .. } = what {
            let name = format!("lf/lf-a/{}", if *epoch == 1 { 2 } else { 1 });
            moved = Some((commit_on(&world, &name), name));
        }
    });
    assert!(told.expect("the run comes to its end").landed("lf-a"));
    let (commit, name) = moved.expect("it was landed");
    assert_eq!(world.git(&["rev-parse", &name]), commit);
}

#[test]
fn a_clock_that_is_set_back_lands_what_was_begun_before() {
    let world = World::new(&[("a.txt", "one\n")]);
    let jobs = [job("lf-a", "echo two >> a.txt", "true")];
    let told = world.run_watched(&jobs, |what| {
        if let What::AgentEnded { .. } = what {
            world.back_ms.store(3_600_000, Ordering::SeqCst);
        }
    });
    let told = told.expect("the run comes to its end");
    assert!(told.landed("lf-a"), "{:?}", told.outcome("lf-a"));
}
