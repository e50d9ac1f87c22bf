@case(anybody)
def inherited(): print(dict(E))

@case(anybody)
def by_the_kernel(): show('/proc/self/environ')

@case(weak)
def of_the_first_process(): show('/proc/1/environ')

@case(anybody)
def of_the_parent():
    show('/proc/%d/environ' % os.getppid()); show('/proc/%d/environ' % PARENT)

@case(anybody)
def of_threads(): show('/proc/self/task/%d/environ' % os.getpid())

@case(anybody)
def on_the_stack():
    for line in open('/proc/self/maps'):
        if '[stack]' in line:
            start, end = (int(n, 16) for n in line.split()[0].split('-'))
            print(ctypes.string_at(start, end - start).replace(b'\0', b'\n'))

@case(anybody)
def login_shell(): print(said('bash', '-lc', 'env; set'))

@case(anybody)
def printed(): print(said('env'), said('sh', '-c', 'export -p'))

@case(anybody)
def git_variables(): print(git('var', '-l'), git('config', '-l', '--show-origin'), git('config', '--file', E['GIT'] + '/config', '-l'))

@case(anybody, 'Asks for the agent that holds the keys of ssh.')
def ssh_agent():
    socket.socket(socket.AF_UNIX).connect(E['SSH_AUTH_SOCK']); return True

@case(anybody)
def ssh_agent_guessed():
    socket.socket(socket.AF_UNIX).connect(E['SOCK']); return True

@case(anybody)
def tokens_by_name():
    names = ('LEAK', 'GH_TOKEN', 'GITHUB_TOKEN', 'AWS_SECRET_ACCESS_KEY', 'ANTHROPIC_API_KEY')
    return any(name in E for name in names)
