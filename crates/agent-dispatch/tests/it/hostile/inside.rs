//! Unfenced attempts, shut into namespaces of the machine that end with the test.
use std::fs;
use std::process::{Command, Stdio};

/// Set for a test that runs itself again, to the name of the namespace around the first run.
const AGAIN: &str = "LEADFORGE_HOSTILE_INSIDE";

/// The namespace by which its members are found; another one (of processes) ends them.
const MARK: &str = "uts";

/// Runs a test of this name in namespaces of its own, and fails when any process of it is left.
///
/// What outlives an attempt that no sandbox holds ends when the first process of its namespace
/// does; that one is ended when the test is, however it ends.
pub(crate) fn alone(name: &str, test: impl FnOnce()) {
    let here = namespace("self").unwrap();
    if let Some(outside) = std::env::var_os(AGAIN) {
        assert_ne!(outside.to_str(), Some(here.as_str()), "no namespace was made");
        println!("inside {here}");
        return test();
    }
    // What all tests share, as device files, is touched.
    let _alone = super::MACHINE.write().unwrap();
    // A shell comes first, so that the test is not the process of which much is forbidden.
    let mut command = Command::new("timeout");
    command.args("-s KILL 900 setpriv --pdeathsig KILL unshare --pid --uts --ipc".split(' '));
    if !rustix::process::geteuid().is_root() {
        command.args(["--user", "--map-current-user"]);
    }
    // Into a file: whoever is left would hold a pipe open.
    let log = tempfile::NamedTempFile::new().unwrap();
    let done = command
        .args(["--mount-proc", "--fork", "--kill-child", "/bin/sh", "-c", "\"$@\"; exit $?", "sh"])
        .arg(std::env::current_exe().unwrap())
        .args([name, "--exact", "--nocapture"])
        .env(AGAIN, &here)
        .stdin(Stdio::null())
        .stdout(log.reopen().unwrap())
        .status()
        .unwrap();
    let told = String::from_utf8_lossy(&fs::read(log.path()).unwrap()).into_owned();
    println!("{told}");
    let inside = told.lines().find_map(|line| line.strip_prefix("inside ")).expect("it began");
    assert_ne!(inside, here);
    let left = members(inside);
    assert!(left.is_empty(), "{} processes are left: {left:?}", left.len());
    assert!(told.contains("test result: ok. 1 passed"), "{done}");
}

fn namespace(pid: &str) -> Option<String> {
    Some(fs::read_link(format!("/proc/{pid}/ns/{MARK}")).ok()?.to_str()?.to_owned())
}

/// Every process that is in this namespace.
fn members(of: &str) -> Vec<String> {
    let all = fs::read_dir("/proc").unwrap().flatten();
    let all = all.filter_map(|entry| entry.file_name().into_string().ok());
    all.filter(|pid| namespace(pid).as_deref() == Some(of)).collect()
}
