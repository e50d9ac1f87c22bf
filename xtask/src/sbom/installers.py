"""What an installer left behind: the packages of an environment, and bytes.

Arguments: the environment's folder of packages, and the installer's cache. Printed as JSON: the packages as
`name==version`, the bytes of the environment's files, those of them that are not the cache's own files under a
second name, and the bytes of the cache.
"""

import json
import os
import re
import sys


def sizes(root):
    """Bytes by inode."""
    found = {}
    for folder, _, names in os.walk(root):
        for name in names:
            state = os.lstat(os.path.join(folder, name))
            found[state.st_ino] = state.st_size
    return found


def packages(site):
    for name in os.listdir(site):
        if name.endswith(".dist-info"):
            with open(os.path.join(site, name, "METADATA"), encoding="utf-8") as text:
                head = text.read().split("\n\n")[0]
            field = lambda key: re.search(rf"^{key}: (.*)$", head, re.M).group(1).strip()
            yield re.sub(r"[-_.]+", "-", field("Name")).lower() + "==" + field("Version")


site, cache = sys.argv[1:]
installed, kept = sizes(site), sizes(cache)
print(
    json.dumps(
        {
            "packages": sorted(packages(site)),
            "installed": sum(installed.values()),
            "own": sum(size for inode, size in installed.items() if inode not in kept),
            "cache": sum(kept.values()),
        }
    )
)
