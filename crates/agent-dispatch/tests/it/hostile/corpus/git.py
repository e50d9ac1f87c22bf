@case(anybody)
def host_configuration():
    open(E['GIT'] + '/config', 'a').write('[core]\n\tfsmonitor = touch /tmp/x\n'); return True

@case(anybody)
def host_hook():
    open(E['GIT'] + '/hooks/post-checkout', 'w').write('#!/bin/sh\n'); return True

@case(anybody)
def host_head():
    open(E['GIT'] + '/HEAD', 'w').write('x'); return True

@case(anybody)
def host_token():
    show(E['GIT'] + '/config')

@case(anybody)
def objects_listed_readable():
    open(E['GIT'] + '/objects/info/alternates', 'w').write('/\n'); return True

@case(anybody)
def rename_dot_git():
    os.rename('.git', '.git2'); os.mkdir('.git')
    target = open('.git2').read().split(': ')[1].strip()
    os.symlink(E['GIT'], '.git/up'); open('.git/up/HEAD', 'w').write('x'); return True

@case(anybody)
def commit_through_dot_git():
    open('.git', 'w').write('gitdir: ' + E['GIT'] + '\n')
    done = subprocess.run(['git', '--git-dir', E['GIT'], 'config', 'core.pager', 'evil'],
                          capture_output=True, text=True)
    print(done.stderr); return done.returncode == 0

@case(anybody)
def nested_repository():
    os.mkdir('sub')
    open('sub/.git', 'w').write('gitdir: ' + E['GIT'] + '\n')
    done = subprocess.run(['git', '-C', 'sub', '--git-dir', E['GIT'], 'symbolic-ref', 'HEAD',
                           'refs/heads/evil'], capture_output=True, text=True)
    print(done.stderr); return done.returncode == 0

def setting(name, key, value):
    """Sets what git would run, in the repository of the host."""
    def go():
        print(git('config', '--file', E['GIT'] + '/config', key, value))
        return value in open(E['GIT'] + '/config').read()
    add(anybody, name, go)

setting('set_fsmonitor', 'core.fsmonitor', 'touch /tmp/planted')
setting('set_hooks_path', 'core.hooksPath', '/tmp/planted')
setting('set_filter', 'filter.x.clean', 'touch /tmp/planted')
setting('set_textconv', 'diff.x.textconv', 'touch /tmp/planted')
setting('set_ssh_command', 'core.sshCommand', 'touch /tmp/planted')
setting('set_alias', 'alias.status', '!touch /tmp/planted')
setting('set_credential_helper', 'credential.helper', '!touch /tmp/planted')
setting('set_signing_program', 'gpg.program', '/tmp/planted')
setting('set_include', 'include.path', '/tmp/planted')
setting('set_worktree', 'core.worktree', '/tmp/planted')

@case(anybody)
def host_attributes():
    os.mkdir(E['GIT'] + '/info'); open(E['GIT'] + '/info/attributes', 'w').write('* filter=x'); return True

@case(anybody)
def host_index(): open(E['GIT'] + '/index', 'w').write('x'); return True

@case(anybody)
def host_branch(): open(E['GIT'] + '/refs/main', 'w').write('0' * 40); return True

@case(anybody)
def host_objects(): open(E['GIT'] + '/objects/aa', 'w').write('x'); return True

@case(anybody)
def host_lock(): open(E['GIT'] + '/index.lock', 'x').close(); return True

@case(anybody)
def common_folder_elsewhere():
    private = open('.git').read().split(': ')[1].strip()
    open(private + '/commondir', 'w').write(E['GIT']); open(private + '/HEAD', 'w').write('ref: refs/heads/x')
    print(said('git', 'config', 'core.pager', 'planted')); return 'planted' in open(E['GIT'] + '/config').read()

@case(anybody)
def user_settings():
    open(E['HOST'] + '/.gitconfig', 'w').write('[core]\n\tpager = x\n'); return True

@case(root)
def system_settings():
    path = '/etc/gitconfig-' + E['MARK']; open(path, 'w').close(); os.unlink(path); return True
