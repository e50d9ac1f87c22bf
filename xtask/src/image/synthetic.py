"""A docker archive of 5 GB and a million files that takes little disk: every layer is gzip of zeros.

Arguments: the file to write, the number of files, and the bytes of all of them together. Two
layers; the second overwrites a hundredth of the files and hides another hundredth.
"""

import gzip
import hashlib
import io
import json
import sys
import tarfile

OUT, FILES, BYTES = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
EACH = BYTES // FILES
PADDED = bytes((EACH + 511) // 512 * 512)


def name(number):
    return f"usr/lib/set-{number // 10000:03}/part-{number // 100 % 100:02}/file-{number:07}.bin"


class Sink:
    """Packs what is written and takes the digest of what it was."""

    def __init__(self):
        self.packed = io.BytesIO()
        self.gz = gzip.GzipFile("", "wb", 1, self.packed, mtime=0)
        self.sha = hashlib.sha256()

    def write(self, data):
        self.sha.update(data)
        self.gz.write(data)


def header(name, size):
    info = tarfile.TarInfo(name)
    info.size = size
    return info.tobuf(tarfile.USTAR_FORMAT)


def layer(entries):
    sink = Sink()
    for path, size in entries:
        sink.write(header(path, size))
        sink.write(PADDED[: (size + 511) // 512 * 512])
    sink.write(bytes(1024))
    sink.gz.close()
    return sink.packed.getvalue(), sink.sha.hexdigest()


def whiteout(path):
    folder, _, last = path.rpartition("/")
    return f"{folder}/.wh.{last}"


def second():
    for number in range(0, FILES, 100):
        yield name(number), EACH
    for number in range(50, FILES, 100):
        yield whiteout(name(number)), 0


packed = [layer((name(number), EACH) for number in range(FILES)), layer(second())]
config = json.dumps(
    {
        "architecture": "amd64",
        "os": "linux",
        "rootfs": {"type": "layers", "diff_ids": [f"sha256:{sha}" for _, sha in packed]},
    }
).encode()
with tarfile.open(OUT, "w") as tar:
    names = [f"{number}.tar.gz" for number in range(len(packed))]
    saved = json.dumps([{"Config": "config", "Layers": names}]).encode()
    for path, data in [*zip(names, (data for data, _ in packed)), ("config", config), ("manifest.json", saved)]:
        info = tarfile.TarInfo(path)
        info.size = len(data)
        tar.addfile(info, io.BytesIO(data))
overwritten, hidden = len(range(0, FILES, 100)), len(range(50, FILES, 100))
total = (FILES + overwritten) * EACH
print(json.dumps({"files": total, "visible": total - (overwritten + hidden) * EACH, "hidden": (overwritten + hidden) * EACH}))
