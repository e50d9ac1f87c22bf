def read(name, *paths, live=anybody):
    """Prints files that may hold a canary."""
    def go():
        failed = None
        for path in paths:
            try: show(path.replace('VICTIM', E['VICTIM']).replace('PARENT', str(PARENT)))
            except OSError as error: failed = error
        if failed: raise failed
    add(live, name, go)

def write(name, path, live=root):
    """Opens a setting of the machine for writing and writes nothing."""
    def go(): os.close(os.open(path, os.O_WRONLY)); return True
    add(live, name, go)

read('victim_environment', '/proc/VICTIM/environ')
read('victim_root', '/proc/VICTIM/root' + E['SECRET'])
read('victim_folder', '/proc/VICTIM/cwd/secret')
read('victim_descriptor', '/proc/VICTIM/fd/3', live=weak)
read('victim_task', '/proc/VICTIM/task/VICTIM/environ')
read('first_process_root', '/proc/1/root' + E['SECRET'], live=weak)
read('own_root', '/proc/self/root' + E['SECRET'])
read('thread_root', '/proc/thread-self/root' + E['SECRET'])
read('own_folder_climbs', '/proc/self/cwd/' + '../' * 30 + E['SECRET'])
read('parent_root', '/proc/PARENT/root' + E['SECRET'], live=root)
read('kernel_keys', '/proc/keys', live=weak)

@case(anybody)
def victim_memory():
    with open('/proc/' + E['VICTIM'] + '/mem', 'rb') as memory:
        for line in open('/proc/' + E['VICTIM'] + '/maps'):
            if 'heap' in line or 'stack' in line:
                start, end = (int(n, 16) for n in line.split()[0].split('-'))
                memory.seek(start); print(memory.read(end - start))

@case(root)
def launcher_memory(): os.open('/proc/%d/mem' % PARENT, os.O_RDWR); return PARENT > 1

@case(root)
def launcher_descriptors():
    for fd in os.listdir('/proc/%d/fd' % PARENT):
        try: os.open('/proc/%d/fd/%s' % (PARENT, fd), os.O_WRONLY)
        except OSError: continue
        return PARENT > 1

@case(weak)
def first_process_memory(): os.open('/proc/1/mem', os.O_RDWR); return True

@case(weak)
def first_process_descriptors():
    known = ('/dev/null', 'pipe:', 'anon_inode:')
    for fd in os.listdir('/proc/1/fd'):
        if not os.readlink('/proc/1/fd/' + fd).startswith(known): return True

@case(weak)
def physical_memory():
    for path in ('/proc/kcore', '/dev/mem', '/dev/kmem', '/dev/port'):
        try: os.open(path, os.O_RDONLY); return True
        except OSError: pass

@case(root)
def spared_when_memory_ends():
    open('/proc/self/oom_score_adj', 'w').write('-1000'); return True

@case(anybody)
def others_sockets():
    return E['SOCK'] in open('/proc/net/unix').read()

@case(anybody)
def others_by_name():
    return any(name.isdigit() and b'victim' in open('/proc/%s/cmdline' % name, 'rb').read() or name == E['VICTIM']
               for name in os.listdir('/proc'))

for name in ('core_pattern', 'modprobe', 'randomize_va_space', 'panic', 'threads-max', 'pid_max', 'printk',
             'perf_event_paranoid', 'unprivileged_bpf_disabled'):
    write('kernel_' + name.replace('-', '_'), '/proc/sys/kernel/' + name, weak if name in ('modprobe', 'unprivileged_bpf_disabled') else root)
for name in ('drop_caches', 'overcommit_memory', 'panic_on_oom', 'swappiness'):
    write('vm_' + name, '/proc/sys/vm/' + name)
for name in ('suid_dumpable', 'protected_symlinks', 'protected_hardlinks', 'file-max', 'nr_open'):
    write('fs_' + name.replace('-', '_'), '/proc/sys/fs/' + name)
write('binary_formats', '/proc/sys/fs/binfmt_misc/register', weak)
write('interrupts', '/proc/irq/default_smp_affinity', weak)
write('processor_off', '/sys/devices/system/cpu/cpu1/online', weak)
write('processor_speed', '/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor', weak)
write('sleep_of_the_machine', '/sys/power/state', weak)
write('helper_of_devices', '/sys/kernel/uevent_helper', weak)
write('network_card', '/sys/class/net/lo/mtu', root)
write('release_agent', '/sys/fs/cgroup/memory/release_agent', weak)
write('memory_of_all', '/sys/fs/cgroup/memory/memory.limit_in_bytes', weak)
write('module_parameter', '/sys/module/kernel/parameters/panic', weak)
write('security', '/sys/kernel/security/lsm', weak)
write('tracing', '/sys/kernel/tracing/tracing_on', weak)
