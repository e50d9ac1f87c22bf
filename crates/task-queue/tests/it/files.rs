//! Task files: what survives, what is refused, and in which words.

use insta::assert_snapshot;
use leadforge_task_queue::{Check, Error, Estimate, Priority, Queue, Task, TaskId, complete};

use crate::help::{done, file, id};

const FULL: &str = "+++
# Why this exists.
id   = 'lf-7k3q9d2x'
title = \"Email server \\\"integration\\\"\"   # one line
priority = \"P1\"
after = [
  \"lf-2m8x1c00\",   # first
]
touches = [\"src/app/email_*.py\", \"!src/app/email_gen.py\"]
symbols = ['src/app/mail.py::Server.send']
resources = [\"port:2525\"]
verify = [\"pytest -q tests/test_email.py\"]
agents = [\"copilot\", \"claude\"]
hosts = [\"pypi.org\"]
attempts = 3
tries = 4
run = '''
make email
'''
estimate = { hours = 1.5, keystrokes = 12000 }
source = \"job-lead-finder:.ai-tasks/track-2.md\"
colour = \"blue\"

[theirs]
x = [1, 2]
+++
1. Set up the mail server\t\r
\u{202e}2. Ünïcode, and no line end";

fn parse(text: impl AsRef<[u8]>) -> Result<Task, Error> {
    Task::parse("docs/TASKS/queue/pending/lf-7k3q9d2x.md", text.as_ref())
}

fn refusal(text: impl AsRef<[u8]>) -> String {
    let error = parse(text).expect_err("it should be refused").to_string();
    assert!(!error.contains('\n'), "{error}");
    error.replace("docs/TASKS/queue/pending/lf-7k3q9d2x.md", "F")
}

#[test]
fn every_key_is_read() {
    let task = parse(FULL).expect("it is a task");
    assert_eq!(task.title, "Email server \"integration\"");
    assert_eq!(task.priority, Priority::P1);
    assert_eq!(task.after, [id("lf-2m8x1c00")]);
    assert_eq!(task.touches[1].as_str(), "!src/app/email_gen.py");
    assert_eq!(task.symbols, ["src/app/mail.py::Server.send"]);
    assert_eq!(task.resources, ["port:2525"]);
    assert_eq!((task.attempts, task.tries), (3, 4));
    assert_eq!(task.run.as_deref(), Some("make email\n"));
    assert_eq!(task.estimate, Some(Estimate { hours: Some(1.5), keystrokes: Some(12000) }));
    assert_eq!(task.hosts, ["pypi.org"]);
    assert_eq!(task.unknown_keys(), ["colour", "theirs"]);
    assert!(task.body.ends_with("no line end"));
}

#[test]
fn an_unchanged_task_gives_the_bytes_that_were_read() {
    for text in [FULL, "+++\ntitle='x'\n+++", "+++\ntitle='x'\n+++\n", "+++\ntitle='x'\n+++\n\n"] {
        let task = parse(text.replace("lf-2m8x1c00", "lf-00000000")).expect("it is a task");
        let bytes = task.to_bytes();
        assert_eq!(String::from_utf8_lossy(&bytes), text.replace("lf-2m8x1c00", "lf-00000000"));
    }
}

#[test]
fn a_changed_task_keeps_comments_and_unknown_keys() {
    let mut task = parse(FULL).expect("it is a task");
    task.title = "New".into();
    task.after.clear();
    task.priority = Priority::P0;
    task.estimate = Some(Estimate { hours: None, keystrokes: Some(7) });
    let text = String::from_utf8(task.to_bytes()).expect("text");
    assert!(text.contains("title = \"New\"   # one line\n"), "{text}");
    assert!(text.contains("# Why this exists.") && text.contains("[theirs]\nx = [1, 2]\n"));
    assert!(text.contains("priority = \"P0\"") && !text.contains("after"));
    assert!(text.contains("estimate = { keystrokes = 7 }"), "{text}");
    assert!(text.ends_with(&task.body));
    let again = parse(&text).expect("it is a task");
    assert!(again.same_definition(&task));
}

#[test]
fn a_command_cannot_close_the_front_matter() {
    let mut task = parse(FULL).expect("it is a task");
    task.verify = vec!["+++\nmake".into(), "true\n+++\nverify = []\n+++\n".into()];
    task.run = Some("+++\n".into());
    let again = parse(task.to_bytes()).expect("it is a task");
    assert!(again.same_definition(&task), "{}", String::from_utf8_lossy(&task.to_bytes()));
}

#[test]
fn a_new_task_is_written_short() {
    let mut task = Task::new(id("lf-7k3q9d2x"), "Do \"it\"");
    task.verify = vec!["cargo test".into()];
    task.body = "\nPlease.\n".into();
    assert_snapshot!(String::from_utf8_lossy(&task.to_bytes()), @r#"
    +++
    title = 'Do "it"'
    priority = "P2"
    verify = ["cargo test"]
    +++

    Please.
    "#);
}

#[test]
fn a_completion_is_added_and_read_back() {
    let mut evidence = done(3);
    evidence.added = 12;
    evidence.checks.push(Check {
        command: "sha256:aa".into(),
        exit: 0,
        log: "sha256:bb".into(),
        seconds: 1.25,
    });
    let bytes = complete("lf-7k3q9d2x.md", FULL.as_bytes(), &evidence).expect("it is a task");
    let text = String::from_utf8(bytes.clone()).expect("text");
    let (before, after) = text.split_once("\n[done]").expect("the table is there");
    assert!(FULL.starts_with(before), "{before}");
    assert_snapshot!(after.split("+++").next().expect("the front matter"), @r#"

    schema = "leadforge/done/1"
    epoch = 3
    session = "s"
    agent = "shell"
    commit = "c0ffee"
    tree = "facade"
    started = 2023-11-14T22:13:20Z
    ended = 2023-11-14T22:13:21.5Z
    lines = { added = 12, removed = 0 }
    checks = [
      { command = "sha256:aa", exit = 0, log = "sha256:bb", seconds = 1.25 },
    ]
    "#);
    let task = parse(&bytes).expect("it is a task");
    assert_eq!(task.done.as_ref(), Some(&evidence));
    assert!(task.same_definition(&parse(FULL).expect("it is a task")));
    assert_eq!(task.to_bytes(), bytes);
}

#[test]
fn bad_bytes_are_refused_in_one_line() {
    let errors = [
        refusal(""),
        refusal("\u{feff}+++\ntitle = 'x'\n+++\n"),
        refusal(b"\xff\xfe+\0+\0+\0"),
        refusal("+++\r\ntitle = 'x'\r\n+++\r\n"),
        refusal("+++\ntitle = 'x'\r\n+++\n"),
        refusal("+++\ntitle = 'x'\n+++\nab\0c\n"),
        refusal(b"+++\ntitle = 'x'\n+++\n\n\xe9t\xe9\n"),
        refusal("+++\ntitle = 'x'\n+++\n".to_owned() + &"x".repeat(10 << 20)),
        refusal("---\ntitle: x\n---\n"),
        refusal("# Title\n"),
        refusal("+++\ntitle = 'x'\n"),
    ];
    assert_snapshot!(errors.join("\n"), @r#"
    F:1: the file is empty; expected a first line that is exactly '+++'; write the front matter
    F:1: the file begins with a byte order mark; expected UTF-8 without a mark; save it as UTF-8 without BOM
    F:1: the file is UTF-16; expected UTF-8 without a mark; save it as UTF-8 without BOM
    F:1: the front matter has a carriage return; expected lines that end in LF alone; save it with Unix line ends (in git: '*.md text eol=lf')
    F:2: the front matter has a carriage return; expected lines that end in LF alone; save it with Unix line ends (in git: '*.md text eol=lf')
    F:4: the file holds a NUL byte; expected text; remove the byte
    F:5: the file is not UTF-8; expected UTF-8 text; save it as UTF-8
    F:1: the file has 10485780 bytes; expected at most 1048576; keep long material in another file and name it in the text
    F:1: the front matter is YAML; expected a first line that is exactly '+++'; import the file instead of copying it here
    F:1: there is no front matter; expected a first line that is exactly '+++'; begin the file with it
    F:3: the front matter is not closed; expected a line that is exactly '+++' before the text; add that line
    "#);
}

#[test]
fn bad_values_are_refused_with_their_line() {
    let errors = [
        refusal("+++\n+++\n"),
        refusal("+++\ntitle = \n+++\n"),
        refusal("+++\ntitle = 'a'\ntitle = 'b'\n+++\n"),
        refusal("+++\ntitle = ''\n+++\n"),
        refusal("+++\ntitle = \"a\\nb\"\n+++\n"),
        refusal("+++\ntitle = \"\\u0000\"\n+++\n"),
        refusal("+++\ntitle = 3\n+++\n"),
        refusal(file("priority = 'high'\n")),
        refusal(file("id = 'lf-other'\n")),
        refusal(file("after = 'lf-a'\n")),
        refusal(file("after = [\n'lf-a',\n'../x',\n]\n")),
        refusal(file("touches = ['src/../../etc']\n")),
        refusal(file("touches = ['/etc/passwd']\n")),
        refusal(file("touches = ['a**']\n")),
        refusal(file("touches = ['!a']\n")),
        refusal(file("touches = [3]\n")),
        refusal(file("symbols = ['main']\n")),
        refusal(file("verify = ['a\\b', \"x\\u0007\"]\n")),
        refusal(file("attempts = 0\n")),
        refusal(file("tries = 2.5\n")),
        refusal(file("estimate = { hours = -1 }\n")),
        refusal(file("estimate = 5\n")),
        refusal(file("hosts = ['a b']\n")),
        refusal(file("[done]\nepoch = 1\n")),
    ];
    assert_snapshot!(errors.join("\n"), @r#"
    F:1: title is missing; expected one line of text; write title = "…"
    F:2: the front matter is not TOML: string values must be quoted, expected literal string; expected TOML; correct the line
    F:3: the front matter is not TOML: duplicate key; expected TOML; correct the line
    F:2: title is empty; expected one line of text; correct it
    F:2: title holds a control character; expected one line of text; correct it
    F:2: title holds a control character; expected one line of text; correct it
    F:2: title is an integer; expected a text; write title = "…"
    F:3: priority is "high"; expected P0, P1, P2 or P3; correct it
    F:3: id is "lf-other"; expected "lf-7k3q9d2x", the name of the file; rename the file or remove the key
    F:3: after is a string; expected a list of task ids; write after = ["…"]
    F:5: after: "../x" is not a task id: only lower-case letters, digits, '-' and '_' are allowed; expected task ids; correct the entry
    F:3: touches: glob "src/../../etc": '..' leads out of the repository; expected globs of files; correct the entry
    F:3: touches: glob "/etc/passwd": it begins with '/': paths are relative to the repository; expected globs of files; correct the entry
    F:3: touches: glob "a**": '**' must be a whole part, as in 'src/**/x'; expected globs of files; correct the entry
    F:3: touches only takes away ('!'); expected at least one glob of files that are touched; add one, as in ["src/**", "!src/gen/**"]
    F:3: touches: an entry is an integer; expected globs of files; correct the entry
    F:3: symbols: "main" names no file or no symbol; expected symbols as path::name; correct the entry
    F:3: verify: an entry holds a control character; expected command lines; correct the entry
    F:3: attempts is 0; expected a whole number from 1 to 9; correct it
    F:3: tries is a float; expected a whole number from 1 to 99; write tries = 1
    F:3: estimate.hours is -1; expected a number that is not negative; correct it
    F:3: estimate is an integer; expected a table; write estimate = { … }
    F:3: hosts: "a b" is no host; expected names of hosts; correct the entry
    F:1: done.session is missing; expected the landing gate's evidence; take the file as the landing gate wrote it
    "#);
}

#[test]
fn ids_are_safe_and_never_sequential() {
    for bad in ["", "A", "a.b", "../x", "-a", "a/b", "con", "com1", "ü", &"a".repeat(65), "a b"] {
        assert!(TaskId::parse(bad).is_err(), "{bad}");
    }
    assert_eq!(TaskId::random([0; 5]).as_str(), "lf-00000000");
    assert_eq!(TaskId::random([255; 5]).as_str(), "lf-zzzzzzzz");
    assert_eq!(TaskId::random([0, 0, 0, 0, 1]).as_str(), "lf-00000001");
    let (a, b) = (TaskId::derived("x:1"), TaskId::derived("x:2"));
    assert_eq!(a, TaskId::derived("x:1"));
    assert_ne!(a.as_str()[..6], b.as_str()[..6]);
    assert!(TaskId::parse(a.as_str()).is_ok());
}

#[test]
fn files_elsewhere_are_passed_over() {
    let files = [
        ("docs/TASKS/queue/README.md", ""),
        ("docs/TASKS/queue/pending/README.md", ""),
        ("docs/TASKS/queue/pending/.hidden.md", ""),
        ("docs/TASKS/queue/pending/notes.txt", ""),
        ("docs/TASKS/queue/in-progress/lf-a.md", ""),
    ];
    let queue = Queue::from_files(files).expect("nothing is wrong");
    assert_eq!(queue.pending().len() + queue.completed().len(), 0);
}
