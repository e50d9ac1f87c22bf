//! The whole history: each content once, with the commit and who made it.

use crate::{Folder, token};

#[test]
fn a_secret_that_was_removed_is_found_with_the_commit_that_brought_it_in() {
    let folder = Folder::repository();
    folder.write("a.py", "x = 1\n");
    folder.commit("first");
    folder.write("a.py", &format!("x = '{}'\n", token('2')));
    folder.commit("feat: token\n\nCo-authored-by: Claude <noreply@anthropic.com>");
    folder.write("a.py", &format!("# later\nx = '{}'\n", token('2')));
    folder.commit("a comment");
    folder.write("a.py", "x = 2\n");
    folder.commit("removed");
    folder.git(&["switch", "-q", "-c", "side", "HEAD~3"]);
    folder.write("b.py", &format!("y = '{}'\n", token('3')));
    folder.commit("on a branch");
    folder.git(&["switch", "-q", "main"]);
    assert_eq!(folder.call(&["."]).code, 0);
    let answer = folder.call(&["--history", "--format", "json"]);
    let report = answer.json();
    let secrets = report["data"]["secrets"].as_array().expect("a list");
    let told: Vec<_> = secrets
        .iter()
        .map(|secret| {
            (
                secret["path"].as_str(),
                secret["start"]["line"].as_u64(),
                secret["commit"]["kind"].as_str(),
            )
        })
        .collect();
    let wanted =
        [(Some("a.py"), Some(1), Some("agent")), (Some("b.py"), Some(1), Some("unmarked"))];
    assert_eq!((answer.code, told.as_slice()), (1, wanted.as_slice()));
    // The same content in two commits is read once.
    assert_eq!(report["summary"]["texts"], 5);
}

#[test]
fn a_history_that_is_cut_off_is_not_the_whole() {
    let folder = Folder::repository();
    folder.write("a.txt", "one\n");
    folder.commit("first");
    folder.write("a.txt", "two\n");
    folder.commit("second");
    let url = format!("file://{}", folder.path().display());
    let clone = Folder::new();
    clone.git(&["clone", "-q", "--depth", "1", &url, "."]);
    let answer = clone.call(&["--history"]);
    assert_eq!((answer.code, answer.err.contains("shallow")), (3, true), "{}", answer.err);
}

#[test]
fn a_content_that_is_missing_hides_no_other() {
    let folder = Folder::repository();
    folder.write("a.py", &format!("x = '{}'\n", token('2')));
    folder.write("b.py", "gone\n");
    folder.commit("first");
    // The object of "gone\n", as git names it.
    let done = std::process::Command::new("git")
        .args(["hash-object", "b.py"])
        .current_dir(folder.path())
        .output();
    let name = String::from_utf8(done.expect("git starts").stdout).expect("hexadecimal");
    let (dir, file) = name.trim().split_at(2);
    std::fs::remove_file(folder.path().join(".git/objects").join(dir).join(file)).expect("removed");
    let answer = folder.call(&["--history"]);
    assert_eq!(answer.code, 3, "{}", answer.err);
    assert!(
        answer.out.contains("a.py:1:6: ") && answer.err.contains("b.py"),
        "{}{}",
        answer.out,
        answer.err
    );
}
