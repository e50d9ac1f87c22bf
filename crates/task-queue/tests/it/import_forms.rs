//! Issues and their forms, field by field.

use leadforge_task_queue::Priority;
use leadforge_task_queue::import::{self, Draft, Import, Why};

/// A form with a description and one more field.
fn form(label: &str, value: &str) -> Import {
    let text = format!("### Description\n\nDo it\n\n### {label}\n\n{value}\n");
    import::read("issue.md", text.as_bytes())
}

fn draft(label: &str, value: &str) -> Draft {
    form(label, value).drafts.remove(0)
}

#[test]
fn labels_name_what_a_task_has() {
    assert_eq!(draft("Task Title", "Better").title, "Better");
    assert_eq!(draft("Other", "Better").title, "Do it");
    assert_eq!(draft("Priority", "P0 - now").priority, Priority::P0);
    assert_eq!(draft("Priority", "whenever").priority, Priority::P2);
    assert_eq!(draft("Importance", "P0").priority, Priority::P2);
    assert_eq!(draft("AI Agent", "Copilot (any)").agents, ["copilot"]);
    assert!(draft("Reporter", "Ann").agents.is_empty());
    assert_eq!(
        draft("Affected Files", "- src/a.py\n- `b/` and more").touches,
        ["b/**", "src/a.py"]
    );
    assert!(draft("Other Files", "src/a.py").touches.is_empty());
}

#[test]
fn estimates_stand_under_their_labels_or_in_a_line() {
    let hours = |label: &str, value: &str| draft(label, value).estimate.and_then(|e| e.hours);
    assert_eq!(hours("Effort", "2 hours"), Some(2.0));
    assert_eq!(hours("Time estimate", "90 min"), Some(1.5));
    assert_eq!(hours("Waiting", "2 hours"), None);
    assert_eq!(hours("Notes", "Estimated time: 3 h"), Some(3.0));
    assert_eq!(hours("Notes", "Opening time: 3 h"), None);
    assert_eq!(hours("Effort", "a while"), None);
    let typed = draft("Estimated keystrokes", "~8k").estimate.expect("it is stated");
    assert_eq!((typed.keystrokes, typed.hours), (Some(8000), None));
    let text = "### Description\n\nDo it\n\n### Effort\n\n2 h\n\n### Keystrokes\n\n500\n\n### Effort again\n\n9 h\n";
    let both = import::read("i.md", text.as_bytes()).drafts.remove(0).estimate.expect("stated");
    assert_eq!((both.hours, both.keystrokes), (Some(2.0), Some(500)), "the first of each");
}

#[test]
fn boxes_of_the_form_are_no_work_and_other_boxes_are() {
    let body = |label: &str, value: &str| draft(label, value).body.contains(label);
    assert!(!body("Checks", "- [x] I looked\n- [x] I agree"), "all ticked");
    assert!(!body("Terms", "- [ ] I agree"), "named so");
    assert!(body("Steps", "- [ ] one\n- [x] two"));
    assert!(body("Terms", "- [ ] I agree\n\nand more"), "not boxes alone");
}

#[test]
fn a_form_needs_a_title_and_something_below_it() {
    let text = "### Steps\n\none\n";
    let import = import::read("issue.md", text.as_bytes());
    assert!(import.drafts.is_empty(), "no field describes it: {import:?}");
    assert_eq!(import.remarks.last().map(|r| r.why.clone()), Some(Why::Empty));
    let titled = import::parse_issue_form("issue.md", Some("Do it"), text);
    assert_eq!(titled.drafts[0].title, "Do it");
    assert!(import::parse_issue_form("issue.md", Some("Do it"), "").drafts.is_empty());
}

#[test]
fn an_issue_that_is_closed_is_done_and_one_without_text_is_empty() {
    let issue = |state: &str, title: &str, body: &str| {
        let json = serde_json::json!({"title": title, "body": body, "state": state});
        import::read("i.json", json.to_string().as_bytes())
    };
    assert_eq!(issue("CLOSED", "Do it", "text").done, ["i.json#entry-1"]);
    let open = issue("OPEN", "Do it", "\n**Priority**: P1\n\ntext\n");
    assert_eq!((open.done.len(), open.drafts[0].priority), (0, Priority::P1));
    assert_eq!(open.drafts[0].body, "**Priority**: P1\n\ntext\n");
    for (title, body) in [("", "text"), ("Do it", " \n")] {
        assert_eq!(issue("OPEN", title, body).remarks[0].why, Why::Empty, "{title} {body}");
    }
}
