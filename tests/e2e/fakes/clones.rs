//! What the place decides from which somebody looks: a branch checked out or merged, a partial clone, a base or a
//! configuration that is not what the run had.

use std::fs;
use std::path::{Path, PathBuf};

use super::forge::{ALWAYS, Forgery, GOOD, OWN, commit_tree, landed};
use super::places::loose;
use super::{Answer, Repo, fakes};

const RECORD: &str = "Record the queue\n\nLeadForge-Record: leadforge/run\n";

/// A forgery whose base is the forger's own, with an easier configuration.
fn easier(repo: &Repo) {
    let files = [("leadforge.toml", Some("[verify]\n"))];
    let base = commit_tree(repo, &["main"], "main", "easier", &files);
    let tip = commit_tree(repo, &[&base], &base, RECORD, &[]);
    Forgery { tip, base, checks: vec![OWN], ..Forgery::on(repo) }.make(repo);
}

/// A forgery that what everybody must pass would refuse, and the file of the object that says what that is. The branch
/// has a configuration of its own, so that only the base needs that object.
fn own_configuration(check: &'static str) -> (Repo, PathBuf) {
    let repo = landed();
    let own = [("leadforge.toml", Some("[verify]\nalways = []\n"))];
    let tip = commit_tree(&repo, &["leadforge/run"], "leadforge/run", "easier", &own);
    let work = vec![GOOD, ("a.txt", Some("nothing\n"))];
    let mut checks = vec![OWN, check];
    checks.retain(|line| !line.is_empty());
    Forgery { tip, work, checks, ..Forgery::on(&repo) }.make(&repo);
    let real = loose(&repo, &repo.git(&["rev-parse", "main:leadforge.toml"]));
    (repo, real)
}

fn expecting(expect: &str) -> Repo {
    let config = format!("[[verify.expect]]\n{expect}\n");
    let front = "run = \"echo two >> a.txt\"\nverify = [\"echo 0 tests ran\"]\ntries = 1";
    Repo::ready(&config, &[("lf-aa", front)])
}

fakes! {
    base_of_the_forgers_own_merged || {
        let repo = landed();
        easier(&repo);
        repo.git(&["merge", "-q", "--ff-only", "forged"]);
        repo.verify(&["lf-cc", "--no-run"])
    };
    configuration_with_other_bytes || {
        let (repo, real) = own_configuration("true");
        repo.write("good", "[verify]\nalways = [\"true\"]\n");
        let good = loose(&repo, &repo.git(&["hash-object", "-w", "good"]));
        fs::remove_file(&real).expect("it is loose");
        fs::copy(good, &real).expect("copied");
        assert!(repo.git(&["show", "main:leadforge.toml"]).contains("true"), "plain git is fooled");
        repo.verify(&["lf-cc", "--at", "forged"])
    };
    configuration_taken_away || {
        let (repo, real) = own_configuration("");
        fs::remove_file(&real).expect("it is loose");
        repo.verify(&["lf-cc", "--at", "forged"])
    };
    expectation_of_a_check_that_nobody_runs || {
        expecting("command = \"tset\"\nsays = \" passed\"").run(&["-q"])
    };
    expectation_of_nothing || {
        expecting("command = \"echo\"").call("lead-forge", &["run", "-q", "--trust", "sha256:0"])
    };
    known_filter_put_on_more_files || {
        let front = "run = \"echo two >> a.txt; echo '*.txt filter=improve' >> .gitattributes\"\nverify = [\"grep -q two a.txt\"]\ntries = 1";
        let repo = Repo::new();
        repo.write(".gitattributes", "*.bin filter=improve\n");
        repo.task("lf-aa", front);
        repo.commit("a filter");
        repo.run(&["-q", "--format", "json"])
    };
    lock_file_that_the_work_removes || {
        let repo = landed();
        Forgery::on(&repo).make(&repo);
        let prepare = "[[verify.prepare]]\ncommand = \"true\"\nlocks = [\"gone.lock\"]\n";
        repo.write("prepared.toml", &format!("[verify]\nalways = [\"{ALWAYS}\"]\n{prepare}"));
        repo.verify(&["lf-cc", "--at", "forged", "--config", "prepared.toml"])
    };
}

fn cloned(repo: &Repo, name: &str, args: &[&str]) -> PathBuf {
    let from = format!("file://{}", repo.path().display());
    let to = repo.dir.path().join(name);
    repo.git(&[&["clone", "-q"], args, &[&from, &to.display().to_string()]].concat());
    to
}

fn git_in(repo: &Repo, folder: &Path, args: &[&str]) {
    repo.git(&[&["-C", &folder.display().to_string()], args].concat());
}

#[test]
fn where_the_work_is_checked_out_the_default_branch_of_a_remote_knows_the_base() {
    let repo = landed();
    easier(&repo);
    let clone = cloned(&repo, "whole", &[]);
    git_in(&repo, &clone, &["checkout", "-q", "--detach", "origin/leadforge/run"]);
    let told = repo.verify_in(&clone, &["lf-bb", "--no-run"]);
    assert_eq!(told.code, 0, "{}{}", told.out, told.err);
    git_in(&repo, &clone, &["checkout", "-q", "--detach", "origin/forged"]);
    let told = repo.verify_in(&clone, &["lf-cc", "--no-run"]);
    assert!(told.code == 1 && told.out.contains("(base.foreign)"), "{}{}", told.out, told.err);
    // Where no remote knows, the reader does.
    let base = repo.git(&["rev-parse", "main"]);
    repo.git(&["merge", "-q", "--ff-only", "leadforge/run"]);
    let told = repo.verify(&["lf-bb", "--no-run", "--base", &base]);
    assert_eq!(told.code, 0, "{}{}", told.out, told.err);
}

#[test]
fn of_a_file_that_a_partial_clone_lacks_nothing_is_said() {
    let repo = landed();
    repo.git(&["config", "uploadpack.allowFilter", "true"]);
    let clone = cloned(&repo, "main", &["--filter=blob:none"]);
    let told = repo.verify_in(&clone, &["lf-bb", "--no-run"]);
    assert_eq!(told.code, 3, "{}{}", told.out, told.err);
    assert!(told.out.contains("is not in this clone"), "{}{}", told.out, told.err);
    // The completed file is here, what git needs to compare the trees is not.
    let clone = cloned(&repo, "run", &["--filter=blob:none", "-b", "leadforge/run"]);
    let told = repo.verify_in(&clone, &["lf-bb", "--no-run"]);
    assert!(told.code == 3 && told.err.contains("unable to read"), "{}{}", told.out, told.err);
}

#[test]
fn a_record_that_touches_more_than_the_queue_is_told_of() {
    let repo = landed();
    let evil = [("evil.txt", Some("evil\n"))];
    let tip = commit_tree(&repo, &["leadforge/run"], "leadforge/run", RECORD, &evil);
    let told = Forgery { tip: tip.clone(), ..Forgery::on(&repo) }.look(&repo);
    let note = format!("{tip} on the branch was made by hand");
    assert!(told.out.contains(&note), "{}{}", told.out, told.err);
}

#[test]
fn what_lies_below_the_base_is_not_read() {
    let repo = Repo::new();
    let begin = repo.git(&["rev-parse", "HEAD"]);
    for n in ["two", "three"] {
        repo.write("a.txt", n);
        repo.commit(n);
    }
    repo.task("lf-aa", "run = \"echo aa > aa.txt\"\nverify = [\"grep -q aa aa.txt\"]");
    repo.commit("task");
    // Git walks commits by their second, and those of one second in any order.
    std::thread::sleep(std::time::Duration::from_millis(1_100));
    assert_eq!(repo.run(&["-q"]).code, 0);
    fs::remove_file(loose(&repo, &begin)).expect("it is loose");
    let told = repo.verify(&["lf-aa", "--no-run"]);
    assert_eq!(told.code, 0, "{}{}", told.out, told.err);
}

/// Runs with a file that HEAD has otherwise; the run's answer and that of `verify`.
fn edited(path: &str, from: &str, to: &str) -> (Repo, Answer, Answer) {
    let front = "run = \"echo aa > aa.txt\"\nverify = [\"grep -q aa aa.txt\"]";
    let repo = Repo::ready("[verify]\nalways = [\"grep -q one a.txt\"]\n", &[("lf-aa", front)]);
    let text = fs::read_to_string(repo.path().join(path)).expect("it is there");
    repo.write(path, &text.replace(from, to));
    let ran = repo.run(&["-q"]);
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    let told = repo.verify(&["lf-aa", "--no-run"]);
    (repo, ran, told)
}

#[test]
fn a_run_says_which_of_its_commands_nobody_else_has() {
    let warned = |path: &str| format!("{path} is not as HEAD has it");
    let config = "leadforge.toml";
    let (repo, ran, told) = edited(config, "grep -q one", "grep one");
    assert!(ran.err.contains(&warned(config)), "{}", ran.err);
    assert!(told.code == 1 && told.out.contains("--config"), "{}{}", told.out, told.err);
    let told = repo.verify(&["lf-aa", "--no-run", "--config", config]);
    assert_eq!(told.code, 0, "{}{}", told.out, told.err);
    let task = "docs/TASKS/queue/pending/lf-aa.md";
    let (_, ran, told) = edited(task, "grep -q aa", "grep aa");
    assert!(ran.err.contains(&warned(task)), "{}", ran.err);
    assert!(told.code == 1 && told.out.contains("--base"), "{}{}", told.out, told.err);
    let (_, ran, told) = edited(task, "The text", "Another text");
    assert!(!ran.err.contains("is not as HEAD has it"), "only commands matter: {}", ran.err);
    assert_eq!(told.code, 0, "{}{}", told.out, told.err);
}
