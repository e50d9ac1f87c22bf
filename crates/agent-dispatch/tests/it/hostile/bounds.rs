//! Commands that want all of the machine: each is ended by its bound.
use std::time::Duration;

use leadforge_agent_dispatch::sandbox::{Kind, Limits, Outcome, Reason, Spec};

use super::log;
use super::world::{User, World, processes};

const KINDS: [Kind; 2] = [Kind::Bubblewrap, Kind::Landlock];

/// Runs a script under each fence as each user and looks at how it ended.
fn each(script: &str, change: impl Fn(&mut Limits), check: impl Fn(&Spec, &Outcome, &str)) {
    for user in User::all() {
        let mut world = World::new(user);
        for kind in KINDS {
            let mut spec = world.spec(kind, script);
            change(&mut spec.limits);
            let outcome = world.run(&spec).unwrap();
            let text = log(&spec);
            let told = text.chars().take(300).collect::<String>();
            println!("{kind} {user:?} {outcome:?} {told}");
            assert_eq!(outcome.survivors, 0);
            assert_eq!(processes(spec.command.last().unwrap().to_str().unwrap()), [0; 0]);
            assert!(std::fs::read_dir(&spec.scratch).unwrap().next().is_none());
            check(&spec, &outcome, &text);
        }
    }
}

#[test]
fn a_gigabyte_of_output_costs_a_megabyte() {
    let script = "
block = b'x' * 65536
for _ in range(16384): os.write(1, block)
return True";
    each(
        script,
        |limits| limits.output_bytes = 1 << 20,
        |spec, outcome, _| {
            assert_eq!(outcome.reason, Reason::OutputLimit);
            assert_eq!(std::fs::metadata(&spec.log).unwrap().len(), 1 << 20);
            assert_eq!(outcome.output_bytes, 1 << 20);
        },
    );
}

#[test]
fn memory_of_one_process_is_bounded() {
    let script = "
held = []
while len(held) < 64: held.append(bytearray(b'x') * (32 << 20))
print('held everything'); return True";
    each(
        script,
        |limits| limits.memory_bytes = 256 << 20,
        |_, outcome, log| {
            assert!(
                !log.contains("held everything") && !outcome.success()
                    || log.contains("MemoryError")
            );
            assert!(outcome.peak_memory_bytes <= 300 << 20, "{outcome:?}");
        },
    );
}

#[test]
fn memory_of_many_processes_is_bounded() {
    let script = "
for _ in range(16):
    if os.fork() == 0:
        held = bytearray(b'x') * (64 << 20); time.sleep(20); os._exit(0)
for _ in range(16): os.wait()
print('held everything'); return True";
    each(
        script,
        |limits| limits.memory_bytes = 256 << 20,
        |_, outcome, log| {
            assert_eq!(outcome.reason, Reason::MemoryLimit, "{log}");
        },
    );
}

#[test]
fn memory_without_a_mapping_is_bounded() {
    let script = "
block = b'x' * (1 << 20)
written = 0
files = []
for make in (lambda: os.memfd_create('a'), lambda: os.open('/dev/shm/a', os.O_CREAT | os.O_WRONLY),
             lambda: os.open('/tmp/a', os.O_CREAT | os.O_WRONLY)):
    try:
        files.append(make())
        for _ in range(1024): written += os.write(files[-1], block)
    except OSError as error: print(error)
big, held = 64 << 20, []
libc.shmat.restype = ctypes.c_void_p
for _ in range(8):
    segment = libc.shmget(0, big, 0o1600)
    if segment < 0: print(os.strerror(ctypes.get_errno())); break
    at = libc.shmat(segment, None, 0)
    ctypes.memset(at, 1, big); libc.shmdt(ctypes.c_void_p(at)); written += big
for _ in range(8):
    view = mmap.mmap(-1, big, mmap.MAP_SHARED | mmap.MAP_ANONYMOUS); held.append(view)
    here = ctypes.c_char.from_buffer(view); held.append(here)
    ctypes.memset(ctypes.addressof(here), 1, big); view.madvise(mmap.MADV_DONTNEED); written += big
time.sleep(5)
print('written', written >> 20, 'MiB', flush=True); return written > 512 << 20";
    each(
        script,
        |limits| limits.memory_bytes = 256 << 20,
        |_, outcome, log| {
            assert!(!log.contains("ESCAPED"), "{outcome:?} {log}");
        },
    );
}

#[test]
fn processes_are_bounded() {
    let script = "
made = 0
try:
    while made < 5000:
        if os.fork() == 0: time.sleep(60); os._exit(0)
        made += 1
except OSError: pass
print('made', made, flush=True); return made > 80";
    each(
        script,
        |limits| limits.processes = 64,
        |_, outcome, log| {
            assert!(log.contains("made ") && !log.contains("ESCAPED"), "{outcome:?} {log}");
        },
    );
}

#[test]
fn a_fork_bomb_ends_with_its_time() {
    let script = "
while True:
    try: os.fork()
    except OSError: pass";
    let change = |limits: &mut Limits| {
        limits.processes = 200;
        limits.wall = Duration::from_secs(2);
    };
    each(script, change, |_, outcome, _| {
        assert_eq!(outcome.reason, Reason::TimedOut);
    });
}

#[test]
fn a_fork_bomb_of_sessions_ends_with_its_time() {
    let script = "
while True:
    try:
        if os.fork() == 0: os.setsid()
    except OSError: pass";
    let change = |limits: &mut Limits| {
        limits.processes = 100;
        limits.wall = Duration::from_secs(1);
    };
    each(script, change, |_, outcome, _| assert_eq!(outcome.reason, Reason::TimedOut));
}

#[test]
fn one_file_is_bounded() {
    let script = "
fd = os.open('big', os.O_CREAT | os.O_WRONLY)
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
while True: os.write(fd, b'x' * (1 << 20))";
    each(
        script,
        |limits| limits.file_bytes = 8 << 20,
        |spec, _, log| {
            assert!(log.contains("File too large"), "{log}");
            assert_eq!(std::fs::metadata(spec.tree.join("big")).unwrap().len(), 8 << 20);
        },
    );
}

#[test]
fn processor_time_is_bounded() {
    let script = "
for _ in range(4):
    if os.fork() == 0:
        while True: pass
time.sleep(60)";
    each(
        script,
        |limits| limits.cpu = Duration::from_secs(1),
        |_, outcome, _| {
            assert_eq!(outcome.reason, Reason::CpuLimit);
            assert!(outcome.cpu_ms >= 1000, "{outcome:?}");
        },
    );
}

#[test]
fn time_on_the_wall_is_bounded() {
    let script = "
for s in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT): signal.signal(s, signal.SIG_IGN)
stay('session'); time.sleep(60)";
    each(
        script,
        |limits| limits.wall = Duration::from_secs(1),
        |_, outcome, _| {
            assert_eq!((outcome.reason, outcome.exit), (Reason::TimedOut, None));
            assert!(outcome.wall_ms >= 1000, "{outcome:?}");
        },
    );
}

#[test]
fn a_temporary_folder_of_any_depth_is_removed() {
    let script = "
os.chdir(E['TMPDIR'])
for _ in range(3000):
    os.mkdir('d'); os.chdir('d')
for _ in range(100): open('f%d' % _, 'w').close()
try: os.chmod(E['TMPDIR'], 0)
except OSError: pass
return False";
    each(script, |_| {}, |_, outcome, log| assert!(outcome.success(), "{log}"));
}

/// A disk of its own is made, which root alone may do.
#[test]
fn a_flood_of_files_ends_before_the_disk() {
    assert!(rustix::process::geteuid().is_root(), "a disk is mounted: be root");
    // The flood stands still before the disk is full, and waits to be ended.
    let flood = "
def left(): disk = os.statvfs('.'); return min(disk.f_bavail / disk.f_blocks, disk.f_favail / disk.f_files)
n = 0
while left() > 0.04: n += 1; open('f%d' % n, 'wb').write(b'x' * SIZE)
print('stands', flush=True); time.sleep(600)";
    for (size, options) in [("1048576", "size=64m"), ("0", "nr_inodes=10k")] {
        let script = &flood.replace("SIZE", size);
        for user in User::all() {
            let mut world = World::new(user);
            for kind in KINDS {
                let mut spec = world.spec(kind, script);
                spec.limits.wall = Duration::from_secs(600);
                let disk = Disk::over(&spec.tree, options);
                let outcome = world.run(&spec).unwrap();
                drop(disk);
                assert_eq!(outcome.reason, Reason::DiskLimit, "{kind} {user:?}: {}", log(&spec));
            }
        }
    }
}

/// A small disk over a folder, with what the folder held; gone on drop.
struct Disk(std::path::PathBuf);

impl Disk {
    fn over(folder: &std::path::Path, options: &str) -> Self {
        let script = "set -e; cp -a \"$1\" \"$1.kept\"; mount -t tmpfs -o \"$2,mode=777\" x \"$1\"; \
                      cp -a \"$1.kept/.\" \"$1\"";
        let mut command = std::process::Command::new("/bin/sh");
        let done = command.args(["-c", script, "sh"]).arg(folder).arg(options).status();
        assert!(done.unwrap().success(), "{} is mounted over", folder.display());
        Self(folder.to_owned())
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let done = std::process::Command::new("umount").arg("-l").arg(&self.0).status();
        assert!(done.unwrap().success());
    }
}
