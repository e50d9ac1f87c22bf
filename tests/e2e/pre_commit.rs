//! The hooks of `.pre-commit-hooks.yaml`, called by pre-commit itself; `cargo xtask conform hooks` has it.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::Command;

use super::{Repo, bin};

/// `git`, with pre-commit and our binaries where its hooks look for them; what it said when it failed.
fn git(repo: &Repo, pre_commit: &Path, args: &[&str]) -> Result<(), String> {
    let bin = repo.dir.path().join("bin").display().to_string();
    let tools = pre_commit.parent().expect("it lies in a folder").display();
    let done = Command::new("git")
        .args(["-c", "user.name=Ann", "-c", "user.email=ann@example.org"])
        .args(args)
        .current_dir(repo.path())
        .env("PATH", format!("{bin}:{tools}:/usr/local/bin:/usr/bin:/bin"))
        .env("PRE_COMMIT_HOME", repo.dir.path().join("cache"))
        .env("HOME", repo.dir.path())
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_SYSTEM", "/dev/null")
        .output()
        .expect("git runs");
    let said = String::from_utf8_lossy(&[done.stdout, done.stderr].concat()).into_owned();
    done.status.success().then_some(()).ok_or(said)
}

#[test]
#[ignore = "needs pre-commit: cargo xtask conform hooks"]
fn pre_commit_lets_nothing_pass_that_the_hooks_find() {
    let pre_commit = std::env::var_os("LEADFORGE_PRE_COMMIT").expect("LEADFORGE_PRE_COMMIT is set");
    let pre_commit = Path::new(&pre_commit);
    let repo = Repo::new();
    fs::create_dir(repo.dir.path().join("bin")).expect("made");
    for name in ["lead-review", "lead-guard"] {
        symlink(bin(name), repo.dir.path().join("bin").join(name)).expect("linked");
    }
    // The definitions as they lie here, in a repository as pre-commit wants them.
    let ours = Repo::new();
    let definitions = concat!(env!("CARGO_MANIFEST_DIR"), "/../.pre-commit-hooks.yaml");
    ours.write(".pre-commit-hooks.yaml", &fs::read_to_string(definitions).expect("it is there"));
    ours.git(&["add", "-A"]);
    ours.git(&["commit", "-q", "-m", "hooks"]);
    let (place, commit) = (ours.path().display().to_string(), ours.git(&["rev-parse", "HEAD"]));
    for (hook, text, told) in [
        ("lead-review-check", "eval(x)\n".to_owned(), "python.eval"),
        (
            "lead-guard-secrets",
            format!("t = \"ghp_{}\"\n", "q7Zt3LmX9aVb2NcR5dKe8PfW1gHs4JuY6oTi"),
            "github-pat",
        ),
    ] {
        let config =
            format!("repos:\n- repo: {place}\n  rev: {commit}\n  hooks:\n  - id: {hook}\n");
        repo.write(".pre-commit-config.yaml", &config);
        repo.write("a.py", "x = 1\n");
        let _ = fs::remove_file(repo.path().join(".git/hooks/pre-commit"));
        repo.git(&["add", "-A"]);
        repo.git(&["commit", "-q", "-m", "a script"]);
        let mut install = Command::new(pre_commit);
        let done = install.arg("install").current_dir(repo.path()).env("HOME", repo.dir.path());
        assert!(done.output().expect("it runs").status.success());
        for how in [&["-a"][..], &["a.py"]] {
            repo.write("a.py", &text);
            let said = git(&repo, pre_commit, &[&["commit", "-q", "-m", "more"], how].concat());
            let said = said.expect_err("it was committed");
            assert!(said.contains(told), "{hook} {how:?}: {said}");
            repo.write("a.py", "x = 2\n");
            git(&repo, pre_commit, &[&["commit", "-q", "-m", "less"], how].concat())
                .expect("it is fine");
            repo.write("a.py", "x = 1\n");
            git(&repo, pre_commit, &["commit", "-q", "-am", "as before"]).expect("it is fine");
        }
        // What is not staged is not committed, and stops nothing.
        repo.write("b.py", "y = 1\n");
        repo.git(&["add", "b.py"]);
        repo.write("a.py", &text);
        git(&repo, pre_commit, &["commit", "-q", "-m", "another"]).expect("it is fine");
        repo.git(&["rm", "-qf", "b.py"]);
        repo.write("a.py", "x = 1\n");
    }
}
