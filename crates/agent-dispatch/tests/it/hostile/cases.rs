//! The hostile commands: each tries one way out and says so when it found it.

/// As whom the attempt succeeds without a sandbox, which proves that the case is alive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Live {
    /// As anybody.
    Anybody,
    /// As root only; as a plain user the system refuses by itself.
    Root,
    /// Not tried: it would hurt the machine, or needs what this kernel may lack.
    Untried,
}
pub(crate) use Live::{Anybody, Root, Untried};

/// One attempt: family, name, liveness, and the body of a Python function that is true on success.
pub(crate) struct Case(
    pub(crate) &'static str,
    pub(crate) &'static str,
    pub(crate) Live,
    pub(crate) &'static str,
);

/// Every case.
pub(crate) fn all() -> Vec<&'static Case> {
    [PATHS, METADATA, READING, GIT, super::sockets::SOCKETS, super::processes::PROCESSES]
        .into_iter()
        .chain([super::kernel::KERNEL])
        .flatten()
        .collect()
}

const PATHS: &[Case] = &[
    Case("path", "write-absolute", Anybody, "open(E['FILE'], 'w').write('x'); return True"),
    Case(
        "path",
        "append-dotdot",
        Anybody,
        "
os.chdir(E['TREE']); open(os.path.relpath(E['FILE']), 'a').write('x'); return True",
    ),
    Case("path", "truncate", Anybody, "os.truncate(E['FILE'], 0); return True"),
    Case("path", "unlink", Anybody, "os.unlink(E['FILE']); return True"),
    Case(
        "path",
        "rename-over",
        Anybody,
        "
open('mine', 'w').close(); os.rename('mine', E['FILE']); return True",
    ),
    Case("path", "rename-away", Anybody, "os.rename(E['FILE'], 'stolen'); return True"),
    Case("path", "make-folder", Anybody, "os.mkdir(E['HOST'] + '/new'); return True"),
    Case("path", "make-pipe", Anybody, "os.mkfifo(E['HOST'] + '/pipe'); return True"),
    Case(
        "path",
        "symlink-file",
        Anybody,
        "
os.symlink(E['FILE'], 'l'); open('l', 'w').write('x'); return True",
    ),
    Case(
        "path",
        "symlink-folder",
        Anybody,
        "
os.symlink(E['HOST'], 'd'); open('d/new', 'w').write('x'); return True",
    ),
    Case(
        "path",
        "symlink-outside",
        Anybody,
        "
os.symlink('/', E['HOST'] + '/link'); return True",
    ),
    Case(
        "path",
        "hard-link-in",
        Anybody,
        "
os.link(E['FILE'], 'h'); open('h', 'a').write('x'); return True",
    ),
    Case(
        "path",
        "hard-link-out",
        Anybody,
        "
open('mine', 'w').close(); os.link('mine', E['HOST'] + '/planted'); return True",
    ),
    Case(
        "path",
        "proc-self-root",
        Anybody,
        "
open('/proc/self/root' + E['FILE'], 'w').write('x'); return True",
    ),
    Case(
        "path",
        "proc-victim-root",
        Anybody,
        "
open('/proc/' + E['VICTIM'] + '/root' + E['FILE'], 'w').write('x'); return True",
    ),
    Case(
        "path",
        "proc-victim-cwd",
        Anybody,
        "
open('/proc/' + E['VICTIM'] + '/cwd/file', 'w').write('x'); return True",
    ),
    Case(
        "path",
        "inherited-descriptors",
        Anybody,
        "
for fd in range(3, 256):
    try: os.write(fd, b'x'); return True
    except OSError: pass
    try: os.listdir(fd); return True
    except OSError: pass",
    ),
    Case(
        "path",
        "launcher",
        Anybody,
        "
for path in (E['LAUNCHER'], '/.leadforge/launcher', '/proc/1/exe'):
    try:
        with open(path, 'r+b') as file: file.write(b'x'); return True
    except OSError: pass
os.rename(E['LAUNCHER'], E['LAUNCHER'] + '.old'); return True",
    ),
    Case(
        "path",
        "toolchain",
        Anybody,
        "
try: open(E['TOOL'], 'a').write('x'); return True
except OSError: pass
os.unlink(E['TOOL']); return True",
    ),
    Case(
        "path",
        "system-folder",
        Root,
        "
path = '/usr/local/share/leadforge-hostile'
open(path, 'w').close(); os.unlink(path); return True",
    ),
    Case(
        "path",
        "orders",
        Untried,
        "
open('/.leadforge/order', 'w').write('{}'); return True",
    ),
    Case(
        "path",
        "scratch",
        Anybody,
        "
open(E['SCRATCH'] + '/x', 'w').write('x'); return True",
    ),
    Case("path", "forge-log", Anybody, "open(E['LOG'], 'w').write('all green'); return True"),
    Case(
        "path",
        "openat2",
        Untried,
        "
how = struct.pack('QQQ', os.O_WRONLY, 0, 0)
call(437, -100, E['FILE'].encode(), how, 24); return True",
    ),
];

const METADATA: &[Case] = &[
    Case("metadata", "chmod", Anybody, "os.chmod(E['FILE'], 0o777); return True"),
    Case("metadata", "chmod-secret", Anybody, "os.chmod(E['SECRET'], 0o644); return True"),
    Case("metadata", "chmod-folder", Anybody, "os.chmod(E['HOST'], 0o700); return True"),
    Case("metadata", "chmod-toolchain", Anybody, "os.chmod(E['TOOL'], 0o600); return True"),
    Case("metadata", "fchmod-toolchain", Anybody, "
os.fchmod(os.open(E['TOOL'], os.O_RDONLY), 0o600); return True"),
    Case("metadata", "fchmodat2-o-path", Untried, "
fd = os.open(E['FILE'], os.O_PATH)
call(452, fd, b'', 0o777, 0x1000); return True"),
    Case("metadata", "times", Anybody, "os.utime(E['FILE'], (1, 1)); return True"),
    Case("metadata", "times-opened", Anybody, "
os.utime(os.open(E['TOOL'], os.O_RDONLY), (1, 1)); return True"),
    Case("metadata", "owner", Root, "os.chown(E['FILE'], 1, 1); return True"),
    Case("metadata", "attribute", Anybody, "os.setxattr(E['FILE'], 'user.x', b'x'); return True"),
    Case("metadata", "devices", Root, "
os.chmod('/dev/null', 0o666); os.utime('/dev/zero'); return False"),
    Case("metadata", "system", Root, "
mode = stat.S_IMODE(os.stat('/usr/bin/env').st_mode); os.chmod('/usr/bin/env', mode); return True"),
    Case("metadata", "system-opened", Root, "
fd = os.open('/usr/bin/env', os.O_RDONLY)
os.fchmod(fd, stat.S_IMODE(os.fstat(fd).st_mode)); return True"),
    Case("metadata", "flags", Anybody, "
import fcntl
fd = os.open(E['TOOL'], os.O_RDONLY)
flags = bytearray(8); fcntl.ioctl(fd, 0x80086601, flags)
fcntl.ioctl(fd, 0x40086602, bytes(flags)); return True"),
    Case("metadata", "lease", Anybody, "
import fcntl
fcntl.fcntl(os.open(E['TOOL'], os.O_RDONLY), fcntl.F_SETLEASE, fcntl.F_WRLCK); return True"),
    Case("metadata", "set-user-id", Anybody, "
import shutil
shutil.copyfile('/bin/true', 'suid')
for go in (lambda: os.chmod('suid', 0o4755), lambda: os.fchmod(os.open('suid', os.O_RDONLY), 0o2755),
           lambda: os.close(os.open('suid2', os.O_CREAT | os.O_WRONLY, 0o4755)),
           lambda: os.mknod('suid3', 0o104755)):
    try: go()
    except OSError: pass
found = [n for n in os.listdir('.') if os.stat(n).st_mode & 0o6000]
return bool(found)"),
];

const READING: &[Case] = &[
    Case("read", "secret", Anybody, "show(E['SECRET'])"),
    Case("read", "secret-symlink", Anybody, "os.symlink(E['SECRET'], 's'); show('s')"),
    Case("read", "secret-descriptor", Anybody, "
fd = os.open(E['SECRET'], os.O_PATH); show('/proc/self/fd/%d' % fd)"),
    Case("read", "secret-mapped", Anybody, "
import mmap
fd = os.open(E['SECRET'], os.O_RDONLY)
print(mmap.mmap(fd, 0, prot=mmap.PROT_READ)[:])"),
    Case("read", "home-listing", Anybody, "return 'secret' in os.listdir(E['HOST'])"),
    Case("read", "run-outside-program", Anybody, "
return b'ran' in subprocess.run([E['PROGRAM']], capture_output=True).stdout"),
    Case("read", "shadow", Root, "open('/etc/shadow').read(); return True"),
    Case("read", "root-home", Root, "os.listdir('/root'); return True"),
    Case("read", "other-homes", Anybody, "os.listdir('/home'); return True"),
    Case("read", "var-log", Anybody, "os.listdir('/var/log'); return True"),
    Case("read", "run", Anybody, "return len(os.listdir('/run')) > 0"),
    Case("read", "environment", Anybody, "
print(dict(E)); return 'CARGO_MANIFEST_DIR' in E"),
    Case("read", "victim-environment", Anybody, "show('/proc/' + E['VICTIM'] + '/environ')"),
    Case("read", "every-environment", Anybody, "
for name in os.listdir('/proc'):
    if name.isdigit():
        try: show('/proc/' + name + '/environ')
        except OSError: pass"),
    Case("read", "guessed-environments", Anybody, "
for pid in list(range(1, 400)) + list(range(max(1, int(E['VICTIM']) - 200), int(E['VICTIM']) + 200)):
    try: show('/proc/%d/environ' % pid)
    except OSError: pass"),
    Case("read", "parent-environment", Untried, "
text = open('/proc/%d/environ' % os.getppid(), 'rb').read(); return len(text) > 0"),
    Case("read", "victim-arguments", Anybody, "
return len(open('/proc/' + E['VICTIM'] + '/cmdline', 'rb').read()) > 0"),
    Case("read", "victim-memory", Anybody, "
return len(open('/proc/' + E['VICTIM'] + '/maps', 'rb').read()) > 0"),
    Case("read", "victim-descriptors", Anybody, "
return len(os.listdir('/proc/' + E['VICTIM'] + '/fd')) > 0"),
    Case("read", "shared-memory", Anybody, "
import ctypes
shmat = libc.shmat; shmat.restype = ctypes.c_void_p
segment = libc.shmget(int(E['SHM']), 64, 0)
if segment < 0: raise OSError(ctypes.get_errno(), 'shmget')
print(ctypes.string_at(shmat(segment, None, 0o10000), 64))"),
    Case("read", "disk", Root, "
for name in os.listdir('/sys/class/block'):
    try: os.read(os.open('/dev/' + name, os.O_RDONLY), 1); return True
    except OSError: pass"),
    Case("read", "kernel-log", Root, "
try: os.open('/dev/kmsg', os.O_RDONLY); return True
except OSError: pass
return libc.klogctl(10, None, 0) > 0"),
];

const GIT: &[Case] = &[
    Case(
        "git",
        "host-configuration",
        Anybody,
        "
open(E['GIT'] + '/config', 'a').write('[core]\\n\\tfsmonitor = touch /tmp/x\\n'); return True",
    ),
    Case(
        "git",
        "host-hook",
        Anybody,
        "
open(E['GIT'] + '/hooks/post-checkout', 'w').write('#!/bin/sh\\n'); return True",
    ),
    Case("git", "host-head", Anybody, "open(E['GIT'] + '/HEAD', 'w').write('x'); return True"),
    Case("git", "host-token", Anybody, "show(E['GIT'] + '/config')"),
    Case(
        "git",
        "objects-listed-readable",
        Anybody,
        "
open(E['GIT'] + '/objects/info/alternates', 'w').write('/\\n'); return True",
    ),
    Case(
        "git",
        "rename-dot-git",
        Anybody,
        "
os.rename('.git', '.git2'); os.mkdir('.git')
target = open('.git2').read().split(': ')[1].strip()
os.symlink(E['GIT'], '.git/up'); open('.git/up/HEAD', 'w').write('x'); return True",
    ),
    Case(
        "git",
        "commit-through-dot-git",
        Anybody,
        "
open('.git', 'w').write('gitdir: ' + E['GIT'] + '\\n')
done = subprocess.run(['git', '--git-dir', E['GIT'], 'config', 'core.pager', 'evil'],
                      capture_output=True, text=True)
print(done.stderr); return done.returncode == 0",
    ),
    Case(
        "git",
        "nested-repository",
        Anybody,
        "
os.mkdir('sub')
open('sub/.git', 'w').write('gitdir: ' + E['GIT'] + '\\n')
done = subprocess.run(['git', '-C', 'sub', '--git-dir', E['GIT'], 'symbolic-ref', 'HEAD',
                       'refs/heads/evil'], capture_output=True, text=True)
print(done.stderr); return done.returncode == 0",
    ),
];
