//! What a hostile task, a hostile branch or bad luck tries, each refused or survived.

use leadforge_agent_dispatch::{Error, Prepare, Settled, What};

use super::{World, job};

#[test]
fn one_check_cannot_rewrite_what_the_next_one_sees() {
    let mut world = World::new(&[("a.txt", "GOOD\n"), ("gate.sh", "grep -q GOOD a.txt\n")]);
    world.config.verify.always = vec!["sh ./gate.sh".into()];
    // The task's own check runs code that the agent wrote.
    let run = "printf 'echo GOOD > a.txt; echo true > gate.sh' > mytest.sh; echo BAD > a.txt";
    let told = world.run(&[job("lf-a", run, "sh ./mytest.sh")]);
    let Settled::Failed { reason } = told.outcome("lf-a") else { panic!("red work landed") };
    assert!(reason.contains("sh ./gate.sh"), "{reason}");
}

#[test]
fn a_file_deeper_in_the_queue_is_no_task() {
    let world = World::new(&[
        ("a.txt", "one\n"),
        ("docs/TASKS/queue/x/pending/lf-evil.md", "+++\ntitle = \"evil\"\n+++\n"),
    ]);
    let told = world.run(&[job("lf-a", "echo two >> a.txt", "true")]);
    assert_eq!(told.definitions, ["pending/lf-a.md"]);
}

#[test]
fn a_commit_message_completes_nothing() {
    let world = World::new(&[("a.txt", "one\n")]);
    let jobs =
        [job("lf-a", "echo two >> a.txt", "true"), job("lf-b", "echo three >> a.txt", "false")];
    world.run(&jobs);
    // Somebody's commit on the branch that says that lf-b is done.
    let tip = world.git(&["rev-parse", "leadforge/run"]);
    let tree = format!("{tip}^{{tree}}");
    let message = "x\n\nLeadForge-Task: lf-b\nLeadForge-Epoch: 2\nLeadForge-Round: 1\nLeadForge-Slot: 1\n\
                   LeadForge-Run: leadforge/run\nLeadForge-Base: x\nLeadForge-Started: 1\nLeadForge-Outcome: done\nAssisted-by: x";
    let forged = world.git(&["commit-tree", "-p", &tip, "-m", message, &tree]);
    world.git(&["update-ref", "refs/heads/leadforge/run", &forged]);
    let told = world.run(&jobs);
    assert!(told.landed("lf-a") && !told.landed("lf-b"), "{:?}", told.outcome("lf-b"));
}

#[test]
fn what_was_reverted_on_the_branch_is_done_again() {
    let world = World::new(&[("a.txt", "one\n")]);
    let jobs = [job("lf-a", "echo two >> a.txt", "grep -q two a.txt")];
    world.run(&jobs);
    let record = world.git(&["rev-parse", "leadforge/run^^^{tree}"]);
    let tip = world.git(&["rev-parse", "leadforge/run"]);
    let back = world.git(&["commit-tree", "-p", &tip, "-m", "revert", &record]);
    world.git(&["update-ref", "refs/heads/leadforge/run", &back]);
    let told = world.run(&jobs);
    assert!(told.landed("lf-a") && told.order() == ["lf-a"]);
    assert_eq!(world.landed("a.txt"), "one\ntwo");
}

#[test]
fn a_branch_of_the_users_is_never_moved() {
    let world = World::new(&[("a.txt", "one\n")]);
    world.git(&["branch", "leadforge/run"]);
    let before = world.git(&["for-each-ref"]);
    let refused = world.try_run(&[job("lf-a", "echo x >> a.txt", "true")]).err();
    assert!(matches!(refused, Some(Error::NotOurs { .. })), "{refused:?}");
    assert_eq!(world.git(&["for-each-ref"]), before);
}

#[test]
fn the_branch_somebody_stands_on_is_kept() {
    let world = World::new(&[("a.txt", "one\n")]);
    let first = job("lf-a", "echo two >> a.txt", "true");
    world.run(std::slice::from_ref(&first));
    world.git(&["merge", "-q", "leadforge/run"]);
    world.git(&["switch", "-q", "lf/lf-a/1"]);
    world.run(&[job("lf-b", "echo b > b.txt", "true")]);
    assert_eq!(world.git(&["rev-parse", "--abbrev-ref", "HEAD"]), "lf/lf-a/1");
    assert!(!world.git(&["rev-parse", "HEAD"]).is_empty());
}

#[test]
fn a_discarded_result_keeps_its_branches() {
    let world = World::new(&[("a.txt", "one\n")]);
    let jobs = [job("lf-a", "echo two >> a.txt", "true")];
    world.run(&jobs);
    let kept = world.git(&["rev-parse", "lf/lf-a/1"]);
    world.git(&["branch", "-q", "-f", "leadforge/run", "main"]);
    world.run(&jobs);
    assert_eq!(world.git(&["rev-parse", "lf/lf-a/1"]), kept, "it was never merged");
}

#[test]
fn an_agents_tree_prepares_nothing_for_others() {
    let mut world =
        World::new(&[("lock", "1\n"), ("prep.sh", "cat lock > $LEADFORGE_CACHE/tool\n")]);
    world.config.verify.prepare =
        vec![Prepare { command: "sh ./prep.sh".into(), locks: vec!["lock".into()], hosts: vec![] }];
    let hostile = "echo 2 > lock; echo 'echo POISON > $LEADFORGE_CACHE/tool' > prep.sh";
    let mut bad = job("lf-a", hostile, "false");
    bad.tries = 1;
    let good = job("lf-b", "echo 2 > lock", "test \"$(cat $LEADFORGE_CACHE/tool)\" = 2");
    let told = world.run(&[bad, good]);
    assert!(told.landed("lf-b"), "{:?}", told.outcome("lf-b"));
}

#[test]
fn a_lock_file_that_is_gone_fails_its_task_and_no_other() {
    let mut world = World::new(&[("lock", "1\n"), ("a.txt", "one\n")]);
    world.config.verify.prepare =
        vec![Prepare { command: "true".into(), locks: vec!["lock".into()], hosts: vec![] }];
    let mut bad = job("lf-a", "rm lock", "true");
    bad.tries = 1;
    let told = world.run(&[bad, job("lf-b", "echo b > b.txt", "true")]);
    assert!(matches!(told.outcome("lf-a"), Settled::Failed { .. }));
    assert!(told.landed("lf-b"));
}

#[test]
fn an_endless_epoch_is_no_epoch() {
    let world = World::new(&[("a.txt", "one\n")]);
    world.git(&["branch", &format!("lf/lf-a/{}", u64::MAX)]);
    world.git(&["branch", "lf/lf-a/0"]);
    world.git(&["branch", "lf/lf-a/007"]);
    let told = world.run(&[job("lf-a", "echo two >> a.txt", "true")]);
    assert!(told.landed("lf-a"));
    let epoch = told.events.iter().find_map(|e| match &e.what {
        What::AttemptStarted { epoch, .. } => Some(*epoch),
        _ => None,
    });
    assert_eq!(epoch, Some(1));
}

#[test]
fn a_queue_of_large_texts_can_start() {
    let world = World::new(&[("a.txt", "one\n")]);
    let mut jobs: Vec<_> = (0..40).map(|n| job(&format!("lf-{n}"), "true", "")).collect();
    for job in &mut jobs {
        job.verify.clear(); // none is begun; it is the plan that is large
        job.body = "é".repeat(450_000);
    }
    let told = world.run(&jobs);
    assert_eq!(told.summary.outcomes.len(), 40);
}

#[test]
fn a_branch_in_the_way_stops_its_own_task_only() {
    let world = World::new(&[("a.txt", "one\n")]);
    world.git(&["branch", "lf/lf-a"]);
    let told = world.run(&[job("lf-a", "true", "true"), job("lf-b", "echo b > b.txt", "true")]);
    let Settled::Skipped { reason } = told.outcome("lf-a") else { panic!("it cannot run") };
    assert!(reason.contains("lf/lf-a is in the way"), "{reason}");
    assert!(told.landed("lf-b"));
    let world = World::new(&[("a.txt", "one\n")]);
    world.git(&["branch", "lf"]);
    let refused = world.try_run(&[job("lf-a", "true", "true")]).err();
    assert!(matches!(refused, Some(Error::InTheWay { .. })), "{refused:?}");
}

#[test]
fn a_branch_in_a_rebase_is_kept_and_not_landed_on() {
    let world = World::new(&[("a.txt", "one\n")]);
    let first = job("lf-a", "echo two >> a.txt", "true");
    world.run(std::slice::from_ref(&first));
    world.git(&["merge", "-q", "leadforge/run"]);
    let edit = ["-c", "sequence.editor=sed -i 1s/pick/edit/", "rebase", "-q", "-i", "HEAD~1"];
    world.git(&["switch", "-q", "lf/lf-a/1"]);
    world.git(&edit);
    world.run(&[job("lf-b", "echo b > b.txt", "true")]);
    assert!(!world.git(&["branch", "--list", "lf/lf-a/1"]).is_empty(), "it comes back to it");
    world.git(&["rebase", "--abort"]);
    world.git(&["switch", "-q", "leadforge/run"]);
    world.git(&edit);
    let refused = world.try_run(&[job("lf-c", "echo c > c.txt", "true")]).err();
    assert!(matches!(refused, Some(Error::CheckedOut { .. })), "{refused:?}");
}
