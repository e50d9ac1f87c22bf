//! Generated histories: what is read equals what git counts, for any content and any name.

use std::collections::BTreeMap;

use leadforge_review_rules::change::read_diff;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use crate::repo::{Repo, agrees, git};

type State = BTreeMap<String, Vec<u8>>;

/// Lines that look like a diff's own, without ends, with carriage returns, in other alphabets.
fn line() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "",
        "a",
        "b",
        "\r",
        "-- a",
        "++ b",
        "--- a/x",
        "+++ b/x",
        "@@ -1 +1 @@",
        "diff --git a/x b/x",
        "\\ No newline at end of file",
        "  indented",
        "ünïcödé",
        "\u{2028}",
        "index 1..2",
        " ",
        "\t",
    ])
}

fn content() -> impl Strategy<Value = Vec<u8>> {
    let text = (prop::collection::vec(line(), 0..14), any::<bool>()).prop_map(|(lines, end)| {
        let mut text = lines.join("\n").into_bytes();
        if end && !text.is_empty() {
            text.push(b'\n');
        }
        text
    });
    prop_oneof![12 => text, 1 => Just(vec![0, 159, 146, 150]), 1 => Just(b"caf\xe9\n".to_vec())]
}

fn name() -> impl Strategy<Value = String> {
    let part = prop::sample::select(vec![
        "a",
        "b",
        "dir b",
        "é",
        "q\"uote",
        "back\\slash",
        "tab\there",
        "new\nline",
        " lead",
        "trail ",
        "x b",
        "-dash",
        "日本",
        "a.py",
    ]);
    prop::collection::vec(part, 1..3).prop_map(|parts| parts.join("/"))
}

/// Files with one name are in the way of folders with that name.
fn state() -> impl Strategy<Value = State> {
    prop::collection::btree_map(name(), content(), 1..6).prop_map(|mut files| {
        let names: Vec<_> = files.keys().cloned().collect();
        files.retain(|name, _| !names.iter().any(|other| other.starts_with(&format!("{name}/"))));
        files
    })
}

fn fast_import(states: &[State]) -> Vec<u8> {
    let mut out = Vec::new();
    for state in states {
        out.extend_from_slice(
            b"commit refs/heads/main\ncommitter A <a@example.org> 0 +0000\ndata 0\n",
        );
        out.extend_from_slice(b"deleteall\n");
        for (name, content) in state {
            let quoted = name.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
            out.extend_from_slice(
                format!("M 100644 inline \"{quoted}\"\ndata {}\n", content.len()).as_bytes(),
            );
            out.extend_from_slice(content);
            out.push(b'\n');
        }
    }
    out
}

fn histories(count: usize) {
    let mut runner = TestRunner::deterministic();
    let mut states: Vec<State> = Vec::new();
    for _ in 0..count {
        let fresh = state().new_tree(&mut runner).unwrap().current();
        // Every other state keeps half of the one before it, so that lines move and files are renamed.
        match states.last().filter(|_| states.len() % 2 == 1) {
            None => states.push(fresh),
            Some(before) => {
                let mut next = fresh;
                for (name, content) in before.iter().step_by(2) {
                    let mut kept = content.clone();
                    kept.extend_from_slice(b"one more");
                    next.insert(format!("{name}.moved"), kept);
                }
                states.push(next);
            }
        }
    }
    let repo = Repo::new();
    git(&repo.path(), &["fast-import", "--quiet"], &fast_import(&states));
    let commits = repo.git(&["rev-list", "--reverse", "main"]);
    let commits: Vec<&str> = str::from_utf8(&commits).unwrap().lines().collect();
    assert_eq!(commits.len(), count);
    let mut lines = 0;
    for pair in commits.windows(2) {
        let text = repo.git(&["diff", "-M", pair[0], pair[1]]);
        let change = read_diff(&text).unwrap_or_else(|error| {
            panic!("{}..{}: {error}\n{}", pair[0], pair[1], String::from_utf8_lossy(&text))
        });
        agrees(&repo.path(), &change, pair[0], pair[1]);
        lines += change.files.iter().map(|file| file.added.len()).sum::<u32>();
    }
    assert!(lines as usize > count, "{lines} new lines in {count} states");
}

#[test]
fn generated_states_are_read_as_git_counts_them() {
    histories(60);
}

#[test]
#[ignore = "a thousand states: run by cargo xtask conform review"]
fn a_thousand_generated_states_are_read_as_git_counts_them() {
    histories(1_001);
}
