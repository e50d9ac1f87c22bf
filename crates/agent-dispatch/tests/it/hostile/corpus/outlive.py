@case(anybody)
def background():
    stay(); return False

@case(anybody)
def own_session():
    stay('session'); return False

@case(anybody)
def double_fork():
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0: stay('session')
        os._exit(0)
    os.wait(); time.sleep(0.3); return False

@case(anybody)
def nohup():
    subprocess.Popen(['nohup', 'setsid', sys.executable, '-c', 'import time;time.sleep(600)', E['TOKEN']],
                     stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(0.3); return False

@case(anybody)
def own_reaper():
    PR_SET_CHILD_SUBREAPER = 36
    if os.fork() == 0:
        libc.prctl(PR_SET_CHILD_SUBREAPER, 1); os.setsid(); stay('session'); time.sleep(600)
    time.sleep(0.3); return False

@case(anybody)
def stopped():
    os.kill(stay('session').pid, signal.SIGSTOP); return False

@case(anybody)
def parent_death_signal():
    if os.fork() == 0:
        libc.prctl(1, 0); os.setsid(); stay('session'); os._exit(0)
    os.wait(); return False

@case(anybody)
def keeps_the_output_open():
    code = 'import time;time.sleep(600)'
    subprocess.Popen([sys.executable, '-c', code, E['TOKEN']], start_new_session=True); return False

@case(anybody)
def renamed():
    child = stay('session'); libc.prctl(15, b'init'); return False

@case(anybody)
def cleared_environment():
    if os.fork() == 0:
        os.setsid(); os.execve(sys.executable, [sys.executable, '-c', 'import time;time.sleep(600)',
                               E['TOKEN']], {})
    time.sleep(0.3); return False

@case(anybody)
def many():
    for _ in range(20): stay('session')
    return False

@case(anybody)
def forget_the_launcher():
    os.setsid() if os.getpid() != os.getsid(0) else None
    os.close(0); os.close(2); stay('session'); return False

HOP = """if 1:
    import os, sys, time
    until = time.monotonic() + 8
    while time.monotonic() < until:
        if os.fork(): os._exit(0)
        time.sleep(float(sys.argv[2]))"""

def hoppers(name, count, pause):
    """Chains of forks whose parents end at once, so that no process id stays true."""
    def go():
        for _ in range(count):
            if os.fork() == 0:
                os.setsid(); os.execv(sys.executable, [sys.executable, '-I', '-S', '-c', HOP, E['TOKEN'], pause])
        time.sleep(0.1); return False
    add(weak, name, go, last=True)

hoppers('hopper', 1, '0.0005')

hoppers('three_quick_hoppers', 3, '0')

@case(anybody, 'Every process of a session wants to be told of its parent\'s death and ignores it.')
def told_of_death():
    if os.fork() == 0:
        os.setsid(); libc.prctl(1, signal.SIGUSR2); signal.signal(signal.SIGUSR2, signal.SIG_IGN)
        os.execv(sys.executable, [sys.executable, '-I', '-S', '-c', 'import time;time.sleep(600)', E['TOKEN']])
    return False

@case(anybody)
def daemon():
    code = 'import ctypes,time; ctypes.CDLL(None).daemon(0, 0); time.sleep(600)'
    subprocess.run([sys.executable, '-I', '-c', code, E['TOKEN']]); time.sleep(0.1); return False

@case(anybody)
def thread_that_stays():
    code = 'import threading,time; threading.Thread(target=time.sleep, args=(600,)).start()'
    subprocess.Popen([sys.executable, '-I', '-c', code, E['TOKEN']], start_new_session=True,
                     stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(0.1); return False

@case(anybody)
def blocks_every_signal():
    if os.fork() == 0:
        os.setsid(); signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
        os.execv(sys.executable, [sys.executable, '-I', '-S', '-c', 'import time;time.sleep(600)', E['TOKEN']])
    time.sleep(0.1); return False

@case(anybody)
def keeps_the_tree_open():
    code = 'import os,time; os.chdir("/"); fd = os.open("%s", os.O_RDONLY); time.sleep(600)' % E['TREE']
    subprocess.Popen([sys.executable, '-I', '-c', code, E['TOKEN']], start_new_session=True,
                     stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL); time.sleep(0.1); return False

@case(anybody)
def writes_later():
    code = 'import time; time.sleep(600); open("%s/late", "w")' % os.getcwd()
    subprocess.Popen([sys.executable, '-I', '-c', code, E['TOKEN']], start_new_session=True, stdout=subprocess.DEVNULL)
    time.sleep(0.1); return False

@case(weak, 'Hides its arguments and takes the name of a thread of the kernel.')
def named_like_the_kernels():
    subprocess.Popen(['setsid', 'perl', '-e', '$0 = "kworker/0:1"; sleep 60', E['TOKEN']], stdout=subprocess.DEVNULL)
    time.sleep(0.1); return False
