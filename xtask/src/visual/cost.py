"""Runs commands in turn, several times, and prints what each costs by the kernel's count.

Standard input: {"runs": N, "commands": [[program, argument…]…]}. Printed, for each command: the
medians of user and system time and of the time on the wall in ms, the greatest resident memory in
KiB (never less than this interpreter's own, from which the process is started), and its output.
"""

import json
import os
import statistics
import sys
import time


def run(command):
    read, write = os.pipe()
    quiet = os.open(os.devnull, os.O_RDWR)
    moves = [(os.POSIX_SPAWN_DUP2, write, 1), (os.POSIX_SPAWN_DUP2, quiet, 2), (os.POSIX_SPAWN_DUP2, quiet, 0)]
    start = time.monotonic()
    pid = os.posix_spawn(command[0], command, os.environ, file_actions=moves)
    os.close(write)
    with open(read, "rb") as pipe:
        said = pipe.read()
    _, status, usage = os.wait4(pid, 0)
    wall = time.monotonic() - start
    os.close(quiet)
    return (usage.ru_utime + usage.ru_stime) * 1000, wall * 1000, usage.ru_maxrss, said, status


asked = json.load(sys.stdin)
runs = [[] for _ in asked["commands"]]
for _ in range(asked["runs"]):
    for command, costs in zip(asked["commands"], runs):
        costs.append(run(command))
print(
    json.dumps(
        [
            {
                "cpu": statistics.median(cost[0] for cost in costs),
                "wall": statistics.median(cost[1] for cost in costs),
                "memory": max(cost[2] for cost in costs),
                "said": costs[-1][3].decode(errors="replace"),
            }
            for costs in runs
        ]
    )
)
