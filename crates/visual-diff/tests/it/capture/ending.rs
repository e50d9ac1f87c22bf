//! How it ends: with us, by its own fault, or by ours.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use leadforge_visual_diff::capture::{Browser, Error, Session};

use super::{descendants, session, shoot, small};

/// Every one of them has ended; the last moments of an end are the kernel's.
pub(super) fn gone(all: &BTreeSet<u32>) {
    let begun = Instant::now();
    while let Some(pid) = all.iter().find(|pid| alive(**pid)) {
        assert!(begun.elapsed() < Duration::from_secs(5), "{pid} is left");
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// Whether there is such a process, and it is no zombie.
fn alive(pid: u32) -> bool {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    stat.rsplit(')').next().and_then(|rest| rest.trim().chars().next()).is_some_and(|c| c != 'Z')
}

#[test]
fn nothing_is_left_of_a_session() {
    let mut session = session();
    shoot(&mut session, &small(), "<h1>hello").expect("taken");
    let all = descendants(session.id().expect("it runs"));
    assert!(all.len() > 3);
    drop(session);
    gone(&all);
    assert!(!Path::new("/tmp/profile").exists(), "its profile was ours to see");
}

#[test]
fn a_chromium_that_dies_is_one_clear_error() {
    let mut session = session();
    shoot(&mut session, &small(), "<h1>hello").expect("taken");
    let fence = session.id().expect("it runs");
    let pid = rustix::process::Pid::from_raw(fence.cast_signed()).expect("a number");
    rustix::process::kill_process(pid, rustix::process::Signal::KILL).expect("killed");
    let error = shoot(&mut session, &small(), "<h1>hello").expect_err("it is dead");
    assert!(
        matches!(&error, Error::Died { status, .. } if status.contains("signal: 9")),
        "{error}"
    );
    assert_eq!(error.to_string().lines().count(), 1);
}

#[test]
fn a_program_that_is_none_is_named_with_what_it_says() {
    let missing = Browser { program: Some("/nonexistent/chromium".into()), ..Browser::default() };
    let error = Session::start(missing).expect_err("there is none");
    assert_eq!(error.to_string(), "no Chromium: /nonexistent/chromium");
    let folder = tempfile::tempdir().expect("a folder");
    let program = folder.path().join("chromium");
    let write = |text: &str| {
        fs::write(&program, text).expect("written");
        let all = std::os::unix::fs::PermissionsExt::from_mode(0o755);
        fs::set_permissions(&program, all).expect("its mode");
        Browser { program: Some(program.clone()), ..Browser::default() }
    };
    let noise = "#!/bin/sh\nhead -c 100000 /dev/zero | tr '\\0' x >&2; printf '\\033[31mbroken' >&2; exit 7\n";
    let error = Session::start(write(noise)).expect_err("it ends");
    let text = error.to_string();
    assert!(text.len() < 2000 && text.contains("\\u{1b}[31mbroken"), "{text}");
    assert!(text.contains("exit status: 7"), "{text}");
    let snap = write("#!/bin/sh\nexec /snap/bin/chromium \"$@\"\n");
    assert!(matches!(Session::start(snap), Err(Error::Snap { .. })));
}

#[test]
fn a_page_that_never_ends_costs_its_time_and_no_more() {
    let browser = Browser { deadline: Duration::from_secs(4), ..Browser::default() };
    let mut session = super::started(browser);
    let begun = Instant::now();
    for hostile in [
        "<script>for (;;) {}</script>",
        "<script>const go = () => Promise.resolve().then(go); go()</script>",
        "<script>setTimeout(() => { for (;;) {} }, 10)</script>",
    ] {
        let error = shoot(&mut session, &small(), hostile).expect_err("it never ends");
        assert!(matches!(&error, Error::Deadline { .. }), "{hostile}: {error}");
    }
    assert!(begun.elapsed() < Duration::from_secs(60));
    shoot(&mut session, &small(), "<h1>hello").expect("the next page is taken");
}

#[test]
fn a_page_that_waits_for_its_clock_gets_time() {
    let mut session = session();
    let busy = "<script>const t = Date.now(); while (Date.now() < t + 2000) {} \
        const u = performance.now(); while (performance.now() < u + 50) {} \
        alert('x'); confirm('y'); const x = new XMLHttpRequest(); x.open('GET', '/none', false); \
        try { x.send() } catch {} document.title = 'over'</script>";
    shoot(&mut session, &small(), busy).expect("taken");
}
