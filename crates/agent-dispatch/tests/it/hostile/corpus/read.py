@case(anybody)
def secret():
    show(E['SECRET'])

@case(anybody)
def secret_symlink():
    os.symlink(E['SECRET'], 's'); show('s')

@case(anybody)
def secret_descriptor():
    fd = os.open(E['SECRET'], os.O_PATH); show('/proc/self/fd/%d' % fd)

@case(anybody)
def secret_mapped():
    fd = os.open(E['SECRET'], os.O_RDONLY)
    print(mmap.mmap(fd, 0, prot=mmap.PROT_READ)[:])

@case(anybody)
def home_listing():
    return 'secret' in os.listdir(E['HOST'])

@case(anybody)
def run_outside_program():
    return b'ran' in subprocess.run([E['PROGRAM']], capture_output=True).stdout

@case(root)
def shadow():
    open('/etc/shadow').read(); return True

@case(root)
def root_home():
    os.listdir('/root'); return True

@case(anybody)
def other_homes():
    os.listdir('/home'); return True

@case(anybody)
def var_log():
    os.listdir('/var/log'); return True

@case(anybody)
def run():
    return len(os.listdir('/run')) > 0

@case(anybody)
def environment():
    print(dict(E)); return 'CARGO_MANIFEST_DIR' in E

@case(anybody)
def victim_environment():
    show('/proc/' + E['VICTIM'] + '/environ')

@case(anybody)
def every_environment():
    for name in os.listdir('/proc'):
        if name.isdigit():
            try: show('/proc/' + name + '/environ')
            except OSError: pass

@case(anybody)
def guessed_environments():
    for pid in list(range(1, 400)) + list(range(max(1, int(E['VICTIM']) - 200), int(E['VICTIM']) + 200)):
        try: show('/proc/%d/environ' % pid)
        except OSError: pass

@case(root)
def parent_environment():
    return PARENT > 1 and len(open('/proc/%d/environ' % PARENT, 'rb').read()) > 0

@case(anybody)
def victim_arguments():
    return len(open('/proc/' + E['VICTIM'] + '/cmdline', 'rb').read()) > 0

@case(anybody)
def victim_memory():
    return len(open('/proc/' + E['VICTIM'] + '/maps', 'rb').read()) > 0

@case(anybody)
def victim_descriptors():
    return len(os.listdir('/proc/' + E['VICTIM'] + '/fd')) > 0

@case(anybody)
def shared_memory():
    shmat = libc.shmat; shmat.restype = ctypes.c_void_p
    segment = libc.shmget(int(E['SHM']), 64, 0)
    if segment < 0: raise OSError(ctypes.get_errno(), 'shmget')
    print(ctypes.string_at(shmat(segment, None, 0o10000), 64))

@case(root)
def disk():
    for name in os.listdir('/sys/class/block'):
        try: os.read(os.open('/dev/' + name, os.O_RDONLY), 1); return True
        except OSError: pass

@case(root)
def kernel_log():
    try: os.open('/dev/kmsg', os.O_RDONLY); return True
    except OSError: pass
    return libc.klogctl(10, None, 0) > 0

