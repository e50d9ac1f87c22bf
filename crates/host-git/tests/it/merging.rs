//! Merging many pairs at once; what cannot be decided is never clean.

use std::fs;

use leadforge_host_git::{Merge, Oid};

use crate::bed::{Bed, oid};

/// `main` with branches that merge, that conflict, and that have nothing in common.
fn branches(bed: &Bed) -> [Oid; 4] {
    let base = bed.head();
    let on = |branch: &str, file: &str, text: &str| {
        bed.git(&["checkout", "-q", "-B", branch, base.as_str()]);
        bed.write(file, text);
        bed.commit(branch)
    };
    let left = on("left", "a.txt", "ONE\ntwo\nthree\n");
    let right = on("right", "a.txt", "1\ntwo\nthree\n");
    let free = on("free", "b\n\"b", "new\n");
    bed.git(&["checkout", "-q", "--orphan", "other"]);
    let other = bed.commit("other");
    [left, right, free, other]
}

#[test]
fn clean_conflict_and_unknown_in_one_batch() {
    let bed = Bed::new();
    let [left, right, free, other] = branches(&bed);
    let git = bed.open();
    let absent = oid(&"1".repeat(40));
    let pair = |a: &Oid, b: &Oid| (a.clone(), b.clone());
    let pairs = [
        pair(&left, &free),
        pair(&left, &absent),
        pair(&left, &right),
        pair(&other, &left),
        pair(&absent, &absent),
        pair(&free, &right),
        pair(&left, &left),
        pair(&left, &absent),
    ];
    let answers = git.merge_trees(&pairs).unwrap();
    let kinds: Vec<_> = answers
        .iter()
        .map(|answer| match answer {
            Merge::Clean { .. } => "clean",
            Merge::Conflict { .. } => "conflict",
            Merge::Unknown { .. } => "unknown",
        })
        .collect();
    assert_eq!(
        kinds,
        ["clean", "unknown", "conflict", "unknown", "unknown", "clean", "clean", "unknown"]
    );
    let Merge::Conflict { paths, messages, .. } = &answers[2] else { panic!() };
    assert_eq!(paths, &[b"a.txt".to_vec()]);
    assert!(messages.contains(&"CONFLICT (content): Merge conflict in a.txt".to_owned()));
    let Merge::Unknown { reason } = &answers[3] else { panic!() };
    assert_eq!(reason, "refusing to merge unrelated histories");
    let Merge::Unknown { reason } = &answers[1] else { panic!() };
    assert!(reason.contains("1111111"), "{reason}");
    assert!(git.merge_trees(&[]).unwrap().is_empty());
}

/// The answers of the batch are those of git asked pair by pair.
#[test]
fn the_same_trees_as_git_one_by_one() {
    let bed = Bed::new();
    let heads = branches(&bed);
    let git = bed.open();
    let pairs: Vec<_> =
        heads.iter().flat_map(|a| heads.iter().map(move |b| (a.clone(), b.clone()))).collect();
    for ((a, b), answer) in pairs.iter().zip(git.merge_trees(&pairs).unwrap()) {
        let alone = bed.plain(&bed.repo(), &["merge-tree", "--write-tree", a.as_str(), b.as_str()]);
        let first = String::from_utf8_lossy(&alone.stdout).lines().next().map(str::to_owned);
        match (alone.status.code(), answer) {
            (Some(0), Merge::Clean { tree }) | (Some(1), Merge::Conflict { tree, .. }) => {
                assert_eq!(first.as_deref(), Some(tree.as_str()));
            }
            (Some(2..), Merge::Unknown { .. }) => {}
            (code, answer) => panic!("{a} {b}: git {code:?}, ours {answer:?}"),
        }
    }
}

#[test]
fn an_unreadable_object_makes_its_pairs_unknown() {
    let bed = Bed::new();
    let [left, right, free, _] = branches(&bed);
    let blob = bed.git(&["rev-parse", &format!("{right}:a.txt")]);
    let file = bed.path("repo/.git/objects").join(&blob[..2]).join(&blob[2..]);
    fs::remove_file(&file).unwrap();
    let git = bed.open();
    let pairs = [(left.clone(), right), (left, free)];
    let answers = git.merge_trees(&pairs).unwrap();
    assert!(matches!(&answers[0], Merge::Unknown { .. }), "{answers:?}");
    assert!(matches!(&answers[1], Merge::Clean { .. }), "{answers:?}");
    fs::write(&file, "garbage").unwrap();
    assert!(matches!(git.merge_trees(&pairs).unwrap()[0], Merge::Unknown { .. }));
}

#[test]
fn the_trees_own_attributes_count_and_drivers_do_not() {
    let bed = Bed::new();
    bed.write(".gitattributes", "*.md merge=union\n*.txt merge=evil\n");
    bed.write("CHANGELOG.md", "# log\n");
    let fired = bed.path("FIRED");
    bed.git(&["config", "merge.evil.driver", &format!("touch {}", fired.display())]);
    let base = bed.commit("attributes");
    let on = |branch: &str, text: &str| {
        bed.git(&["checkout", "-q", "-B", branch, base.as_str()]);
        bed.write("CHANGELOG.md", &format!("# log\n{text}\n"));
        bed.write("a.txt", &format!("{text}\n"));
        bed.commit(branch)
    };
    let (left, right) = (on("left", "l"), on("right", "r"));
    let git = bed.open();
    let Merge::Conflict { paths, .. } = git.merge_trees(&[(left, right)]).unwrap().remove(0) else {
        panic!("a.txt conflicts")
    };
    if bed.git(&["version"]).starts_with("git version 2.39") {
        return assert_eq!(paths.len(), 2, "2.39 knows no GIT_ATTR_SOURCE");
    }
    assert_eq!(paths, [b"a.txt".to_vec()], "CHANGELOG.md is merged by union");
    assert!(!fired.exists());
}
