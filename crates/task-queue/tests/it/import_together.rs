//! Several sources at once, and a queue that knows some of it already.

use leadforge_task_queue::import::{self, Format, Import, State, Why};
use leadforge_task_queue::{Queue, TaskId};

fn read(files: &[(&str, &str)]) -> Import {
    import::read_all(files.iter().map(|(path, text)| (*path, text.as_bytes())))
}

/// A file of Backlog.md with this number.
fn backlog(number: &str, title: &str, lines: &str) -> String {
    format!(
        "---\nid: task-{number}\ntitle: {title}\nstatus: To Do\ncreated_date: x\n{lines}---\ntext\n"
    )
}

/// The title that a plan takes where two files have it, by the file it is in.
fn taken(a: (&str, &str), b: (&str, &str)) -> String {
    let plan = import::plan(&read(&[a, b]), &Queue::default()).expect("no cycle");
    let [file] = &plan.files[..] else { panic!("{plan:#?}") };
    let same = plan.remarks.iter().filter(|r| matches!(&r.why, Why::Same(key) if *key == file.key));
    assert_eq!(same.count(), 1, "{plan:#?}");
    file.at.path.clone()
}

#[test]
fn of_equal_titles_the_source_that_says_most_is_taken() {
    let words = "many more words\n".repeat(20);
    let task = ("z.md", "# Task: Do it\n\ntext\n");
    let form = format!("### Description\n\nDo it\n\n### More\n\n{words}");
    let form = ("y.md", form.as_str());
    let todo = format!("# A\n\n## Do it\n\n**Priority**: P1\n\n{words}{words}");
    let todo = ("x.md", todo.as_str());
    let list = format!("- [ ] Do it\n  {}", format!("{words}{words}{words}").replace('\n', "\n  "));
    let list = ("a.md", list.as_str());
    assert_eq!(taken(task, form), "z.md");
    assert_eq!(taken(form, todo), "y.md");
    assert_eq!(taken(todo, list), "x.md");
    assert_eq!(taken(task, list), "z.md");
    assert_eq!(taken(("b.md", "- [ ] Do it\n  with care\n"), ("a.md", "- [ ] Do it\n")), "b.md");
    assert_eq!(taken(("b.md", "- [ ] Do it\n"), ("a.md", "- [ ] Do it\n")), "a.md");
    assert_eq!(read(&[list]).drafts[0].format, Format::Checklist);
    assert_eq!(read(&[("l.md", "# Head\n- [ ] Do it\n")]).drafts[0].format, Format::Todo);
}

#[test]
fn a_title_that_is_done_elsewhere_is_noted_where_titles_mean_something() {
    let notes = |files: &[(&str, &str)]| {
        let import = read(files);
        import.remarks.iter().filter(|r| r.why == Why::Note && r.what.contains("is done")).count()
    };
    let open = ("a.md", "- [ ] Do it\n");
    assert_eq!(notes(&[open, ("b.md", "- [x] Do it\n")]), 1);
    assert_eq!(notes(&[open, ("b.md", "# Do it\n\nprose\n")]), 0);
    let done = r#"{"tasks": [{"id": 1, "title": "Do it", "status": "done"}]}"#;
    assert_eq!(notes(&[("l.md", "- [ ] master/1: Do it\n"), ("tasks.json", done)]), 0);
    let with_id = backlog("1", "Do it", "");
    assert_eq!(notes(&[("b/tasks/1.md", with_id.as_str()), ("c.md", "- [x] Do it\n")]), 0);
}

#[test]
fn one_id_is_one_task() {
    let (a, b) = (backlog("1", "First", ""), backlog("1", "Second", ""));
    let import = read(&[("b/tasks/a.md", a.as_str()), ("b/tasks/b.md", b.as_str())]);
    assert_eq!(import.drafts.iter().map(|d| d.title.as_str()).collect::<Vec<_>>(), ["First"]);
    assert_eq!(import.remarks[0].why, Why::Same("b#task-1 at b/tasks/a.md:1".into()));
    let import = read(&[("b/completed/a.md", a.as_str()), ("b/tasks/b.md", b.as_str())]);
    assert!(import.drafts.is_empty(), "{import:#?}");
}

#[test]
fn a_parent_waits_for_its_parts_unless_they_wait_for_it() {
    let after = |lines: [&str; 3]| {
        let texts = [
            backlog("1", "Parent", lines[0]),
            backlog("1.1", "Part", &format!("parent_task_id: task-1\n{}", lines[1])),
            backlog("2", "Other", lines[2]),
        ];
        let files = ["b/tasks/1.md", "b/tasks/1.1.md", "b/tasks/2.md"];
        let files: Vec<_> = files.into_iter().zip(texts.iter().map(String::as_str)).collect();
        let import = read(&files);
        import::plan(&import, &Queue::default()).expect("no cycle of our making");
        import.drafts.into_iter().find(|d| d.title == "Parent").expect("it is there").after
    };
    assert_eq!(after(["", "", ""]), ["b#task-1.1"]);
    assert!(after(["", "dependencies: [task-1]\n", ""]).is_empty());
    let through = ["", "dependencies: [task-2]\n", "dependencies: [task-1]\n"];
    assert!(after(through).is_empty());
    let own = backlog("1", "Parent", "parent_task_id: task-1\ndependencies: [task-1]\n");
    assert!(read(&[("b/tasks/1.md", own.as_str())]).drafts[0].after.is_empty());
}

#[test]
fn a_part_that_was_cancelled_is_not_waited_for() {
    let text = r#"{"tasks": [{"id": 1, "title": "Whole", "subtasks": [
        {"id": 1, "title": "A", "status": "done"},
        {"id": 2, "title": "B", "status": "cancelled"}]}]}"#;
    let import = import::parse_taskmaster("t.json", text);
    assert_eq!(import.drafts[0].after, ["t.json#master/1.1"]);
    assert_eq!(import.done, ["t.json#master/1.1"]);
}

#[test]
fn the_body_of_an_entry_is_what_it_says_and_how_it_is_tested() {
    let text = r#"{"tasks": [
        {"id": 1, "title": "A", "description": ["one", "two"], "details": " ", "testStrategy": "look"},
        {"id": "a b", "title": "B"}, {"id": "", "title": "C"}, {"id": [1], "title": "D"}]}"#;
    let import = import::parse_taskmaster("t.json", text);
    let [draft] = &import.drafts[..] else { panic!("{import:#?}") };
    assert_eq!(draft.body, "one\ntwo\n\n## Test strategy\n\nlook\n");
    assert!(import.remarks.iter().all(|r| r.what == "a task without a number"), "{import:#?}");
    assert_eq!(import.remarks.len(), 3);
    let long = |n: usize| format!(r#"{{"tasks": [{{"id": "{}", "title": "A"}}]}}"#, "7".repeat(n));
    let count = |n: usize| import::parse_taskmaster("t.json", &long(n)).drafts.len();
    assert_eq!((count(40), count(41)), (1, 0));
}

/// How a plan calls the task of `key` that the queue has.
fn state(queue: &Queue, files: &[(&str, &str)]) -> Option<State> {
    let plan = import::plan(&read(files), queue).expect("no cycle");
    plan.known.first().map(|known| known.state)
}

#[test]
fn what_the_queue_knows_is_compared_with_its_source() {
    let list = ("l.md", "- [ ] Do it\n");
    let plan = import::plan(&read(&[list]), &Queue::default()).expect("no cycle");
    let pending = plan.files.iter().map(|file| (file.path.clone(), file.bytes.clone()));
    let queue = Queue::from_files(pending).expect("it wrote what it can read");
    assert_eq!(state(&queue, &[list]), Some(State::Unchanged));
    assert_eq!(state(&queue, &[("l.md", "- [ ] Do it\n  more\n")]), Some(State::ChangedAtSource));
    assert_eq!(state(&queue, &[("l.md", "- [x] Do it\n")]), Some(State::DoneAtSource));
    assert_eq!(state(&queue, &[("l.md", "- [ ] Other\n")]), Some(State::GoneAtSource));
    assert_eq!(state(&queue, &[("other.md", "- [ ] Other\n")]), None);

    let mut task = queue.pending().next().expect("one").clone();
    task.done = Some(crate::help::done(1));
    let done = Queue::from_files([(format!("completed/{}.md", task.id), task.to_bytes())]);
    let done = done.expect("it is evidence");
    assert_eq!(state(&done, &[list]), Some(State::Completed));
    assert_eq!(state(&done, &[("l.md", "- [ ] Do it\n  more\n")]), Some(State::Completed));
    assert_eq!(state(&done, &[("l.md", "- [ ] Other\n")]), None);
    assert_eq!(state(&done, &[("l.md", "- [x] Do it\n")]), None);
}

#[test]
fn an_id_that_is_taken_is_passed_over() {
    let import = read(&[("l.md", "- [ ] Do it\n")]);
    let ids = ["l.md#do-it", "l.md#do-it\n2", "l.md#do-it\n3"].map(TaskId::derived);
    for taken in 0..ids.len() {
        let files = ids[..taken].iter().map(|id| {
            (format!("pending/{id}.md"), crate::help::file("").replace("A task", id.as_str()))
        });
        let queue = Queue::from_files(files).expect("they are other tasks");
        let plan = import::plan(&import, &queue).expect("no cycle");
        assert_eq!(plan.files[0].id, ids[taken]);
    }
}

#[test]
fn criteria_are_no_work_wherever_their_name_stands() {
    let titles = |text: &str| -> Vec<String> {
        read(&[("l.md", text)]).drafts.into_iter().map(|d| d.title).collect()
    };
    assert_eq!(titles("- [ ] a\n\nAcceptance criteria:\n\n- [ ] b\n"), ["a"]);
    assert_eq!(titles("- [ ] a\n- Definition of done:\n  - [ ] b\n- [ ] c\n"), ["a", "c"]);
    assert_eq!(titles("Steps:\n\n- [ ] a\n"), ["a"]);
    assert_eq!(
        titles("# A\n- [ ] a\n## Deliverables\n- [ ] b\n### More\n- [ ] c\n## B\n- [ ] d\n"),
        ["a", "d"]
    );
}

#[test]
fn the_deepest_section_that_says_so_is_the_task() {
    let text = "# A\n## B\n**Priority**: P1\n### C\ntext\n#### D\n**Priority**: P0\n\ntext\n";
    let import = read(&[("a.md", text)]);
    assert_eq!(import.drafts.iter().map(|d| d.title.as_str()).collect::<Vec<_>>(), ["D"]);
    for (boxes, done) in
        [("- [x] a\n- [x] b\n", true), ("- [x] a\n- [ ] b\n", false), ("text\n", false)]
    {
        let text = format!("# A\n\n## Do it\n\n**Priority**: P1\n\n{boxes}");
        let import = read(&[("a.md", text.as_str())]);
        assert_eq!(import.done.len() == 1 && import.drafts.is_empty(), done, "{boxes}");
    }
    let ticked = read(&[("a.md", "# A\n\n## Do it ✅\n\n**Priority**: P1\n\ntext\n")]);
    assert_eq!(ticked.done, ["a.md#do-it"]);
}
