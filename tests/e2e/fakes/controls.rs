//! The worlds of the catalogue without their fakes: each lands or is believed, so what is refused there is the fake.

use super::agents::does;
use super::checks::{front, unfenced};
use super::forge::{commit_tree, landed, rewritten};
use super::forgers::merge;
use super::hands::{GOOD, branch, claim, repo};
use super::places::{EASY, red, replaced};
use super::{Answer, Repo};

/// Asserts that a run landed its task.
fn landing((repo, answer): (Repo, Answer)) {
    assert_eq!(answer.code, 0, "{}{}", answer.out, answer.err);
    let tree = repo.git(&["ls-tree", "-r", "--name-only", "leadforge/run"]);
    assert!(tree.contains("docs/TASKS/queue/completed/lf-aa.md"), "{tree}");
}

/// Asserts that ids alone speak for a completion.
fn believed(answer: &Answer) {
    assert_eq!(answer.code, 0, "{}{}", answer.out, answer.err);
    assert!(answer.out.contains("recorded, not re-run"), "{}", answer.out);
}

#[test]
fn an_agents_work_lands() {
    landing(Repo::attempt("", &does("echo two >> a.txt")));
    landing(Repo::attempt("", &does("echo two >> a.txt; echo '*.txt text' > .gitattributes")));
    landing(Repo::attempt("", "run = \"touch proof\"\nverify = [\"test -e proof\"]"));
    let always = "[verify]\nalways = [\"grep -q two a.txt\"]\n";
    landing(Repo::attempt(always, "run = \"echo two >> a.txt\""));
}

#[test]
fn what_an_expectation_or_strictness_refuses_lands_without_them() {
    let printed = "run = \"echo 'echo 3 FAILED; exit 0' > tests.sh\"\nverify = [\"sh tests.sh\"]";
    landing(Repo::attempt("", printed));
    let outside = "run = \"echo two >> a.txt\"\nverify = [\"true\"]\ntouches = [\"src/**\"]";
    landing(Repo::attempt("", outside));
}

#[test]
fn checks_that_pass_land() {
    let both = front(&["git config forged.by me; git config forged.by", "grep -q two a.txt"]);
    landing(Repo::attempt("[sandbox]\nmemory_mib = 64\n", &both));
    let config =
        "[[verify.prepare]]\ncommand = \"echo one > $LEADFORGE_CACHE/tool\"\nlocks = [\"a.txt\"]\n";
    landing(Repo::attempt(config, &front(&["grep -q one $LEADFORGE_CACHE/tool"])));
    landing(unfenced("git -C REPO rev-parse refs/heads/lf/lf-aa/1"));
}

#[test]
fn work_by_hand_lands() {
    let repo = repo();
    let token = claim(&repo, &[]);
    branch(&repo, "lf/lf-aa/1", "the work", GOOD);
    assert_eq!(repo.queue(&["done", &token]).code, 0);
    let answer = repo.run(&["-q", "--format", "json", "lf-aa"]);
    landing((repo, answer));
}

#[test]
fn completions_made_anew_are_believed() {
    believed(&rewritten(&landed(), "lf-aa", |text| text));
    let repo = landed();
    let same = merge(&repo, |tip, work, message| {
        commit_tree(&repo, &[tip, work], "leadforge/run^", message, &[])
    });
    believed(&same);
    believed(&repo.verify(&["lf-aa", "--no-run"]));
}

#[test]
fn a_whole_clone_is_believed_and_a_plain_file_is_read() {
    let repo = landed();
    let from = format!("file://{}", repo.path().display());
    let to = repo.dir.path().join("whole");
    repo.git(&["clone", "-q", "-b", "leadforge/run", &from, &to.display().to_string()]);
    believed(&repo.verify_in(&to, &["lf-bb", "--no-run"]));
    landing(replaced(|_, path| std::fs::write(path, EASY).expect("written")));
}

#[test]
fn ids_alone_never_say_that_a_tree_passes() {
    let answer = red().verify(&["lf-cc", "--at", "forged", "--no-run"]);
    believed(&answer);
    assert!(!answer.out.contains("proven"), "{}", answer.out);
}
