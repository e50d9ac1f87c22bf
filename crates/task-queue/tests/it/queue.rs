//! Whole queues: order, blockers, references, duplicates, folders that are not what they seem.

use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::symlink;

use insta::assert_snapshot;
use leadforge_task_queue::{Drawing, Error, Queue, complete, draw};

use crate::help::{Checkout, done, file, id, queue};

fn faults(files: &[(&str, &str)]) -> String {
    let files = files.iter().map(|(path, front)| ((*path).to_owned(), file(front)));
    told(Queue::from_files(files))
}

fn told(queue: Result<Queue, Error>) -> String {
    queue.expect_err("the queue is bad").to_string()
}

#[test]
fn order_is_dependencies_then_priority_then_id() {
    let queue = queue(&[
        ("a", "priority = 'P3'\n"),
        ("b", "priority = 'P0'\nafter = ['z']\n"),
        ("c", "priority = 'P1'\n"),
        ("d", "priority = 'P1'\n"),
        ("z", "priority = 'P2'\n"),
    ]);
    let order: Vec<String> = queue.order().iter().map(ToString::to_string).collect();
    assert_eq!(order, ["c", "d", "z", "b", "a"]);
    assert_eq!(queue.blockers(&id("b")), [id("z")]);
    let free: Vec<&str> = queue.unblocked().iter().map(|task| task.id.as_str()).collect();
    assert_eq!(free, ["c", "d", "z", "a"]);
}

#[test]
fn long_chains_are_no_deep_recursion() {
    let files: Vec<(String, String)> = (0..20_000)
        .map(|n| {
            let after = if n == 0 { String::new() } else { format!("after = ['t{}']\n", n - 1) };
            (format!("pending/t{n}.md"), file(&after))
        })
        .collect();
    let queue = Queue::from_files(files).expect("a chain is no cycle");
    assert_eq!(queue.order().len(), 20_000);
    assert_eq!(queue.order()[19_999], id("t19999"));
}

#[test]
fn references_must_lead_somewhere_else() {
    assert_snapshot!(faults(&[
        ("pending/a.md", "after = [\n'b',\n'nowhere']\n"),
        ("pending/b.md", "after = ['c']\n"),
        ("pending/c.md", "priority = 'P1'\nafter = ['b']\n"),
        ("pending/d.md", "after = ['d']\n"),
        ("pending/e.md", "after = ['a', 'b']\n"),
    ]), @r#"
    pending/a.md:5: after names "nowhere", which does not exist; expected the id of a task in pending/ or completed/; correct or remove the entry
    pending/b.md:3: the task waits for itself: b after c after b; expected an order in which each can be done; remove one of these references
    pending/d.md:3: the task waits for itself: d after d; expected an order in which each can be done; remove one of these references
    "#);
}

#[test]
fn every_bad_file_is_reported() {
    assert_snapshot!(faults(&[
        ("pending/a.md", "priority = 'P7'\n"),
        ("pending/B.md", ""),
        ("completed/c.md", ""),
        ("pending/d.md", "after = ['gone']\n"),
    ]), @r#"
    completed/c.md:1: a completed task has no evidence ([done]); expected the table that the landing gate writes; move the file back to pending/
    pending/B.md:1: the file's name is no task id: "B" is not a task id: only lower-case letters, digits, '-' and '_' are allowed; expected a name such as lf-7k3q9d2x.md; rename the file
    pending/a.md:3: priority is "P7"; expected P0, P1, P2 or P3; correct it
    "#);
}

#[test]
fn a_completed_copy_of_the_same_task_wins() {
    let pending = file("priority = 'P1'\n# a comment\n");
    let completed = complete("a.md", pending.as_bytes(), &done(1)).expect("a task");
    let files = [
        ("pending/a.md", pending.clone().into_bytes()),
        ("completed/a.md", completed.clone()),
        ("pending/b.md", file("after = ['a']\n").into_bytes()),
    ];
    let queue = Queue::from_files(files).expect("it is one task");
    assert!(queue.is_completed(&id("a")) && queue.blockers(&id("b")).is_empty());
    assert_eq!(queue.pending().len(), 1);

    let edited = pending.replace("Do it.", "Do something else.");
    let files = [("pending/a.md", edited.into_bytes()), ("completed/a.md", completed)];
    assert_snapshot!(told(Queue::from_files(files)), @r#"
    pending/a.md:1: completed/a.md has this id too; expected one file for each id; remove or rename one of them
    "#);
    let twice = [("x/pending/a.md", &pending), ("y/pending/a.md", &pending)];
    assert_snapshot!(told(Queue::from_files(twice)), @r#"
    y/pending/a.md:1: x/pending/a.md has this id too; expected one file for each id; remove or rename one of them
    "#);
}

#[test]
fn evidence_belongs_into_completed_only() {
    let bytes = complete("a.md", file("").as_bytes(), &done(1)).expect("a task");
    assert_snapshot!(told(Queue::from_files([("pending/a.md", bytes)])), @r#"
    pending/a.md:1: a pending task has evidence ([done]); expected none in pending/; remove the table, or put the file back into completed/
    "#);
}

#[test]
fn prefixes_find_a_task() {
    let queue = queue(&[("lf-abc", ""), ("lf-abcd", ""), ("lf-x", "")]);
    assert_eq!(queue.find("lf-x").expect("one").id, id("lf-x"));
    assert_eq!(queue.find("lf-abc").expect("exact").id, id("lf-abc"));
    assert_snapshot!(queue.find("lf-a").expect_err("two"), @r#""lf-a" is the beginning of several tasks: lf-abc, lf-abcd"#);
    assert_snapshot!(queue.find("no").expect_err("none"), @r#"no task begins with "no""#);
}

#[test]
fn links_and_strange_names_are_refused() {
    let checkout = Checkout::new();
    checkout.write("pending/fine.md", file(""));
    std::fs::write(checkout.dir.path().join("outside.md"), file("")).expect("a file");
    symlink(checkout.dir.path().join("outside.md"), checkout.path("pending/link.md"))
        .expect("a link");
    symlink("nowhere", checkout.path("pending/dangling.md")).expect("a link");
    std::fs::create_dir(checkout.path("pending/folder.md")).expect("a folder");
    let name = std::ffi::OsStr::from_bytes(b"caf\xe9.md");
    std::fs::write(checkout.root().join("pending").join(name), file("")).expect("a file");
    let socket = std::os::unix::net::UnixListener::bind(checkout.path("pending/socket.md"));
    checkout.write("pending/big.md", vec![b'x'; 10 << 20]);
    assert_snapshot!(told(Queue::load(&checkout.root())), @r#"
    docs/TASKS/queue/pending/big.md:1: the file has 10485760 bytes; expected at most 1048576; keep long material in another file and name it in the text
    docs/TASKS/queue/pending/caf�.md:1: the file's name is not UTF-8; expected a name such as lf-7k3q9d2x.md; rename the file
    docs/TASKS/queue/pending/dangling.md:1: it is a symbolic link; expected a plain file; replace it by the file itself
    docs/TASKS/queue/pending/folder.md:1: it is a folder; expected a plain file; replace it by the file itself
    docs/TASKS/queue/pending/link.md:1: it is a symbolic link; expected a plain file; replace it by the file itself
    docs/TASKS/queue/pending/socket.md:1: it is a socket; expected a plain file; replace it by the file itself
    "#);
    drop(socket);
}

#[test]
fn a_linked_folder_is_refused() {
    let checkout = Checkout::new();
    std::fs::remove_dir(checkout.path("pending")).expect("it is empty");
    symlink(checkout.dir.path(), checkout.path("pending")).expect("a link");
    assert_snapshot!(told(Queue::load(&checkout.root())), @r#"
    docs/TASKS/queue/pending:1: it is a symbolic link or no folder; expected a folder of the repository itself; replace it by a folder
    "#);

    let other = Checkout::new();
    std::fs::rename(other.dir.path().join("docs"), other.dir.path().join("real")).expect("renamed");
    symlink("real", other.dir.path().join("docs")).expect("a link");
    assert_snapshot!(told(Queue::load(&other.root())), @r#"
    docs:1: it is a symbolic link or no folder; expected a folder of the repository itself; replace it by a folder
    "#);
}

#[test]
fn a_missing_queue_is_empty() {
    let checkout = Checkout::new();
    let queue = Queue::load(&checkout.dir.path().join("none")).expect("nothing is wrong");
    assert_eq!(queue.pending().len(), 0);
}

#[test]
fn graphs_are_drawn_with_their_titles_escaped() {
    let evil = "+++\ntitle = 'a\"]; <script> \\ `x`'\npriority = 'P1'\n+++\n";
    let files = [("pending/a.md", evil.to_owned()), ("pending/b-c.md", file("after = ['a']\n"))];
    let queue = Queue::from_files(files).expect("a queue");
    let all = [Drawing::Dot, Drawing::Mermaid, Drawing::Text].map(|d| draw(&queue, d));
    assert_snapshot!(all.join("---\n"), @r#"
    digraph queue {
      rankdir=LR;
      node [shape=box];
      "a" [label="a P1\na\"]; <script> \\ `x`"];
      "b-c" [label="b-c P2\nA task"];
      "a" -> "b-c";
    }
    ---
    graph LR
      t0["a a#34;]; #60;script#62; #92; #96;x#96;"]
      t1["b-c A task"]
      t0 --> t1
    ---
    P1 a a"]; <script> \ `x`
    P2 b-c A task (after a)
    "#);
}

#[test]
fn a_task_is_found_by_the_beginning_of_its_id_when_only_one_begins_so() {
    let queue = queue(&[("abc", ""), ("abx", ""), ("x", ""), ("xy", "")]);
    let find = |text: &str| queue.find(text).map(|task| task.id.as_str().to_owned());
    assert_eq!(find("abc").expect("its id"), "abc");
    assert_eq!(find("abx").expect("its id"), "abx");
    assert_eq!(find("xy").expect("its id"), "xy");
    assert_eq!(find("x").expect("a whole id names its task"), "x");
    assert!(matches!(find("ab"), Err(Error::Ambiguous { tasks, .. }) if tasks.len() == 2));
    assert!(matches!(find("abcd"), Err(Error::NoSuchTask(text)) if text == "abcd"));
    let one = crate::help::queue(&[("abc", "")]);
    assert_eq!(one.find("a").expect("only one begins so").id.as_str(), "abc");
}
