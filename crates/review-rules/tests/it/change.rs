//! Diffs that others misread, and texts that are no whole diff.

use leadforge_review_rules::change::{Kind, read_diff};

use crate::repo::Repo;

/// The cases at which the peers go wrong, each against what git counts.
#[test]
fn the_edge_cases_are_read_as_git_counts_them() {
    let repo = Repo::new();
    repo.write("end.py", "a\nb\nc");
    repo.write("b/x b/y.py", "one\n");
    repo.write("signs.sql", "-- a\nkept\n");
    repo.write("café.py", "x = 1\n");
    repo.write("q\"uo\tte.py", "x = 1\n");
    repo.write("moved.py", (0..20).map(|n| format!("line {n}\n")).collect::<String>());
    repo.write("gone.py", "1\n2\n");
    repo.write("crlf.txt", "a\r\nb\r\n");
    repo.write("mode.sh", "true\n");
    repo.write("tool.bin", [0u8, 1, 2, 255]);
    repo.write("becomes-link", "text\n");
    repo.write("empty", "");
    repo.commit();
    repo.write("end.py", "a\nb\nd");
    repo.write("b/x b/y.py", "two\n");
    repo.write("signs.sql", "++ b\nkept\n");
    repo.write("café.py", "x = 2\n");
    repo.write("q\"uo\tte.py", "x = 2\n");
    repo.git(&["mv", "moved.py", "there.py"]);
    repo.write("there.py", (0..21).map(|n| format!("line {n}\n")).collect::<String>());
    repo.git(&["rm", "-q", "gone.py"]);
    repo.write("crlf.txt", "a\r\nc\r\nd");
    repo.git(&["update-index", "--chmod=+x", "mode.sh"]);
    repo.git(&["config", "core.fileMode", "false"]);
    repo.write("tool.bin", [0u8, 1, 3, 255]);
    std::fs::remove_file(repo.path().join("becomes-link")).unwrap();
    std::os::unix::fs::symlink("end.py", repo.path().join("becomes-link")).unwrap();
    repo.git(&["rm", "-q", "empty"]);
    repo.commit();

    let change = repo.change("HEAD~1", "HEAD");
    let file = |path: &str| {
        change
            .files
            .iter()
            .find(|file| file.path.as_str() == Some(path))
            .unwrap_or_else(|| panic!("{path}"))
    };
    assert_eq!(file("end.py").added.runs(), [(3, 3)]);
    assert_eq!(file("b/x b/y.py").added.runs(), [(1, 1)]);
    assert_eq!(file("signs.sql").text, b"++ b\n");
    assert_eq!(file("café.py").added.runs(), [(1, 1)]);
    assert_eq!(file("q\"uo\tte.py").added.runs(), [(1, 1)]);
    assert_eq!(
        (file("there.py").kind, file("there.py").added.runs()),
        (Kind::Renamed, &[(21, 21)][..])
    );
    assert_eq!((file("gone.py").kind, file("gone.py").removed), (Kind::Deleted, 2));
    assert_eq!(file("crlf.txt").new_lines().collect::<Vec<_>>(), [(2, &b"c"[..]), (3, b"d")]);
    assert_eq!((file("mode.sh").kind, file("mode.sh").added.len()), (Kind::Modified, 0));
    assert!(file("tool.bin").binary);
    assert_eq!(file("becomes-link").kind, Kind::TypeChanged);
    assert_eq!(file("empty").kind, Kind::Deleted);
}

/// Wherever the text is cut, it is an error or it ends between two files.
#[test]
fn a_diff_that_is_cut_off_is_refused() {
    let repo = Repo::new();
    repo.write("a.py", "1\n2\n3\n");
    repo.write("tool.bin", [0u8, 1, 2, 255]);
    repo.write("moved.py", "a\nb\nc\nd\ne\nf\ng\nh\n");
    repo.commit();
    repo.write("a.py", "1\n4\n3\n5");
    repo.write("new.py", "x\n");
    repo.write("empty", "");
    repo.write("tool.bin", [0u8, 1, 3, 255]);
    repo.git(&["mv", "moved.py", "there.py"]);
    repo.write("there.py", "a\nb\nc\nd\ne\nf\ng\nH\n");
    repo.commit();
    for flags in [
        &["diff", "-M", "HEAD~1", "HEAD"][..],
        &["diff", "--binary", "--no-renames", "HEAD~1", "HEAD"],
    ] {
        let text = repo.git(flags);
        let whole = read_diff(&text).unwrap();
        let mut between = 0;
        for end in 1..text.len() {
            let Ok(change) = read_diff(&text[..end]) else { continue };
            let next = &text[end..];
            // The one end that a text does not show: everything up to here is whole.
            let mark = next.starts_with(b"\\ No newline");
            assert!(
                next.starts_with(b"diff --git ") || mark,
                "{}",
                String::from_utf8_lossy(&text[..end])
            );
            for (cut, whole) in change.files.iter().zip(&whole.files) {
                assert_eq!(
                    (&cut.path, &cut.added, cut.removed),
                    (&whole.path, &whole.added, whole.removed)
                );
            }
            between += 1;
        }
        assert!(between >= whole.files.len() - 1);
    }
}

#[test]
fn what_is_no_diff_is_refused_with_its_line() {
    let told = |text: &str| read_diff(text.as_bytes()).unwrap_err().to_string();
    insta::assert_snapshot!(told("<html>rate limit</html>\n"), @"line 1 of the diff: expected a line `diff --git …`: this is not what git diff writes");
    let good = "diff --git a/x b/x\nindex 1..2 100644\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n";
    assert_eq!(read_diff(good.as_bytes()).unwrap().files.len(), 1);
    insta::assert_snapshot!(told(&format!("{good}@@ -9 +9 @@\n-a\n")), @"line 1 of the diff: hunk header does not match hunk");
    insta::assert_snapshot!(told(&format!("{good}and more\n")), @"line 8 of the diff: the line belongs to no hunk of this file");
    insta::assert_snapshot!(told(&format!("{good}{good}")), @"line 8 of the diff: x stands in the diff twice: expected one comparison of two states");
    insta::assert_snapshot!(told(&good.replace("a/", "").replace("b/", "")), @"line 1 of the diff: the paths have no a/ and b/ before them: make the diff again with --src-prefix=a/ --dst-prefix=b/");
    assert_eq!(read_diff(b"").unwrap().files, []);
}

/// A merge's own lines are those that no parent has.
#[test]
fn a_merge_in_the_combined_form_gives_what_the_merge_wrote() {
    let repo = Repo::new();
    repo.write("é a.txt", "1\n2\n3\n4\n5\n6\n7\n8\n");
    repo.commit();
    repo.git(&["checkout", "-q", "-b", "side"]);
    repo.write("é a.txt", "1\n2\nside\n4\n5\n6\n7\nseven\n8\n");
    repo.commit();
    repo.git(&["checkout", "-q", "main"]);
    repo.write("é a.txt", "1\n2\nmain\n4\n5\n6\n7\n8");
    repo.commit();
    repo.git(&["merge", "-q", "-s", "ours", "--no-commit", "side"]);
    repo.write("é a.txt", "1\n2\nboth\n4\n5\n6\n7\nseven\n8");
    repo.commit();
    let text = repo.git(&["show", "--format=", "--cc", "HEAD"]);
    assert!(text.starts_with(b"diff --cc "), "{}", String::from_utf8_lossy(&text));
    let change = read_diff(&text).unwrap();
    assert_eq!(change.files[0].path.as_str(), Some("é a.txt"));
    assert_eq!(change.files[0].new_lines().collect::<Vec<_>>(), [(3, &b"both"[..])]);
    for end in 1..text.len() {
        assert!(
            read_diff(&text[..end]).is_err() || text[end..].starts_with(b"\\ No newline"),
            "{end}"
        );
    }
}

#[test]
fn a_submodule_is_told_as_one() {
    let text = "diff --git a/lib b/lib\nindex 1111111..2222222 160000\n--- a/lib\n+++ b/lib\n@@ -1 +1 @@\n\
                -Subproject commit 1111111111111111111111111111111111111111\n\
                +Subproject commit 2222222222222222222222222222222222222222\n";
    let change = read_diff(text.as_bytes()).unwrap();
    assert_eq!(change.files[0].kind, Kind::Submodule);
}
