//! The flows of one run: landing, dependencies, conflicts, red checks, competition, scope, the queue's folder.

use leadforge_agent_dispatch::{Settled, What};

use super::{World, job, queue_path};

#[test]
fn work_lands_with_its_evidence_and_the_user_sees_nothing_move() {
    let world = World::new(&[("a.txt", "one\n")]);
    let before = (world.git(&["rev-parse", "main"]), world.git(&["status", "--porcelain"]));
    let told = world.run(&[job("lf-a", "echo two >> a.txt", "grep -q two a.txt")]);
    assert!(told.landed("lf-a"));
    assert_eq!(world.landed("a.txt"), "one\ntwo");
    let evidence = world.landed(&queue_path("completed", "lf-a"));
    assert!(evidence.contains("\"exit\":0") && evidence.contains("leadforge/evidence/1"));
    let listed = world.git(&["ls-tree", "-r", "--name-only", "leadforge/run"]);
    assert!(!listed.contains("queue/pending"), "{listed}");
    // The completion stands on the verified commit and touches only the queue.
    let tip = world.git(&["rev-parse", "leadforge/run"]);
    let touched = world.git(&["diff", "--name-only", &format!("{tip}^"), &tip]);
    assert!(touched.lines().all(|l| l.starts_with("docs/TASKS/queue/")), "{touched}");
    let verified = world.git(&["rev-parse", &format!("{tip}^^{{tree}}")]);
    assert!(evidence.contains(&verified));
    assert_eq!((world.git(&["rev-parse", "main"]), world.git(&["status", "--porcelain"])), before);
    assert_eq!(world.leftovers(), Vec::<String>::new());
}

#[test]
fn a_dependent_task_starts_from_what_it_waits_for() {
    let world = World::new(&[("a.txt", "one\n")]);
    let first = job("lf-a", "echo two >> a.txt", "grep -q two a.txt");
    let mut second = job("lf-b", "grep -q two a.txt && echo three >> a.txt", "grep -q three a.txt");
    second.after = vec!["lf-a".into()];
    let told = world.run(&[first, second]);
    assert_eq!(told.order(), ["lf-a", "lf-b"]);
    assert_eq!(world.landed("a.txt"), "one\ntwo\nthree");
}

#[test]
fn two_tasks_on_the_same_lines_both_land_the_second_after_a_new_try() {
    let world = World::new(&[("a.txt", "one\n")]);
    let told = world.run(&[
        job("lf-a", "sleep 0.3; echo two >> a.txt", "grep -q two a.txt"),
        job("lf-b", "echo three >> a.txt", "grep -q three a.txt"),
    ]);
    assert_eq!(told.order(), ["lf-a", "lf-b"]);
    assert_eq!(world.landed("a.txt"), "one\ntwo\nthree");
    let back = told.events.iter().any(
        |e| matches!(&e.what, What::SentBack { id, reason, .. } if id == "lf-b" && reason.starts_with("conflict")),
    );
    assert!(back, "the second try is because of a conflict");
    // The branch of the try that came back is kept.
    assert!(world.git(&["branch", "--list", "lf/lf-b/*"]).lines().count() >= 2);
}

#[test]
fn a_clean_merge_that_breaks_the_program_is_sent_back() {
    // Git merges these without a conflict: one renames, the other adds a caller of the old name.
    let world = World::new(&[("lib.sh", "old() { echo hi; }\n"), ("main.sh", ". ./lib.sh\nold\n")]);
    let check = "sh main.sh && { test ! -e extra.sh || sh extra.sh; }";
    let rename = job("lf-a", "sed -i s/old/new/ lib.sh main.sh", check);
    let mut caller = job("lf-b", "printf '. ./lib.sh\\nold\\n' > extra.sh", check);
    caller.tries = 1;
    let told = world.run(&[rename, caller]);
    assert!(told.landed("lf-a"));
    let Settled::Failed { reason } = told.outcome("lf-b") else { panic!("it must not land") };
    assert!(reason.starts_with("on the merged tree, verification red"), "{reason}");
}

#[test]
fn a_red_task_fails_after_its_tries_and_holds_up_only_what_waits_for_it() {
    let world = World::new(&[("a.txt", "one\n")]);
    let bad = job("lf-a", "echo two >> a.txt", "echo no; false");
    let mut waits = job("lf-b", "echo b > b.txt", "true");
    waits.after = vec!["lf-a".into()];
    let free = job("lf-c", "echo c > c.txt", "test -e c.txt");
    let told = world.run(&[bad, waits, free]);
    assert!(matches!(told.outcome("lf-a"), Settled::Failed { .. }));
    assert_eq!(told.outcome("lf-b"), &Settled::Blocked { on: 0 });
    assert!(told.landed("lf-c"));
    assert_eq!(world.git(&["branch", "--list", "lf/lf-a/*"]).lines().count(), 2, "both tries kept");
    assert_eq!(world.leftovers(), Vec::<String>::new());
}

#[test]
fn of_three_attempts_the_smallest_verified_one_lands() {
    let world = World::new(&[("a.txt", "one\n")]);
    let run = "case $LEADFORGE_SLOT in 1) seq 50 >> a.txt; echo ok >> a.txt;; 2) echo ok >> a.txt;; 3) echo x >> a.txt;; esac";
    let mut three = job("lf-a", run, "grep -q ok a.txt");
    three.attempts = 3;
    let told = world.run(&[three]);
    assert!(told.landed("lf-a"));
    assert_eq!(world.landed("a.txt"), "one\nok");
    let others = told.events.iter().find_map(|e| match &e.what {
        What::Landed { others, .. } => Some(others.len()),
        _ => None,
    });
    assert_eq!(others, Some(1), "the other verified attempt is named");
    assert_eq!(world.git(&["branch", "--list", "lf/lf-a/*"]).lines().count(), 3);
}

#[test]
fn what_an_agent_writes_into_the_queue_is_discarded() {
    let world = World::new(&[("a.txt", "one\n")]);
    let forge = "mkdir -p docs/TASKS/queue/completed; echo forged > docs/TASKS/queue/completed/lf-z.md; \
                 rm -f docs/TASKS/queue/pending/*; echo two >> a.txt";
    let told = world.run(&[job("lf-a", forge, "grep -q two a.txt")]);
    assert!(told.landed("lf-a"));
    let listed = world.git(&["ls-tree", "-r", "--name-only", "leadforge/run"]);
    assert!(!listed.contains("lf-z.md"), "{listed}");
    let discarded = told.events.iter().find_map(|e| match &e.what {
        What::WorkTaken { discarded, .. } => Some(discarded.len()),
        _ => None,
    });
    assert_eq!(discarded, Some(2));
}

#[test]
fn leaving_the_scope_is_told_and_under_strict_refused() {
    let mut world = World::new(&[("src/a.txt", "one\n"), ("other.txt", "x\n")]);
    let mut task = job("lf-a", "echo two >> src/a.txt; echo y >> other.txt", "true");
    task.touches = vec!["src/".into()];
    let told = world.run(std::slice::from_ref(&task));
    assert!(told.landed("lf-a"));
    let outside = told.events.iter().find_map(|e| match &e.what {
        What::WorkTaken { outside, .. } => Some(outside.clone()),
        _ => None,
    });
    assert_eq!(outside.as_deref(), Some(&["other.txt".to_owned()][..]));
    world = World::new(&[("src/a.txt", "one\n"), ("other.txt", "x\n")]);
    world.config.run.strict = true;
    let told = world.run(&[task]);
    let Settled::Failed { reason } = told.outcome("lf-a") else { panic!("strict refuses") };
    assert!(reason.contains("other.txt"), "{reason}");
}

#[test]
fn a_task_that_nothing_would_prove_is_not_begun() {
    let world = World::new(&[("a.txt", "one\n")]);
    let mut task = job("lf-a", "echo two >> a.txt", "true");
    task.verify.clear();
    let told = world.run(&[task]);
    assert!(matches!(told.outcome("lf-a"), Settled::Skipped { .. }));
    assert!(!told.events.iter().any(|e| matches!(e.what, What::AttemptStarted { .. })));
}

#[test]
fn git_works_inside_and_its_commits_are_taken_as_a_tree_only() {
    let world = World::new(&[("a.txt", "one\n")]);
    let run = "git status --porcelain && test $(git log --oneline | wc -l) -ge 1 && echo two >> a.txt && \
               git diff --stat && git commit -qam 'by the agent' && git log -1 --format=%s";
    let told = world.run(&[job("lf-a", run, "grep -q two a.txt && git log -1 --format=%s")]);
    assert!(told.landed("lf-a"), "{:?}", told.outcome("lf-a"));
    assert!(!world.git(&["log", "--format=%s", "leadforge/run"]).contains("by the agent"));
}

#[test]
fn landing_order_does_not_depend_on_finishing_order() {
    let trees: Vec<String> = [["0.5", "0"], ["0", "0.5"]]
        .iter()
        .map(|[a, b]| {
            let world = World::new(&[("a.txt", "one\n")]);
            let told = world.run(&[
                job("lf-a", &format!("sleep {a}; echo a >> a.txt"), "true"),
                job("lf-b", &format!("sleep {b}; echo b >> a.txt"), "true"),
                job("lf-c", "echo c > c.txt", "true"),
            ]);
            assert_eq!(told.order(), ["lf-a", "lf-b", "lf-c"]);
            let listed = world.git(&["ls-tree", "-r", "leadforge/run"]);
            listed.lines().filter(|l| !l.contains("docs/TASKS/queue")).collect::<String>()
        })
        .collect();
    assert_eq!(trees[0], trees[1]);
}

#[test]
fn the_whole_flow_works_under_landlock_too() {
    let mut world = World::new(&[("a.txt", "one\n")]);
    world.sandbox = leadforge_agent_dispatch::sandbox::Kind::Landlock;
    let run = "git status --porcelain && sed -i 's/one/uno/' a.txt && git diff --stat && git commit -qam x";
    let mut hosts = job("lf-b", "true", "true");
    hosts.hosts = vec!["example.org:443".into()];
    let told = world.run(&[job("lf-a", run, "grep -q uno a.txt && git log -1"), hosts]);
    assert!(told.landed("lf-a"), "{:?}", told.outcome("lf-a"));
    assert_eq!(world.landed("a.txt"), "uno");
    let Settled::Skipped { reason } = told.outcome("lf-b") else { panic!("hosts need bubblewrap") };
    assert!(reason.contains("only the bubblewrap sandbox"), "{reason}");
    assert_eq!(world.leftovers(), Vec::<String>::new());
}
