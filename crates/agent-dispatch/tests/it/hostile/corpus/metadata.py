@case(anybody)
def chmod():
    os.chmod(E['FILE'], 0o777); return True

@case(anybody)
def chmod_secret():
    os.chmod(E['SECRET'], 0o644); return True

@case(anybody)
def chmod_folder():
    os.chmod(E['HOST'], 0o700); return True

@case(anybody)
def chmod_toolchain():
    os.chmod(E['TOOL'], 0o600); return True

@case(anybody)
def fchmod_toolchain():
    os.fchmod(os.open(E['TOOL'], os.O_RDONLY), 0o600); return True

@case(weak)
def fchmodat2_o_path():
    fd = os.open(E['FILE'], os.O_PATH)
    call(452, fd, b'', 0o777, 0x1000); return True

@case(anybody)
def times():
    os.utime(E['FILE'], (1, 1)); return True

@case(anybody)
def times_opened():
    os.utime(os.open(E['TOOL'], os.O_RDONLY), (1, 1)); return True

@case(root)
def owner():
    os.chown(E['FILE'], 1, 1); return True

@case(anybody)
def attribute():
    os.setxattr(E['FILE'], 'user.x', b'x'); return True

@case(root)
def devices():
    os.chmod('/dev/null', 0o666); os.utime('/dev/zero'); return False

@case(root)
def system():
    mode = stat.S_IMODE(os.stat('/usr/bin/env').st_mode); os.chmod('/usr/bin/env', mode); return True

@case(root)
def system_opened():
    fd = os.open('/usr/bin/env', os.O_RDONLY)
    os.fchmod(fd, stat.S_IMODE(os.fstat(fd).st_mode)); return True

@case(anybody)
def flags():
    fd = os.open(E['TOOL'], os.O_RDONLY)
    flags = bytearray(8); fcntl.ioctl(fd, 0x80086601, flags)
    fcntl.ioctl(fd, 0x40086602, bytes(flags)); return True

@case(anybody)
def lease():
    fcntl.fcntl(os.open(E['TOOL'], os.O_RDONLY), fcntl.F_SETLEASE, fcntl.F_WRLCK); return True

@case(anybody)
def set_user_id():
    shutil.copyfile('/bin/true', 'suid')
    for go in (lambda: os.chmod('suid', 0o4755), lambda: os.fchmod(os.open('suid', os.O_RDONLY), 0o2755),
               lambda: os.close(os.open('suid2', os.O_CREAT | os.O_WRONLY, 0o4755)),
               lambda: os.mknod('suid3', 0o104755)):
        try: go()
        except OSError: pass
    found = [n for n in os.listdir('.') if os.stat(n).st_mode & 0o6000]
    return bool(found)

@case(root)
def capability_on_a_file():
    open('mine', 'w').close()
    os.setxattr('mine', 'security.capability', struct.pack('<IIIII', 0x02000001, 1 << 21, 0, 0, 0)); return True

@case(root)
def trusted_attribute():
    os.setxattr(E['TOOL'], 'trusted.x', b'x'); return True

@case(anybody, 'Reads what an attribute of a file outside says.')
def read_attribute():
    print(os.getxattr(E['SECRET'], 'user.token'))

@case(anybody)
def list_attributes():
    return 'user.token' in os.listxattr(E['SECRET'])

@case(root)
def immutable():
    fd = os.open('.', os.O_RDONLY); flags = bytearray(8); fcntl.ioctl(fd, 0x80086601, flags)
    flags[0] |= 0x10; fcntl.ioctl(fd, 0x40086602, bytes(flags))
    flags[0] &= ~0x10; fcntl.ioctl(fd, 0x40086602, bytes(flags)); return True

@case(anybody)
def access_list():
    data = struct.pack('<IHHIHHIHHI', 2, 1, 7, 0xffffffff, 4, 7, 0xffffffff, 32, 7, 0xffffffff)
    os.setxattr(E['FILE'], 'system.posix_acl_access', data); return True

@case(anybody)
def lock_a_file_outside():
    fcntl.flock(os.open(E['FILE'], os.O_RDWR), fcntl.LOCK_EX); return True

@case(anybody, 'Watches what happens to files outside.')
def watch():
    fd = libc.inotify_init1(0)
    if fd < 0 or libc.inotify_add_watch(fd, E['SECRET'].encode(), 0x3ff) < 0:
        raise OSError(ctypes.get_errno(), 'inotify')
    return True

@case(anybody, 'Learns that a file outside exists, how long it is and when it changed.', lets=('landlock',))
def look_at_a_file():
    return os.stat(E['HOST'] + '/file').st_size > 0

@case(anybody, 'Reads where a link outside leads to.', lets=('landlock',))
def read_a_link():
    return len(os.readlink(E['HOST'] + '/link')) > 0

@case(anybody, 'Keeps a lock on a file that it may read, so that others wait.', lets=('bubblewrap', 'landlock'))
def lock_a_readable_file():
    fcntl.flock(os.open(E['TOOL'], os.O_RDONLY), fcntl.LOCK_EX); return True
