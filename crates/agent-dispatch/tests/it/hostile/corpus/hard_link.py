@case(anybody)
def secret():
    os.link(E['SECRET'], 'h'); show('h')

@case(anybody)
def opened_secret():
    fd = os.open(E['SECRET'], os.O_RDONLY)
    link_opened(fd, 'h'); show('h')

@case(anybody, 'Takes a tool in under a name of its own, then changes it.')
def tool():
    os.link(E['TOOL'], 'h'); os.chmod('h', 0o777); return True

@case(anybody)
def launcher():
    os.link(E['LAUNCHER'], 'h'); open('h', 'r+b').write(b'x'); return True

@case(root)
def system_program():
    os.link('/usr/bin/env', E['TREE'] + '/h'); os.unlink(E['TREE'] + '/h'); return True

@case(anybody)
def host_configuration():
    os.link(E['GIT'] + '/config', 'h'); open('h', 'a').write('x'); return True

@case(anybody)
def queue_database():
    os.link(E['HOST'] + '/git/leadforge/queue.db', 'h'); show('h')

@case(anybody)
def to_temporary_and_back():
    place = E.get('TMPDIR', '/tmp') + '/' + E['MARK'] + '-link'
    os.link(E['FILE'], place); open(place, 'a').write('x'); os.unlink(place); return True
