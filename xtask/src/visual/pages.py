"""Draws two pages of a size, of which a share of the rows differs: WIDTH HEIGHT SHARE BEFORE AFTER."""

import random
import struct
import sys
import zlib

width, height, share = int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])
chance = random.Random(4)


def line(ink):
    """A row of a text: flat ground, with strokes of a few pixels in it."""
    pixels = bytearray(b"\xf8\xf9\xfa" * width)
    for _ in range(ink):
        at, length = chance.randrange(width), chance.randrange(1, 6)
        pixels[at * 3 : (at + length) * 3] = bytes([chance.randrange(200)] * 3) * length
    return bytes(pixels[: width * 3])


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def write(path, rows):
    pack = zlib.compressobj(6)
    data = b"".join(pack.compress(b"\0" + row) for row in rows) + pack.flush()
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    with open(path, "wb") as file:
        file.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b""))


lines = [line(0)] * 120 + [line(width // 12) for _ in range(120)]
before = [chance.randrange(len(lines)) for _ in range(height)]
differs = [chance.random() < share for _ in range(height)]
write(sys.argv[4], (lines[at] for at in before))
write(sys.argv[5], (lines[(at + 1 + 120 * other) % 240 if other else at] for at, other in zip(before, differs)))
