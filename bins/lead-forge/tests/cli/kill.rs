//! SIGKILL in the middle of a run: the next one ends in the same tree, with everything once and nothing left over.

use std::process::Stdio;
use std::time::Duration;

use super::Repo;

/// Six tasks, some on the same lines, each with work that takes a moment.
fn repo() -> Repo {
    let tasks: Vec<(String, String)> = (0..6)
        .map(|n| {
            let run = format!("sleep 0.1; echo {n} >> shared.txt; echo {n} > own-{n}.txt");
            let after = if n == 4 { "\nafter = [\"lf-t1\"]" } else { "" };
            (
                format!("lf-t{n}"),
                format!(
                    "run = \"{run}\"\nverify = [\"grep -qx {n} shared.txt\"]\ntries = 4{after}"
                ),
            )
        })
        .collect();
    let tasks: Vec<(&str, &str)> = tasks.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    Repo::with(&tasks)
}

fn tree(repo: &Repo) -> Vec<String> {
    let listed = repo.git(&["ls-tree", "-r", "leadforge/run"]);
    listed.lines().filter(|l| !l.contains("docs/TASKS/queue/")).map(str::to_owned).collect()
}

fn completions(repo: &Repo) -> Vec<String> {
    let log = repo.git(&["log", "--format=%s", "leadforge/run"]);
    let mut done: Vec<String> = log
        .lines()
        .filter_map(|l| l.strip_prefix("Complete ")?.split(':').next())
        .map(str::to_owned)
        .collect();
    done.sort();
    done
}

#[test]
fn killed_runs_end_where_an_uninterrupted_one_does() {
    let calm = repo();
    assert_eq!(calm.call(&["run", "-q", "-j", "3"]).code, 0);
    let wild = repo();
    for kill in 0..6_u64 {
        let mut run = wild
            .command(&wild.path(), &["run", "-q", "-j", "3"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("it starts");
        std::thread::sleep(Duration::from_millis(60 + 170 * kill));
        run.kill().expect("killed");
        run.wait().expect("gone");
    }
    let last = wild.call(&["run", "-j", "3"]);
    assert_eq!(last.code, 0, "{}\n{}", last.out, last.err);
    assert_eq!(tree(&calm), tree(&wild));
    assert_eq!(completions(&calm), completions(&wild), "each once");
    assert_eq!(completions(&wild).len(), 6);
    let worktrees = wild.git(&["worktree", "list", "--porcelain"]);
    assert_eq!(worktrees.matches("worktree ").count(), 1, "{worktrees}");
    let left = std::fs::read_dir(wild.state().join("attempts")).map(Iterator::count).unwrap_or(0);
    assert_eq!(left, 0, "no scratch folder is left");
    for branch in wild.git(&["for-each-ref", "--format=%(refname)", "refs/heads/lf"]).lines() {
        let body = wild.git(&["log", "-1", "--format=%B", branch]);
        assert!(body.contains("LeadForge-Outcome: "), "{branch} is an orphan: {body}");
    }
    let leases = std::fs::read_dir(wild.state()).expect("there").flatten();
    let odd: Vec<_> = leases
        .map(|e| e.file_name().to_string_lossy().into_owned())
        .filter(|n| n.contains("corrupt") || n.contains(".tmp"))
        .collect();
    assert!(odd.is_empty(), "{odd:?}");
}

/// A launcher that is slow to notice that its run was killed: until it and its agent are gone, the next run waits.
#[test]
fn the_next_run_waits_for_what_a_killed_one_left_running() {
    let front = |run: &str| format!("run = \"{run}\"\nverify = [\"true\"]\ntries = 4");
    let repo = Repo::with(&[("lf-t1", &front("touch ready; sleep 60")), ("lf-t2", &front("true"))]);
    let spawn = |args: &[&str]| {
        let mut run = repo.command(&repo.path(), args);
        run.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("it starts")
    };
    let mut first = spawn(&["run", "-q", "lf-t1"]);
    let place = repo.state().join("attempts/lf-t1.1");
    while !place.join("tree/ready").exists() {
        assert!(first.try_wait().expect("ours").is_none(), "it ended by itself");
        std::thread::sleep(Duration::from_millis(5));
    }
    let launcher = launcher_of(first.id());
    signal("STOP", &launcher);
    first.kill().expect("killed");
    first.wait().expect("gone");
    let mut next = spawn(&["run", "-q", "lf-t2"]);
    for _ in 0..60 {
        std::thread::sleep(Duration::from_millis(20));
        let ended = next.try_wait().expect("ours").is_some();
        if ended || !place.exists() {
            signal("CONT", &launcher);
            panic!("the next run did not wait for the agent that still runs");
        }
    }
    signal("CONT", &launcher);
    let out = next.wait_with_output().expect("ours");
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    assert!(!place.exists(), "no scratch folder is left");
}

/// The launcher among a process's children.
fn launcher_of(parent: u32) -> String {
    let children = format!("/proc/{parent}/task");
    for task in std::fs::read_dir(children).expect("it runs").flatten() {
        let ids = std::fs::read_to_string(task.path().join("children")).unwrap_or_default();
        for id in ids.split_whitespace() {
            let line = std::fs::read(format!("/proc/{id}/cmdline")).unwrap_or_default();
            if String::from_utf8_lossy(&line).contains("__sandbox") {
                return id.to_owned();
            }
        }
    }
    panic!("no launcher runs");
}

fn signal(name: &str, pid: &str) {
    let sent = std::process::Command::new("kill").args([&format!("-{name}"), pid]).status();
    assert!(sent.expect("kill runs").success());
}
