//! The rules in every agent's own file: written, compared, and what people wrote there kept.

use std::fs;

use super::{RULES, Repo};

fn repo() -> Repo {
    Repo::new(&[
        ("docs/review/RULES.md", RULES),
        ("docs/review/GUIDE.md", "# For agents\n\nBe kind.\n"),
        ("AGENTS.md", "mine\n"),
        (".cursor/rules/mine.mdc", "mine\n"),
    ])
}

#[test]
fn the_rules_reach_the_files_and_stay_in_step() {
    let repo = repo();
    let check = repo.call(&["sync", "--check"]);
    assert_eq!(check.code, 1, "{}{}", check.out, check.err);
    assert!(check.out.contains("+### No print\n"), "{}", check.out);
    assert_eq!(fs::read_to_string(repo.path().join("AGENTS.md")).unwrap(), "mine\n");

    let sync = repo.call(&["sync"]);
    assert_eq!(sync.code, 0, "{}{}", sync.out, sync.err);
    let agents = fs::read_to_string(repo.path().join("AGENTS.md")).unwrap();
    assert!(agents.starts_with("mine\n\n<!-- leadforge:begin sha256="), "{agents}");
    assert!(agents.contains("`no-print`: error, checked by a machine, in python; for `src/**`."));
    assert!(agents.contains("Be kind."));
    let scoped = fs::read_dir(repo.path().join(".cursor/rules")).unwrap().count();
    assert_eq!(scoped, 3, "theirs, what is always told, and what is told for src");
    let check = repo.call(&["sync", "--check", "--format", "json"]);
    assert_eq!((check.code, check.told()), (0, vec![]), "{}", check.out);
}

#[test]
fn an_edit_is_shown_and_kept() {
    let repo = repo();
    repo.call(&["sync"]);
    let path = repo.path().join("AGENTS.md");
    let edited = fs::read_to_string(&path).unwrap().replace("Be kind.", "Be quick.");
    fs::write(&path, &edited).unwrap();
    repo.write("docs/review/GUIDE.md", "# For agents\n\nBe kind and clear.\n");
    for args in [&["sync"][..], &["sync", "--check"]] {
        let answer = repo.call(args);
        assert_eq!(answer.code, 1, "{}{}", answer.out, answer.err);
        assert!(answer.out.contains("-Be quick.\n+Be kind and clear.\n"), "{}", answer.out);
        assert_eq!(fs::read_to_string(&path).unwrap(), edited);
    }
    let told = repo.call(&["sync", "--format", "json"]).told();
    assert_eq!(told, ["sync.edited AGENTS.md:3"]);
}

#[cfg(unix)]
#[test]
fn nothing_is_written_through_a_link() {
    let repo = repo();
    let outside = tempfile::tempdir().unwrap();
    std::os::unix::fs::symlink("AGENTS.md", repo.path().join("CLAUDE.md")).unwrap();
    std::os::unix::fs::symlink(outside.path(), repo.path().join(".clinerules")).unwrap();
    let answer = repo.call(&["sync"]);
    assert_eq!(answer.code, 1, "{}{}", answer.out, answer.err);
    assert!(answer.out.contains("covered  CLAUDE.md: it is a link to AGENTS.md"), "{}", answer.out);
    assert!(answer.out.contains("blocked  .clinerules/leadforge.md"), "{}", answer.out);
    assert_eq!(fs::read_dir(outside.path()).unwrap().count(), 0);
}

#[test]
fn what_is_wrong_is_said_in_a_line() {
    let repo = repo();
    repo.write("docs/review/GUIDE.md", "a\n```\nopen\n");
    let answer = repo.call(&["sync"]);
    assert_eq!(answer.code, 2, "{}{}", answer.out, answer.err);
    assert!(answer.err.contains("preamble: line 2: this opens a block of code"), "{}", answer.err);
    let answer = repo.call(&["sync", "--tool", "vim"]);
    assert_eq!(answer.code, 2);
    assert!(answer.err.contains("expected one of agents, claude"), "{}", answer.err);
}
