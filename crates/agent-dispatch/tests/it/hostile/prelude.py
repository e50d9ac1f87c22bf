import ctypes, errno, os, signal, socket, stat, struct, subprocess, sys, time
E = os.environ
libc = ctypes.CDLL(None, use_errno=True)

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

def stay(*flags):
    """A child that should outlive the command, known by the token in its arguments."""
    code = 'import signal,time\nfor s in (1,2,15): signal.signal(s,signal.SIG_IGN)\ntime.sleep(600)'
    null = subprocess.DEVNULL
    return subprocess.Popen([sys.executable, '-I', '-c', code, E['TOKEN']], stdin=null, stdout=null,
                            stderr=null, start_new_session='session' in flags)

def main(go):
    try:
        if go():
            print('ESCAPED', flush=True)
        else:
            print('nothing', flush=True)
    except Exception as error:
        print('refused:', type(error).__name__, error, flush=True)
