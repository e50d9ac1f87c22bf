//! Fuzz target `task-file`: what holds for any bytes that stand where a task file should.

use leadforge_task_queue::{Check, Completion, Priority, Task, TaskId, complete};
use toml_edit::DocumentMut;

const PATH: &str = "docs/TASKS/queue/pending/lf-7k3q9d2x.md";

/// Reads the bytes as a task file; what is read is written, changed and completed.
pub(crate) fn run(data: &[u8]) {
    id(data);
    let task = match Task::parse(PATH, data) {
        Ok(task) => task,
        Err(error) => {
            let text = error.to_string();
            assert!(
                text.starts_with(PATH) && !text.contains('\n'),
                "no line of one file: {text:?}"
            );
            return;
        }
    };
    assert_eq!(task.to_bytes(), data, "what was not changed stays as it was written");
    assert_eq!(Task::parse(PATH, &task.to_bytes()).as_ref().ok(), Some(&task));
    changed(&task, data);
    completed(&task, data);
}

/// Every key that we know is written anew; everything else stays as it was.
fn changed(task: &Task, data: &[u8]) {
    let mut new = task.clone();
    new.title = format!("{} \"two\"", task.title.chars().take(40).collect::<String>());
    new.priority = if task.priority == Priority::P0 { Priority::P3 } else { Priority::P0 };
    new.after.push(TaskId::derived("fuzz"));
    new.verify = task.verify.iter().skip(1).cloned().collect();
    new.hosts = vec!["pypi.org".into()];
    new.attempts = task.attempts % 9 + 1;
    new.run = task.run.is_none().then(|| "make\n\tall 'x' \"y\"".to_owned());
    new.estimate = None;
    new.body.push_str("more\n");
    let bytes = new.to_bytes();
    let read = Task::parse(PATH, &bytes);
    // It may have become too long for a task file, or its list too long for a task.
    let Ok(read) = read else {
        assert!(bytes.len() > 1 << 20 || task.after.len() >= 256, "{read:?}");
        return;
    };
    assert!(read.same_definition(&new), "{read:?}\n{new:?}");
    assert_eq!(read.done, task.done);
    foreign_keys_stay(data, &bytes);
}

fn completed(task: &Task, data: &[u8]) {
    let evidence = Completion {
        epoch: data.len() as u64,
        session: task.title.clone(),
        agent: task.id.to_string(),
        commit: "c0ffee".into(),
        tree: "facade".into(),
        base: Some("deface".into()),
        started_ms: 1_700_000_000_000,
        ended_ms: 1_700_000_001_500,
        added: 1,
        removed: 0,
        checks: task
            .verify
            .iter()
            .filter(|line| !line.contains(['\n', '\t']))
            .map(|line| Check {
                command: line.clone(),
                exit: -1,
                log: "sha256:0".into(),
                seconds: 0.25,
            })
            .collect(),
    };
    let bytes = complete(PATH, data, &evidence).expect("it was read a moment ago");
    let Ok(done) = Task::parse(PATH, &bytes) else {
        assert!(bytes.len() > 1 << 20, "a completed file is a task file");
        return;
    };
    assert_eq!(done.done.as_ref(), Some(&evidence));
    assert_eq!(done.body, task.body, "the text survives byte for byte");
    assert!(done.same_definition(task));
    assert_eq!(done.to_bytes(), bytes);
    foreign_keys_stay(data, &bytes);
    // Completing twice is completing with the later evidence.
    let later = Completion { epoch: evidence.epoch + 1, checks: Vec::new(), ..evidence };
    let again = complete(PATH, &bytes, &later).expect("a completed file is a task file");
    let again = Task::parse(PATH, &again).expect("and so is what it is made into");
    assert_eq!((again.done.as_ref(), again.body.as_str()), (Some(&later), task.body.as_str()));
}

/// Keys that mean nothing to us, with all that stands around and in them.
fn foreign_keys_stay(before: &[u8], after: &[u8]) {
    let (before, after) = (front(before), front(after));
    let ours = [
        "title",
        "priority",
        "after",
        "touches",
        "symbols",
        "resources",
        "verify",
        "agents",
        "hosts",
        "attempts",
        "tries",
        "run",
        "estimate",
        "source",
        "done",
    ];
    for (key, item) in before.iter().filter(|(key, _)| !ours.contains(key)) {
        let kept = after.get(key).map(ToString::to_string);
        assert_eq!(kept, Some(item.to_string()), "the key {key:?}");
    }
}

fn front(bytes: &[u8]) -> DocumentMut {
    let text = std::str::from_utf8(bytes).expect("a task file is UTF-8");
    let lines =
        text.split_inclusive('\n').skip(1).take_while(|line| line.trim_end_matches('\n') != "+++");
    lines.collect::<String>().parse().expect("it was read as TOML")
}

/// An id that is taken is safe as the name of a file and as a part of a branch's name.
fn id(data: &[u8]) {
    let text = String::from_utf8_lossy(data.split(|b| *b == b'\n').next().unwrap_or_default());
    if let Ok(id) = TaskId::parse(&text) {
        let safe = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-' || b == b'_';
        assert!(id.as_str() == text && text.bytes().all(safe) && (1..=64).contains(&text.len()));
        assert!(!text.starts_with(['-', '_']));
    }
    let derived = TaskId::derived(&text);
    assert_eq!(TaskId::parse(derived.as_str()).ok(), Some(derived));
}
