//! Every format that is imported, on small sources made for these tests.

use std::fmt::Write as _;

use insta::assert_snapshot;
use leadforge_task_queue::import::{self, Import};

/// One line per draft and per remark.
pub(crate) fn told(import: &Import) -> String {
    let mut out = String::new();
    for d in &import.drafts {
        let lists = [("after", &d.after), ("touches", &d.touches), ("agents", &d.agents)];
        let lists: String = lists
            .iter()
            .filter(|(_, list)| !list.is_empty())
            .map(|(name, list)| format!(" {name}={}", list.join(",")))
            .collect();
        let estimate = d.estimate.map_or_else(String::new, |e| {
            let hours = e.hours.map_or_else(String::new, |h| format!(" {h}h"));
            hours + &e.keystrokes.map_or_else(String::new, |k| format!(" {k} keys"))
        });
        let place = format!("{}:{}-{}", d.at.path, d.at.line, d.at.end);
        writeln!(out, "{place} {} {}{estimate}{lists} = {}", d.priority, d.title, d.key)
            .expect("a string takes everything");
    }
    for r in &import.remarks {
        let place = format!("{}:{}-{}", r.at.path, r.at.line, r.at.end);
        writeln!(out, "  {place} {:?}: {}", r.why, r.what).expect("a string takes everything");
    }
    out
}

fn one(path: &str, text: &str) -> String {
    told(&import::read(path, text.as_bytes()))
}

const FORM: &str = "### Task Description\n\nExport leads as CSV\n\nWith a header line.\n\n### Context\n\n\
    Related to issue #1\nAffects files: src/app/tracker.py, docs/\n\n### Requirements\n\n_No response_\n\n\
    ### Pre-submission Checklist\n\n- [x] I have searched\n- [x] I understand\n";

#[test]
fn issue_forms_drop_what_nobody_answered() {
    assert_snapshot!(one("issue.md", FORM), @r"
    issue.md:1-19 P2 Export leads as CSV touches=docs/**,src/app/tracker.py = issue.md#export-leads-as-csv
      issue.md:12-15 Empty: Requirements: no response
      issue.md:16-19 Criteria: Pre-submission Checklist
    ");
    let import = import::parse_issue_form("issue.md", Some("[AI Task] CSV"), FORM);
    assert_snapshot!(import.drafts[0].body, @r"
    ### Task Description

    Export leads as CSV

    With a header line.

    ### Context

    Related to issue #1
    Affects files: src/app/tracker.py, docs/
    ");
    assert_eq!(import.drafts[0].title, "[AI Task] CSV");
    assert!(!import.drafts[0].body.contains("No response"));
}

#[test]
fn an_empty_form_is_no_task() {
    let text = "### Task Description\n\n_No response_\n\n### Checklist\n\n- [X] yes\n";
    assert_snapshot!(one("issue.md", text), @r"
    issue.md:1-4 Empty: Task Description: no response
    issue.md:1-7 Empty: the form has no description
    issue.md:5-7 Criteria: Checklist
    ");
}

#[test]
fn issues_as_github_exports_them() {
    let issues = serde_json::json!([
        {"number": 7, "title": "Fix it", "body": FORM, "labels": [{"name": "P0"}], "state": "OPEN"},
        {"number": 8, "title": "Old", "body": "x", "labels": [], "state": "CLOSED"},
        {"number": 9, "title": "Plain", "body": "**Priority**: low\r\n\r\ndo\r\n", "state": "OPEN"},
        {"number": 10, "title": "Nothing", "body": "", "state": "OPEN"},
    ]);
    assert_snapshot!(one("issues.json", &issues.to_string()), @r"
    issues.json:1-1 P0 Fix it touches=docs/**,src/app/tracker.py = issues.json#issue-7
    issues.json:1-1 P3 Plain = issues.json#issue-9
      issues.json:1-1 Done: Old
      issues.json:1-1 Criteria: Pre-submission Checklist
      issues.json:1-1 Empty: Nothing: an issue without title or body
      issues.json:1-1 Empty: Requirements: no response
    ");
}

#[test]
fn checklists_take_the_outer_open_boxes() {
    let text = "- [ ] Outer\n  - [ ] step\n  - [x] step done\n- [x] Ticked ✅ MERGED\n- [x] Half\n  - [ ] still open\n\
        * Group:\n  * [ ] inside\n- [ ] Outer\n```\n- [ ] code\n```\n<!-- - [ ] hidden -->\n- [ ]\nend\n";
    assert_snapshot!(one("list.md", text), @r"
    list.md:1-3 P2 Outer = list.md#outer
    list.md:6-6 P2 still open = list.md#still-open
    list.md:8-8 P2 inside = list.md#inside
    list.md:9-9 P2 Outer = list.md#outer~2
      list.md:4-4 Done: Ticked
      list.md:5-5 Done: Half
      list.md:7-15 Prose: * Group:
      list.md:14-14 Empty: a box without text
    ");
    let import = import::read("list.md", text.as_bytes());
    assert_eq!(import.drafts[0].body, "- [ ] step\n- [x] step done\n");
}

#[test]
fn keys_stay_when_lines_and_ticks_move() {
    let keys = |text: &str| -> Vec<String> {
        import::read("l.md", text.as_bytes()).drafts.into_iter().map(|d| d.key).collect()
    };
    let before = keys("# A\n- [ ] one\n- [ ] two\n## High Priority\n- [ ] three\n");
    let moved = keys("# A\n\nintro\n\n- [x] one ✅ DONE\n## Immediate\n1. [ ] three\n- [ ] two\n");
    assert_eq!(before[1..], [moved[1].clone(), moved[0].clone()]);
}

const TASK: &str = "\u{feff}\n# Task: Mail server (Priority: P1)\n\n## Assigned Agent: COPILOT\n\n\
    ## Objectives:\n   1. Set up\n\n**Estimated Time**: 1-2 hours\n**Files to modify:**\n- `src/mail.py` - here\n";

#[test]
fn one_task_per_file() {
    assert_snapshot!(one(".ai-tasks/track-2.md", TASK), @".ai-tasks/track-2.md:1-11 P1 Mail server 1.5h touches=src/mail.py agents=copilot = .ai-tasks/track-2.md");
    assert_snapshot!(one(".ai-tasks/track-2.md.failed", TASK), @r"
    .ai-tasks/track-2.md.failed:1-11 P1 Mail server 1.5h touches=src/mail.py agents=copilot = .ai-tasks/track-2.md
      .ai-tasks/track-2.md.failed:1-1 Note: the name ends in .failed: an earlier attempt at it failed
    ");
    assert_snapshot!(one(".ai-tasks/TODO-x.md", "# TODO: Upgrade\n\n## Status\nold\n- [ ] a\n"), @".ai-tasks/TODO-x.md:1-5 P2 Upgrade = .ai-tasks/TODO-x.md");
    assert_snapshot!(one("now.md", "# Now\n\n**Task:** Verify it\n\n**Priority:** Immediate\n\n**Instructions:**\n1. Look\n"), @"now.md:1-8 P0 Verify it = now.md");
}

#[test]
fn a_task_that_says_nothing_or_is_over_is_left_out() {
    assert_snapshot!(one("a.md", "# Task: Hollow (Priority: P1)\n\n## Objectives:\n\n\n## Context:\n- x\n"), @r#"  a.md:1-7 Empty: Hollow: its section "Objectives" is empty"#);
    assert_snapshot!(one("b.md", "# Fix tests\n\n## Status: ✅ COMPLETED\n\ntext\n"), @"  b.md:1-5 Done: Fix tests");
    assert_snapshot!(one("c.md", "# Task: Bare\n"), @"  c.md:1-1 Empty: Bare: no title or nothing under it");
    assert_snapshot!(one("d.md", "# Task: No\n**Decision**: Skip for now\n\ntext\n"), @"  d.md:1-4 Decided: No: Skip for now");
}

const TODO: &str = "# Debt\n\n## Low Priority\n\n### PDF (a.py:7-9)\n**Issue**: slow\n**Priority**: Low\n\n\
    **Decision**: Skip for now - no gain\n\n---\n## Tests\n\n### Isolation\n**Status**: ✅ COMPLETE\n\n\
    ### Async\n**Status**: ⚠️ NEEDS FIX\n**Files Affected**:\n- `tests/a.py` (7)\n- `tests/b.py`\n\n\
    **Priority**: P1 - High (blocks)\n\n## Phase 1\n\n### 1.1 Images\n**Tasks:**\n- [ ] alpine\n- [x] ignore\n\n\
    **Estimated Solo Time:** 8-10 hours\n**Estimated Keystrokes:** ~12,000\n\n### 2. Selector (45 min)\n**Tasks:**\n- [ ] x\n\n\
    ## Future\n- [x] **Board**\n  - **Status**: ✅ COMPLETE\n- [ ] **Mail** intake\n  - text\n  - **Priority**: High - now\n\
    - [ ] **Odd**\n  - **Priority**: whenever\n\n**TODO 1.1: Analyzer**\n- parse\n\n## Success Criteria\n- [ ] all green\n\n\
    ## Learnings\nprose\n";

#[test]
fn sections_with_labels_are_tasks() {
    assert_snapshot!(one("docs/TODO.md", TODO), @r#"
    docs/TODO.md:17-23 P1 Async touches=tests/a.py,tests/b.py = docs/TODO.md#async
    docs/TODO.md:27-33 P2 Images 9h 12000 keys = docs/TODO.md#images
    docs/TODO.md:35-37 P2 Selector 0.75h = docs/TODO.md#selector
    docs/TODO.md:42-44 P1 Mail intake = docs/TODO.md#mail-intake
    docs/TODO.md:45-46 P3 Odd = docs/TODO.md#odd
    docs/TODO.md:48-49 P3 Analyzer = docs/TODO.md#analyzer
      docs/TODO.md:5-9 Decided: PDF (a.py:7-9): Skip for now - no gain
      docs/TODO.md:14-15 Done: Isolation
      docs/TODO.md:40-41 Done: Board
      docs/TODO.md:45-46 Note: the priority "whenever" is not known; taken as P3
      docs/TODO.md:51-52 Criteria: Success Criteria
      docs/TODO.md:55-55 Prose: Learnings
    "#);
    let import = import::parse_checklist("docs/TODO.md", TODO);
    assert_eq!(import.drafts.len(), 4, "boxes alone: {}", told(&import));
}

#[test]
fn prose_is_one_remark() {
    assert_snapshot!(one("WORKFLOW.md", "# How\n\n**Trigger**: merge\n\n1. Do\n2. Done\n"), @"  WORKFLOW.md:1-6 Prose: How: no open box, no section with a priority, status or effort");
    assert_snapshot!(one("empty.md", "  \n"), @"  empty.md:1-1 Empty: an empty file");
    assert_snapshot!(one(".github/ISSUE_TEMPLATE/x.md", "- [ ] a\n"), @"  .github/ISSUE_TEMPLATE/x.md:1-1 Inactive: a template of issues, not an issue");
}

fn backlog(id: &str, status: &str, more: &str) -> String {
    format!(
        "---\nid: {id}\ntitle: 'Do: {id}'\nstatus: {status}\nassignee: [@ann]\nreporter: @bob\n{more}---\n\n## Description\n\ntext\n"
    )
}

#[test]
fn backlog_md_files() {
    let files = [
        (
            "b/tasks/back-1 - a.md",
            backlog(
                "BACK-1",
                "To Do",
                "priority: high\ndependencies:\n  - task-2\n  - BACK-3\n  - BACK-9\n",
            ),
        ),
        ("b/tasks/back-2 - b.md", backlog("BACK-2", "In Progress", "dependencies: []\n")),
        (
            "b/tasks/back-2.1 - c.md",
            backlog("BACK-2.1", "To Do", "parent_task_id: BACK-2\ndependencies: []\n"),
        ),
        ("b/completed/back-3 - d.md", backlog("BACK-3", "Done", "")),
        ("b/drafts/draft-1 - e.md", backlog("DRAFT-1", "Draft", "")),
        ("b/archive/tasks/back-4 - f.md", backlog("BACK-4", "To Do", "")),
        (
            "b/decisions/decision-1 - g.md",
            "---\nid: decision-1\ntitle: x\nstatus: proposed\ndate: '2025'\n---\ntext\n".to_owned(),
        ),
        ("b/tasks/bad.md", "---\nid: [x\ntitle: y\nstatus: z\ndependencies: []\n---\n".to_owned()),
    ];
    let import = import::read_all(files.iter().map(|(path, text)| (*path, text.as_bytes())));
    assert_snapshot!(told(&import), @r#"
    b/tasks/back-1 - a.md:1-16 P1 Do: BACK-1 after=b#back-2,b#back-9 = b#back-1
    b/tasks/back-2 - b.md:1-12 P2 Do: BACK-2 after=b#back-2.1 = b#back-2
    b/tasks/back-2.1 - c.md:1-13 P2 Do: BACK-2.1 = b#back-2.1
      b/archive/tasks/back-4 - f.md:1-11 Inactive: BACK-4: Do: BACK-4 (archived)
      b/completed/back-3 - d.md:1-11 Done: BACK-3: Do: BACK-3
      b/decisions/decision-1 - g.md:1-7 Prose: front matter that is no task's
      b/drafts/draft-1 - e.md:1-11 Inactive: DRAFT-1: Do: DRAFT-1 (a draft)
      b/tasks/back-2 - b.md:1-1 Note: its status there is "In Progress"; imported as pending
      b/tasks/bad.md:3-3 Unreadable: front matter: illegal placement of ':' indicator
    "#);
}

#[test]
fn taskmaster_files() {
    let text = r#"{
  "master": {"tasks": [
    {"id": 1, "title": "One", "description": "d", "details": "e", "testStrategy": "t", "status": "done", "dependencies": [], "priority": "high"},
    {"id": 2, "title": "Two", "status": "pending", "dependencies": [1, "3"], "priority": "high", "subtasks": [
      {"id": 1, "title": "A", "status": "done"},
      {"id": 2, "title": "B", "description": "b", "status": "in-progress", "dependencies": [1]},
      {"id": 3, "title": "C", "status": "pending", "dependencies": ["2.2"]},
      {"id": 3, "title": "C again", "status": "pending"}
    ]},
    {"id": 3, "title": "Three", "status": "deferred", "dependencies": []},
    {"id": 4, "title": "", "status": "pending", "dependencies": [99]},
    {"title": "No number"}
  ]},
  "other": {"tasks": [{"id": "1", "title": "Else", "description": "only this", "testStrategy": "look"}]},
  "broken": {"tasks": 7}
}"#;
    assert_snapshot!(one(".taskmaster/tasks/tasks.json", text), @r#"
    .taskmaster/tasks/tasks.json:4-9 P1 Two after=.taskmaster/tasks/tasks.json#master/2.2,.taskmaster/tasks/tasks.json#master/2.3,.taskmaster/tasks/tasks.json#master/2.3~2,.taskmaster/tasks/tasks.json#master/3 = .taskmaster/tasks/tasks.json#master/2
    .taskmaster/tasks/tasks.json:6-6 P2 B after=.taskmaster/tasks/tasks.json#master/3 = .taskmaster/tasks/tasks.json#master/2.2
    .taskmaster/tasks/tasks.json:7-7 P2 C after=.taskmaster/tasks/tasks.json#master/2.2,.taskmaster/tasks/tasks.json#master/3 = .taskmaster/tasks/tasks.json#master/2.3
    .taskmaster/tasks/tasks.json:8-8 P2 C again after=.taskmaster/tasks/tasks.json#master/3 = .taskmaster/tasks/tasks.json#master/2.3~2
    .taskmaster/tasks/tasks.json:14-14 P2 Else = .taskmaster/tasks/tasks.json#other/1
      .taskmaster/tasks/tasks.json:3-3 Done: master/1: One
      .taskmaster/tasks/tasks.json:5-5 Done: master/2.1: A
      .taskmaster/tasks/tasks.json:6-6 Note: master/2.2: B: its status there is "in-progress"; imported as pending
      .taskmaster/tasks/tasks.json:8-8 Note: .taskmaster/tasks/tasks.json#master/2.3 is the number of 2 entries
      .taskmaster/tasks/tasks.json:10-10 Decided: master/3: Three (deferred)
      .taskmaster/tasks/tasks.json:11-11 Empty: an entry without a title
      .taskmaster/tasks/tasks.json:12-12 Unreadable: a task without a number
      .taskmaster/tasks/tasks.json:15-15 Unreadable: tag "broken": invalid type: integer 7, expected a sequence at line 1 column 11
    "#);
    let old = r#"{"tasks": [{"id": 1, "title": "Old form", "status": "pending"}]}"#;
    assert_snapshot!(one("tasks.json", old), @"tasks.json:1-1 P2 Old form = tasks.json#master/1");
    assert_snapshot!(one("package.json", r#"{"name": "x"}"#), @"  package.json:1-1 Unreadable: JSON, but neither task-master's tasks.json nor GitHub issues");
    assert_snapshot!(one("broken.json", "{\n  \"tasks\": [\n"), @"  broken.json:3-3 Unreadable: not JSON: EOF while parsing a list at line 3 column 0");
}
