//! Ways out through sockets.
use super::cases::{Anybody, Case, Untried};

pub(crate) const SOCKETS: &[Case] = &[
    Case("socket", "loopback", Anybody, "
socket.create_connection(('127.0.0.1', int(E['PORT'])), 2); return True"),
    Case("socket", "loopback-v6-mapped", Anybody, "
s = socket.socket(socket.AF_INET6); s.connect(('::ffff:127.0.0.1', int(E['PORT']))); return True"),
    Case("socket", "unix-path", Anybody, "
s = socket.socket(socket.AF_UNIX); s.connect(E['SOCK']); return True"),
    Case("socket", "unix-path-symlink", Anybody, "
os.symlink(E['SOCK'], 's'); s = socket.socket(socket.AF_UNIX); s.connect('s'); return True"),
    Case("socket", "unix-datagram", Anybody, "
s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM); s.sendto(b'x', E['DSOCK']); return True"),
    Case("socket", "unix-abstract", Anybody, "
s = socket.socket(socket.AF_UNIX); s.connect('\\0' + E['ABSTRACT']); return True"),
    Case("socket", "pair-sends-elsewhere", Anybody, "
a, b = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM); a.sendto(b'x', E['DSOCK']); return True"),
    Case("socket", "pair-raw-sends-elsewhere", Anybody, "
a, b = socket.socketpair(socket.AF_UNIX, socket.SOCK_RAW); a.sendto(b'x', E['DSOCK']); return True"),
    Case("socket", "pair-connects-elsewhere", Untried, "
a, b = socket.socketpair(); a.connect(E['SOCK']); return True"),
    Case("socket", "every-family", Anybody, "
found = []
for family in range(0, 64):
    for kind in (1, 2, 3, 4, 5, 6, 10):
        for protocol in (0, 1, 6, 17, 15, 16):
            try: socket.socket(family, kind, protocol).close(); found.append((family, kind, protocol))
            except OSError: pass
            except OverflowError: pass
print(found); return bool(found)"),
    Case("socket", "listen", Anybody, "
s = socket.socket(); s.bind(('0.0.0.0', 0)); s.listen(); return True"),
    Case("socket", "datagram-out", Anybody, "
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.sendto(b'x', ('127.0.0.1', 9)); return True"),
    Case("socket", "netlink", Anybody, "
s = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0); s.bind((0, 0)); return True"),
    Case("socket", "shell-redirection", Anybody, "
done = subprocess.run(['bash', '-c', 'echo x > /dev/tcp/127.0.0.1/' + E['PORT']])
return done.returncode == 0"),
    Case("socket", "io-uring", Untried, "
call(425, 8, ctypes.create_string_buffer(256)); return True"),
    Case("socket", "second-numbering", Untried, "
call(0x40000000 + 41, 2, 1, 0); return True"),
    Case("socket", "proxy-variables-alone", Untried, "
s = socket.create_connection(('127.0.0.1', 3128), 2); return True"),
];
