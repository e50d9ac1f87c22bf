//! A control group for one command: the only bound on memory and processes that holds for root.
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::spec::Limits;

/// Room for bubblewrap's own processes beside the command's.
const OWN_PROCESSES: u64 = 4;

/// Where the kernel offers groups to this process.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Hierarchy {
    /// One folder per controller.
    V1 { memory: PathBuf, pids: PathBuf, cpuacct: Option<PathBuf> },
    /// One folder with every controller.
    V2 { parent: PathBuf },
}

/// A group made for one command; ended and removed on drop.
#[derive(Debug)]
pub(crate) struct Group {
    v2: bool,
    memory: PathBuf,
    pids: PathBuf,
    cpu: Option<PathBuf>,
}

impl Group {
    /// Makes a group with these limits, or says why none can be made.
    pub(crate) fn create(name: &str, limits: &Limits) -> io::Result<Self> {
        let mut last = io::Error::new(io::ErrorKind::NotFound, "no memory and pids controllers");
        for place in hierarchies()? {
            match Self::at(&place, name, limits) {
                Ok(group) => return Ok(group),
                Err(error) => last = error,
            }
        }
        Err(last)
    }

    fn at(place: &Hierarchy, name: &str, limits: &Limits) -> io::Result<Self> {
        let group = match place {
            Hierarchy::V1 { memory, pids, cpuacct } => {
                let mut group = Self {
                    v2: false,
                    memory: memory.join(name),
                    pids: pids.join(name),
                    cpu: cpuacct.as_ref().map(|dir| dir.join(name)),
                };
                make(&group.memory)?;
                make(&group.pids)?;
                if group.cpu.as_deref().is_some_and(|dir| make(dir).is_err()) {
                    group.cpu = None;
                }
                write(&group.memory, "memory.limit_in_bytes", limits.memory_bytes)?;
                // Absent where swap is not accounted; then there is no swap to bound.
                let _ = write(&group.memory, "memory.memsw.limit_in_bytes", limits.memory_bytes);
                group
            }
            Hierarchy::V2 { parent } => {
                let dir = parent.join(name);
                make(&dir)?;
                let group =
                    Self { v2: true, memory: dir.clone(), pids: dir.clone(), cpu: Some(dir) };
                write(&group.memory, "memory.max", limits.memory_bytes)?;
                let _ = write(&group.memory, "memory.swap.max", 0);
                let _ = write(&group.memory, "memory.oom.group", 1);
                group
            }
        };
        write(&group.pids, "pids.max", limits.processes.saturating_add(OWN_PROCESSES))?;
        Ok(group)
    }

    /// The name of what bounds the command, for the outcome.
    pub(crate) const fn name(&self) -> &'static str {
        if self.v2 { "cgroup-v2" } else { "cgroup-v1" }
    }

    /// The files into which a process writes its id to join.
    pub(crate) fn doors(&self) -> Vec<PathBuf> {
        self.folders().into_iter().map(|dir| dir.join("cgroup.procs")).collect()
    }

    /// True once the kernel ended a process of the group for want of memory.
    pub(crate) fn out_of_memory(&self) -> bool {
        let file = if self.v2 { "memory.events" } else { "memory.oom_control" };
        field(&self.memory.join(file), "oom_kill").is_some_and(|count| count > 0)
    }

    /// Processor time used so far, where it is accounted.
    pub(crate) fn cpu(&self) -> Option<Duration> {
        let dir = self.cpu.as_ref()?;
        if self.v2 {
            field(&dir.join("cpu.stat"), "usage_usec").map(Duration::from_micros)
        } else {
            number(&dir.join("cpuacct.usage")).map(Duration::from_nanos)
        }
    }

    /// Most memory used at one moment, in bytes.
    pub(crate) fn peak_memory(&self) -> Option<u64> {
        let file = if self.v2 { "memory.peak" } else { "memory.max_usage_in_bytes" };
        number(&self.memory.join(file))
    }

    /// Stops new processes from being born and ends those there are.
    pub(crate) fn kill(&self) {
        // A bomb cannot outrun the killing once nothing can fork.
        let _ = write(&self.pids, "pids.max", 0);
        if self.v2 {
            let _ = write(&self.pids, "cgroup.kill", 1);
        }
        kill_members(&self.pids);
    }

    fn folders(&self) -> Vec<PathBuf> {
        let mut all = vec![self.memory.clone(), self.pids.clone()];
        all.extend(self.cpu.clone());
        all.dedup();
        all
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        for dir in self.folders() {
            remove(&dir);
        }
    }
}

/// Where the hierarchies that may hold our groups are mounted.
pub(crate) fn mounts() -> Vec<PathBuf> {
    let text = fs::read_to_string("/proc/self/mountinfo").unwrap_or_default();
    let mounts = text.lines().filter_map(|line| {
        let (left, right) = line.split_once(" - ")?;
        let mut right = right.split(' ');
        let (kind, options) = (right.next()?, right.nth(1)?);
        let used = options.split(',').any(|o| matches!(o, "memory" | "pids" | "cpuacct"));
        let fits = kind == "cgroup2" || (kind == "cgroup" && used);
        let point = left.split(' ').nth(4)?;
        fits.then(|| PathBuf::from(point))
    });
    let set: std::collections::BTreeSet<_> = mounts.collect();
    set.into_iter().collect()
}

/// Ends every process in the group at `dir`.
pub(crate) fn kill_members(dir: &Path) {
    for line in fs::read_to_string(dir.join("cgroup.procs")).unwrap_or_default().lines() {
        if let Some(pid) = line.parse().ok().and_then(rustix::process::Pid::from_raw) {
            let _ = rustix::process::kill_process(pid, rustix::process::Signal::KILL);
        }
    }
}

/// Removes an empty group; the kernel may need a moment after the last process.
pub(crate) fn remove(dir: &Path) {
    let until = Instant::now() + Duration::from_secs(2);
    while let Err(error) = fs::remove_dir(dir) {
        if error.kind() == io::ErrorKind::NotFound || Instant::now() > until {
            return;
        }
        std::thread::sleep(Duration::from_millis(2));
    }
}

/// The places where groups might be made, best first.
pub(crate) fn hierarchies() -> io::Result<Vec<Hierarchy>> {
    let own = fs::read_to_string("/proc/self/cgroup")?;
    let mounts = fs::read_to_string("/proc/self/mountinfo")?;
    Ok(parse(&own, &mounts))
}

/// Reads the two files of the kernel; see `cgroups(7)` and `proc_pid_mountinfo(5)`.
fn parse(own: &str, mounts: &str) -> Vec<Hierarchy> {
    let folder = |controller: &str| -> Option<PathBuf> {
        let path = own.lines().find_map(|line| {
            let mut parts = line.splitn(3, ':');
            let names = parts.nth(1)?;
            let path = parts.next()?;
            let here = match controller {
                "" => names.is_empty(),
                name => names.split(',').any(|n| n == name),
            };
            here.then_some(path)
        })?;
        mounts.lines().find_map(|line| {
            let (left, right) = line.split_once(" - ")?;
            let mut left = left.split(' ').skip(3);
            let (root, point) = (left.next()?, left.next()?);
            let mut right = right.split(' ');
            let (kind, options) = (right.next()?, right.nth(1)?);
            let fits = match controller {
                "" => kind == "cgroup2",
                name => kind == "cgroup" && options.split(',').any(|o| o == name),
            };
            let below = Path::new(path).strip_prefix(root).ok()?;
            fits.then(|| Path::new(point).join(below))
        })
    };
    let mut found = Vec::new();
    if let (Some(memory), Some(pids)) = (folder("memory"), folder("pids")) {
        found.push(Hierarchy::V1 { memory, pids, cpuacct: folder("cpuacct") });
    }
    // A folder with processes cannot hand controllers down, so the parents are tried, not we.
    if let Some(dir) = folder("") {
        found.extend(
            dir.ancestors()
                .skip(1)
                .take_while(|dir| dir.join("cgroup.controllers").exists())
                .filter(|dir| hands_down(dir))
                .map(|dir| Hierarchy::V2 { parent: dir.to_owned() }),
        );
    }
    found
}

fn hands_down(dir: &Path) -> bool {
    let text = fs::read_to_string(dir.join("cgroup.subtree_control")).unwrap_or_default();
    ["memory", "pids"].iter().all(|need| text.split_whitespace().any(|have| have == *need))
}

fn make(dir: &Path) -> io::Result<()> {
    fs::create_dir(dir).map_err(|error| at(dir, &error))
}

fn write(dir: &Path, file: &str, value: u64) -> io::Result<()> {
    let path = dir.join(file);
    let file = fs::OpenOptions::new().write(true).open(&path).map_err(|error| at(&path, &error))?;
    io::Write::write_all(&mut &file, value.to_string().as_bytes())
        .map_err(|error| at(&path, &error))
}

fn at(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", path.display()))
}

fn number(path: &Path) -> Option<u64> {
    fs::read_to_string(path).ok()?.trim().parse().ok()
}

fn field(path: &Path, key: &str) -> Option<u64> {
    fs::read_to_string(path).ok()?.lines().find_map(|line| {
        let (name, value) = line.split_once(' ')?;
        if name == key { value.parse().ok() } else { None }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mount_of_a_sub_folder_is_stripped() {
        let own = "5:pids:/docker/ab\n4:cpuacct,cpu:/docker/ab\n3:memory:/docker/ab/x\n0::/\n";
        let mounts = "30 29 0:26 /docker/ab /sys/fs/cgroup/pids rw - cgroup cgroup rw,pids\n\
                      31 29 0:27 /docker/ab /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory\n";
        assert_eq!(
            parse(own, mounts),
            [Hierarchy::V1 {
                memory: "/sys/fs/cgroup/memory/x".into(),
                pids: "/sys/fs/cgroup/pids".into(),
                cpuacct: None,
            }]
        );
    }

    #[test]
    fn nonsense_offers_nothing() {
        assert_eq!(parse("x\n:::\n", " - \n1 2 3\n"), []);
    }
}
