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
    repo.write("docs/review/baseline/broken.toml", "reason = \"\"\n[finding]\n");
    repo.commit();
    repo.git(&["checkout", "-q", "work"]);
    let answer = repo.call(&["check", "--base", "main"]);
    // The branch left main before.
    assert_eq!(answer.code, 1, "{}{}", answer.out, answer.err);
    repo.git(&["rebase", "-q", "main"]);
    let answer = repo.call(&["check", "--base", "main"]);
    assert_eq!(answer.code, 3, "{}{}", answer.out, answer.err);
    assert!(
        answer.err.contains("docs/review/baseline/broken.toml: missing field `rule`"),
        "{}",
        answer.err
    );
}

fn token(tail: &str) -> String {
    format!("token = \"ghp_{tail}\"\n")
}

const ONE: &str = "q7Zt3LmX9aVb2NcR5dKe8PfW1gHs4JuY6oTi";
const OTHER: &str = "a1Bc2De3Fg4Hi5Jk6Lm7No8Pq9Rs0Tu1Vw2X";

/// A repository whose base has two commits, with a secret that the branch brings.
fn with_secret(first: &str) -> Repo {
    let repo = Repo::new(&[("README.md", first)]);
    repo.git(&["checkout", "-q", "main"]);
    repo.write("src/a.py", "x = 1\n");
    repo.commit();
    repo.git(&["checkout", "-q", "work"]);
    repo.git(&["rebase", "-q", "main"]);
    repo.write("src/b.py", &token(ONE));
    repo.commit();
    repo
}

fn clone(repo: &Repo, depth: &[&str]) -> Repo {
    let copy = Repo { dir: tempfile::tempdir().unwrap() };
    let from = format!("file://{}", repo.path().display());
    let to = copy.path();
    let mut args = vec!["clone", "-q", "--no-single-branch"];
    args.extend(depth);
    args.extend(["--branch", "work", &from, to.to_str().unwrap()]);
    repo.git(&args);
    copy
}

fn fingerprint(repo: &Repo) -> String {
    let json = repo.call(&["check", "--base", "origin/main", "--format", "json"]).json();
    json["findings"][0]["fingerprint"].as_str().unwrap().to_owned()
}

/// The same secret is the same finding in every clone, and no table of digests fits two repositories.
#[test]
fn a_secret_has_one_fingerprint_in_all_clones_and_another_elsewhere() {
    let repo = with_secret("one\n");
    let (here, there) = (clone(&repo, &[]), clone(&repo, &[]));
    assert_eq!(fingerprint(&here), fingerprint(&there));
    let elsewhere = with_secret("another\n");
    assert_ne!(fingerprint(&here), fingerprint(&clone(&elsewhere, &[])));
    // A clone that has the base and not the first commit cannot know it, and says so.
    let cut = clone(&repo, &["--depth", "2"]);
    let answer = cut.call(&["check", "--base", "origin/main"]);
    assert_eq!(answer.code, 3, "{}{}", answer.out, answer.err);
    assert!(answer.out.contains("github-pat"), "{}", answer.out);
    let why = "the first commit: the clone is cut off, so a secret has another fingerprint here";
    assert!(answer.out.contains(why), "{}", answer.out);
}

/// A secret that is let pass stands in the form of `lead-guard`, and another one in its place is reported.
#[test]
fn a_secret_is_let_pass_and_no_other_in_its_place() {
    let repo = with_secret("one\n");
    let print = repo.call(&["check", "--format", "json"]).json()["findings"][0]["fingerprint"]
        .as_str()
        .unwrap()
        .to_owned();
    let add = |until| {
        repo.call(&["baseline", "add", &print[..8], "--reason", "revoked", "--until", until])
    };
    assert_eq!(add("soon").code, 2);
    let added = add("2099-12-31");
    assert_eq!(added.code, 0, "{}", added.err);
    let name = added.out.lines().next().unwrap().strip_prefix("wrote ").unwrap().to_owned();
    let file = std::fs::read_to_string(repo.path().join(&name)).unwrap();
    assert!(name.starts_with("docs/review/baseline/github-pat-"), "{name}");
    assert!(file.contains("salt = ") && file.contains("rule = \"github-pat\""), "{file}");
    assert!(!file.contains(&print) && !file.contains(&ONE[..8]), "{file}");
    let list = repo.call(&["baseline", "list"]);
    assert!(
        list.out.contains("secret.github-pat src/b.py, until 2099-12-31: revoked"),
        "{}",
        list.out
    );

    // It counts once it is on the base.
    assert_eq!(repo.call(&["check"]).code, 1);
    repo.commit();
    repo.git(&["checkout", "-q", "main"]);
    repo.git(&["checkout", "-q", "work", "--", "docs/review/baseline"]);
    repo.commit();
    repo.git(&["checkout", "-q", "work"]);
    repo.git(&["rebase", "-q", "main"]);
    let answer = repo.call(&["check"]);
    assert_eq!(answer.code, 0, "{}{}", answer.out, answer.err);
    assert!(answer.out.contains("let pass by the baseline: 1"), "{}", answer.out);
    repo.write("src/b.py", &format!("x = 1\n\n    {}", token(ONE)));
    assert_eq!(repo.call(&["check"]).code, 0);
    repo.write("src/b.py", &token(OTHER));
    assert_eq!(repo.call(&["check"]).code, 1);
    repo.write("src/b.py", &token(ONE));
    repo.write("src/c.py", &token(ONE));
    assert_eq!(repo.call(&["check", "--format", "json"]).told(), ["secret.github-pat src/c.py:1"]);
}
