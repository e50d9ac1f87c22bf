@case(anybody)
def kill_victim():
    os.kill(int(E['VICTIM']), signal.SIGUSR1); return True

@case(anybody)
def kill_victim_thread():
    pid = int(E['VICTIM']); call(number(234, 131), pid, pid, signal.SIGUSR1); return True

@case(anybody)
def kill_victim_queued():
    pid = int(E['VICTIM']); info = struct.pack('iii', signal.SIGUSR1, 0, -1).ljust(128, b'\0')
    call(number(129, 138), pid, signal.SIGUSR1, info); return True

@case(anybody)
def kill_victim_descriptor():
    signal.pidfd_send_signal(os.pidfd_open(int(E['VICTIM'])), signal.SIGUSR1); return True

@case(anybody)
def kill_victim_owner_of_pipe():
    r, w = os.pipe(); fcntl.fcntl(r, fcntl.F_SETOWN, int(E['VICTIM'])); fcntl.fcntl(r, 10, signal.SIGUSR1)
    fcntl.fcntl(r, fcntl.F_SETFL, os.O_ASYNC); os.write(w, b'x'); return False

@case(never, alone=True)
def kill_everybody():
    os.kill(-1, signal.SIGUSR1); return False

@case(never, alone=True)
def kill_launcher():
    os.kill(PARENT, signal.SIGKILL); time.sleep(0.2); return False

@case(anybody)
def trace():
    if libc.ptrace(16, int(E['VICTIM']), 0, 0) != 0: raise OSError(ctypes.get_errno(), 'ptrace')
    os.waitpid(int(E['VICTIM']), 0x40000000); libc.ptrace(17, int(E['VICTIM']), 0, 0); return True

@case(anybody)
def read_memory():
    class V(ctypes.Structure): _fields_ = [('base', ctypes.c_void_p), ('length', ctypes.c_size_t)]
    line = open('/proc/' + E['VICTIM'] + '/maps').readline()
    here = ctypes.create_string_buffer(8)
    a, b = V(ctypes.addressof(here), 8), V(int(line.split('-')[0], 16), 8)
    return call(number(310, 270), int(E['VICTIM']), ctypes.byref(a), 1, ctypes.byref(b), 1, 0) == 8

@case(anybody)
def steal_descriptor():
    return call(438, os.pidfd_open(int(E['VICTIM'])), 1, 0) >= 0

@case(anybody)
def limit_victim():
    import resource
    pid = int(E['VICTIM']); resource.prlimit(pid, resource.RLIMIT_CORE, (0, 0)); return True

@case(anybody)
def slow_victim():
    os.setpriority(os.PRIO_PROCESS, int(E['VICTIM']), 19); return True

@case(anybody)
def slow_everybody():
    os.setpriority(os.PRIO_USER, 0, os.getpriority(os.PRIO_USER, 0)); return E['KIND'] != 'bubblewrap'

@case(anybody)
def pin_victim():
    os.sched_setaffinity(int(E['VICTIM']), {0}); return True

@case(weak)
def by_the_service_manager():
    return subprocess.run(['systemd-run', '--user', 'sleep', '600'], capture_output=True).returncode == 0

@case(never)
def by_the_job_table():
    return subprocess.run(['sh', '-c', 'echo "* * * * * true" | crontab -'], capture_output=True).returncode == 0

@case(anybody)
def signal_the_victim(): os.kill(int(E['VICTIM']), signal.SIGCONT); return True

@case(anybody)
def read_the_victims_limits():
    import resource
    return resource.prlimit(int(E['VICTIM']), resource.RLIMIT_CORE) != ()
