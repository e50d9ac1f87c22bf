"""Runs commands in turn, several times, and prints what each costs by the kernel's count.

Standard input: {"runs": N, "commands": [[program, argument…]…]}. Printed, for each command: the
medians of user and system time and of the time on the wall in ms, the greatest resident memory in
KiB (never less than this interpreter's own, from which the process is started), its output, and its
exit code (null when a signal ended it).

Outputs go to files: what they took of this process's memory would be counted as the next command's.
"""

import json
import os
import statistics
import sys
import tempfile
import time


def run(command, said):
    said.seek(0)
    said.truncate()
    quiet = os.open(os.devnull, os.O_RDWR)
    moves = [
        (os.POSIX_SPAWN_DUP2, said.fileno(), 1),
        (os.POSIX_SPAWN_DUP2, quiet, 2),
        (os.POSIX_SPAWN_DUP2, quiet, 0),
    ]
    start = time.monotonic()
    pid = os.posix_spawn(command[0], command, os.environ, file_actions=moves)
    _, status, usage = os.wait4(pid, 0)
    wall = time.monotonic() - start
    os.close(quiet)
    return (usage.ru_utime + usage.ru_stime) * 1000, wall * 1000, usage.ru_maxrss, status


def told(costs, said):
    said.seek(0)
    status = costs[-1][3]
    return {
        "cpu": statistics.median(cost[0] for cost in costs),
        "wall": statistics.median(cost[1] for cost in costs),
        "memory": max(cost[2] for cost in costs),
        "said": said.read().decode(errors="replace"),
        "code": os.WEXITSTATUS(status) if os.WIFEXITED(status) else None,
    }


asked = json.load(sys.stdin)
files = [tempfile.TemporaryFile() for _ in asked["commands"]]
runs = [[] for _ in asked["commands"]]
for _ in range(asked["runs"]):
    for command, said, costs in zip(asked["commands"], files, runs):
        costs.append(run(command, said))
print(json.dumps([told(costs, said) for costs, said in zip(runs, files)]))
