//! What follows from the facts: sums, verdicts, JSON and its schema.

use leadforge_scorecard::*;

use crate::sample;

#[test]
fn json_comes_back_as_it_was() {
    for (name, dossier) in sample::all() {
        let text = dossier.to_json();
        let back = Dossier::from_json(text.as_bytes()).expect(name);
        // JSON has no infinity and keeps every other number.
        assert_eq!(back.to_json(), text, "{name}");
        assert_eq!(back, dossier, "{name}");
    }
}

#[test]
fn json_holds_the_verdict_and_the_sums() {
    let value: serde_json::Value =
        serde_json::from_str(&sample::usual().to_json()).expect("our own JSON");
    assert_eq!(value["schema"], "leadforge/dossier/1");
    assert_eq!(value["verdict"]["answer"], "look");
    assert_eq!(value["totals"]["landed"], 7);
    assert!(value.get("sections").is_none(), "absent, never faked");
}

#[test]
fn what_is_no_dossier_is_named() {
    let of = |text: &str| Dossier::from_json(text.as_bytes()).expect_err("no dossier").to_string();
    insta::assert_snapshot!(
        of("{"),
        @"the dossier cannot be read: EOF while parsing an object at line 1 column 1"
    );
    insta::assert_snapshot!(
        of(r#"{"schema":"leadforge/dossier/2","tool":{"name":"x"},"run":{"repository":"","base":"","branch":"","started_ms":0,"jobs":1,"sandbox":"","outcome":"completed"}}"#),
        @r#"the schema is "leadforge/dossier/2", expected "leadforge/dossier/1""#
    );
    let envelope = |text: &str| Section::from_envelope(text.as_bytes()).map_err(|e| e.to_string());
    assert!(envelope(r#"{"schema":"x/y","tool":{"name":"t"},"outcome":"clean"}"#).is_err());
    let unknown = r#"{"schema":"leadforge/new/1","tool":{"name":"t"},"outcome":"clean","findings":[{"level":"fatal"}]}"#;
    let section = envelope(unknown).expect("an envelope of the family");
    assert_eq!(
        (section.kind, section.envelope.findings[0].level),
        (SectionKind::Other, Level::Warning)
    );
}

#[test]
fn sums_count_what_landed() {
    let totals = sample::usual().totals();
    insta::assert_json_snapshot!(totals, @r#"
    {
      "tasks": 10,
      "landed": 7,
      "failed": 1,
      "refused": 1,
      "released": 0,
      "skipped": 1,
      "running": 0,
      "attempts": 11,
      "checks": 18,
      "checks_red": 1,
      "checks_reused": 1,
      "files": 63,
      "added": 2030,
      "removed": 501,
      "wall_ms": 41300,
      "agent_ms": 70500,
      "check_ms": 40310,
      "cpu_ms": 51461,
      "estimated_hours": 4.5,
      "refusals": 2
    }
    "#);
}

/// One landed task with one green check: ready. Each fault on its own changes that.
#[test]
fn each_fault_changes_the_verdict() {
    let ready = || {
        let mut d = Dossier::default();
        d.run.outcome = RunOutcome::Completed;
        d.run.sandbox = "bubblewrap".into();
        d.tasks.push(Task {
            outcome: TaskOutcome::Landed,
            landing: vec![sample::check("true", 0, 1, "")],
            ..Task::default()
        });
        d
    };
    let after = |fault: &dyn Fn(&mut Dossier)| {
        let mut d = ready();
        fault(&mut d);
        let verdict = d.verdict();
        (verdict.answer, verdict.reasons.join(" "))
    };
    let section = |outcome: &str, finding: &str| {
        let text = format!(
            r#"{{"schema":"leadforge/review/1","tool":{{"name":"lead-review"}},"outcome":"{outcome}","findings":[{finding}]}}"#
        );
        Section::from_envelope(text.as_bytes()).expect("an envelope")
    };
    let table = [
        ("nothing", after(&|_| {})),
        ("held back", after(&|d| d.tasks.push(Task::default()))),
        ("no check", after(&|d| d.tasks[0].landing.clear())),
        ("red check", after(&|d| d.tasks[0].landing[0].exit = Some(1))),
        ("no exit", after(&|d| d.tasks[0].landing[0].exit = None)),
        (
            "left scope",
            after(&|d| {
                d.tasks[0].scope =
                    Some(Scope { declared: vec!["a".into()], outside: vec!["b".into()] });
            }),
        ),
        ("no sandbox", after(&|d| d.run.sandbox = "none".into())),
        ("killed", after(&|d| d.run.outcome = RunOutcome::Interrupted)),
        ("unknown end", after(&|d| d.run.outcome = RunOutcome::default())),
        ("own error", after(&|d| d.run.outcome = RunOutcome::Failed)),
        ("finding", after(&|d| d.sections.push(section("findings", r#"{"level":"error"}"#)))),
        ("tool failed", after(&|d| d.sections.push(section("incomplete", "")))),
        ("tool clean", after(&|d| d.sections.push(section("clean", "")))),
        ("none landed", after(&|d| d.tasks[0].outcome = TaskOutcome::Failed)),
    ];
    let lines: Vec<_> = table
        .iter()
        .map(|(what, (answer, why))| format!("{what}: {answer:?}. {why}").trim_end().to_owned())
        .collect();
    insta::assert_snapshot!(lines.join("\n"), @r#"
    nothing: Ready.
    held back: Ready. 1 task was held back; none of its work is on the branch.
    no check: Look. 1 task landed without a check on the merged tree.
    red check: Stop. 1 task landed although a check was red.
    no exit: Stop. 1 task landed although a check was red.
    left scope: Look. 1 task changed files outside the declared scope.
    no sandbox: Look. The agents ran without a sandbox.
    killed: Stop. The run was interrupted.
    unknown end: Stop. The run has not come to its end.
    own error: Stop. The run stopped on an error of its own.
    finding: Look. lead-review found 1 error.
    tool failed: Look. lead-review ended with “incomplete”.
    tool clean: Ready.
    none landed: Nothing.
    "#);
}

#[cfg(feature = "schema")]
#[test]
fn the_schema_describes_what_is_written() {
    let schema = json_schema();
    let required = schema["required"].as_array().expect("required fields");
    assert!(required.iter().any(|field| field == "totals"), "{required:?}");
    assert!(schema["properties"]["tasks"].is_object());
}
