//! The table of refused system calls: call, error, and the arguments that make it refused.
//!
//! Numbers are the kernel's (`libc`); what only one architecture has stands in its own list.
use libc as c;

use super::Metadata;
use super::seccomp::{Policy, Test};

/// One refused call: without tests always, else when every test holds.
pub(crate) struct Deny {
    pub(crate) call: i64,
    pub(crate) errno: u32,
    pub(crate) when: Vec<Test>,
}

/// The first call number that this table was not checked against (Linux 6.13 `setxattrat`).
pub(crate) const FIRST_UNKNOWN: u32 = 463;

pub(crate) const ENOSYS: u32 = c::ENOSYS.unsigned_abs();
const EPERM: u32 = c::EPERM.unsigned_abs();
const ENOTSUP: u32 = c::ENOTSUP.unsigned_abs();
const ENOSPC: u32 = c::ENOSPC.unsigned_abs();
const EAFNOSUPPORT: u32 = c::EAFNOSUPPORT.unsigned_abs();

/// Other processes, the machine and the kernel's own state: never.
#[rustfmt::skip]
const NEVER: &[i64] = &[
    c::SYS_ptrace, c::SYS_process_vm_readv, c::SYS_process_vm_writev, c::SYS_process_madvise,
    c::SYS_kcmp, c::SYS_pidfd_getfd, c::SYS_move_pages, c::SYS_migrate_pages,
    c::SYS_mount, c::SYS_umount2, c::SYS_pivot_root, c::SYS_chroot, c::SYS_move_mount,
    c::SYS_open_tree, c::SYS_fsopen, c::SYS_fsconfig, c::SYS_fsmount, c::SYS_fspick,
    c::SYS_mount_setattr, c::SYS_unshare, c::SYS_setns,
    c::SYS_keyctl, c::SYS_add_key, c::SYS_request_key,
    c::SYS_bpf, c::SYS_perf_event_open, c::SYS_userfaultfd, c::SYS_fanotify_init,
    c::SYS_fanotify_mark, c::SYS_kexec_load, c::SYS_init_module, c::SYS_finit_module,
    c::SYS_delete_module, c::SYS_open_by_handle_at, c::SYS_name_to_handle_at, c::SYS_swapon,
    c::SYS_swapoff, c::SYS_reboot, c::SYS_acct, c::SYS_quotactl, c::SYS_quotactl_fd,
    c::SYS_settimeofday, c::SYS_clock_settime, c::SYS_clock_adjtime, c::SYS_adjtimex,
    c::SYS_sethostname, c::SYS_setdomainname, c::SYS_syslog, c::SYS_vhangup, c::SYS_nfsservctl,
    c::SYS_lookup_dcookie,
];

#[cfg(target_arch = "x86_64")]
#[rustfmt::skip]
const NEVER_HERE: &[i64] = &[
    c::SYS_iopl, c::SYS_ioperm, c::SYS_modify_ldt, c::SYS_uselib, c::SYS_ustat, c::SYS_sysfs,
    c::SYS__sysctl, c::SYS_kexec_file_load,
];
#[cfg(not(target_arch = "x86_64"))]
const NEVER_HERE: &[i64] = &[c::SYS_kexec_file_load];

/// Calls whose arguments lie in memory, where a filter cannot look; programs fall back.
const ABSENT: &[i64] = &[
    c::SYS_clone3,
    c::SYS_openat2,
    c::SYS_io_uring_setup,
    c::SYS_io_uring_enter,
    c::SYS_io_uring_register,
    c::SYS_memfd_secret,
];

/// Sockets beyond a connected pair.
const NETWORK: &[i64] =
    &[c::SYS_connect, c::SYS_bind, c::SYS_listen, c::SYS_accept, c::SYS_accept4];

/// System V and POSIX queues and memory: shared with every process of the user.
#[rustfmt::skip]
const SHARED: &[i64] = &[
    c::SYS_shmget, c::SYS_shmat, c::SYS_shmctl, c::SYS_semget, c::SYS_semop, c::SYS_semtimedop,
    c::SYS_semctl, c::SYS_msgget, c::SYS_msgsnd, c::SYS_msgrcv, c::SYS_msgctl, c::SYS_mq_open,
    c::SYS_mq_unlink, c::SYS_setpriority, c::SYS_ioprio_set, c::SYS_process_mrelease,
];

/// Calls whose first argument is a process: only oneself (0).
const ON_OTHERS: &[i64] = &[
    c::SYS_prlimit64,
    c::SYS_sched_setaffinity,
    c::SYS_sched_setscheduler,
    c::SYS_sched_setparam,
    c::SYS_sched_setattr,
];

/// Extended attributes.
const ATTRIBUTES: &[i64] = &[
    c::SYS_setxattr,
    c::SYS_lsetxattr,
    c::SYS_fsetxattr,
    c::SYS_removexattr,
    c::SYS_lremovexattr,
    c::SYS_fremovexattr,
];

/// Attributes of a path, which Landlock lets everybody read who knows its name.
const ATTRIBUTES_READ: &[i64] =
    &[c::SYS_getxattr, c::SYS_lgetxattr, c::SYS_listxattr, c::SYS_llistxattr];

/// Mode and owner of an opened file.
const OPENED: &[i64] = &[c::SYS_fchmod, c::SYS_fchown];

/// Mode, owner and times of a path.
const BY_PATH: &[i64] = &[c::SYS_fchmodat, c::SYS_fchmodat2, c::SYS_fchownat];
#[cfg(target_arch = "x86_64")]
const BY_PATH_HERE: &[i64] =
    &[c::SYS_chmod, c::SYS_chown, c::SYS_lchown, c::SYS_utime, c::SYS_utimes, c::SYS_futimesat];
#[cfg(not(target_arch = "x86_64"))]
const BY_PATH_HERE: &[i64] = &[];

/// Calls that make or change a file, with the places of their flags and mode.
const MODES: &[(i64, Option<u8>, u8)] = &[
    (c::SYS_openat, Some(2), 3),
    (c::SYS_mknodat, None, 2),
    (c::SYS_fchmod, None, 1),
    (c::SYS_fchmodat, None, 2),
    (c::SYS_fchmodat2, None, 2),
];
#[cfg(target_arch = "x86_64")]
const MODES_HERE: &[(i64, Option<u8>, u8)] = &[
    (c::SYS_open, Some(1), 2),
    (c::SYS_creat, None, 1),
    (c::SYS_mknod, None, 1),
    (c::SYS_chmod, None, 1),
];
#[cfg(not(target_arch = "x86_64"))]
const MODES_HERE: &[(i64, Option<u8>, u8)] = &[];

/// Requests to a terminal that put words into another's mouth, and to a file system that change
/// a file through a descriptor opened for reading.
#[rustfmt::skip]
const REQUESTS: &[u32] = &[
    0x5412, // TIOCSTI
    0x541c, // TIOCLINUX
    0x541d, // TIOCCONS
    0x5423, // TIOCSETD
    0x4008_6602, // FS_IOC_SETFLAGS
    0x4004_6602, // FS_IOC32_SETFLAGS
    0x401c_5820, // FS_IOC_FSSETXATTR
    0x4008_7602, // FS_IOC_SETVERSION
    0x4080_6685, // FS_IOC_ENABLE_VERITY
    0x800c_6613, // FS_IOC_SET_ENCRYPTION_POLICY
];

/// What is refused under this policy.
pub(crate) fn denied(policy: &Policy) -> Vec<Deny> {
    let mut all = Vec::new();
    let mut add = |errno, call, when| all.push(Deny { call, errno, when });
    for call in NEVER.iter().chain(NEVER_HERE) {
        add(EPERM, *call, vec![]);
    }
    for call in ABSENT {
        add(ENOSYS, *call, vec![]);
    }
    // CLONE_NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID, NEWNET.
    for flag in [0x2_0000, 1 << 25, 1 << 26, 1 << 27, 1 << 28, 1 << 29, 1 << 30] {
        add(EPERM, c::SYS_clone, vec![Test::Bits(0, flag, flag)]);
    }
    for request in REQUESTS {
        add(EPERM, c::SYS_ioctl, vec![Test::Is(1, *request)]);
    }
    // A lease on a file opened for reading stalls everybody else who opens it.
    add(EPERM, c::SYS_fcntl, vec![Test::Is(1, c::F_SETLEASE.unsigned_abs())]);
    // Linux and "no randomisation", the latter for debuggers, and the question alone.
    let persona = [0, 0x4_0000, u32::MAX].map(|value| Test::Not(0, value));
    add(EPERM, c::SYS_personality, persona.into());
    modes(&mut add);
    sockets(policy, &mut add);
    if policy.shared_user {
        for call in SHARED {
            add(EPERM, *call, vec![]);
        }
        for call in ON_OTHERS {
            add(EPERM, *call, vec![Test::Not(0, 0)]);
        }
        for call in ATTRIBUTES_READ {
            add(ENOTSUP, *call, vec![]);
        }
        // Names made in folders that Landlock shuts would be told. To programs it is as if others
        // had taken all watches, so that they look from time to time instead.
        add(ENOSPC, c::SYS_inotify_add_watch, vec![]);
    }
    metadata(policy.metadata, &mut add);
    if policy.unaccounted {
        add(ENOSYS, c::SYS_memfd_create, vec![]);
        // What System V keeps stays when nobody maps it. So many small ones are no flood.
        add(ENOSYS, c::SYS_shmget, vec![Test::AtLeast(1, 64 << 10)]);
        add(ENOSYS, c::SYS_semget, vec![Test::AtLeast(1, 32)]);
        add(ENOSYS, c::SYS_msgget, vec![]);
    }
    all
}

/// What no fence confines under Landlock when files outside belong to the same user.
fn metadata(allowed: Metadata, add: &mut impl FnMut(u32, i64, Vec<Test>)) {
    if allowed == Metadata::Any {
        return;
    }
    for call in BY_PATH.iter().chain(BY_PATH_HERE) {
        add(EPERM, *call, vec![]);
    }
    for call in ATTRIBUTES {
        add(ENOTSUP, *call, vec![]);
    }
    if allowed == Metadata::Opened {
        // Without a path it is the opened file that is meant.
        add(EPERM, c::SYS_utimensat, vec![Test::Given(1)]);
    } else {
        add(EPERM, c::SYS_utimensat, vec![]);
        for call in OPENED {
            add(EPERM, *call, vec![]);
        }
    }
}

/// A file that takes on its owner's identity would carry it out of the sandbox; devices too.
fn modes(add: &mut impl FnMut(u32, i64, Vec<Test>)) {
    for (call, flags, mode) in MODES.iter().chain(MODES_HERE) {
        for bit in [c::S_ISUID, c::S_ISGID] {
            let set = || Test::Bits(*mode, bit, bit);
            match flags {
                None => add(EPERM, *call, vec![set()]),
                // The mode counts only when a file is made; else it may be any leftover.
                Some(at) => {
                    // The bit of O_TMPFILE that is not O_DIRECTORY.
                    for making in [c::O_CREAT.unsigned_abs(), 0x40_0000] {
                        add(EPERM, *call, vec![Test::Bits(*at, making, making), set()]);
                    }
                }
            }
        }
    }
    for kind in [c::S_IFBLK, c::S_IFCHR] {
        add(EPERM, c::SYS_mknodat, vec![Test::Bits(2, c::S_IFMT, kind)]);
        #[cfg(target_arch = "x86_64")]
        add(EPERM, c::SYS_mknod, vec![Test::Bits(1, c::S_IFMT, kind)]);
    }
}

/// No family but the pair; with a proxy the internet's two, in a namespace that leads to it only.
fn sockets(policy: &Policy, add: &mut impl FnMut(u32, i64, Vec<Test>)) {
    let internet = [c::AF_INET, c::AF_INET6].map(|family| Test::Not(0, family.unsigned_abs()));
    if policy.internet {
        add(EAFNOSUPPORT, c::SYS_socket, internet.into());
    } else {
        add(EAFNOSUPPORT, c::SYS_socket, vec![]);
        for call in NETWORK {
            add(EPERM, *call, vec![]);
        }
        add(EPERM, c::SYS_sendto, vec![Test::Given(4)]);
    }
    let unix = c::AF_UNIX.unsigned_abs();
    add(EAFNOSUPPORT, c::SYS_socketpair, vec![Test::Not(0, unix)]);
    // A pair of datagram sockets could still send to any other one by its path.
    let connected = [c::SOCK_STREAM, c::SOCK_SEQPACKET].map(i32::unsigned_abs);
    for kind in (0..16).filter(|kind| !connected.contains(kind)) {
        add(EPERM, c::SYS_socketpair, vec![Test::Bits(1, 0xf, kind)]);
    }
}
