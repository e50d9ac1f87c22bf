def spaces():
    """Every kind of namespace, made, cloned into, and joined."""
    kinds = {'mnt': 0x20000, 'cgroup': 1 << 25, 'uts': 1 << 26, 'ipc': 1 << 27, 'user': 1 << 28, 'pid': 1 << 29,
             'net': 1 << 30, 'time': 0x80}
    for name, flag in kinds.items():
        live = anybody if name == 'user' else root
        def unshare(flag=flag):
            if libc.unshare(flag): raise OSError(ctypes.get_errno(), 'unshare')
            return True
        def clone(flag=flag):
            if call(number(56, 220), flag | 17, 0, 0, 0, 0) == 0: os._exit(0)
            return True
        def join(name=name):
            if libc.setns(os.open('/proc/%s/ns/%s' % (E['VICTIM'], name), os.O_RDONLY), 0):
                raise OSError(ctypes.get_errno(), 'setns')
            return True
        add(live, 'new_' + name, unshare)
        if name != 'time': add(live, 'clone_' + name, clone)
        if name != 'user': add(root, 'join_' + name, join)
spaces()

@case(anybody)
def by_a_program(): return 'inside' in said('unshare', '-Ur', 'echo', 'inside')

@case(anybody)
def mount_in_a_new_one(): return 'inside' in said('unshare', '-Urm', 'sh', '-c', 'mount -t tmpfs x /mnt && echo inside')

@case(weak)
def sandbox_in_the_sandbox():
    return 'inside' in said('bwrap', '--bind', '/', '/', '--dev-bind', '/dev', '/dev', 'echo', 'inside')
