//! Fuzz target `import`: what holds for any two files that are imported as other people's tasks.

use leadforge_task_queue::import::{self, Import, Why};
use leadforge_task_queue::{Queue, Task};

/// Places that say what a file is.
const PATHS: [&str; 8] = [
    "TODO.md",
    ".ai-tasks/email.md",
    "backlog/tasks/task-24 - x.md",
    "issue.md",
    ".taskmaster/tasks/tasks.json",
    "issues.json",
    ".github/ISSUE_TEMPLATE/x.md",
    "docs/plan/README",
];

/// The first byte chooses the places of two files, a line of `%%` divides them.
pub(crate) fn run(data: &[u8]) {
    let Some((choice, rest)) = data.split_first() else { return };
    let (one, two) = match rest.windows(4).position(|w| w == b"\n%%\n") {
        Some(at) => (&rest[..=at], &rest[at + 4..]),
        None => (rest, &b""[..]),
    };
    let first = PATHS[usize::from(choice & 7)];
    let second = PATHS[usize::from(choice >> 3 & 7)];
    let mut files = vec![(first, one)];
    if first != second && !two.is_empty() {
        files.push((second, two));
    }
    let found = import::read_all(files.clone());
    files.reverse();
    assert_eq!(import::read_all(files.clone()), found, "the order of files does not matter");
    for (path, bytes) in files {
        within(&found, path, bytes);
    }
    drafts(&found);
    planned(&found);
    // Bytes are decoded before an importer sees them: what holds a NUL is no text.
    if let Some(text) = std::str::from_utf8(one).ok().filter(|text| !text.contains('\0')) {
        each(first, text);
    }
}

/// Each importer on text that detection might not have given to it.
fn each(path: &str, text: &str) {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    for import in [
        import::parse_issue_form(path, None, &text),
        import::parse_issue_form(path, Some("A heading"), &text),
        import::parse_checklist(path, &text),
        import::parse_ai_task(path, &text),
        import::parse_todo(path, &text),
        import::parse_backlog_md(path, &text),
        import::parse_taskmaster(path, &text),
    ] {
        within(&import, path, text.as_bytes());
        drafts(&import);
    }
}

/// Everything that is said stands on lines that there are.
fn within(import: &Import, path: &str, bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes).replace("\r\n", "\n").replace('\r', "\n");
    let lines = text.split('\n').count();
    let places = import.drafts.iter().map(|d| &d.at).chain(import.remarks.iter().map(|r| &r.at));
    for at in places.filter(|at| at.path == path) {
        assert!(1 <= at.line && at.line <= at.end && at.end as usize <= lines, "{at:?} of {lines}");
    }
}

fn drafts(import: &Import) {
    for draft in &import.drafts {
        let title = &draft.title;
        assert!(!title.chars().any(char::is_control) && title.trim() == title, "{title:?}");
        assert!((1..=100).contains(&title.chars().count()), "{title:?}");
        assert!(!draft.body.contains(['\0', '\r']) && !draft.key.contains('\n'), "{draft:?}");
        assert!(draft.agents.iter().chain(&draft.touches).all(|word| !word.contains('\n')));
    }
}

/// What is planned can be read, gives no command, and is planned once.
fn planned(found: &Import) {
    let Ok(plan) = import::plan(found, &Queue::default()) else { return };
    let queue = Queue::from_files(plan.files.iter().map(|file| (&file.path, &file.bytes)));
    let queue = queue.expect("what is planned can be read");
    for file in &plan.files {
        let task = Task::parse(&file.path, &file.bytes).expect("it was read a moment ago");
        assert!(task.run.is_none() && task.verify.is_empty() && task.hosts.is_empty());
        assert_eq!((task.id, task.source.as_deref()), (file.id.clone(), Some(file.key.as_str())));
    }
    let left = plan.remarks.iter().filter(|remark| remark.why.left_out()).count();
    assert!(plan.files.len() + left >= found.drafts.len(), "nothing is dropped in silence");
    let again = import::plan(found, &queue).expect("no cycle came in");
    assert_eq!(again.files, [], "twice with one result");
    let gone = import::plan(&Import { files: found.files.clone(), ..Import::default() }, &queue);
    assert_eq!(gone.expect("nothing to plan").files, []);
    assert!(found.remarks.iter().all(|remark| remark.why != Why::Note || !remark.what.is_empty()));
}
