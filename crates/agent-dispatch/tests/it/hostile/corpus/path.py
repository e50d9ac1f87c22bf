@case(anybody)
def write_absolute():
    open(E['FILE'], 'w').write('x'); return True

@case(anybody)
def append_dotdot():
    os.chdir(E['TREE']); open(os.path.relpath(E['FILE']), 'a').write('x'); return True

@case(anybody)
def truncate():
    os.truncate(E['FILE'], 0); return True

@case(anybody)
def unlink():
    os.unlink(E['FILE']); return True

@case(anybody)
def rename_over():
    open('mine', 'w').close(); os.rename('mine', E['FILE']); return True

@case(anybody)
def rename_away():
    os.rename(E['FILE'], 'stolen'); return True

@case(anybody)
def make_folder():
    os.mkdir(E['HOST'] + '/new'); return True

@case(anybody)
def make_pipe():
    os.mkfifo(E['HOST'] + '/pipe'); return True

@case(anybody)
def symlink_file():
    os.symlink(E['FILE'], 'l'); open('l', 'w').write('x'); return True

@case(anybody)
def symlink_folder():
    os.symlink(E['HOST'], 'd'); open('d/new', 'w').write('x'); return True

@case(anybody)
def symlink_outside():
    os.symlink('/', E['HOST'] + '/planted'); return True

@case(anybody)
def hard_link_in():
    os.link(E['FILE'], 'h'); open('h', 'a').write('x'); return True

@case(anybody)
def hard_link_out():
    open('mine', 'w').close(); os.link('mine', E['HOST'] + '/planted'); return True

@case(anybody)
def proc_self_root():
    open('/proc/self/root' + E['FILE'], 'w').write('x'); return True

@case(anybody)
def proc_victim_root():
    open('/proc/' + E['VICTIM'] + '/root' + E['FILE'], 'w').write('x'); return True

@case(anybody)
def proc_victim_cwd():
    open('/proc/' + E['VICTIM'] + '/cwd/file', 'w').write('x'); return True

@case(anybody)
def inherited_descriptors():
    for fd in range(3, 256):
        try: os.write(fd, b'x'); return True
        except OSError: pass
        try: os.listdir(fd); return True
        except OSError: pass

@case(anybody)
def launcher():
    for path in (E['LAUNCHER'], '/.leadforge/launcher', '/proc/1/exe'):
        try:
            with open(path, 'r+b') as file: file.write(b'x'); return True
        except OSError: pass
    os.rename(E['LAUNCHER'], E['LAUNCHER'] + '.old'); return True

@case(anybody)
def toolchain():
    try: open(E['TOOL'], 'a').write('x'); return True
    except OSError: pass
    os.unlink(E['TOOL']); return True

@case(root)
def system_folder():
    path = '/usr/local/share/leadforge-hostile'
    open(path, 'w').close(); os.unlink(path); return True

@case(weak)
def orders():
    open('/.leadforge/order', 'w').write('{}'); return True

@case(anybody)
def scratch():
    open(E['SCRATCH'] + '/x', 'w').write('x'); return True

@case(anybody, alone=True)
def forge_log():
    open(E['LOG'], 'w').write('all green'); return True

@case(anybody)
def openat2():
    how = struct.pack('QQQ', os.O_WRONLY, 0, 0)
    call(437, -100, E['FILE'].encode(), how, 24); return True

@case(anybody, 'Exchanges a file of its own with one outside.')
def rename_exchange():
    open('mine', 'w').close()
    call(number(316, 276), -100, b'mine', -100, E['FILE'].encode(), 2); return True

@case(anybody, 'Gives a file without a name one that lies outside.')
def unnamed_file_named_outside():
    fd = os.open('.', os.O_TMPFILE | os.O_WRONLY)
    link_opened(fd, E['HOST'] + '/planted'); return True

@case(anybody)
def link_chain():
    os.symlink(E['FILE'], 'l0')
    for n in range(30): os.symlink('l%d' % n, 'l%d' % (n + 1))
    open('l30', 'w').write('x'); return True

@case(anybody, 'Swaps a folder for a link while it is opened, over and over.')
def link_race():
    os.mkdir('d'); os.symlink(E['HOST'], 'l')
    if os.fork() == 0:
        for _ in range(300):
            os.rename('d', 'x'); os.rename('l', 'd'); os.rename('d', 'l'); os.rename('x', 'd')
        os._exit(0)
    found = False
    while os.waitpid(-1, os.WNOHANG) == (0, 0):
        try:
            fd = os.open('d/raced', os.O_CREAT | os.O_WRONLY); os.close(fd)
        except OSError: pass
    return os.path.exists(E['HOST'] + '/raced')

@case(anybody, 'Climbs out of a folder that was opened and then moved.')
def moved_folder_climbs():
    os.makedirs('a/b/c'); fd = os.open('a/b/c', os.O_RDONLY); os.rename('a/b/c', 'c')
    up = '/'.join(['..'] * 30) + E['FILE']
    os.write(os.open(up, os.O_WRONLY, dir_fd=fd), b'x'); return True

@case(anybody)
def shared_mapping():
    fd = os.open(E['FILE'], os.O_RDWR)
    with mmap.mmap(fd, 5) as view: view[0] = 0x78
    return True

@case(anybody)
def copy_range():
    open('mine', 'w').write('x' * 9)
    os.copy_file_range(os.open('mine', os.O_RDONLY), os.open(E['FILE'], os.O_WRONLY), 9); return True

@case(anybody)
def allocate():
    os.posix_fallocate(os.open(E['FILE'], os.O_WRONLY), 0, 4096); return True

@case(anybody)
def truncate_reopened():
    fd = os.open(E['FILE'], os.O_PATH); os.truncate('/proc/self/fd/%d' % fd, 0); return True

@case(anybody, 'Writes beside its own tree, where the next attempt is made.')
def beside_the_tree():
    os.mkdir(os.path.dirname(E['TREE']) + '/next'); return True

@case(anybody, last=True)
def remove_the_tree():
    os.rename(E['TREE'], E['TREE'] + '.old'); return True

@case(anybody)
def another_attempt():
    open(E['HOST'] + '/git/leadforge/attempts/other/tree/planted', 'w').write('x'); return True

@case(anybody)
def worktree_of_a_person():
    open(E['HOST'] + '/worktree/planted', 'w').write('x'); return True

@case(anybody)
def queue_database():
    open(E['HOST'] + '/git/leadforge/queue.db', 'r+').write('x'); return True

@case(anybody)
def event_log():
    open(E['HOST'] + '/git/leadforge/runs/r/events.log', 'a').write('landed'); return True

@case(anybody)
def poison_the_cache():
    open(E['HOST'] + '/git/leadforge/cache/tool', 'w').write('x'); return True

@case(anybody)
def bind_a_socket_outside():
    socket.socket(socket.AF_UNIX).bind(E['HOST'] + '/planted'); return True

@case(anybody)
def linked_home():
    os.symlink(E['HOST'], 'home'); print(git('config', '--file', os.path.abspath('home/.gitconfig'), 'core.pager', 'x'))
    return os.path.exists(E['HOST'] + '/.gitconfig')

@case(anybody)
def archive_with_links():
    os.symlink(E['HOST'], 'd'); subprocess.run(['tar', '-cf', 't.tar', 'd']); os.unlink('d')
    import tarfile
    with tarfile.open('t.tar', 'a') as tar:
        open('evil', 'w').write('x'); tar.add('evil', 'd/planted')
    tarfile.open('t.tar').extractall(filter=lambda member, _: member) if sys.version_info >= (3, 12) else tarfile.open('t.tar').extractall()
    return True
