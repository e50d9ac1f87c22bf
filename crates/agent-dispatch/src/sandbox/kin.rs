//! The descendants of a process, found and ended whatever session or group they hide in.
use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use rustix::process::{
    Pid, Resource, Rlimit, Signal, kill_process, kill_process_group, prlimit, setpriority_process,
};

/// Every descendant of `root` at this moment, zombies left out.
pub(crate) fn descendants(root: i32) -> BTreeSet<i32> {
    let mut found = BTreeSet::new();
    let mut open = vec![root];
    while let Some(pid) = open.pop() {
        for child in children(pid) {
            if found.insert(child) {
                open.push(child);
            }
        }
    }
    found.retain(|pid| alive(*pid));
    found
}

/// Ends every descendant of `root` that is there now; the caller repeats until none is left.
pub(crate) fn kill(root: i32) {
    let own = rustix::process::getpgrp().as_raw_nonzero().get();
    let all: Vec<(Pid, i32)> = descendants(root)
        .into_iter()
        .filter_map(|pid| Some((Pid::from_raw(pid)?, stat(pid)?.group)))
        .collect();
    // A whole group at once first: no fork of a member can slip past a signal to its group.
    let groups: BTreeSet<i32> = all.iter().map(|(_, group)| *group).collect();
    for group in groups.into_iter().filter(|group| *group != own && *group > 1) {
        if let Some(group) = Pid::from_raw(group) {
            let _ = kill_process_group(group, Signal::KILL);
        }
    }
    // Of the rest first none may fork and none may outrun us, then none may live.
    let none = Rlimit { current: Some(0), maximum: Some(0) };
    for (pid, _) in &all {
        let _ = setpriority_process(Some(*pid), 19);
        let _ = prlimit(Some(*pid), Resource::Nproc, none);
        let _ = kill_process(*pid, Signal::STOP);
    }
    for (pid, _) in &all {
        let _ = kill_process(*pid, Signal::KILL);
    }
}

/// Resident bytes and processor ticks of the descendants of `root`, summed.
pub(crate) fn usage(root: i32) -> (u64, u64) {
    let page = rustix::param::page_size() as u64;
    descendants(root).into_iter().fold((0, 0), |(memory, ticks), pid| {
        let resident = fs::read_to_string(format!("/proc/{pid}/statm"))
            .ok()
            .and_then(|text| text.split(' ').nth(1)?.parse::<u64>().ok())
            .unwrap_or(0);
        (memory + resident * page, ticks + stat(pid).map_or(0, |s| s.ticks))
    })
}

/// Proportional bytes of the descendants of `root`: pages shared by several count once.
pub(crate) fn proportional(root: i32) -> u64 {
    descendants(root)
        .into_iter()
        .filter_map(|pid| {
            let text = fs::read_to_string(format!("/proc/{pid}/smaps_rollup")).ok()?;
            let line = text.lines().find_map(|line| line.strip_prefix("Pss:"))?;
            line.trim().trim_end_matches("kB").trim().parse::<u64>().ok()
        })
        .map(|kilobytes| kilobytes * 1024)
        .sum()
}

/// Bytes that the descendants of `root` have for themselves, and those of the memory that they
/// share without a file: all of it that is mapped, also what was let go of and is there still.
pub(crate) fn private_and_shared(root: i32) -> u64 {
    let page = rustix::param::page_size() as u64;
    let (mut private, mut shared) = (0, BTreeMap::new());
    for pid in descendants(root) {
        let text = fs::read_to_string(format!("/proc/{pid}/statm")).unwrap_or_default();
        let mut fields = text.split(' ').skip(1).map_while(|n| n.parse::<u64>().ok());
        if let (Some(resident), Some(with_others)) = (fields.next(), fields.next()) {
            private += resident.saturating_sub(with_others) * page;
        }
        let maps = fs::read_to_string(format!("/proc/{pid}/maps")).unwrap_or_default();
        for (inode, end) in maps.lines().filter_map(nameless) {
            let known = shared.entry(inode).or_insert(0);
            *known = end.max(*known);
        }
    }
    private + shared.values().sum::<u64>()
}

/// The number of shared memory without a file, and how far into it a line of `maps` reaches.
fn nameless(line: &str) -> Option<(u64, u64)> {
    let mut parts = line.split_ascii_whitespace();
    let (range, _, offset) = (parts.next()?, parts.next()?, parts.next()?);
    let (inode, path) = (parts.nth(1)?.parse().ok()?, parts.next()?);
    let hex = |text| u64::from_str_radix(text, 16).ok();
    let (start, end) = range.split_once('-')?;
    let end = hex(offset)? + hex(end)?.checked_sub(hex(start)?)?;
    (path == "/dev/zero" || path.starts_with("/SYSV")).then_some((inode, end))
}

/// Bytes of memory of the whole machine that belong to no process alone.
pub(crate) fn shared_by_all() -> u64 {
    let text = fs::read_to_string("/proc/meminfo").unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix("Shmem:"));
    line.and_then(|rest| rest.split_whitespace().next()?.parse::<u64>().ok()).unwrap_or(0) * 1024
}

/// Processor ticks of the children that `pid` has waited for.
pub(crate) fn waited_ticks(pid: i32) -> u64 {
    stat(pid).map_or(0, |s| s.waited)
}

/// When `pid` was started, in ticks since boot: with the pid, its identity.
pub(crate) fn start_time(pid: i32) -> Option<u64> {
    stat(pid).map(|s| s.start)
}

/// Processes and threads of this user, for the bound that counts them all.
pub(crate) fn threads_of(uid: u32) -> u64 {
    let Ok(list) = fs::read_dir("/proc") else { return 0 };
    list.filter_map(|entry| {
        let entry = entry.ok()?;
        let status = fs::read_to_string(entry.path().join("status")).ok()?;
        let value = |key: &str| {
            status.lines().find_map(|line| line.strip_prefix(key))?.split_whitespace().next()
        };
        let own = value("Uid:")?.parse::<u32>().ok()? == uid;
        if own { value("Threads:")?.parse::<u64>().ok() } else { None }
    })
    .sum()
}

pub(crate) struct Stat {
    state: u8,
    parent: i32,
    group: i32,
    ticks: u64,
    waited: u64,
    start: u64,
}

fn stat(pid: i32) -> Option<Stat> {
    parse(&fs::read_to_string(format!("/proc/{pid}/stat")).ok()?)
}

/// One line of `proc_pid_stat(5)`; the name may itself contain spaces and parentheses.
pub(crate) fn parse(line: &str) -> Option<Stat> {
    let (_, rest) = line.rsplit_once(") ")?;
    let parts: Vec<&str> = rest.split(' ').collect();
    let number = |field: usize| parts.get(field - 3)?.trim().parse::<u64>().ok();
    Some(Stat {
        state: *parts.first()?.as_bytes().first()?,
        parent: parts.get(1)?.parse().ok()?,
        group: parts.get(2)?.parse().ok()?,
        ticks: number(14)? + number(15)? + number(16)? + number(17)?,
        waited: number(16)? + number(17)?,
        start: number(22)?,
    })
}

fn alive(pid: i32) -> bool {
    stat(pid).is_some_and(|s| !matches!(s.state, b'Z' | b'X'))
}

fn children(pid: i32) -> Vec<i32> {
    let tasks = fs::read_dir(format!("/proc/{pid}/task"));
    let mut found = Vec::new();
    for task in tasks.into_iter().flatten().flatten() {
        match fs::read_to_string(task.path().join("children")) {
            Ok(text) => found.extend(text.split_whitespace().filter_map(|p| p.parse::<i32>().ok())),
            // The file is there only in kernels built to offer it; else every process is asked.
            Err(error) if error.kind() == std::io::ErrorKind::NotFound && task.path().exists() => {
                return scan(pid);
            }
            Err(_) => {}
        }
    }
    found
}

fn scan(parent: i32) -> Vec<i32> {
    let list = fs::read_dir("/proc");
    list.into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| entry.file_name().to_str()?.parse::<i32>().ok())
        .filter(|pid| stat(*pid).is_some_and(|s| s.parent == parent))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_with_parentheses_does_not_shift_the_fields() {
        let line = "7 (a) b) S 3 7 7 0 -1 4194560 1 2 3 4 10 20 30 40 20 0 1 0 555 1 1 1\n";
        let stat = parse(line).expect("a line of the kernel");
        assert_eq!(
            (stat.state, stat.parent, stat.ticks, stat.waited, stat.start),
            (b'S', 3, 100, 70, 555)
        );
    }

    #[test]
    fn shared_memory_without_a_file_is_known_by_its_line() {
        let line = "7f00-7f80 rw-s 00000100 00:01 1053  /dev/zero (deleted)";
        assert_eq!(nameless(line), Some((1053, 0x180)));
        assert_eq!(nameless(&line.replace("/dev/zero", "/SYSV0000")), Some((1053, 0x180)));
        for no in ["", "7f00-7f80 rw-p 0 00:00 0", &line.replace("/dev/zero", "/usr/lib/x.so")] {
            assert_eq!(nameless(no), None, "{no}");
        }
    }

    #[test]
    fn nonsense_is_no_process() {
        assert!(parse("").is_none() && parse("1 (x) ").is_none() && parse(") S").is_none());
    }

    #[test]
    fn a_child_is_found_both_ways() {
        let me = i32::try_from(std::process::id()).expect("a pid");
        let mut child = std::process::Command::new("/bin/sleep").arg("60").spawn().expect("sleep");
        let pid = i32::try_from(child.id()).expect("a pid");
        assert!(descendants(me).contains(&pid));
        assert!(scan(me).contains(&pid));
        child.kill().expect("ours");
        child.wait().expect("ours");
        assert!(!descendants(me).contains(&pid));
    }
}
