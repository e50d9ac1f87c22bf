//! Files, what is staged, and streams.

use crate::{Folder, token};

#[test]
fn what_git_ignores_is_left_out_and_what_it_tracks_is_not() {
    let folder = Folder::repository();
    let text = format!("TOKEN={}\n", token('2'));
    folder.write(".gitignore", "*.env\nbuild/\n");
    folder.write("ignored.env", &text);
    folder.write("build/out.txt", &text);
    folder.write(".hidden/seen.txt", &text);
    folder.write("forced.env", &text);
    folder.git(&["add", "-f", "forced.env"]);
    let answer = folder.call(&["--format", "json"]);
    let paths: Vec<_> = answer.json()["findings"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|finding| finding["at"]["path"].as_str().expect("a path").to_owned())
        .collect();
    assert_eq!(
        (answer.code, paths),
        (1, vec![".hidden/seen.txt".to_owned(), "forced.env".to_owned()])
    );
}

#[test]
fn only_what_is_staged_counts_for_a_commit() {
    let folder = Folder::repository();
    folder.write("a.py", "x = 1\n");
    folder.commit("first");
    folder.write("a.py", &format!("x = '{}'\n", token('2')));
    assert_eq!(folder.call(&["--staged"]).code, 0);
    folder.git(&["add", "a.py"]);
    folder.write("a.py", "x = 1\n");
    let answer = folder.call(&["--staged"]);
    assert_eq!((answer.code, answer.out.contains("a.py:1:6")), (1, true), "{}", answer.out);
    folder.git(&["commit", "-q", "-m", "taken"]);
    assert_eq!(folder.call(&["--staged"]).code, 0);
}

/// `git commit -a` and `git commit PATH` commit another index, and name it to their hooks.
#[test]
fn the_index_that_is_committed_counts() {
    let folder = Folder::repository();
    folder.write("a.py", "x = 1\n");
    folder.commit("first");
    folder.write("a.py", &format!("x = '{}'\n", token('2')));
    let hook = format!("#!/bin/sh\nexec '{}' secrets --staged\n", env!("CARGO_BIN_EXE_lead-guard"));
    folder.write(".git/hooks/pre-commit", &hook);
    let path = folder.path().join(".git/hooks/pre-commit");
    let runs = std::os::unix::fs::PermissionsExt::from_mode(0o755);
    std::fs::set_permissions(&path, runs).expect("it is ours");
    for how in [&["-a"][..], &["a.py"], &["-i", "a.py"]] {
        let args = [
            &["-c", "user.name=Ada", "-c", "user.email=ada@example.org"],
            &["commit", "-qm", "x"][..],
            how,
        ]
        .concat();
        let done = std::process::Command::new("git").args(args).current_dir(folder.path()).output();
        assert!(!done.expect("git starts").status.success(), "{how:?} lets a secret pass");
    }
}

#[test]
fn a_stream_is_read_to_its_end() {
    let folder = Folder::new();
    let mut text = "x\n".repeat(2_000_000);
    text.push_str(&format!("token = \"{}\"\n", token('2')));
    let answer = folder.call_with(&["-"], text.as_bytes());
    assert_eq!(answer.code, 1);
    assert!(answer.out.starts_with("-:2000001:10: "), "{}", answer.out);
    let empty = folder.call_with(&["-"], b"");
    assert_eq!((empty.code, empty.err.contains("nothing to look at")), (3, true), "{}", empty.err);
}

#[test]
fn what_cannot_be_looked_at_wins_and_hides_nothing() {
    let folder = Folder::new();
    assert_eq!(folder.call(&["nowhere"]).code, 3);
    assert_eq!(folder.call(&["."]).code, 3, "an empty folder is nothing that was looked at");
    assert_eq!(folder.call(&["--staged"]).code, 2);
    assert_eq!(folder.call(&["--staged", "--history"]).code, 2);
    folder.write("a.txt", &format!("token = {}\n", token('2')));
    assert_eq!(folder.call(&["a.txt"]).code, 1);
    let over = folder.call(&["a.txt", "--bear", "x:y", "--reason", "r", "--until", "2999-01-01"]);
    assert_eq!(over.code, 2, "{}", over.err);
}

#[test]
fn rules_of_ones_own_and_comments() {
    let folder = Folder::new();
    folder.write("rules.toml", "[[rules]]\nid = \"own\"\ndescription = \"Ours.\"\nregex = '''\\b(lfk-[a-z0-9]{20})\\b'''\nkeywords = [\"lfk-\"]\n");
    folder.write("a.txt", "lfk-0q9w8e7r6t5z4u3i2o1p  # gitleaks:allow\n");
    let answer = folder.call(&["--rules", "rules.toml", "a.txt", "--format", "json"]);
    assert_eq!((answer.code, answer.rules()), (1, vec!["own".to_owned()]));
    let allowed = folder.call(&["--rules", "rules.toml", "a.txt", "--allow-comments"]);
    assert_eq!(
        (allowed.code, allowed.out.contains("1 allowed by comments")),
        (0, true),
        "{}",
        allowed.out
    );
}

#[test]
fn what_windows_writes_is_read_too() {
    let folder = Folder::repository();
    let text = format!("first\r\ntoken = '{}'\r\n", token('2'));
    let bytes: Vec<u8> =
        [0xfeff].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    std::fs::write(folder.path().join("a.ps1"), bytes).expect("written");
    folder.git(&["add", "a.ps1"]);
    for source in [".", "--staged"] {
        let answer = folder.call(&[source]);
        assert!(
            answer.code == 1 && answer.out.starts_with("a.ps1:2:10: "),
            "{source}: {}",
            answer.out
        );
    }
}
