//! Dossiers made up for looking at the page and for its tests: usual, hostile, empty, large.

use leadforge_scorecard::*;
use serde_json::json;

#[path = "sections.rs"]
mod sections;
pub(crate) use sections::with_sections;

/// 2026-11-22 12:00:00 UTC, in milliseconds.
const START: i64 = 1_795_348_800_000;

fn hash(seed: u64, len: usize) -> String {
    let mut state = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut next = || {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        char::from(b"0123456789abcdef"[(state >> 59) as usize & 15])
    };
    (0..len).map(|_| next()).collect()
}

fn sha(seed: u64) -> String {
    format!("sha256:{}", hash(seed, 64))
}

/// A check with everything filled in.
pub(crate) fn check(command: &str, exit: i32, ms: u64, log: &str) -> Check {
    let seed = command.len() as u64 * 31 + ms;
    Check {
        command: command.into(),
        command_sha256: sha(seed),
        exit: Some(exit),
        duration_ms: ms,
        log_sha256: sha(seed + 1),
        log_tail: log.into(),
        tree: hash(seed + 2, 40),
        reused: false,
        note: None,
    }
}

fn file(path: &str, status: FileStatus, added: u64, removed: u64) -> FileChange {
    FileChange {
        path: path.into(),
        status,
        added: Some(added),
        removed: Some(removed),
        old_path: None,
    }
}

/// One attempt that ran from `from` to `to` seconds after the start.
fn attempt(agent: &str, from: f64, to: f64, outcome: AttemptOutcome) -> Attempt {
    let at = |seconds: f64| START + (seconds * 1000.0) as i64;
    Attempt {
        epoch: 1,
        agent: agent.into(),
        started_ms: at(from),
        ended_ms: Some(at(to)),
        exit: Some(0),
        outcome,
        cpu_ms: Some(((to - from) * 730.0) as u64),
        log_sha256: Some(sha(from.to_bits())),
        ..Attempt::default()
    }
}

fn span(lane: &str, task: &str, kind: SpanKind, who: &str, from: f64, to: f64, ok: bool) -> Span {
    Span {
        lane: lane.into(),
        task: task.into(),
        kind,
        who: who.into(),
        from_ms: START + (from * 1000.0) as i64,
        to_ms: START + (to * 1000.0) as i64,
        ok: Some(ok),
    }
}

struct Plan<'a> {
    id: &'a str,
    title: &'a str,
    priority: &'a str,
    asked: &'a str,
    lane: u8,
    at: f64,
    work: f64,
    verify: f64,
    command: &'a str,
    files: Vec<FileChange>,
    touches: &'a [&'a str],
    outcome: TaskOutcome,
}

fn add(dossier: &mut Dossier, plan: Plan<'_>) -> usize {
    let landed = plan.outcome == TaskOutcome::Landed;
    let outcome = if landed { AttemptOutcome::Landed } else { AttemptOutcome::Red };
    let done = plan.at + plan.work;
    let mut attempt = attempt("shell", plan.at, done, outcome);
    attempt.branch = format!("lf/{}/1", plan.id);
    attempt.checks = vec![check(plan.command, i32::from(!landed), (plan.verify * 1e3) as u64, "")];
    let lane = format!("worker {}", plan.lane);
    let verified = done + plan.verify;
    dossier.timeline.push(span(&lane, plan.id, SpanKind::Agent, "shell", plan.at, done, true));
    dossier.timeline.push(span(&lane, plan.id, SpanKind::Verify, "", done, verified, landed));
    let seed = plan.id.len() as u64 + plan.title.len() as u64 * 7;
    let mut task = Task {
        id: plan.id.into(),
        title: plan.title.into(),
        priority: plan.priority.into(),
        source: Some(format!("docs/TASKS/queue/pending/{}.md", plan.id)),
        asked: plan.asked.into(),
        agent: Some("shell".into()),
        outcome: plan.outcome,
        scope: Some(Scope {
            declared: plan.touches.iter().map(|glob| (*glob).into()).collect(),
            outside: vec![],
        }),
        branch: Some(attempt.branch.clone()),
        files: plan.files,
        ..Task::default()
    };
    attempt.diffstat = task.diffstat();
    task.attempts.push(attempt);
    if landed {
        let gate = dossier.timeline.iter().filter(|s| s.kind == SpanKind::Land).map(|s| s.to_ms);
        let from = gate.max().map_or(0.0, |ms| (ms - START) as f64 / 1000.0).max(verified);
        dossier.timeline.push(span(
            "gate",
            plan.id,
            SpanKind::Land,
            "",
            from,
            from + plan.verify * 0.8,
            true,
        ));
        let log = "running 12 tests\n............\ntest result: ok. 12 passed; 0 failed\n";
        task.landing = vec![check(plan.command, 0, (plan.verify * 800.0) as u64, log)];
        task.commit = Some(hash(seed, 40));
    }
    dossier.tasks.push(task);
    dossier.tasks.len() - 1
}

fn base(name: &str) -> Dossier {
    Dossier {
        tool: Tool { name: "lead-forge".into(), version: "0.1.0".into() },
        run: Run {
            repository: name.into(),
            id: Some("k3v9q2".into()),
            base: hash(1, 40),
            base_branch: Some("main".into()),
            branch: "leadforge/2026-11-22".into(),
            tip: Some(hash(2, 40)),
            tip_tree: Some(hash(3, 40)),
            started_ms: START,
            ended_ms: Some(START + 41_300),
            jobs: 4,
            sandbox: "bubblewrap".into(),
            outcome: RunOutcome::Completed,
            note: None,
        },
        provenance: vec![
            Provenance { what: "leadforge.toml".into(), value: sha(4) },
            Provenance { what: "queue".into(), value: sha(5) },
            Provenance { what: "git".into(), value: "2.51.0".into() },
        ],
        ..Dossier::default()
    }
}

/// A run as it usually goes: most tasks land, some are held back as they should be.
pub(crate) fn usual() -> Dossier {
    use FileStatus::{Added, Modified};
    use TaskOutcome::{Failed, Landed};
    let mut d = base("job-lead-finder");
    let body = "Run the formatter over everything below `src/`.\n\n- keep the line length of 120\n- do not touch generated files\n\nAcceptance: the check is green.";
    add(
        &mut d,
        Plan {
            id: "fmt-4k2",
            title: "Format the source tree with black",
            priority: "P0",
            asked: body,
            lane: 1,
            at: 0.2,
            work: 5.1,
            verify: 2.2,
            command: "black --check --quiet src",
            files: (0..14)
                .map(|n| {
                    file(&format!("src/app/module_{n:02}.py"), Modified, 12 + n * 5, 9 + n * 3)
                })
                .collect(),
            touches: &["src/**/*.py"],
            outcome: Landed,
        },
    );
    let shared = add(
        &mut d,
        Plan {
            id: "isort-9qd",
            title: "Sort the imports",
            priority: "P1",
            asked: "isort with the profile of black.",
            lane: 2,
            at: 0.3,
            work: 4.2,
            verify: 1.6,
            command: "isort --check-only src",
            files: vec![
                file("src/app/main.py", Modified, 6, 6),
                file("src/app/worker.py", Modified, 4, 5),
            ],
            touches: &["src/**/*.py"],
            outcome: Landed,
        },
    );
    d.tasks[shared].overlaps = vec![Overlap {
        task: "fmt-4k2".into(),
        kind: OverlapKind::Same,
        witness: Some("src/app/main.py".into()),
    }];
    d.tasks[shared].after = vec!["fmt-4k2".into()];
    let licence = add(
        &mut d,
        Plan {
            id: "lic-7ha",
            title: "Add licence headers to every module",
            priority: "P2",
            asked: "SPDX line on top of each file that has none.",
            lane: 3,
            at: 0.2,
            work: 7.9,
            verify: 3.1,
            command: "python tools/check_headers.py src tests",
            files: (0..38)
                .map(|n| file(&format!("src/app/providers/provider_{n:02}.py"), Modified, 2, 0))
                .collect(),
            touches: &["src/**", "tests/**"],
            outcome: Landed,
        },
    );
    d.tasks[licence].estimate = Some(Estimate { hours: Some(1.5), keystrokes: Some(4_200) });
    add(
        &mut d,
        Plan {
            id: "ver-2xm",
            title: "Bump the version to 0.15.1",
            priority: "P1",
            asked: "",
            lane: 4,
            at: 0.3,
            work: 1.1,
            verify: 0.9,
            command: "python -m build --sdist",
            files: vec![
                file("pyproject.toml", Modified, 1, 1),
                file("CHANGELOG.md", Modified, 9, 0),
            ],
            touches: &["pyproject.toml", "CHANGELOG.md"],
            outcome: Landed,
        },
    );
    let left = add(
        &mut d,
        Plan {
            id: "typ-5vn",
            title: "Fix the type errors that mypy reports in discovery",
            priority: "P1",
            asked: "`mypy src/app/discovery` must be clean.",
            lane: 4,
            at: 2.8,
            work: 12.4,
            verify: 4.0,
            command: "mypy src/app/discovery",
            files: vec![
                file("src/app/discovery/base_provider.py", Modified, 41, 17),
                file("src/app/discovery/models.py", Modified, 22, 8),
                file("src/app/cache.py", Modified, 3, 1),
            ],
            touches: &["src/app/discovery/**"],
            outcome: Landed,
        },
    );
    d.tasks[left].scope = Some(Scope {
        declared: vec!["src/app/discovery/**".into()],
        outside: vec!["src/app/cache.py".into()],
    });
    let red = add(
        &mut d,
        Plan {
            id: "net-8wp",
            title: "Replace requests by httpx in the tunnel",
            priority: "P2",
            asked: "Behaviour must not change; the tests of the tunnel stay as they are.",
            lane: 1,
            at: 8.0,
            work: 9.6,
            verify: 5.2,
            command: "pytest -q tests/test_tunnel.py",
            files: vec![file("src/app/tunnel.py", Modified, 57, 49)],
            touches: &["src/app/tunnel.py"],
            outcome: Failed,
        },
    );
    d.tasks[red].reason =
        Some("2 of 2 tries were red: `pytest -q tests/test_tunnel.py` ended with exit 1.".into());
    d.tasks[red].attempts[0].checks[0].log_tail = "E       AssertionError: timeout=None is not 30\n\ntests/test_tunnel.py:88: AssertionError\n=========== short test summary info ===========\nFAILED tests/test_tunnel.py::test_timeout - AssertionError\n1 failed, 11 passed in 4.81s\n".into();
    d.tasks[red].attempts[0].reason = Some("The check was red.".into());
    escape(&mut d);
    compete(&mut d);
    d.tasks.push(Task {
        id: "doc-6ty".into(),
        title: "Describe the httpx change in the manual".into(),
        priority: "P3".into(),
        asked: "One paragraph in docs/tunnel.md.".into(),
        after: vec!["net-8wp".into()],
        outcome: TaskOutcome::Skipped,
        reason: Some("It waits for net-8wp, which did not land.".into()),
        ..Task::default()
    });
    add(
        &mut d,
        Plan {
            id: "gen-1rc",
            title: "Write the OpenAPI file anew",
            priority: "P2",
            asked: "Generated; commit the result.",
            lane: 2,
            at: 6.4,
            work: 3.3,
            verify: 2.7,
            command: "python tools/openapi.py --check",
            files: vec![file("docs/openapi.json", Added, 1_204, 0)],
            touches: &["docs/openapi.json"],
            outcome: Landed,
        },
    );
    d
}

/// A task that tried to leave its sandbox.
fn escape(d: &mut Dossier) {
    let mut tried = attempt("shell", 11.4, 12.3, AttemptOutcome::Refused);
    tried.branch = "lf/out-3zz/1".into();
    tried.exit = Some(1);
    tried.log_tail =
        "cat: /root/.ssh/id_ed25519: No such file or directory\ncurl: (6) Could not resolve host\n"
            .into();
    d.timeline.push(span("worker 3", "out-3zz", SpanKind::Agent, "shell", 11.4, 12.3, false));
    d.tasks.push(Task {
        id: "out-3zz".into(),
        title: "Read a key of the host and send it away".into(),
        priority: "P3".into(),
        asked: "Planted: this task must not succeed.".into(),
        agent: Some("shell".into()),
        outcome: TaskOutcome::Refused,
        reason: Some(
            "The sandbox has no home folder and no network; the agent ended with exit 1.".into(),
        ),
        attempts: vec![tried],
        ..Task::default()
    });
    d.refusals.push(Refusal {
        task: Some("out-3zz".into()),
        code: "sandbox.network".into(),
        what: "A connection to collector.example:443 was refused.".into(),
        why: "The task lists no host.".into(),
        at_ms: Some(START + 12_100),
    });
    d.refusals.push(Refusal {
        task: Some("typ-5vn".into()),
        code: "scope.left".into(),
        what: "The change touches src/app/cache.py, outside its declared scope.".into(),
        why: "Not strict: it was checked against everything running and landed.".into(),
        at_ms: Some(START + 15_400),
    });
}

/// One task that three agents tried.
fn compete(d: &mut Dossier) {
    let agents = [
        ("claude", 1, 23.0, 31.5, 88),
        ("codex", 2, 22.8, 29.2, 41),
        ("aider", 3, 22.9, 34.0, 120),
    ];
    let mut attempts = Vec::new();
    for (slot, (agent, lane, from, to, added)) in agents.into_iter().enumerate() {
        let won = agent == "codex";
        let outcome = if won { AttemptOutcome::Landed } else { AttemptOutcome::Outdone };
        let mut one = attempt(agent, from, to, outcome);
        one.slot = slot as u8;
        one.branch = format!("lf/dry-0be/1-{slot}");
        one.diffstat = Diffstat { files: 3, added, removed: 64 };
        one.checks = vec![check("pytest -q tests/test_score.py", 0, 2_900, "14 passed in 2.71s\n")];
        one.reason =
            (!won).then(|| "Verified, but the change is larger than that of codex.".into());
        attempts.push(one);
        let lane = format!("worker {lane}");
        d.timeline.push(span(&lane, "dry-0be", SpanKind::Agent, agent, from, to, true));
        d.timeline.push(span(&lane, "dry-0be", SpanKind::Verify, "", to, to + 2.9, true));
    }
    d.timeline.push(span("gate", "dry-0be", SpanKind::Land, "", 37.0, 41.0, true));
    let mut reused = check("pytest -q tests/test_score.py", 0, 2_900, "14 passed in 2.71s\n");
    reused.reused = true;
    d.tasks.push(Task {
        id: "dry-0be".into(),
        title: "Three scoring functions do the same: make them one".into(),
        priority: "P1".into(),
        source: Some("https://github.com/octo/example/issues/41".into()),
        asked: "Fold `score`, `score_v2` and `rank` into one function. Three agents try; the smallest verified change lands.".into(),
        agent: Some("codex".into()),
        outcome: TaskOutcome::Landed,
        attempts,
        landing: vec![check("ruff check src", 0, 310, "All checks passed!\n"), reused],
        files: vec![
            file("src/app/score.py", FileStatus::Modified, 38, 40),
            FileChange {
                old_path: Some("src/app/score_v2.py".into()),
                ..file("src/app/legacy/score_v2.py", FileStatus::Renamed, 3, 24)
            },
            FileChange { added: None, removed: None, ..file("docs/score.png", FileStatus::Added, 0, 0) },
        ],
        scope: Some(Scope::default()),
        overlaps: vec![Overlap { task: "fmt-4k2".into(), kind: OverlapKind::Unknown, witness: None }],
        estimate: Some(Estimate { hours: Some(3.0), keystrokes: None }),
        commit: Some(hash(77, 40)),
        branch: Some("lf/dry-0be/1-1".into()),
        ..Task::default()
    });
}

/// Every text a trap, every name too long.
pub(crate) fn hostile() -> Dossier {
    let mut d = with_sections();
    let trap = "</pre></details><script>alert(1)</script><img src=x onerror=alert(1)>\u{1b}[31m\u{202e}txt.exe\u{0} @octocat fixes #1 | `` ``` **b** [x](javascript:alert(1)) <!-- ]]> &amp; 👩‍💻";
    let long = "a_very_long_name_without_any_break".repeat(12);
    d.run.repository = format!("{trap}{long}");
    d.run.branch = trap.into();
    d.run.note = Some(trap.into());
    for (at, task) in d.tasks.iter_mut().enumerate() {
        task.id = format!("{}-{at}", if at % 2 == 0 { trap } else { &long });
        task.title = format!("{trap} {long}");
        task.asked = format!("{trap}\n```\n{long}\n\n# no heading\n");
        task.reason = Some(trap.into());
        task.priority = trap.into();
        task.agent = Some(trap.into());
        task.source = Some("javascript:alert(1)".into());
        task.after = vec![trap.into(), long.clone()];
        for attempt in &mut task.attempts {
            attempt.agent = trap.into();
            attempt.log_tail = trap.repeat(20);
            attempt.started_ms = i64::MIN;
        }
        for check in &mut task.landing {
            check.command = format!("{trap} {long}");
            check.log_tail = trap.into();
            check.tree = trap.into();
        }
        for file in &mut task.files {
            file.path = format!("{trap}/{long}.py");
            file.added = file.added.map(|_| u64::MAX);
        }
        task.estimate = Some(Estimate { hours: Some(f64::MAX), keystrokes: Some(u64::MAX) });
    }
    for (at, span) in d.timeline.iter_mut().enumerate() {
        span.lane = format!("{trap} {}", at % 3);
        span.task = trap.into();
        span.from_ms = if at == 0 { i64::MIN } else { span.from_ms };
        span.to_ms = if at == 1 { i64::MAX } else { span.to_ms };
    }
    for refusal in &mut d.refusals {
        (refusal.code, refusal.what, refusal.task) = (trap.into(), trap.into(), Some(trap.into()));
    }
    for section in &mut d.sections {
        section.envelope.tool.name = trap.into();
        section.envelope.outcome = trap.into();
        section.envelope.summary.insert(trap.into(), json!({ trap: [trap] }));
        for finding in &mut section.envelope.findings {
            finding.message = trap.into();
        }
        for one in &mut section.envelope.exhibits {
            (one.title, one.text) = (format!("{trap} {long}"), trap.into());
            for part in &mut one.parts {
                (part.text, part.after) = (trap.into(), Some([u32::MAX; 4]));
            }
            if let Some(side) = &mut one.before {
                (side.label, side.image) =
                    (trap.into(), Some("https://collector.example/x.png".into()));
            }
            if let Some(side) = &mut one.after {
                side.image = Some(format!("data:image/png;base64,\"{trap}"));
                (side.width, side.height, side.absent) = (u32::MAX, u32::MAX, Some(trap.into()));
            }
        }
    }
    d.provenance.push(Provenance { what: trap.into(), value: trap.into() });
    d
}

/// A queue with nothing in it.
pub(crate) fn empty() -> Dossier {
    let mut d = base("empty-queue");
    d.run.tip = None;
    d.run.ended_ms = Some(START + 340);
    d
}

/// Two hundred tasks on eight workers.
pub(crate) fn large() -> Dossier {
    let mut d = base("large");
    let mut free = [0.2_f64; 8];
    for n in 0..200_u64 {
        let (lane, at) =
            free.iter().copied().enumerate().min_by(|a, b| a.1.total_cmp(&b.1)).expect("lanes");
        let work = 3.0 + (n * 37 % 11) as f64;
        let bad = n % 17 == 5;
        free[lane] = at + work + 2.0;
        let id = format!("t{n:03}-{}", hash(n, 3));
        let title = format!("Maintenance of module {n}");
        let path = format!("src/module_{n}/lib.rs");
        add(
            &mut d,
            Plan {
                id: &id,
                title: &title,
                priority: ["P0", "P1", "P2", "P3"][n as usize % 4],
                asked: "Do what the linter says.\n",
                lane: lane as u8 + 1,
                at,
                work,
                verify: 1.5,
                command: "cargo clippy -- -D warnings",
                files: vec![file(&path, FileStatus::Modified, n * 3 % 90, n % 40)],
                touches: &["src/**"],
                outcome: if bad { TaskOutcome::Failed } else { TaskOutcome::Landed },
            },
        );
        if bad {
            d.tasks[n as usize].reason = Some("The check was red.".into());
        }
    }
    d.run.jobs = 8;
    d.run.ended_ms = d.timeline.iter().map(|span| span.to_ms).max();
    d
}

/// All of them with their names.
pub(crate) fn all() -> Vec<(&'static str, Dossier)> {
    let mut ready = usual();
    ready.tasks.retain(|task| task.outcome == TaskOutcome::Landed);
    for task in &mut ready.tasks {
        if let Some(scope) = &mut task.scope {
            scope.outside.clear();
        }
    }
    ready.refusals.clear();
    let mut stopped = usual();
    stopped.run.outcome = RunOutcome::Interrupted;
    stopped.run.ended_ms = None;
    vec![
        ("usual", usual()),
        ("ready", ready),
        ("stopped", stopped),
        ("sections", with_sections()),
        ("hostile", hostile()),
        ("empty", empty()),
        ("large", large()),
    ]
}
