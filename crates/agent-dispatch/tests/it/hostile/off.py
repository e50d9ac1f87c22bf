"""Starts a program in which some system calls do nothing and claim success: a fence left out.

The program under test believes that it raised its fence, so that everything else is as always.
"""
import ctypes, os, struct, sys
here = 0 if os.uname().machine == 'x86_64' else 1
NUMBERS = {
    'seccomp': [(317, 277)],
    'landlock': [(446, 446)],
    # Of the user of its own: groups, group, user, and the lending of the tree (fchownat).
    'user': [(116, 159), (119, 149), (117, 147), (260, 54)],
}
LOAD, EQUAL, RETURN, ALLOW, SUCCEED = 0x20, 0x15, 0x06, 0x7fff0000, 0x00050000
steps = [(LOAD, 0, 0, 0)]
for number in NUMBERS[sys.argv[1]]:
    steps += [(EQUAL, 0, 1, number[here]), (RETURN, 0, 0, SUCCEED)]
steps.append((RETURN, 0, 0, ALLOW))
code = b''.join(struct.pack('HBBI', *step) for step in steps)
held = ctypes.create_string_buffer(code)
program = struct.pack('HxxxxxxQ', len(steps), ctypes.addressof(held))
libc = ctypes.CDLL(None, use_errno=True)
if os.geteuid() != 0:
    assert libc.prctl(38, 1, 0, 0, 0) == 0
assert libc.prctl(22, 2, program) == 0, os.strerror(ctypes.get_errno())
os.execv(sys.argv[2], sys.argv[2:])
