@case(anybody)
def user_namespace():
    if libc.unshare(0x10000000) != 0: raise OSError(ctypes.get_errno(), 'unshare')
    return True

@case(anybody)
def user_namespace_clone():
    if call(number(56, 220), 0x10000000 | 17, 0, 0, 0, 0) == 0: os._exit(0)
    return True

@case(anybody)
def user_namespace_clone3():
    arguments = struct.pack('Q' * 8, 0x10000000, 0, 0, 0, 17, 0, 0, 0)
    if call(435, arguments, 64) == 0: os._exit(0)
    return True

@case(root)
def network_namespace():
    if libc.unshare(0x40000000) != 0: raise OSError(ctypes.get_errno(), 'unshare')
    return True

@case(root)
def join_namespace():
    if libc.setns(os.open('/proc/' + E['VICTIM'] + '/ns/mnt', os.O_RDONLY), 0) != 0:
        raise OSError(ctypes.get_errno(), 'setns')
    return True

@case(root)
def join_namespace_by_process():
    if libc.setns(os.pidfd_open(int(E['VICTIM'])), 0x20000) != 0: raise OSError(ctypes.get_errno(), '')
    return True

@case(root)
def mount():
    os.mkdir('m')
    if libc.mount(b'none', b'm', b'tmpfs', 0, None) != 0: raise OSError(ctypes.get_errno(), 'mount')
    libc.umount2(b'm', 2); return True

@case(root)
def mount_new_interface():
    call(430, b'tmpfs', 0); return True

@case(root)
def open_tree():
    call(428, -100, b'/', 1); return True

@case(never)
def unmount():
    for path in (b'/proc', b'/dev/null', b'/etc/passwd', E['TREE'].encode()):
        if libc.umount2(path, 2) == 0: return True

@case(never)
def remount_writable():
    for path in (b'/usr', b'/proc', b'/'):
        if libc.mount(b'none', path, None, 32 | 4096, None) == 0: return True

@case(root)
def chroot():
    os.chroot('.'); return True

@case(root)
def device_node():
    os.mknod('node', stat.S_IFBLK | 0o600, os.makedev(254, 0)); return True

@case(root)
def character_node():
    os.mknod('node', stat.S_IFCHR | 0o600, os.makedev(1, 1)); return True

@case(anybody)
def handle():
    handle = ctypes.create_string_buffer(struct.pack('Ii', 128, 0), 136)
    mount = ctypes.c_int()
    call(number(303, 264), -100, b'.', handle, ctypes.byref(mount), 0); return True

@case(anybody)
def key_add():
    return call(number(248, 217), b'user', b'leadforge', b'x', 1, -3) > 0

@case(anybody)
def key_session():
    return call(number(250, 219), 1, 0) > 0

@case(root)
def bpf():
    arguments = struct.pack('IIIII', 2, 4, 4, 1, 0).ljust(72, b'\0')
    return call(number(321, 280), 0, arguments, 72) >= 0

@case(root)
def perf():
    attribute = struct.pack('IIQ', 1, 112, 0).ljust(112, b'\0')
    return call(number(298, 241), attribute, -1, 0, -1, 0) >= 0

@case(root)
def user_fault():
    return call(number(323, 282), 0) >= 0

@case(root)
def watch_everything():
    return call(number(300, 262), 0, 0) >= 0

@case(root)
def host_name():
    socket.sethostname(socket.gethostname()); return True

@case(root)
def setting():
    os.open('/proc/sys/kernel/core_pattern', os.O_WRONLY); return True

@case(root)
def setting_network():
    os.open('/proc/sys/net/ipv4/ip_forward', os.O_WRONLY); return True

@case(weak)
def sysrq():
    os.open('/proc/sysrq-trigger', os.O_WRONLY); return True

@case(root)
def sysfs():
    os.open('/sys/kernel/mm/transparent_hugepage/enabled', os.O_WRONLY); return True

@case(root)
def leave_group():
    for top in ('/sys/fs/cgroup/memory', '/sys/fs/cgroup/pids', '/sys/fs/cgroup', '/sys/fs/cgroup/unified'):
        try: open(top + '/cgroup.procs', 'w').write('0'); return True
        except OSError: pass

@case(root)
def raise_limit():
    import resource
    soft, hard = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (soft, hard + 1 if hard >= 0 else hard)); return True

@case(root)
def change_user():
    os.setgroups([0, 27]); os.setresuid(1, 1, 1); return True

@case(weak)
def become_root():
    os.setresuid(0, 0, 0); return E['USER_IS'] != 'root' or E['KIND'] == 'landlock'

@case(root)
def capabilities():
    data = ctypes.create_string_buffer(24)
    call(number(125, 90), struct.pack('II', 0x20080522, 0), data)
    # As root under Landlock it may read, as the user of its own, what Landlock lets it read.
    spared = 1 << 2 if E['KIND'] == 'landlock' else 0
    return any(word & ~spared for word in struct.unpack('IIIIII', data))

@case(weak)
def privileged_program():
    done = subprocess.run(['su', '-c', 'id -u'], capture_output=True, stdin=subprocess.DEVNULL)
    return done.stdout.strip() == b'0' and E['USER_IS'] != 'root'

@case(root)
def type_into_terminal():
    import pty
    a, b = pty.openpty(); fcntl.ioctl(b, 0x5412, b'x'); return True

@case(weak)
def module():
    try: call(number(313, 273), 0, b'', 0)
    except OSError as error:
        if error.errno in (errno.EPERM, errno.ENOSYS): raise
    return True

@case(root)
def swap():
    libc.swapoff(b'/nonexistent')
    if ctypes.get_errno() != errno.ENOENT: raise OSError(ctypes.get_errno(), 'swapoff')
    return True

@case(root)
def clock():
    call(number(164, 170), 0, 0); return True

@case(weak)
def new_attribute_call():
    value = ctypes.create_string_buffer(b'x'); arguments = struct.pack('QII', ctypes.addressof(value), 1, 0)
    call(463, -100, E['FILE'].encode(), 0, b'user.x', arguments, 16); return True


@case(root)
def pivot_root():
    try: call(number(155, 41), b'.', b'.')
    except OSError as error:
        if error.errno == errno.EPERM: raise
    return True

@case(root)
def mount_settings(): call(442, -100, b'/nonexistent', 0, struct.pack('QQQQ', 0, 0, 0, 0), 32); return True

@case(anybody)
def compare_kernels(): return call(number(312, 272), os.getpid(), os.getpid(), 1, 0, 0) >= 0

@case(anybody)
def read_the_clock_setting(): return call(number(159, 171), ctypes.create_string_buffer(512)) >= 0

@case(weak)
def memory_that_nobody_sees(): call(447, 0); return True

@case(weak)
def memory_by_descriptor_of_faults():
    os.close(os.open('/dev/userfaultfd', os.O_RDWR)); return True

@case(weak)
def faults_in_user_mode(): return call(number(323, 282), 1) >= 0

@case(anybody)
def key_search(): return call(number(250, 219), 0, -4, 1) > 0

@case(anybody)
def key_request(): call(number(250, 219), 0, -3, 1); return True

@case(anybody)
def personality(): return call(number(135, 92), 0x400000) >= 0

@case(weak)
def local_descriptors(): call(number(154, 0), 0, ctypes.create_string_buffer(64), 64); return True

@case(weak)
def ports(): call(number(172, 0), 3) if os.uname().machine == 'x86_64' else os.chroot('.'); return True

@case(weak)
def hang_up_the_terminal(): call(number(153, 58)); return True

@case(root)
def accounting():
    try: call(number(163, 89), b'/nonexistent')
    except OSError as error:
        if error.errno != errno.ENOENT: raise
    return True

@case(root)
def domain_name():
    name = open('/proc/sys/kernel/domainname').read().strip().encode(); call(number(171, 162), name, len(name)); return True

@case(root)
def quota():
    try: call(number(179, 60), 0x80000700, 0, 0, 0)
    except OSError as error:
        if error.errno in (errno.EPERM, errno.EACCES): raise
    return True

@case(weak)
def watch_all_files(): return call(number(300, 262), 0x200, 0) >= 0

@case(anybody)
def trace_me():
    if os.fork() == 0: os._exit(libc.ptrace(0, 0, 0, 0) != 0)
    return os.wait()[1] == 0

@case(weak)
def perf_of_itself():
    attribute = struct.pack('IIQ', 1, 112, 0).ljust(40, b'\0') + struct.pack('Q', 0x60)
    return call(number(298, 241), attribute.ljust(112, b'\0'), 0, -1, -1, 0) >= 0

@case(anybody)
def handle_of_a_secret():
    handle = ctypes.create_string_buffer(struct.pack('Ii', 128, 0), 136); mount = ctypes.c_int()
    call(number(303, 264), -100, E['SECRET'].encode(), handle, ctypes.byref(mount), 0); return True

@case(root)
def open_by_handle():
    handle = ctypes.create_string_buffer(struct.pack('Ii', 128, 0), 136); mount = ctypes.c_int()
    call(number(303, 264), -100, E['TREE'].encode(), handle, ctypes.byref(mount), 0)
    return call(number(304, 265), os.open(E['TREE'], os.O_RDONLY), handle, os.O_RDONLY) >= 0

@case(root)
def right_in_reach():
    return E['USER_IS'] == 'root' and any(libc.prctl(23, bit) == 1 for bit in range(41) if bit != 2)

@case(anybody)
def new_rights_by_program(): return libc.prctl(39, 0, 0, 0, 0) != 1
