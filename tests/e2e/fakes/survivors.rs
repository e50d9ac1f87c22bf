//! Processes that go on after the command that started them: under both fences, and without one.

use std::fs;
use std::io::Read as _;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

use super::agents::does;
use super::checks::front;
use super::{Answer, Repo, fakes};

/// A time, half a minute, that nobody else on this machine sleeps for.
fn seconds() -> String {
    static COUNT: AtomicU32 = AtomicU32::new(1);
    format!("30.{:08}{:03}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed))
}

/// Whether a process is there with this word in its command line, in whatever namespace.
fn lives(word: &str) -> bool {
    let all = fs::read_dir("/proc").expect("it is mounted");
    let lines = all.flatten().map(|entry| fs::read(entry.path().join("cmdline")));
    lines.flatten().any(|line| String::from_utf8_lossy(&line).contains(word))
}

/// Runs the task that sleeps for this time, and sees that nothing of it is there any more.
fn left(fence: &str, seconds: &str, front: &str) -> Answer {
    let repo = Repo::ready("", &[("lf-aa", front)]);
    let answer = repo.run(&["-q", "--format", "json", "--sandbox", fence]);
    assert!(!lives(seconds), "{fence}: a process survived the run: {}", answer.out);
    repo.nothing_landed();
    answer
}

/// A command that ends once another process, in a session of its own, is there and on the way to do this.
fn leaves(then: &str) -> String {
    format!(
        "setsid sh -c 'touch $TMPDIR/up; {then}' >/dev/null 2>&1 & \
         until test -e $TMPDIR/up; do sleep 0.02; done"
    )
}

/// If it were waited for, the work would be there before the tree is taken; if not, it would sleep still.
fn agent(fence: &str) -> Answer {
    let seconds = seconds();
    let then = format!("sleep 1; echo two >> a.txt; exec sleep {seconds}");
    left(fence, &seconds, &does(&leaves(&then)))
}

/// The second check passes when it sees the first one's process.
fn check(fence: &str) -> Answer {
    let seconds = seconds();
    let pattern = seconds.replace('.', "[.]");
    let second = format!("cat /proc/[0-9]*/cmdline 2>/dev/null | grep -qa '{pattern}'");
    let first = leaves(&format!("exec sleep {seconds}"));
    left(fence, &seconds, &front(&[&first, &second]))
}

fakes! {
    work_by_a_process_that_outlives_the_agent || agent("bubblewrap");
    work_by_a_process_that_outlives_the_agent_under_landlock || agent("landlock");
    work_by_a_process_that_outlives_the_agent_without_a_fence || agent("none");
    process_of_a_check_survives_it || check("bubblewrap");
    process_of_a_check_survives_it_under_landlock || check("landlock");
    process_of_a_check_survives_it_without_a_fence || check("none");
}

#[test]
fn a_process_that_lives_is_seen() {
    let seconds = seconds();
    assert!(!lives(&seconds));
    // Once it says something its command line is there.
    let mut child = Command::new("sh")
        .args(["-c", "echo up; read end", &seconds])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("started");
    let mut up = [0];
    child.stdout.take().expect("piped").read_exact(&mut up).expect("it speaks");
    let seen = lives(&seconds);
    drop(child.stdin.take());
    child.wait().expect("ours");
    assert!(seen && !lives(&seconds));
}
