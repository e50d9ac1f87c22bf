import ctypes, errno, fcntl, mmap, os, select, shutil, signal, socket, stat, struct, subprocess, sys, time
E = os.environ
libc = ctypes.CDLL(None, use_errno=True)
CASES = {}

# How a case is shown to be alive, that is, to succeed where nothing stops it:
anybody = 'anybody'  # with nothing around it, as a plain user
root = 'root'        # with nothing around it, as root; to a plain user the system itself refuses
weak = 'weak'        # not with nothing around it, or not on every kernel; tried in weakened sandboxes
never = 'never'      # not at all: it would hurt the machine

def case(live, what='', **more):
    """Adds a case. `alone`: it may end what runs beside it.
    `last`: it takes away what the others need, or keeps a processor busy. `lets`: sandboxes that are known and
    said to let it through; it must get through there."""
    def add(go):
        name = go.__name__.strip('_').replace('_', '-')
        assert (FAMILY, name) not in CASES, name
        CASES[FAMILY, name] = dict(more, family=FAMILY, name=name, live=live, what=what or go.__doc__ or '', go=go)
        return go
    return add

def add(live, name, go, **more):
    """Adds a case of a table."""
    go.__name__ = name
    case(live, **more)(go)

def call(number, *arguments):
    """A raw system call; raises what it returns."""
    whole = [ctypes.c_long(a) if isinstance(a, int) else a for a in (number, *arguments)]
    result = libc.syscall(*whole)
    if result == -1:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code))
    return result

def number(x86_64, aarch64):
    return x86_64 if os.uname().machine == 'x86_64' else aarch64

def show(path):
    """What a thief would print; the canary in the log is the escape."""
    with open(path, 'rb') as file:
        print(file.read(65536))

def said(*command, **more):
    """What a program printed, errors too."""
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, **more)
    return done.stdout.decode(errors='replace')

def git(*arguments):
    """Git outside of the tree, whose `.git` leads nowhere."""
    return said('git', *arguments, cwd='/')

def link_opened(fd, to):
    """Gives an opened file another name."""
    call(number(265, 37), -100, b'/proc/self/fd/%d' % fd, -100, to.encode(), 0x400)

def stay(*flags):
    """A child that should outlive the command, known by the token in its arguments."""
    code = 'import signal,time\nfor s in (1,2,15): signal.signal(s,signal.SIG_IGN)\ntime.sleep(600)'
    null = subprocess.DEVNULL
    return subprocess.Popen([sys.executable, '-I', '-S', '-c', code, E['TOKEN']], stdin=null, stdout=null,
                            stderr=null, start_new_session='session' in flags)

def main(go):
    try:
        if go():
            print('ESCAPED', flush=True)
        else:
            print('nothing', flush=True)
    except Exception as error:
        print('refused:', type(error).__name__, error, flush=True)

PARENT = os.getppid()

def run_all(names):
    """Runs cases one after the other, each in a process and a folder of its own."""
    os.chdir(E['TREE'])
    signal.signal(signal.SIGUSR1, signal.SIG_IGN)  # A case may send it to everybody.
    git = open('.git').read()
    for name in names:
        print('\n==', name, flush=True)
        one = CASES[tuple(name.split('/'))]
        place = E['TREE'] + '/' + name.replace('/', '-')
        os.mkdir(place)
        open(place + '/.git', 'w').write(git)
        pid = os.fork()
        if pid == 0:
            os.chdir(place)
            main(one['go'])
            os._exit(0)
        watch = select.poll()
        fd = os.pidfd_open(pid)
        watch.register(fd, select.POLLIN)
        if not watch.poll(20_000):
            os.kill(pid, signal.SIGKILL)
            print('took too long', flush=True)
        # Of the children that a case left here as orphans none is waited for.
        _, status = os.waitpid(pid, 0)
        os.close(fd)
        if os.WIFSIGNALED(status):
            print('refused: ended by signal', os.WTERMSIG(status), flush=True)
