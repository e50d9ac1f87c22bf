//! Task files at the limits: sizes, lists, lines of faults, and files that are none.

use std::os::unix::fs::symlink;
use std::path::Path;

use leadforge_task_queue::{Error, Glob, MAX_FILE, Queue, Task};

use crate::help::{Checkout, done, file, id};

fn fault(text: &str) -> leadforge_task_queue::Fault {
    match Task::parse("pending/a.md", text.as_bytes()).expect_err("it is refused") {
        Error::File(fault) => fault,
        other => panic!("{other}"),
    }
}

#[test]
fn the_largest_file_is_read_and_one_byte_more_is_not() {
    let checkout = Checkout::new();
    let mut text = file("");
    text.push_str(&"x".repeat(MAX_FILE - text.len()));
    checkout.write("pending/a.md", &text);
    let queue = Queue::load(&checkout.root()).expect("it is as long as may be");
    assert_eq!(queue.get(&id("a")).expect("it is there").to_bytes(), text.as_bytes());
    Queue::from_files([("pending/a.md", &text)]).expect("it is as long as may be");
    text.push('x');
    checkout.write("pending/a.md", &text);
    let told = format!("the file has {} bytes", MAX_FILE + 1);
    assert_eq!(fault(&text).problem, told);
    let error = Queue::load(&checkout.root()).expect_err("it is too long").to_string();
    assert!(error.contains(&told), "{error}");
}

#[test]
fn lists_have_256_entries_and_texts_64_kib_at_most() {
    let agents = |n: usize| file(&format!("agents = [{}]\n", "'x',".repeat(n)));
    let task = Task::parse("pending/a.md", agents(256).as_bytes()).expect("it fits");
    assert_eq!(task.agents.len(), 256);
    assert_eq!(fault(&agents(257)).problem, "agents has 257 entries");
    let source = |n: usize| file(&format!("source = '{}'\n", "x".repeat(n)));
    assert!(Task::parse("pending/a.md", source(64 << 10).as_bytes()).is_ok());
    assert_eq!(fault(&source((64 << 10) + 1)).problem, "source is longer than 64 KiB");
}

#[test]
fn a_carriage_return_is_named_with_its_line() {
    let lines = "x = 1\n".repeat(30).replace("x", "key");
    for line in [2, 3, 7, 20] {
        let mut text: Vec<String> = format!("+++\n{lines}").lines().map(str::to_owned).collect();
        text[line - 1].push('\r');
        assert_eq!(fault(&text.join("\n")).line, line);
    }
    assert_eq!(fault("+++\r\ntitle = 'x'\n").line, 1);
}

#[test]
fn a_file_without_front_matter_is_told_from_an_empty_one() {
    assert_eq!(fault("").problem, "the file is empty");
    assert_eq!(fault("\ntext\n").problem, "there is no front matter");
    assert_eq!(fault("---\nx: 1\n---\n").problem, "the front matter is YAML");
}

#[test]
fn a_symbol_is_a_file_and_a_name() {
    let symbols = |text: &str| file(&format!("symbols = ['{text}']\n"));
    let task = Task::parse("pending/a.md", symbols("src/a.py::Server.send").as_bytes());
    assert_eq!(task.expect("it names both").symbols, ["src/a.py::Server.send"]);
    for bad in ["src/a.py", "::name", "src/a.py::", "::"] {
        assert!(fault(&symbols(bad)).problem.contains("names no file or no symbol"), "{bad}");
    }
    assert!(fault(&symbols("src/*.py::x")).problem.contains("is a pattern"));
    assert!(fault(&symbols("../a.py::x")).problem.starts_with("symbols: "));
}

#[test]
fn faults_of_the_evidence_name_the_whole_key() {
    let mut task = Task::parse("completed/a.md", file("").as_bytes()).expect("a task");
    task.done = Some(leadforge_task_queue::Completion {
        checks: vec![leadforge_task_queue::Check {
            command: "make".into(),
            exit: 0,
            log: "x".into(),
            seconds: 7.5,
        }],
        added: 4711,
        ..done(1)
    });
    let text = String::from_utf8(task.to_bytes()).expect("text");
    for (from, to, key) in [
        ("seconds = 7.5", "seconds = -1", "done.checks.seconds "),
        ("added = 4711", "added = -1", "done.lines.added "),
        ("epoch = 1", "epoch = -1", "done.epoch "),
    ] {
        assert!(text.contains(from), "{text}");
        let problem = fault(&text.replace(from, to)).problem;
        assert!(problem.starts_with(key), "{problem}");
    }
    let problem = fault(&file("estimate = { hours = -1 }\n")).problem;
    assert!(problem.starts_with("estimate.hours "), "{problem}");
}

/// A key, and how a person changes it.
type Change<'a> = (&'a str, &'a dyn Fn(&mut Task));

#[test]
fn every_key_that_was_changed_is_written_and_no_other() {
    let text = file("# kept\npriority = 'P1'\nagents = ['one']   # beside\ncolour = 1\n");
    let old = Task::parse("pending/a.md", text.as_bytes()).expect("a task");
    let glob = |text: &str| Glob::parse(text).expect("a glob");
    let changes: [Change<'_>; 15] = [
        ("title", &|t| t.title = "Another".into()),
        ("priority", &|t| t.priority = leadforge_task_queue::Priority::P0),
        ("after", &|t| t.after = vec![id("b")]),
        ("touches", &|t| t.touches = vec![glob("src/**")]),
        ("symbols", &|t| t.symbols = vec!["a.py::x".into()]),
        ("resources", &|t| t.resources = vec!["port".into()]),
        ("verify", &|t| t.verify = vec!["make".into()]),
        ("agents", &|t| t.agents = vec!["two".into()]),
        ("hosts", &|t| t.hosts = vec!["pypi.org".into()]),
        ("attempts", &|t| t.attempts = 3),
        ("tries", &|t| t.tries = 9),
        ("run", &|t| t.run = Some("make".into())),
        ("estimate", &|t| {
            let estimate = leadforge_task_queue::Estimate { hours: Some(1.5), keystrokes: None };
            t.estimate = Some(estimate);
        }),
        ("source", &|t| t.source = Some("there".into())),
        ("done", &|t| t.done = Some(done(3))),
    ];
    for (key, change) in changes {
        let mut task = old.clone();
        change(&mut task);
        let bytes = task.to_bytes();
        let back = Task::parse("pending/a.md", &bytes).expect("it is read again");
        let same = |a: &Task, b: &Task| a.same_definition(b) && a.done == b.done;
        assert!(same(&back, &task), "{key}: {back:#?}");
        assert!(!same(&back, &old), "{key}");
        let written = String::from_utf8(bytes).expect("text");
        let kept = text.lines().filter(|line| !line.starts_with(key));
        for line in kept {
            assert!(written.contains(line), "{key}: {line} is gone from {written}");
        }
        let new = written.lines().filter(|line| !text.contains(line)).count();
        assert!(new == 1 || key == "done", "{key}: {written}");
    }
}

#[test]
fn what_is_no_plain_file_or_folder_is_refused_and_not_waited_for() {
    let checkout = Checkout::new();
    let pipe = checkout.path("pending/a.md");
    let (fifo, mode) = (rustix::fs::FileType::Fifo, rustix::fs::Mode::RWXU);
    rustix::fs::mknodat(rustix::fs::CWD, &pipe, fifo, mode, 0).expect("a writable folder");
    let error = Queue::load(&checkout.root()).expect_err("a pipe").to_string();
    assert!(error.contains("it is a device or a pipe"), "{error}");
    std::fs::remove_file(&pipe).expect("ours");
    std::fs::create_dir(&pipe).expect("a writable folder");
    let error = Queue::load(&checkout.root()).expect_err("a folder").to_string();
    assert!(error.contains("it is a folder"), "{error}");

    std::fs::remove_dir_all(checkout.path("pending")).expect("ours");
    checkout.write("pending", "text");
    let error = Queue::load(&checkout.root()).expect_err("no folder");
    let Error::Queue(errors) = &error else { panic!("{error}") };
    assert_eq!(errors.faults().len(), 1);
    assert_eq!(errors.faults()[0].problem, "it is a symbolic link or no folder");
    // What lies above a queue is its caller's; that it cannot be looked at is no empty queue.
    let error = Queue::load(&checkout.path("pending/queue")).expect_err("a file has no folders");
    assert!(matches!(error, Error::Io { .. }), "{error}");
    let looped = checkout.dir.path().join("loop");
    symlink("loop", &looped).expect("a link");
    let error = Queue::load(&looped.join("queue")).expect_err("a loop");
    assert!(matches!(error, Error::Io { .. }), "{error}");
    assert_eq!(Queue::load(Path::new("/nonexistent/queue")).expect("no queue").pending().len(), 0);
}

#[test]
fn every_bad_file_is_told_in_order_a_line_each() {
    let error = Queue::from_files([("pending/b.md", "text"), ("pending/a.md", "")]);
    let Error::Queue(errors) = error.expect_err("two bad files") else { panic!("of the queue") };
    let paths: Vec<&str> = errors.faults().iter().map(|fault| fault.path.as_str()).collect();
    assert_eq!(paths, ["pending/a.md", "pending/b.md"]);
    let lines: Vec<String> = errors.faults().iter().map(ToString::to_string).collect();
    assert_eq!(errors.to_string(), lines.join("\n"));
}

#[test]
fn an_id_has_64_characters_at_most() {
    assert!(leadforge_task_queue::TaskId::parse(&"x".repeat(64)).is_ok());
    assert!(leadforge_task_queue::TaskId::parse(&"x".repeat(65)).is_err());
}

#[test]
fn an_id_is_no_device_of_windows() {
    let good = |text: &str| leadforge_task_queue::TaskId::parse(text).is_ok();
    assert!(["com", "com10", "comx", "lpt", "console"].into_iter().all(good));
    assert!(!["con", "prn", "aux", "nul", "com1", "lpt9"].into_iter().any(good));
}

#[test]
fn an_id_says_itself() {
    assert_eq!((String::from(id("a")), format!("{:?}", id("a"))), ("a".into(), "a".into()));
}

#[test]
fn a_task_says_whose_it_is_where_it_stands_and_what_is_the_same() {
    let text = file("agents = ['one']\n");
    let task = Task::parse("pending/a.md", text.as_bytes()).expect("a task");
    assert_eq!((task.allows_agent("one"), task.allows_agent("two")), (true, false));
    let anyone = Task::parse("pending/b.md", file("").as_bytes()).expect("a task");
    assert!(anyone.allows_agent("two"));
    assert_eq!((task.path(), Task::new(id("a"), "A task").path()), ("pending/a.md", ""));
    // Without a body, the last line end says nothing either.
    let bare = |end: &str| format!("+++\ntitle = 'A'\n+++{end}");
    let of = |text: String| Task::parse("pending/a.md", text.as_bytes()).expect("a task");
    assert!(of(bare("")).same_definition(&of(bare("\n"))));
    assert!(!of(bare("\n")).same_definition(&of(bare("\ntext\n"))));
}
