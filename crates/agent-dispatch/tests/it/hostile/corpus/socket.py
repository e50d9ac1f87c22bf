@case(anybody)
def loopback():
    socket.create_connection(('127.0.0.1', int(E['PORT'])), 2); return True

@case(anybody)
def loopback_v6_mapped():
    s = socket.socket(socket.AF_INET6); s.connect(('::ffff:127.0.0.1', int(E['PORT']))); return True

@case(anybody)
def unix_path():
    s = socket.socket(socket.AF_UNIX); s.connect(E['SOCK']); return True

@case(anybody)
def unix_path_symlink():
    os.symlink(E['SOCK'], 's'); s = socket.socket(socket.AF_UNIX); s.connect('s'); return True

@case(anybody)
def unix_datagram():
    s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM); s.sendto(b'x', E['DSOCK']); return True

@case(anybody)
def unix_abstract():
    s = socket.socket(socket.AF_UNIX); s.connect('\0' + E['ABSTRACT']); return True

@case(anybody)
def pair_sends_elsewhere():
    a, b = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM); a.sendto(b'x', E['DSOCK']); return True

@case(anybody)
def pair_raw_sends_elsewhere():
    a, b = socket.socketpair(socket.AF_UNIX, socket.SOCK_RAW); a.sendto(b'x', E['DSOCK']); return True

@case(weak)
def pair_connects_elsewhere():
    a, b = socket.socketpair(); a.connect(E['SOCK']); return True

@case(anybody)
def every_family():
    found = []
    for family in range(0, 64):
        for kind in (1, 2, 3, 4, 5, 6, 10):
            for protocol in (0, 1, 6, 17, 15, 16):
                try: socket.socket(family, kind, protocol).close(); found.append((family, kind, protocol))
                except OSError: pass
                except OverflowError: pass
    print(found); return bool(found)

@case(anybody)
def listen():
    s = socket.socket(); s.bind(('0.0.0.0', 0)); s.listen(); return True

@case(anybody)
def datagram_out():
    s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.sendto(b'x', ('127.0.0.1', 9)); return True

@case(anybody)
def netlink():
    s = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0); s.bind((0, 0)); return True

@case(anybody)
def shell_redirection():
    done = subprocess.run(['bash', '-c', 'echo x > /dev/tcp/127.0.0.1/' + E['PORT']])
    return done.returncode == 0

@case(weak)
def io_uring():
    call(425, 8, ctypes.create_string_buffer(256)); return True

@case(weak)
def second_numbering():
    call(0x40000000 + 41, 2, 1, 0); return True

@case(weak)
def proxy_variables_alone():
    s = socket.create_connection(('127.0.0.1', 3128), 2); return True


def families():
    """One case a family: a socket of it must not come to be."""
    table = {
        'inet': (2, 1, anybody), 'inet6': (10, 1, anybody), 'unix': (1, 1, anybody), 'unix_sequence': (1, 5, anybody),
        'netlink_route': (16, 3, anybody), 'packet': (17, 3, root), 'raw': (2, 3, root), 'raw6': (10, 3, root),
        'x25': (9, 5, weak), 'appletalk': (5, 2, weak), 'llc': (26, 2, weak), 'can': (29, 3, weak),
        'tipc': (30, 5, weak), 'bluetooth': (31, 3, weak), 'rxrpc': (33, 2, weak), 'phonet': (35, 2, weak),
        'ieee802154': (36, 2, weak), 'caif': (37, 5, weak), 'alg': (38, 5, weak), 'nfc': (39, 5, weak),
        'vsock': (40, 1, weak), 'kcm': (41, 2, weak), 'qipcrtr': (42, 2, weak), 'smc': (43, 1, weak),
        'xdp': (44, 3, weak), 'mctp': (45, 2, weak), 'rds': (21, 5, weak), 'key': (15, 3, weak),
    }
    for name, (family, kind, live) in table.items():
        add(live, 'family_' + name, lambda family=family, kind=kind, name=name: bool(
            socket.socket(family, kind, {'key': 2, 'raw': 1, 'raw6': 58}.get(name, 0))))
    for name, protocol in {'sctp': 132, 'multipath': 262, 'udplite': 136, 'dccp': 33, 'ping': 1}.items():
        kind = {'sctp': 1, 'multipath': 1, 'dccp': 6}.get(name, 2)
        add(weak, 'protocol_' + name, lambda kind=kind, protocol=protocol: bool(socket.socket(2, kind, protocol)))
families()

@case(anybody, 'Sends the address with the message instead of connecting.')
def message_with_address():
    a, b = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM); a.sendmsg([b'x'], [], 0, E['DSOCK']); return True

@case(anybody)
def fast_open():
    s = socket.socket(); s.sendto(b'x', socket.MSG_FASTOPEN, ('127.0.0.1', int(E['PORT']))); return True

@case(anybody)
def abstract_datagram():
    s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM); s.connect('\0' + E['ABSTRACT'] + '-d'); s.send(b'x'); return True

@case(anybody)
def any_address():
    socket.create_connection(('0.0.0.0', int(E['PORT'])), 2); return True

@case(anybody)
def from_another_language():
    return 'open' in said('perl', '-MIO::Socket::INET', '-e',
                          'print "open" if IO::Socket::INET->new("127.0.0.1:%s")' % E['PORT'])

@case(anybody)
def by_a_child_of_a_child():
    code = 'import socket,os; socket.create_connection(("127.0.0.1", %s)); print("open")' % E['PORT']
    return 'open' in said('setsid', '-w', 'sh', '-c', '"$0" -I -c "$1"', sys.executable, code)

@case(weak, 'Calls by the numbers of another architecture, which a filter for one may not know.')
def thirty_two_bit_numbers():
    if os.uname().machine != 'x86_64': raise OSError(errno.ENOSYS, 'another machine')
    # socketcall(SYS_SOCKET, {AF_INET, SOCK_STREAM, 0}) through interrupt 0x80.
    flags = mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | 0x40
    page = mmap.mmap(-1, 4096, flags, mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
    at = ctypes.addressof(ctypes.c_char.from_buffer(page))
    page[256:268] = struct.pack('III', 2, 1, 0)
    page[0:18] = b'\x53\xb8\x66\0\0\0\xbb\x01\0\0\0\xb9' + struct.pack('I', at + 256) + b'\xcd\x80'
    page[18:20] = b'\x5b\xc3'
    fd = ctypes.CFUNCTYPE(ctypes.c_int)(at)()
    if fd < 0: raise OSError(-fd, 'socketcall')
    return True

@case(weak)
def thirty_two_bit_program():
    # The same call from a program of that architecture, made of bytes.
    code = b'\xb8\x66\0\0\0\xbb\x01\0\0\0\xb9\x70\x80\x04\x08\xcd\x80\x89\xc3\xc1\xeb\x1f\xb8\x01\0\0\0\xcd\x80'.ljust(0x1c, b'\0')
    head = b'\x7fELF\x01\x01\x01' + b'\0' * 9 + struct.pack('<HHIIIIIHHHHHH', 2, 3, 1, 0x8048054, 52, 0, 0, 52, 32, 1, 0, 0, 0)
    body = code.ljust(0x70 - 0x54, b'\x90') + struct.pack('III', 2, 1, 0)
    load = struct.pack('<IIIIIIII', 1, 0, 0x8048000, 0x8048000, 84 + len(body), 84 + len(body), 5, 4096)
    open('small', 'wb').write(head + load + body); os.chmod('small', 0o755) if E['KIND'] != 'landlock' else None
    done = subprocess.run([os.path.abspath('small')])
    return done.returncode == 0
