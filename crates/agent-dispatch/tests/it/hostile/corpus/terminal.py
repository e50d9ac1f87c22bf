@case(weak, 'Opens the terminal of whoever started it.')
def controlling(): os.open('/dev/tty', os.O_RDWR); return True

@case(root)
def consoles():
    for name in ('/dev/console', '/dev/tty0', '/dev/tty1', '/dev/ttyS0'):
        try: os.open(name, os.O_WRONLY | os.O_NONBLOCK | os.O_NOCTTY); return True
        except OSError: pass

@case(weak)
def other_terminals():
    for name in os.listdir('/dev/pts'):
        if name.isdigit(): os.open('/dev/pts/' + name, os.O_WRONLY); return True

def requests():
    """What puts words into another's mouth, asked of a terminal of its own."""
    for name, request in {'type': 0x5412, 'console': 0x541d, 'line_discipline': 0x5423, 'selection': 0x541c}.items():
        def go(request=request):
            import pty
            _, b = pty.openpty()
            try: fcntl.ioctl(b, request, struct.pack('i', 0))
            except OSError as error:
                if request in (0x541c,) and error.errno in (errno.ENOTTY, errno.EINVAL): return True
                raise
            return True
        add(root if name in ('type', 'line_discipline') else weak, name, go)
    def high(): # The upper half of the argument is not looked at by the kernel.
        import pty
        _, b = pty.openpty(); call(number(16, 29), b, 0x1_0000_5412 - (1 << 33), ctypes.create_string_buffer(b'x')); return True
    add(root, 'type_with_high_bits', high)
requests()

@case(weak)
def from_a_session_of_its_own():
    import pty
    pid, fd = pty.fork()
    if pid == 0:
        try: fcntl.ioctl(0, 0x5412, b'x'); os._exit(0)
        except OSError: os._exit(1)
    return os.waitpid(pid, 0)[1] == 0

@case(weak)
def foreground(): os.tcsetpgrp(os.open('/dev/tty', os.O_RDWR), os.getpgrp()); return True
