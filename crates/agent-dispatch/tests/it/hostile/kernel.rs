//! Ways out through the kernel's own doors.
use super::cases::{Anybody, Case, Root, Untried};

pub(crate) const KERNEL: &[Case] = &[
    Case("kernel", "user-namespace", Anybody, "
if libc.unshare(0x10000000) != 0: raise OSError(ctypes.get_errno(), 'unshare')
return True"),
    Case("kernel", "user-namespace-clone", Anybody, "
if call(number(56, 220), 0x10000000 | 17, 0, 0, 0, 0) == 0: os._exit(0)
return True"),
    Case("kernel", "user-namespace-clone3", Anybody, "
arguments = struct.pack('Q' * 8, 0x10000000, 0, 0, 0, 17, 0, 0, 0)
if call(435, arguments, 64) == 0: os._exit(0)
return True"),
    Case("kernel", "network-namespace", Root, "
if libc.unshare(0x40000000) != 0: raise OSError(ctypes.get_errno(), 'unshare')
return True"),
    Case("kernel", "join-namespace", Root, "
if libc.setns(os.open('/proc/' + E['VICTIM'] + '/ns/mnt', os.O_RDONLY), 0) != 0:
    raise OSError(ctypes.get_errno(), 'setns')
return True"),
    Case("kernel", "join-namespace-by-process", Root, "
if libc.setns(os.pidfd_open(int(E['VICTIM'])), 0x20000) != 0: raise OSError(ctypes.get_errno(), '')
return True"),
    Case("kernel", "mount", Root, "
os.mkdir('m')
if libc.mount(b'none', b'm', b'tmpfs', 0, None) != 0: raise OSError(ctypes.get_errno(), 'mount')
libc.umount2(b'm', 2); return True"),
    Case("kernel", "mount-new-interface", Root, "call(430, b'tmpfs', 0); return True"),
    Case("kernel", "open-tree", Root, "call(428, -100, b'/', 1); return True"),
    Case("kernel", "unmount", Untried, "
for path in (b'/proc', b'/dev/null', b'/etc/passwd', E['TREE'].encode()):
    if libc.umount2(path, 2) == 0: return True"),
    Case("kernel", "remount-writable", Untried, "
for path in (b'/usr', b'/proc', b'/'):
    if libc.mount(b'none', path, None, 32 | 4096, None) == 0: return True"),
    Case("kernel", "chroot", Root, "os.chroot('.'); return True"),
    Case("kernel", "device-node", Root, "
os.mknod('node', stat.S_IFBLK | 0o600, os.makedev(254, 0)); return True"),
    Case("kernel", "character-node", Root, "
os.mknod('node', stat.S_IFCHR | 0o600, os.makedev(1, 1)); return True"),
    Case("kernel", "handle", Anybody, "
handle = ctypes.create_string_buffer(struct.pack('Ii', 128, 0), 136)
mount = ctypes.c_int()
call(number(303, 264), -100, b'.', handle, ctypes.byref(mount), 0); return True"),
    Case("kernel", "key-add", Anybody, "
return call(number(248, 217), b'user', b'leadforge', b'x', 1, -3) > 0"),
    Case("kernel", "key-session", Anybody, "return call(number(250, 219), 1, 0) > 0"),
    Case("kernel", "bpf", Root, "
arguments = struct.pack('IIIII', 2, 4, 4, 1, 0).ljust(72, b'\\0')
return call(number(321, 280), 0, arguments, 72) >= 0"),
    Case("kernel", "perf", Root, "
attribute = struct.pack('IIQ', 1, 112, 0).ljust(112, b'\\0')
return call(number(298, 241), attribute, -1, 0, -1, 0) >= 0"),
    Case("kernel", "user-fault", Root, "return call(number(323, 282), 0) >= 0"),
    Case("kernel", "watch-everything", Root, "return call(number(300, 262), 0, 0) >= 0"),
    Case("kernel", "host-name", Root, "socket.sethostname(socket.gethostname()); return True"),
    Case("kernel", "setting", Root, "
text = open('/proc/sys/kernel/core_pattern').read()
open('/proc/sys/kernel/core_pattern', 'w').write(text); return True"),
    Case("kernel", "setting-network", Root, "
path = '/proc/sys/net/ipv4/ip_forward'
text = open(path).read(); open(path, 'w').write(text); return True"),
    Case("kernel", "sysrq", Untried, "os.open('/proc/sysrq-trigger', os.O_WRONLY); return True"),
    Case("kernel", "sysfs", Root, "
os.open('/sys/kernel/mm/transparent_hugepage/enabled', os.O_WRONLY); return True"),
    Case("kernel", "leave-group", Root, "
for top in ('/sys/fs/cgroup/memory', '/sys/fs/cgroup/pids', '/sys/fs/cgroup', '/sys/fs/cgroup/unified'):
    try: open(top + '/cgroup.procs', 'w').write('0'); return True
    except OSError: pass"),
    Case("kernel", "raise-limit", Root, "
import resource
soft, hard = resource.getrlimit(resource.RLIMIT_CORE)
resource.setrlimit(resource.RLIMIT_CORE, (soft, hard + 1 if hard >= 0 else hard)); return True"),
    Case("kernel", "change-user", Root, "os.setgroups([0, 27]); os.setresuid(1, 1, 1); return True"),
    Case("kernel", "become-root", Untried, "os.setresuid(0, 0, 0); return E['USER_IS'] != 'root'"),
    Case("kernel", "capabilities", Root, "
text = open('/proc/self/status').read()
return any(int(l.split()[1], 16) for l in text.splitlines() if l.startswith(('CapEff', 'CapPrm')))"),
    Case("kernel", "privileged-program", Untried, "
done = subprocess.run(['su', '-c', 'id -u'], capture_output=True, stdin=subprocess.DEVNULL)
return done.stdout.strip() == b'0' and E['USER_IS'] != 'root'"),
    Case("kernel", "type-into-terminal", Root, "
import fcntl, pty
a, b = pty.openpty(); fcntl.ioctl(b, 0x5412, b'x'); return True"),
    Case("kernel", "module", Untried, "call(number(313, 273), 0, b'', 0); return True"),
    Case("kernel", "swap", Untried, "
return libc.swapoff(b'/nonexistent') != 0 and ctypes.get_errno() == errno.ENOENT"),
    Case("kernel", "clock", Root, "
time.clock_settime(time.CLOCK_REALTIME, time.clock_gettime(time.CLOCK_REALTIME)); return True"),
    Case("kernel", "new-attribute-call", Untried, "
value = ctypes.create_string_buffer(b'x'); arguments = struct.pack('QII', ctypes.addressof(value), 1, 0)
call(463, -100, E['FILE'].encode(), 0, b'user.x', arguments, 16); return True"),
];
