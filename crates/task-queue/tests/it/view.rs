//! The generated view of what runs.

use insta::assert_snapshot;
use leadforge_durable_fs::RealDisk;
use leadforge_task_queue::{Backend as _, Memory, Queue, write_view};

use crate::help::{Checkout, World, granted, queue, request};

#[test]
fn the_view_shows_what_runs_and_nothing_else() {
    let (checkout, world, memory) = (Checkout::new(), World::new(), Memory::new());
    let queue = queue(&[("a", "attempts = 2\n")]);
    for session in ["s1", "s2"] {
        let mut ask = request(&world, session);
        ask.agent = "an\"agent\n+++".into();
        granted(memory.claim(&queue, &ask, &world.now()).expect("a claim"));
    }
    let view = checkout.path("in-progress");
    std::fs::create_dir_all(&view).expect("a folder");
    std::fs::write(view.join("gone.md"), "old").expect("written");
    std::fs::write(view.join("notes.txt"), "mine").expect("written");
    write_view(&RealDisk, &checkout.root(), &memory.leases().expect("leases")).expect("written");
    let list = || {
        let entries = std::fs::read_dir(&view).expect("the folder").flatten();
        let mut names: Vec<String> =
            entries.map(|e| e.file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names.join(" ")
    };
    assert_eq!(list(), ".gitignore a.1.md a.md notes.txt");
    let text = std::fs::read_to_string(view.join("a.1.md")).expect("text");
    assert_snapshot!(text.replace(&world.unix_ms.to_string(), "NOW"), @r#"
    +++
    task = "a"
    slot = 1
    epoch = 2
    agent = 'an\"agent\n+++'
    granted_ms = NOW
    +++
    Generated: what runs now. Nobody reads this back.
    "#);
    assert_eq!(Queue::load(&checkout.root()).expect("it is not read").pending().len(), 0);
    write_view(&RealDisk, &checkout.root(), &[]).expect("written");
    assert_eq!(list(), ".gitignore notes.txt");

    std::fs::remove_dir_all(&view).expect("removed");
    std::os::unix::fs::symlink(checkout.dir.path(), &view).expect("a link");
    let error = write_view(&RealDisk, &checkout.root(), &[]).expect_err("a link");
    assert_snapshot!(error, @r#"
    docs/TASKS/queue/in-progress:1: it is a symbolic link or no folder; expected the generated folder; remove it
    "#);
}

#[test]
fn the_view_makes_its_folder_and_says_when_it_cannot_look() {
    let checkout = Checkout::new();
    write_view(&RealDisk, &checkout.root(), &[]).expect("there was no folder");
    let ignore = checkout.path("in-progress/.gitignore");
    assert_eq!(std::fs::read(&ignore).expect("it is there"), b"*\n");
    let error = write_view(&RealDisk, &ignore, &[]).expect_err("a file has no folders");
    assert!(error.to_string().contains("cannot look at the folder"), "{error}");
}
