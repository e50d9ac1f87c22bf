//! What can be done to a repository, or to the files of its queue, so that something else is seen than what is there.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use super::forge::{Forgery, landed};
use super::{Answer, Repo, fakes};

/// A definition of lf-aa that anything passes.
pub(super) const EASY: &str =
    "+++\ntitle = \"Do lf-aa\"\nrun = \"true\"\nverify = [\"true\"]\n+++\nThe text.\n";

const FILE: &str = "docs/TASKS/queue/pending/lf-aa.md";

/// The queue of one task after something was done to it in the checkout.
pub(super) fn replaced(make: impl FnOnce(&Repo, &Path)) -> (Repo, Answer) {
    let repo = Repo::ready("", &[("lf-aa", "verify = [\"false\"]\nrun = \"true\"")]);
    make(&repo, &repo.path().join(FILE));
    // Whoever is shown a digest accepts it.
    let shown = repo.call("lead-forge", &["trust", "--format", "json"]).json();
    let digest = shown["data"]["digest"].as_str().unwrap_or("sha256:0").to_owned();
    let answer = repo.call("lead-forge", &["run", "-q", "--trust", &digest]);
    (repo, answer)
}

/// The same with something else in the place of the task's file.
fn instead(make: impl FnOnce(&Repo, &Path)) -> Answer {
    let (repo, answer) = replaced(|repo, path| {
        fs::remove_file(path).expect("removed");
        make(repo, path);
    });
    repo.nothing_landed();
    answer
}

/// A forged completion whose tree does not pass.
pub(super) fn red() -> Repo {
    let repo = landed();
    Forgery { work: vec![("cc.txt", Some("nothing\n"))], ..Forgery::on(&repo) }.make(&repo);
    repo
}

/// The file of an object.
pub(super) fn loose(repo: &Repo, name: &str) -> PathBuf {
    repo.path().join(".git/objects").join(&name[..2]).join(&name[2..])
}

/// Bytes of one blob of the landed tree put behind the name of another.
fn poison(repo: &Repo) -> (PathBuf, PathBuf) {
    repo.write("good", "cc\n");
    let good = repo.git(&["hash-object", "-w", "good"]);
    let bad = repo.git(&["rev-parse", "forged:cc.txt"]);
    (loose(repo, &good), loose(repo, &bad))
}

fakes! {
    task_file_that_is_a_link || instead(|repo, path| {
        repo.write("../easy.md", EASY);
        symlink(repo.dir.path().join("easy.md"), path).expect("linked");
    });
    task_file_that_is_a_pipe || instead(|_, path| {
        let made = std::process::Command::new("mkfifo").arg(path).status().expect("mkfifo is there");
        assert!(made.success());
    });
    task_file_that_is_a_folder || instead(|_, path| fs::create_dir(path).expect("made"));
    queue_that_is_a_link || {
        let (repo, answer) = replaced(|repo, path| {
            fs::write(path, EASY).expect("written");
            fs::rename(repo.path().join("docs"), repo.path().join("real")).expect("moved");
            symlink("real", repo.path().join("docs")).expect("linked");
        });
        repo.nothing_landed();
        answer
    };
    object_replaced_by_another || {
        let repo = red();
        repo.write("good", "cc\n");
        let blob = repo.git(&["hash-object", "-w", "good"]);
        let entry = format!("100644,{blob},cc.txt");
        for tree in ["forged^^{tree}", "forged^{tree}"] {
            let tree = repo.git(&["rev-parse", tree]);
            repo.git(&["read-tree", &tree]);
            repo.git(&["update-index", "--cacheinfo", &entry]);
            let good = repo.git(&["write-tree"]);
            repo.git(&["replace", &tree, &good]);
        }
        assert!(repo.git(&["show", "forged^:cc.txt"]).contains("cc"), "plain git is fooled");
        repo.verify(&["lf-cc", "--at", "forged"])
    };
    graft_that_makes_an_ancestor || {
        let repo = landed();
        // The evidence of lf-cc stands on a branch of its own; the graft puts that below main.
        Forgery::on(&repo).make(&repo);
        let verified = repo.git(&["rev-parse", "forged^"]);
        let message = repo.git(&["log", "-1", "--format=%B", "forged"]);
        let alone = super::forge::commit_tree(&repo, &["main"], "forged", &message, &[]);
        repo.git(&["update-ref", "refs/heads/forged", &alone]);
        fs::write(repo.path().join(".git/info/grafts"), format!("{alone} {verified}\n")).expect("written");
        assert!(repo.git(&["log", "--format=%H", "forged"]).contains(&verified), "plain git is fooled");
        repo.verify(&["lf-cc", "--at", "forged", "--no-run"])
    };
    history_cut_off || {
        let repo = landed();
        let from = format!("file://{}", repo.path().display());
        let to = repo.dir.path().join("cut");
        repo.git(&["clone", "-q", "--depth", "1", "-b", "leadforge/run", &from, &to.display().to_string()]);
        repo.verify_in(&to, &["lf-bb", "--no-run"])
    };
    object_with_other_bytes || {
        let repo = red();
        let (good, bad) = poison(&repo);
        fs::remove_file(&bad).expect("it is loose");
        fs::copy(good, &bad).expect("copied");
        assert!(repo.git(&["show", "forged^:cc.txt"]).contains("cc"), "plain git is fooled");
        repo.verify(&["lf-cc", "--at", "forged", "--no-run"])
    };
    alternate_with_other_bytes || {
        let repo = red();
        let (good, bad) = poison(&repo);
        let away = repo.dir.path().join("away");
        let name = bad.strip_prefix(repo.path().join(".git/objects")).expect("below").to_owned();
        fs::create_dir_all(away.join(&name).parent().expect("a folder")).expect("made");
        fs::copy(good, away.join(&name)).expect("copied");
        fs::remove_file(&bad).expect("it is loose");
        fs::write(repo.path().join(".git/objects/info/alternates"), format!("{}\n", away.display())).expect("written");
        assert!(repo.git(&["show", "forged^:cc.txt"]).contains("cc"), "plain git is fooled");
        repo.verify(&["lf-cc", "--at", "forged", "--no-run"])
    };
    attributes_of_the_clone || {
        let repo = red();
        repo.write(".git/info/attributes", "* filter=improve text\n");
        repo.git(&["config", "filter.improve.smudge", "echo cc"]);
        repo.git(&["config", "core.autocrlf", "true"]);
        repo.verify(&["lf-cc", "--at", "forged"])
    };
}
