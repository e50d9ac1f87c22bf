//! Findings that are let pass.

use crate::{RULES, Repo};

#[test]
fn a_finding_is_let_pass_once_that_is_on_the_base() {
    let repo = Repo::new(&[("docs/review/RULES.md", RULES), ("src/a.py", "x = 1\n")]);
    repo.write("src/a.py", "x = 1\nprint(1)\n");
    let print =
        repo.call(&["check", "--format", "json"]).json()["findings"][0]["fingerprint"].clone();
    let print = print.as_str().unwrap().to_owned();
    let add = |print: &str, until: &str| {
        repo.call(&[
            "baseline",
            "add",
            &print[..8.min(print.len())],
            "--reason",
            "shown on purpose",
            "--until",
            until,
        ])
    };
    let wrong = add("abc", "2099-12-31");
    assert_eq!(wrong.code, 2);
    assert!(wrong.err.contains("\"abc\" names 0 findings of this change"), "{}", wrong.err);
    let wrong = add(&print, "soon");
    assert_eq!(wrong.code, 2);
    assert!(
        wrong.err.contains("until is \"soon\": expected a day such as 2026-12-31"),
        "{}",
        wrong.err
    );
    assert!(!repo.path().join("docs/review/baseline").exists());

    let added = add(&print, "2099-12-31");
    assert_eq!(added.code, 0, "{}", added.err);
    // A change does not let itself pass.
    assert_eq!(repo.call(&["check"]).code, 1);
    repo.commit();
    repo.git(&["checkout", "-q", "main"]);
    repo.git(&["checkout", "-q", "work", "--", "docs/review/baseline"]);
    repo.git(&["commit", "-qm", "let it pass"]);
    repo.git(&["checkout", "-q", "work"]);
    repo.git(&["rebase", "-q", "main"]);
    let answer = repo.call(&["check"]);
    assert_eq!(answer.code, 0, "{}", answer.out);
    assert!(answer.out.contains("let pass by the baseline: 1"), "{}", answer.out);
    repo.write("src/a.py", "# moved\nx = 1\nprint(1)\nprint(2)\n");
    assert_eq!(repo.call(&["check", "--format", "json"]).told(), ["no-print src/a.py:4"]);
    let list = repo.call(&["baseline", "list"]);
    assert_eq!(list.code, 0);
    assert!(
        list.out.ends_with("no-print src/a.py, until 2099-12-31: shown on purpose\n1 let pass\n"),
        "{}",
        list.out
    );
}

#[test]
fn what_was_let_pass_until_yesterday_counts_again_and_a_broken_file_is_no_pass() {
    let repo = Repo::new(&[("docs/review/RULES.md", RULES), ("src/a.py", "x = 1\n")]);
    repo.write("src/a.py", "x = 1\nprint(1)\n");
    let print =
        repo.call(&["check", "--format", "json"]).json()["findings"][0]["fingerprint"].clone();
    repo.call(&[
        "baseline",
        "add",
        print.as_str().unwrap(),
        "--reason",
        "r",
        "--until",
        "2001-01-01",
    ]);
    repo.commit();
    repo.git(&["checkout", "-q", "main"]);
    repo.git(&["checkout", "-q", "work", "--", "docs/review/baseline"]);
    repo.git(&["commit", "-qm", "let it pass"]);
    let list = repo.call(&["baseline", "list"]);
    assert_eq!(list.code, 1);
    assert!(list.out.contains("until 2001-01-01 (over): r"), "{}", list.out);
    repo.git(&["checkout", "-q", "work"]);
    repo.git(&["rebase", "-q", "main"]);
    let answer = repo.call(&["check"]);
    assert_eq!(answer.code, 1);
    assert!(
        answer.out.contains("no longer let pass since 2001-01-01: no-print src/a.py"),
        "{}",
        answer.out
    );
    repo.git(&["checkout", "-q", "main"]);
    repo.write("docs/review/baseline/broken.toml", "reason = \"\"\n");
    repo.commit();
    repo.git(&["checkout", "-q", "work"]);
    let answer = repo.call(&["check", "--base", "main"]);
    // The branch left main before.
    assert_eq!(answer.code, 1, "{}{}", answer.out, answer.err);
    repo.git(&["rebase", "-q", "main"]);
    let answer = repo.call(&["check", "--base", "main"]);
    assert_eq!(answer.code, 3, "{}{}", answer.out, answer.err);
    assert!(
        answer.err.contains("docs/review/baseline/broken.toml: missing field `until`"),
        "{}",
        answer.err
    );
}
