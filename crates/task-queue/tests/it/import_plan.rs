//! From drafts to files: ids, references, twins, and a second import that changes nothing.

use insta::assert_snapshot;
use leadforge_task_queue::Queue;
use leadforge_task_queue::import::{self, Plan, State, Why};

type Files = Vec<(String, Vec<u8>)>;

fn planned(sources: &[(&str, &str)], queue: &Files) -> Plan {
    let queue =
        Queue::from_files(queue.iter().map(|(p, b)| (p.as_str(), b))).expect("a sound queue");
    let import = import::read_all(sources.iter().map(|(p, t)| (*p, t.as_bytes())));
    import::plan(&import, &queue).expect("no cycle")
}

fn written(mut queue: Files, plan: &Plan) -> Files {
    queue.extend(plan.files.iter().map(|file| (file.path.clone(), file.bytes.clone())));
    queue
}

fn states(plan: &Plan) -> Vec<State> {
    plan.known.iter().map(|known| known.state).collect()
}

const LIST: &str = "## High Priority\n- [ ] One\n- [ ] Two\n";

#[test]
fn a_file_says_where_it_came_from() {
    let plan = planned(&[("T.md", "## High Priority\n- [ ] One \"x\"\n  - how\n")], &Vec::new());
    let text = String::from_utf8(plan.files[0].bytes.clone()).expect("text");
    assert_snapshot!(format!("{}\n{text}", plan.files[0].path), @r#"
    pending/lf-438stsee.md
    +++
    title = 'One "x"'
    priority = "P1"
    source = "T.md#one-x"
    imported = "fe0b964f2345ad06101ef5e9528800195f6fa02efb6147597dc6cbb36a04e529"
    +++
    - how
    "#);
}

#[test]
fn a_second_import_changes_nothing() {
    let first = planned(&[("T.md", LIST)], &Vec::new());
    let queue = written(Vec::new(), &first);
    let second = planned(&[("T.md", LIST)], &queue);
    assert_eq!((first.files.len(), second.files.len()), (2, 0));
    assert_eq!(states(&second), [State::Unchanged; 2]);
    assert_eq!(planned(&[("T.md", LIST)], &Vec::new()), first, "ids follow from the keys");
}

#[test]
fn what_changed_at_the_source_is_told_and_left_alone() {
    let queue = written(Vec::new(), &planned(&[("T.md", LIST)], &Vec::new()));
    let edited = planned(&[("T.md", "## Low Priority\n\n- [ ] Two\n- [ ] Three\n")], &queue);
    let mut told = states(&edited);
    told.sort();
    assert_eq!(told, [State::ChangedAtSource, State::GoneAtSource]);
    assert_eq!(edited.files.len(), 1);
    let ticked = planned(&[("T.md", "## High Priority\n- [x] One ✅ MERGED\n- [ ] Two\n")], &queue);
    let mut told = states(&ticked);
    told.sort();
    assert_eq!((told, ticked.files.len()), (vec![State::Unchanged, State::DoneAtSource], 0));
}

#[test]
fn what_people_edit_in_the_queue_stays() {
    let mut queue = written(Vec::new(), &planned(&[("T.md", LIST)], &Vec::new()));
    for (_, bytes) in &mut queue {
        let text = String::from_utf8(bytes.clone()).expect("text");
        *bytes =
            text.replace("P1", "P0").replace("title = \"One\"", "title = \"Better\"").into_bytes();
    }
    let again = planned(&[("T.md", LIST)], &queue);
    assert_eq!((again.files.len(), states(&again)), (0, vec![State::Unchanged; 2]));
}

#[test]
fn one_title_in_two_files_is_one_task() {
    let rich = ("a/track.md", "# Task: Profile System\n\n## Objectives:\n1. do\n");
    let poor = ("T.md", "- [ ] **Profile System**\n");
    let plan = planned(&[poor, rich], &Vec::new());
    assert_eq!(plan.files[0].key, "a/track.md");
    assert_eq!(plan.remarks[0].why, Why::Same("a/track.md".into()));
    // The one that the queue has stays the one, also when the better source comes later.
    let queue = written(Vec::new(), &planned(&[poor], &Vec::new()));
    let later = planned(&[poor, rich], &queue);
    assert_eq!((later.files.len(), states(&later)), (0, vec![State::Unchanged]));
    assert_eq!(later.remarks[0].why, Why::Same("T.md#profile-system".into()));
    // Within one file the writer may mean two things.
    assert_eq!(
        planned(&[("T.md", "- [ ] Add tests\n- [ ] Add tests\n")], &Vec::new()).files.len(),
        2
    );
}

#[test]
fn references_become_ids_and_lost_ones_are_told() {
    let tasks = r#"{"tasks":[{"id":1,"title":"A","status":"pending","dependencies":[2,7]},{"id":2,"title":"B","status":"pending"}]}"#;
    let plan = planned(&[("tasks.json", tasks)], &Vec::new());
    let id = |key: &str| {
        plan.files.iter().find(|f| f.key == key).map(|f| f.id.to_string()).expect("planned")
    };
    let queue = written(Vec::new(), &plan);
    let queue = Queue::from_files(queue).expect("every reference resolves");
    let first = queue.find(&id("tasks.json#master/1")).expect("there");
    assert_eq!(first.after, [queue.find(&id("tasks.json#master/2")).expect("there").id.clone()]);
    assert_snapshot!(plan.remarks[0].what, @"waits for tasks.json#master/7, which is neither here nor in the queue: left out");
}

#[test]
fn a_cycle_is_refused_with_its_places() {
    let tasks = "{\"tasks\":[\n{\"id\":1,\"title\":\"A\",\"dependencies\":[2]},\n{\"id\":2,\"title\":\"B\",\"dependencies\":[1]}]}";
    let import = import::read("tasks.json", tasks.as_bytes());
    let error = import::plan(&import, &Queue::default()).expect_err("a cycle");
    assert_snapshot!(error, @"tasks.json:2: the task waits for itself: tasks.json:2 after tasks.json:3 after tasks.json:2; expected an order in which each can be done; remove one of these dependencies at the source");
}

#[test]
fn a_draft_that_no_file_could_hold_is_told() {
    let body = "x".repeat(2 << 20);
    let plan = planned(&[("T.md", &format!("- [ ] Long\n  {body}\n- [ ] Short\n"))], &Vec::new());
    assert_eq!(plan.files.len(), 1);
    assert_snapshot!(plan.remarks[0].what, @"Long: the file has 2097213 bytes, expected at most 1048576");
}

#[test]
fn every_beginning_of_the_files_is_a_sound_queue() {
    let tasks = r#"{"tasks":[{"id":1,"title":"A","dependencies":[2,3]},{"id":2,"title":"B","dependencies":[4]},{"id":3,"title":"C"},{"id":4,"title":"D","dependencies":[3]}]}"#;
    let plan = planned(&[("tasks.json", tasks)], &Vec::new());
    for n in 0..=plan.files.len() {
        let some = plan.files[..n].iter().map(|file| (file.path.as_str(), &file.bytes));
        assert_eq!(Queue::from_files(some).expect("sound").pending().len(), n);
    }
}
