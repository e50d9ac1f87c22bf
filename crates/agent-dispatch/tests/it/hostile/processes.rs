//! Ways to outlive the command, and to reach other processes.
use super::cases::{Anybody, Case, Untried};

pub(crate) const PROCESSES: &[Case] = &[
    Case("process", "background", Anybody, "stay(); return False"),
    Case("process", "own-session", Anybody, "stay('session'); return False"),
    Case("process", "double-fork", Anybody, "
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0: stay('session')
    os._exit(0)
os.wait(); time.sleep(0.3); return False"),
    Case("process", "nohup", Anybody, "
subprocess.Popen(['nohup', 'setsid', sys.executable, '-c', 'import time;time.sleep(600)', E['TOKEN']],
                 stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
time.sleep(0.3); return False"),
    Case("process", "own-reaper", Anybody, "
PR_SET_CHILD_SUBREAPER = 36
if os.fork() == 0:
    libc.prctl(PR_SET_CHILD_SUBREAPER, 1); os.setsid(); stay('session'); time.sleep(600)
time.sleep(0.3); return False"),
    Case("process", "stopped", Anybody, "
os.kill(stay('session').pid, signal.SIGSTOP); return False"),
    Case("process", "parent-death-signal", Anybody, "
if os.fork() == 0:
    libc.prctl(1, 0); os.setsid(); stay('session'); os._exit(0)
os.wait(); return False"),
    Case("process", "keeps-the-output-open", Anybody, "
code = 'import time;time.sleep(600)'
subprocess.Popen([sys.executable, '-c', code, E['TOKEN']], start_new_session=True); return False"),
    Case("process", "renamed", Anybody, "
child = stay('session'); libc.prctl(15, b'init'); return False"),
    Case("process", "cleared-environment", Anybody, "
if os.fork() == 0:
    os.setsid(); os.execve(sys.executable, [sys.executable, '-c', 'import time;time.sleep(600)',
                           E['TOKEN']], {})
time.sleep(0.3); return False"),
    Case("process", "many", Anybody, "
for _ in range(20): stay('session')
return False"),
    Case("process", "kill-victim", Anybody, "os.kill(int(E['VICTIM']), signal.SIGUSR1); return True"),
    Case("process", "kill-victim-thread", Anybody, "
pid = int(E['VICTIM']); call(number(234, 131), pid, pid, signal.SIGUSR1); return True"),
    Case("process", "kill-victim-queued", Anybody, "
pid = int(E['VICTIM']); info = struct.pack('iii', signal.SIGUSR1, 0, -1).ljust(128, b'\\0')
call(number(129, 138), pid, signal.SIGUSR1, info); return True"),
    Case("process", "kill-victim-descriptor", Anybody, "
signal.pidfd_send_signal(os.pidfd_open(int(E['VICTIM'])), signal.SIGUSR1); return True"),
    Case("process", "kill-victim-owner-of-pipe", Untried, "
import fcntl
r, w = os.pipe(); fcntl.fcntl(r, fcntl.F_SETOWN, int(E['VICTIM'])); fcntl.fcntl(r, 10, signal.SIGUSR1)
fcntl.fcntl(r, fcntl.F_SETFL, os.O_ASYNC); os.write(w, b'x'); return False"),
    Case("process", "kill-everybody", Untried, "os.kill(-1, signal.SIGUSR1); return False"),
    Case("process", "kill-launcher", Untried, "
os.kill(os.getppid(), signal.SIGKILL); time.sleep(0.2); return os.getppid() == 0"),
    Case("process", "trace", Anybody, "
if libc.ptrace(16, int(E['VICTIM']), 0, 0) != 0: raise OSError(ctypes.get_errno(), 'ptrace')
os.waitpid(int(E['VICTIM']), 0x40000000); libc.ptrace(17, int(E['VICTIM']), 0, 0); return True"),
    Case("process", "read-memory", Anybody, "
class V(ctypes.Structure): _fields_ = [('base', ctypes.c_void_p), ('length', ctypes.c_size_t)]
line = open('/proc/' + E['VICTIM'] + '/maps').readline()
here = ctypes.create_string_buffer(8)
a, b = V(ctypes.addressof(here), 8), V(int(line.split('-')[0], 16), 8)
return call(number(310, 270), int(E['VICTIM']), ctypes.byref(a), 1, ctypes.byref(b), 1, 0) == 8"),
    Case("process", "steal-descriptor", Anybody, "
return call(438, os.pidfd_open(int(E['VICTIM'])), 1, 0) >= 0"),
    Case("process", "limit-victim", Anybody, "
import resource
pid = int(E['VICTIM']); resource.prlimit(pid, resource.RLIMIT_CORE, (0, 0)); return True"),
    Case("process", "slow-victim", Anybody, "
os.setpriority(os.PRIO_PROCESS, int(E['VICTIM']), 19); return True"),
    Case("process", "slow-everybody", Untried, "
os.setpriority(os.PRIO_USER, 0, os.getpriority(os.PRIO_USER, 0)); return E['KIND'] == 'landlock'"),
    Case("process", "pin-victim", Anybody, "os.sched_setaffinity(int(E['VICTIM']), {0}); return True"),
    Case("process", "forget-the-launcher", Untried, "
os.setsid() if os.getpid() != os.getsid(0) else None
os.close(0); os.close(2); stay('session'); return False"),
];
