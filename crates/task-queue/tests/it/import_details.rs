//! Where an importer's rules end: the same text with a small difference, and what it is then.

use leadforge_task_queue::import::{self, Format, Import, Why};
use leadforge_task_queue::{Priority, Queue};

fn read(path: &str, text: &str) -> Import {
    import::read(path, text.as_bytes())
}

/// The titles of the drafts of a file.
fn titles(path: &str, text: &str) -> Vec<String> {
    read(path, text).drafts.into_iter().map(|d| d.title).collect()
}

/// The only draft of a file.
fn one(path: &str, text: &str) -> import::Draft {
    let import = read(path, text);
    let [draft] = &import.drafts[..] else { panic!("{path}: {import:#?}") };
    draft.clone()
}

/// Why nothing of a file became a task: the first remark.
fn left(path: &str, text: &str) -> Why {
    let import = read(path, text);
    assert!(import.drafts.is_empty(), "{path}: {import:#?}");
    import.remarks[0].why.clone()
}

#[test]
fn fences_end_with_their_own_mark_and_length_and_nothing_behind_it() {
    for (fenced, hidden) in [
        ("```\n- [ ] b\n```", true),
        ("````\n- [ ] b\n```\n- [ ] b\n````", true),
        ("```\n- [ ] b\n~~~\n- [ ] b\n```", true),
        ("~~~\n- [ ] b\n~~~ x\n- [ ] b\n~~~", true),
        ("```\ncode\n````\n- [ ] b", false),
        ("``code`` and `more`\n- [ ] b", false),
        ("```in a line``` of text\n- [ ] b", false),
        ("<!-- one line -->\n- [ ] b", false),
        ("<!--\n- [ ] b\n-->", true),
    ] {
        let found = titles("l.md", &format!("- [ ] a\n\n{fenced}\n\n- [ ] c\n"));
        let expected: &[&str] = if hidden { &["a", "c"] } else { &["a", "b", "c"] };
        assert_eq!(found, expected, "{fenced}");
    }
}

#[test]
fn a_block_is_what_is_indented_and_what_its_fence_holds() {
    let draft = one("l.md", "- [ ] a\n  ```\nat the margin\n  ```\nprose\n");
    assert_eq!((draft.at.end, draft.body.as_str()), (4, "  ```\nat the margin\n  ```\n"));
    let draft = one("l.md", "- [ ] a\n\n  text\n    deeper\n\n\t deepest\nprose\n");
    assert_eq!(draft.body, "text\n  deeper\n\n\t deepest\n", "a tab is not cut in two");
    assert_eq!(one("l.md", "- [ ] a\n\ttext\n").body, "text\n");
    assert_eq!(titles("l.md", "   - [ ] a\n\t- [ ] its step\n"), ["a"], "four columns are deeper");
    assert_eq!(titles("l.md", "- [ ] a\n- [ ] b\n"), ["a", "b"]);
    // Behind an item, code at the margin is nobody's.
    assert_eq!(one("l.md", "- [ ] a\n  text\n```\ncode\n```\n").body, "text\n");
}

#[test]
fn lines_are_headings_items_or_breaks_by_their_marks() {
    let items = "- [ ] a\n* [ ] b\n+ [ ] c\n1. [ ] d\n2) [ ] e\n123456789. [ ] f\n";
    assert_eq!(titles("l.md", items), ["a", "b", "c", "d", "e", "f"]);
    for text in ["1234567890. [ ] x\n", "-[ ] x\n", ". [ ] x\n", "- [y] x\n", "- [ ]x\n"] {
        assert_eq!(left("l.md", text), Why::Prose, "{text}");
    }
    for rule in ["---", "***", "___", "-----"] {
        let import = read("l.md", &format!("- [ ] a\n\n{rule}\n"));
        assert_eq!(import.remarks, [], "{rule} is no text");
    }
    for text in ["--", "**", "#tag", "-*-"] {
        let import = read("l.md", &format!("- [ ] a\n\n{text}\n"));
        assert_eq!(import.remarks.len(), 1, "{text} is text");
    }
    // Only the first of these is a heading, whose priority holds below it.
    for (heading, priority) in [
        ("###### Urgent", Priority::P0),
        ("   ## Urgent", Priority::P0),
        ("####### Urgent", Priority::P2),
        ("    # Urgent", Priority::P2),
        ("#Urgent", Priority::P2),
    ] {
        assert_eq!(
            one("l.md", &format!("{heading}\n\nplain\n\n- [ ] a\n")).priority,
            priority,
            "{heading}"
        );
    }
}

#[test]
fn a_numbered_todo_in_bold_is_a_heading() {
    for line in ["**TODO 1.1: Do it**", "**TODO: Do it**:", "**TODO 12: Do it**"] {
        assert_eq!(titles("a.md", &format!("# A\n\n{line}\ntext\n")), ["Do it"], "{line}");
    }
    for line in ["**TODO x: Do it**", "**TODO 1: **", "**TODO 1: a** and **b**", " **TODO 1: a**"] {
        assert_eq!(left("a.md", &format!("# A\n\n{line}\ntext\n")), Why::Prose, "{line}");
    }
}

#[test]
fn labels_make_tasks_where_they_stand_and_in_bold_only() {
    let section = |line: &str| format!("# A\n\n## Do it\n\n{line}\n\ntext\n");
    for line in ["**Priority**: P1", "**Effort:** 2 h", "**Fix needed**: all"] {
        assert_eq!(titles("a.md", &section(line)), ["Do it"], "{line}");
    }
    for line in ["Priority: P1", "- **Priority**: P1", "**Trigger**: P1", "**Problem**: it is slow"]
    {
        assert_eq!(left("a.md", &section(line)), Why::Prose, "{line}");
    }
    assert_eq!(titles("TODO.md", &section("**Problem**: it is slow")), ["Do it"]);
    assert_eq!(left("todo/a.md", &section("**Problem**: it is slow")), Why::Prose);
    let item = |line: &str| one("a.md", &format!("- [ ] Do it\n  {line}\n")).priority;
    assert_eq!(item("- **Priority**: P1"), Priority::P1);
    assert_eq!(item("- Priority: P1"), Priority::P2, "a step may say anything");
}

#[test]
fn the_first_statement_of_a_kind_counts() {
    let section = |lines: &str| one("a.md", &format!("# A\n\n## Do it\n\n**Tasks:**\n{lines}\n"));
    assert_eq!(section("**Priority**: P1\n**Priority**: P3").priority, Priority::P1);
    assert_eq!(section("**Priority**: soon\n**Priority**: P3").priority, Priority::P2);
    assert_eq!(section("**Agent**: Ann\n**Agent**: Bob").agents, ["ann"]);
    assert_eq!(section("**Agent**: TBD\n**Agent**: Bob").agents, ["bob"]);
    let hours = |lines| section(lines).estimate.and_then(|e| e.hours);
    assert_eq!(hours("**Effort**: 2 h\n**Time**: 3 h"), Some(2.0));
    assert_eq!(hours("**Meetings**: 2 h"), None);
    assert_eq!(section("**Keystrokes**: 2k").estimate.and_then(|e| e.keystrokes), Some(2000));
    assert_eq!(section("**Decision**: keep it").title, "Do it");
    for status in ["**Decision**: skip", "**Decision**: Won't do"] {
        let text = format!("# A\n\n## Do it\n\n**Tasks:**\n{status}\n");
        assert_eq!(left("a.md", &text), Why::Decided, "{status}");
    }
}

#[test]
fn a_status_is_done_by_its_first_word_or_its_tick() {
    let status = |s: &str| read("a.md", &format!("# A\n\n## Do it\n\n**Status**: {s}\n")).done;
    for done in ["Done", "**COMPLETE** today", "✅ all of it", "fixed - see log", "✅ Merged"] {
        assert_eq!(status(done), ["a.md#do-it"], "{done}");
    }
    for open in ["not done", "⚠️ NEEDS FIX", "✅ partially", "to be done", "in progress"] {
        assert!(status(open).is_empty(), "{open}");
    }
}

#[test]
fn a_file_is_one_task_by_its_heading_its_label_or_its_state() {
    for (path, text, title) in [
        ("a.md", "# Task: Do it\n\ntext\n", "Do it"),
        ("a.md", "# Note\n\n**Task:** Do it\n\ntext\n", "Do it"),
        ("a.md", "# Note\n\n## Priority: P1\n\ntext\n", "Note"),
        ("a.md", "# Ports: open\n\n## Status: new\n\ntext\n", "Ports: open"),
        (".ai-tasks/a.md", "# TODO: Do it\n\ntext\n", "Do it"),
        ("a.md", "# TODO: Do it\n**Priority**: P1\n\ntext\n", "Do it"),
    ] {
        let draft = one(path, text);
        assert_eq!((draft.title.as_str(), draft.format), (title, Format::AiTask), "{text}");
    }
    for (path, text) in [
        ("a.md", "# TODO: Do it\n\ntext\n"),
        (".ai-tasks/a.md", "# Do it\n\ntext\n"),
        (".ai-tasks/deep/a.md", "# TODO: Do it\n\ntext\n"),
        ("a.md", "# Note\n\n## Priority:\n\ntext\n"),
        ("a.md", "# Note\n\n## Phase: P1\n\ntext\n"),
        ("a.md", "# Note\n\n### Priority: P1\n\ntext\n"),
        ("a.md", "# Note\n\n**Task:**\n\ntext\n"),
    ] {
        assert_eq!(left(path, text), Why::Prose, "{path}: {text}");
    }
}

#[test]
fn the_body_of_a_file_that_is_one_task_begins_under_its_title() {
    assert_eq!(one("a.md", "# Task: Do it\nfirst\n").body, "first\n");
    assert_eq!(one("a.md", "# Note\n**Task:** Do it\nfirst\nsecond\n").body, "first\nsecond\n");
    let noted = |note: &str| one("a.md", &format!("# Task: Do it ({note})\n\ntext\n"));
    assert_eq!(
        (noted("Priority: P0").title.as_str(), noted("Priority: P0").priority),
        ("Do it", Priority::P0)
    );
    assert_eq!(
        (noted("Phase: P0").title.as_str(), noted("Phase: P0").priority),
        ("Do it (Phase: P0)", Priority::P2)
    );
}

#[test]
fn a_task_whose_boxes_are_all_ticked_is_done() {
    let text = |a: &str, b: &str| format!("# Task: Do it\n\n- [{a}] one\n- [{b}] two\n");
    let import = read("a.md", &text("x", "X"));
    assert_eq!((import.drafts.len(), import.done), (0, vec!["a.md".to_owned()]));
    for (a, b) in [("x", " "), (" ", " ")] {
        assert!(read("a.md", &text(a, b)).done.is_empty());
        assert_eq!(titles("a.md", &text(a, b)), ["Do it"]);
    }
}

/// A task file of Backlog.md with these lines of front matter.
fn backlog(path: &str, lines: &str) -> Import {
    read(path, &format!("---\nid: task-7\ntitle: Do it\nstatus: To Do\n{lines}\n---\n\ntext\n"))
}

#[test]
fn a_backlog_is_named_by_the_folder_that_holds_its_folders() {
    for (path, key) in [
        ("a/very/long/way/to/backlog/tasks/t.md", "a/very/long/way/to/backlog#task-7"),
        ("tasks/t.md", "backlog#task-7"),
        ("notes/t.md", "notes#task-7"),
        ("t.md", "backlog#task-7"),
        ("b/drafts", "b#task-7"),
    ] {
        let import = backlog(path, "dependencies: []");
        assert_eq!(
            import.drafts.iter().map(|d| d.key.as_str()).collect::<Vec<_>>(),
            [key],
            "{path}"
        );
    }
    let done = backlog("a/very/long/way/to/backlog/completed/t.md", "dependencies: []").done;
    assert_eq!(done, ["a/very/long/way/to/backlog#task-7"]);
    assert_eq!(backlog("b/drafts/t.md", "dependencies: []").remarks[0].why, Why::Inactive);
}

#[test]
fn names_that_yaml_does_not_know_are_read_and_other_text_is_left_alone() {
    for lines in [
        "assignee: @ann",
        "assignee:\n- @ann\n- @bob",
        "assignee:\n    - @ann\n    - @bob",
        "assignee: [@ann, @bob]",
        "assignee: [ann, @bob]",
        "assignee: @ann \\ \"q\"",
    ] {
        assert_eq!(backlog("b/tasks/t.md", lines).drafts.len(), 1, "{lines}");
    }
    let text = "---\nid: 7\ntitle: Ask @ann about [x] it\nstatus: To Do\ncreated_date: x\n---\n";
    let draft = one("b/tasks/t.md", text);
    assert_eq!((draft.title.as_str(), draft.key.as_str()), ("Ask @ann about [x] it", "b#7"));
    let named = "---\nid: 7\ntitle: Ask for it, @ann\nstatus: To Do\ncreated_date: x\n---\n";
    assert!(one("b/tasks/t.md", named).title.starts_with("Ask for it, "));
    let nameless = "---\nid: task-7\ntitle: ''\nstatus: To Do\ncreated_date: x\n---\n";
    assert_eq!(left("b/tasks/t.md", nameless), Why::Unreadable);
}

#[test]
fn a_dependency_may_stand_alone() {
    let after = |lines: &str| backlog("b/tasks/t.md", lines).drafts.remove(0).after;
    assert_eq!(after("dependencies: task-3"), ["b#task-3"]);
    assert_eq!(after("dependencies:\n  - task-3\n  - 4"), ["b#4", "b#task-3"]);
    assert!(after("dependencies: ''").is_empty());
    assert!(after("dependencies: 3").is_empty());
}

#[test]
fn entries_with_ids_may_share_a_title_and_others_may_not() {
    let queue = Queue::default();
    let planned = |a: (&str, &str), b: (&str, &str)| {
        let files = [a, b].map(|(path, text)| (path, text.as_bytes()));
        import::plan(&import::read_all(files), &queue).expect("no cycle").files.len()
    };
    let backlog =
        |id: u8| format!("---\nid: task-{id}\ntitle: Do it\nstatus: To Do\ncreated_date: x\n---\n");
    assert_eq!(planned(("b/tasks/1.md", &backlog(1)), ("b/tasks/2.md", &backlog(2))), 2);
    assert_eq!(planned(("a.md", "- [ ] Do it\n"), ("b.md", "- [ ] Do it\n")), 1);
}

#[test]
fn everything_but_a_note_was_left_out() {
    let out = [Why::Done, Why::Prose, Why::Criteria, Why::Empty, Why::Decided, Why::Inactive];
    assert!(out.iter().all(Why::left_out));
    assert!(Why::Same("x".into()).left_out() && Why::Unreadable.left_out());
    assert!(!Why::Note.left_out());
}
