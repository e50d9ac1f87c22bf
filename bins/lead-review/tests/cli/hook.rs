//! What a person's own commit runs, called by git itself.

use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::Path;

use leadforge_cli_kit::Config;
use leadforge_cli_kit::trust::{Store, Subject};

use crate::{Answer, RULES, Repo};

fn repo(files: &[(&str, &str)]) -> Repo {
    let repo = Repo::new(&[("docs/review/RULES.md", RULES), ("src/a.py", "x = 1\n")]);
    files.iter().for_each(|(name, text)| repo.write(name, text));
    repo
}

fn hook(repo: &Repo, more: &[&str]) -> Answer {
    let state = repo.path().join(".git/state").display().to_string();
    let args = [&["hook", "run", "--format", "json"], more].concat();
    repo.call_in(&args, "", &[("XDG_STATE_HOME", &state)])
}

/// `git` with its hooks, and with our binary where they look for it.
fn git(repo: &Repo, args: &[&str]) -> Result<(), String> {
    let binary = Path::new(env!("CARGO_BIN_EXE_lead-review")).parent().unwrap();
    let path = format!("{}:{}", binary.display(), std::env::var("PATH").unwrap());
    let done = repo.command("git").env("PATH", path).args(args).output().unwrap();
    let said = [done.stdout, done.stderr].concat();
    done.status.success().then_some(()).ok_or_else(|| String::from_utf8(said).unwrap())
}

#[test]
fn what_is_staged_is_reviewed_and_nothing_else() {
    let repo = repo(&[("src/a.py", "x = 1\nprint(1)\n")]);
    repo.git(&["add", "-A"]);
    repo.write("src/a.py", "x = 1\nprint(1)\nprint(2)\n");
    let answer = hook(&repo, &[]);
    assert_eq!((answer.code, answer.told()), (1, vec!["no-print src/a.py:2".to_owned()]));
    assert_eq!(hook(&repo, &["--fail-on", "never"]).code, 0);
    repo.git(&["reset", "-q", "--hard"]);
    let answer = hook(&repo, &[]);
    assert_eq!(answer.code, 0, "{}", answer.out);
}

/// `git commit -a` and `git commit PATH` commit another index than the one that lies there.
#[test]
fn git_commits_nothing_that_the_hook_does_not_let_pass() {
    let repo = repo(&[]);
    assert_eq!(repo.call(&["hook", "install"]).code, 0);
    let before = repo.git(&["rev-parse", "HEAD"]);
    let secret = format!("token = \"ghp_{}\"\n", "q7Zt3LmX9aVb2NcR5dKe8PfW1gHs4JuY6oTi");
    for (text, rule) in [("print(1)\n", "no-print"), (&*secret, "github-pat")] {
        for how in [&["-a"][..], &["src/a.py"], &["-i", "src/a.py"]] {
            repo.write("src/a.py", text);
            let told = git(&repo, &[&["commit", "-q", "-m", "a change"], how].concat());
            assert!(told.clone().is_err_and(|told| told.contains(rule)), "{how:?}: {told:?}");
            repo.git(&["reset", "-q", "--hard"]);
        }
        repo.write("src/a.py", text);
        repo.git(&["add", "-A"]);
        assert!(git(&repo, &["commit", "-q", "-m", "a change"]).is_err());
        repo.git(&["reset", "-q", "--hard"]);
    }
    assert_eq!(repo.git(&["rev-parse", "HEAD"]), before);
    // What is fine is committed, in every way, also from a folder and in another checkout.
    repo.write("src/a.py", "x = 2\n");
    git(&repo, &["-C", "src", "commit", "-q", "-am", "a change"]).unwrap();
    git(&repo, &["commit", "-q", "--amend", "-m", "another name"]).unwrap();
    git(&repo, &["worktree", "add", "-q", "-b", "side", "side"]).unwrap();
    repo.write("side/src/a.py", "print(1)\n");
    assert!(git(&repo, &["-C", "side", "commit", "-q", "-am", "a change"]).is_err());
    repo.write("side/src/a.py", "x = 3\n");
    git(&repo, &["-C", "side", "commit", "-q", "-am", "a change"]).unwrap();
}

/// Before the first commit there is no last one whose rules would judge: the built-in ones do, and everything is new.
#[test]
fn the_first_commit_is_reviewed_too() {
    for format in ["sha1", "sha256"] {
        let repo = Repo::new(&[]);
        fs::remove_dir_all(repo.path().join(".git")).unwrap();
        repo.git(&["init", "-q", "-b", "main", &format!("--object-format={format}")]);
        repo.git(&["config", "user.name", "Ada"]);
        repo.git(&["config", "user.email", "ada@example.org"]);
        assert_eq!(repo.call(&["hook", "install"]).code, 0);
        repo.write("src/a.py", "eval(x)\n");
        repo.git(&["add", "-A"]);
        let told = git(&repo, &["commit", "-q", "-m", "begin"]).unwrap_err();
        assert!(told.contains("src/a.py:1: error:"), "{told}");
        repo.write("src/a.py", "x = 1\n");
        repo.git(&["add", "-A"]);
        git(&repo, &["commit", "-q", "-m", "begin"]).unwrap();
    }
}

#[test]
fn a_hook_of_somebody_elses_stays_as_it_is() {
    let repo = repo(&[]);
    let path = repo.path().join(".git/hooks/pre-commit");
    assert_eq!(repo.call(&["hook", "uninstall"]).code, 0);
    for _ in 0..2 {
        assert_eq!(repo.call(&["hook", "install"]).code, 0);
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o755);
    }
    assert_eq!(repo.call(&["hook", "uninstall"]).code, 0);
    assert!(!path.exists());
    let theirs = "#!/bin/sh\nmake lint\n";
    fs::write(&path, theirs).unwrap();
    for verb in ["install", "uninstall"] {
        let answer = repo.call(&["hook", verb]);
        assert_eq!(answer.code, 4, "{}", answer.err);
        assert_eq!(fs::read_to_string(&path).unwrap(), theirs);
    }
    let answer = repo.call(&["hook", "install"]);
    assert!(answer.err.contains("lead-review hook run || exit $?"), "{}", answer.err);
    fs::remove_file(&path).unwrap();
    let elsewhere = repo.path().join("elsewhere");
    symlink(&elsewhere, &path).unwrap();
    assert_eq!(repo.call(&["hook", "install"]).code, 4);
    assert!(!elsewhere.exists());
}

#[test]
fn the_folder_of_hooks_is_the_one_that_git_uses() {
    let repo = repo(&[]);
    repo.git(&["config", "core.hooksPath", "tools/hooks"]);
    assert_eq!(repo.call(&["hook", "install"]).code, 0);
    assert!(repo.path().join("tools/hooks/pre-commit").is_file());
    assert!(!repo.path().join(".git/hooks/pre-commit").exists());
    repo.write("src/a.py", "print(1)\n");
    assert!(git(&repo, &["commit", "-q", "-am", "a change"]).is_err());
    // All of a person's repositories would get it.
    let other = tempfile::tempdir().unwrap();
    for folder in ["", "deep/down"] {
        let folder = other.path().join(folder).display().to_string();
        repo.git(&["config", "core.hooksPath", &folder]);
        let answer = repo.call(&["hook", "install"]);
        assert_eq!(answer.code, 4, "{}", answer.err);
        assert!(answer.err.contains("lead-review hook run || exit $?"), "{}", answer.err);
    }
    assert_eq!(fs::read_dir(other.path()).unwrap().count(), 0);
}

#[test]
fn what_other_tools_found_comes_from_files() {
    let sarif = r#"{"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "bandit"}}, "results": [
        {"ruleId": "B307", "level": "error", "message": {"text": "eval"}, "locations": [{"physicalLocation":
        {"artifactLocation": {"uri": "src/a.py"}, "region": {"startLine": 2}}}]}]}]}"#;
    let config = "[review.hook]\nsarif = ['bandit.sarif']\n";
    let repo = repo(&[("leadforge.toml", config), ("src/a.py", "x = 1\ny = eval(x)\n")]);
    repo.git(&["add", "src"]);
    let answer = hook(&repo, &[]);
    assert_eq!(answer.code, 3, "a file that is not there was not looked at: {}", answer.out);
    repo.write("bandit.sarif", sarif);
    let answer = hook(&repo, &[]);
    assert_eq!((answer.code, answer.told()), (1, vec!["bandit.B307 src/a.py:2".to_owned()]));
    repo.write("leadforge.toml", "[review.hook]\nsarif = ['../bandit.sarif']\n");
    assert_eq!(hook(&repo, &[]).code, 2);
}

#[test]
fn pictures_are_taken_by_a_trusted_command_when_what_users_see_changes() {
    let config = "[review.hook]\nui = ['web/**']\ncapture = ['sh', '-c', 'echo called >> called; exit $(cat code)']\n";
    let repo = repo(&[("leadforge.toml", config), ("code", "0"), ("web/a.html", "<p>a</p>\n")]);
    let calls =
        || fs::read_to_string(repo.path().join("called")).unwrap_or_default().lines().count();
    repo.git(&["add", "web"]);
    let answer = hook(&repo, &[]);
    assert_eq!((answer.code, answer.told()), (4, vec!["hook.trust :0".to_owned()]));
    let help = answer.json()["findings"][0]["help"].as_str().unwrap().to_owned();
    assert!(help.contains("lead-forge trust --accept sha256:"), "{help}");
    assert_eq!(calls(), 0);
    assert_eq!(hook(&repo, &["--no-capture"]).code, 0);
    // As `lead-forge trust --accept` does.
    let subject = Subject::new(&Config::load(&repo.path()).unwrap());
    let store = Store::new(&repo.path().join(".git/state/leadforge"));
    store.record(&repo.path().join(".git"), &subject).unwrap();
    assert_eq!((hook(&repo, &[]).code, calls()), (0, 1));
    for (code, exit) in [("1", 1), ("3", 3), ("70", 3)] {
        repo.write("code", code);
        let answer = hook(&repo, &[]);
        assert_eq!((answer.code, answer.told()), (exit, vec!["hook.capture :0".to_owned()]));
    }
    // A finding of the review comes first; nothing that users see, no pictures.
    repo.git(&["reset", "-q"]);
    repo.write("src/a.py", "print(1)\n");
    repo.git(&["add", "src"]);
    let before = calls();
    assert_eq!((hook(&repo, &[]).code, calls()), (1, before));
    // Another command is not the one that was trusted.
    repo.write("leadforge.toml", &config.replace("echo", "printf"));
    repo.git(&["add", "web"]);
    repo.git(&["reset", "-q", "src"]);
    assert_eq!((hook(&repo, &[]).code, calls()), (4, before));
    let human = repo.call_in(&["hook", "run"], "", &[("XDG_STATE_HOME", "/nonexistent")]);
    assert!(
        human.out.contains("no pictures were taken: no command of this repository is trusted"),
        "{}",
        human.out
    );
}
