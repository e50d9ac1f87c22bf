//! Commits, trees and differences as data.

use insta::assert_snapshot;
use leadforge_host_git::{Error, Git, NewCommit, Oid, Status, TreeEdit, TreeEntry};

use crate::bed::{Bed, listing, oid, who};

fn changes(git: &Git, a: &Oid, b: &Oid) -> String {
    let number = |n: Option<u64>| n.map_or("-".to_owned(), |n| n.to_string());
    let line = |c: &leadforge_host_git::FileChange| {
        let old = c.old_path.as_deref().map(|p| format!(" from {}", p.escape_ascii()));
        format!(
            "{:?} +{} -{} {:o}>{:o} {}{}\n",
            c.status,
            number(c.added),
            number(c.removed),
            c.old_mode,
            c.new_mode,
            c.path.escape_ascii(),
            old.unwrap_or_default()
        )
    };
    git.diff(a, b).unwrap().iter().map(line).collect()
}

#[test]
fn a_commit_with_everything_in_it() {
    let bed = Bed::new();
    let git = bed.open();
    let tree = git.tree_of(&bed.head()).unwrap();
    let new = NewCommit {
        tree: tree.clone(),
        parents: vec![bed.head(), bed.commit("other")],
        message: "feat: an ünusual\nsubject\n\nBody: not a trailer\n\n- item\n\n\
            Co-authored-by: Bot <bot@x.org>\nTask: lf-1\n  continued\n"
            .into(),
        author: who("Ada"),
        committer: who("Grace"),
    };
    let made = git.commit_tree(&new).unwrap();
    let commit = git.log(made.as_str(), 1).unwrap().remove(0);
    assert_eq!((&commit.oid, &commit.tree, &commit.parents), (&made, &tree, &new.parents));
    assert_eq!((&commit.author, &commit.committer), (&new.author, &new.committer));
    assert_eq!(commit.subject, "feat: an ünusual subject");
    let trailers = [("Co-authored-by", "Bot <bot@x.org>"), ("Task", "lf-1 continued")];
    assert_eq!(commit.trailers, trailers.map(|(k, v)| (k.to_owned(), v.to_owned())));
    assert!(commit.body.starts_with("Body: not a trailer\n\n- item\n"));
    assert_eq!(git.commit_tree(&new).unwrap(), made, "same data, same name");
    assert_eq!(git.resolve("HEAD").unwrap(), Some(bed.head()), "no ref moved");
}

#[test]
fn every_side_of_a_merge_touches_a_path() {
    let bed = Bed::new();
    let git = bed.open();
    bed.write("page[1].html", "one");
    bed.commit("page");
    bed.git(&["checkout", "-q", "-b", "side"]);
    bed.write("page[1].html", "two");
    bed.commit("side");
    bed.git(&["checkout", "-q", "main"]);
    bed.write("page1.html", "what a pattern would match");
    bed.commit("other");
    // The merge keeps main's page: a simplified history would forget the side.
    bed.git(&["merge", "-q", "-s", "ours", "-m", "merge", "side"]);
    bed.git(&["checkout", "-q", "--orphan", "apart"]);
    bed.write("page[1].html", "three");
    bed.commit("apart");
    bed.write("page[1].html", "four");
    let kept = bed.commit("kept");
    bed.git(&["update-ref", "refs/leadforge/rescue/x", kept.as_str()]);
    bed.git(&["reset", "-q", "--hard", "HEAD~"]);
    bed.git(&["checkout", "-q", "main"]);
    let subjects = |all| -> Vec<String> {
        let found = git.touching(all, &["page[1].html"]).unwrap();
        found.into_iter().map(|commit| commit.subject).collect()
    };
    assert_eq!(subjects(false), ["merge", "side", "page"]);
    let mut all = subjects(true);
    all.sort();
    assert_eq!(all, ["apart", "merge", "page", "side"]);
    for bad in [&[][..], &[""], &["a\0b"]] {
        assert!(git.touching(true, bad).is_err(), "{bad:?}");
    }
}

#[test]
fn ranges_and_limits() {
    let bed = Bed::new();
    let git = bed.open();
    let first = bed.head();
    bed.commit("second");
    bed.commit("third\n\nwith a body");
    let subjects = |range: &str, limit| -> Vec<String> {
        git.log(range, limit).unwrap().into_iter().map(|c| c.subject).collect()
    };
    assert_eq!(subjects("main", 0), ["third", "second", "first"]);
    assert_eq!(subjects("main", 2), ["third", "second"]);
    assert_eq!(subjects(&format!("{first}..main"), 0), ["third", "second"]);
    assert!(subjects("main..main", 0).is_empty());
    for bad in ["nope", "--all", "", "-n1", "a\0b"] {
        assert!(git.log(bad, 0).is_err(), "{bad:?}");
    }
    assert!(
        git.commit_tree(&NewCommit {
            tree: first,
            parents: vec![oid(&"1".repeat(40))],
            message: "x".into(),
            author: who("a"),
            committer: who("a"),
        })
        .is_err()
    );
}

#[test]
fn differences_of_every_kind() {
    let bed = Bed::new();
    let git = bed.open();
    bed.write("move me", "1\n2\n3\n4\n5\n6\n");
    bed.write("binary", "a\0b");
    bed.write("kind", "text\n");
    let before = bed.commit("before");
    bed.git(&["mv", "move me", "moved\n\té"]);
    bed.write("moved\n\té", "1\n2\n3\n4\n5\nsix\n");
    bed.write("binary", "a\0c");
    bed.write("a.txt", "one\ntwo\n");
    std::fs::remove_file(bed.path("repo/kind")).unwrap();
    std::os::unix::fs::symlink("a.txt", bed.path("repo/kind")).unwrap();
    std::fs::remove_file(bed.path("repo/src/lib.rs")).unwrap();
    let info = format!("160000,{before},sub");
    bed.git(&["update-index", "--add", "--cacheinfo", &info]);
    std::fs::create_dir(bed.path("repo/sub")).unwrap();
    let after = bed.commit("after");
    assert_snapshot!(changes(&git, &before, &after), @r#"
    Modified +0 -1 100644>100644 a.txt
    Modified +- -- 100644>100644 binary
    TypeChanged +1 -1 100644>120000 kind
    Renamed +1 -1 100644>100644 moved\n\t\xc3\xa9 from move me
    Deleted +0 -1 100644>0 src/lib.rs
    Added +1 -0 0>160000 sub
    "#);
    assert!(git.diff(&before, &before).unwrap().is_empty());
    let back = git.diff(&after, &before).unwrap();
    assert!(back.iter().any(|c| c.status == Status::Deleted && c.path == b"sub"));
    let patch = git.patch(&before, &after, 0).unwrap();
    assert!(String::from_utf8_lossy(&patch).contains("@@ -3 +2,0 @@ two\n-three\n"));
}

#[test]
fn batches_of_objects() {
    let bed = Bed::new();
    let git = bed.open();
    bed.write("odd\nname", "x");
    bed.write("empty", "");
    let head = bed.commit("odd");
    let found = git.cat(&["HEAD:a.txt", "HEAD:odd\nname", "HEAD:nope\nname", "nope", "HEAD:empty"]);
    let found: Vec<_> =
        found.unwrap().into_iter().map(|f| f.map(|b| String::from_utf8(b).unwrap())).collect();
    let expected = [Some("one\ntwo\nthree\n"), Some("x"), None, None, Some("")];
    assert_eq!(found, expected.map(|e| e.map(str::to_owned)));
    assert!(git.cat(&["a\0b"]).is_err() && git.cat(&[""]).is_err());
    assert!(git.cat::<&str>(&[]).unwrap().is_empty());
    let below = git.ls_tree(&head, "src/").unwrap();
    assert_eq!(
        (below.len(), below[0].path.as_slice(), below[0].size),
        (1, &b"src/lib.rs"[..], Some(13))
    );
    assert!(git.ls_tree(&head, "*").unwrap().is_empty(), "no globs");
    let bare = below.iter().map(|entry| TreeEntry { size: None, ..entry.clone() });
    assert_eq!(git.ls_paths(&head, "src/").unwrap(), bare.collect::<Vec<_>>());
}

#[test]
fn trees_are_edited_without_a_checkout() {
    let bed = Bed::new();
    let git = bed.open();
    let put = |path: &str, text: &str, executable| TreeEdit::Put {
        path: path.into(),
        bytes: text.into(),
        executable,
    };
    let remove = |path: &str| TreeEdit::Remove { path: path.into() };
    let edits = [
        put("docs/TASKS/a b\n.md", "done\n", false),
        put("run.sh", "#!/bin/sh\n", true),
        remove("src/lib.rs"),
        remove("never/there"),
        put("src", "now a file\r\n", false),
        put("run.sh", "again\n", true),
    ];
    let tree = git.edit_tree(&bed.head(), &edits).unwrap();
    assert_snapshot!(listing(&git, &tree), @r#"
    100644 .gitignore
    100644 a.txt
    100644 docs/TASKS/a b\n.md
    100755 run.sh
    100644 src
    "#);
    let found = git.cat(&[format!("{tree}:src"), format!("{tree}:run.sh")]).unwrap();
    assert_eq!(found, [Some(b"now a file\r\n".to_vec()), Some(b"again\n".to_vec())]);
    assert_eq!(git.edit_tree(&bed.head(), &[]).unwrap(), git.tree_of(&bed.head()).unwrap());
    for bad in ["../x", "/etc/x", "a/../b", ".git/config", "A/.GIT/x", "", "a//b", "a\0b"] {
        let error = git.edit_tree(&bed.head(), &[put(bad, "", false)]).unwrap_err();
        assert!(matches!(error, Error::Refused { .. }), "{bad:?}: {error}");
    }
    assert!(bed.git(&["status", "--porcelain"]).is_empty());
}

#[test]
fn commits_in_other_encodings_are_read() {
    let bed = Bed::new();
    let raw = "tree 4b825dc642cb6eb9a060e54bf8d69288fbee4904\n\
        author A <a@x> 1 +0000\ncommitter A <a@x> 1 +0000\nencoding ISO-8859-1\n\ncaf"
        .bytes()
        .chain([0xe9, b'\n'])
        .collect::<Vec<_>>();
    std::fs::write(bed.path("raw"), raw).unwrap();
    bed.git(&["read-tree", "--empty"]);
    bed.git(&["write-tree"]);
    let made = bed.git(&["hash-object", "-t", "commit", "-w", "../raw"]);
    assert_eq!(bed.open().log(&made, 1).unwrap()[0].subject, "café");
}
