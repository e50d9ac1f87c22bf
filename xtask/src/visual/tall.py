"""Draws a page of 20,000 rows, the same with rows between them, another one, and one of noise: FOLDER.

Cards of a list, each with its own words as strokes; three cards come in, one goes, one says something else.
"""

import random
import struct
import sys
import zlib

WIDTH, HEIGHT, CARD, GAP = 1280, 20_000, 92, 12
GROUND, PAPER, EDGE = b"\xf3\xf4\xf6", b"\xff\xff\xff", b"\xc8\xcd\xd4"


def card(number):
    """The rows of a card: an edge, three lines of words, an edge."""
    chance = random.Random(number)
    rows = [GROUND * 40 + EDGE * (WIDTH - 80) + GROUND * 40]
    blank = GROUND * 40 + EDGE + PAPER * (WIDTH - 82) + EDGE + GROUND * 40
    for line in range(3):
        words = [(60 + at * 60 + chance.randrange(12), chance.randrange(18, 44)) for at in range(chance.randrange(6, 18))]
        rows += [blank] * 14
        for _ in range(14):
            row = bytearray(blank)
            for start, length in words:
                for x in range(start, start + length, 3):
                    row[x * 3 : x * 3 + 6] = bytes([chance.randrange(40, 200)] * 6)
            rows.append(bytes(row))
    rows += [blank] * (CARD - 1 - len(rows)) + [rows[0]]
    return rows + [GROUND * WIDTH] * GAP


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def cards(numbers):
    return [GROUND * WIDTH] * 24 + [row for number in numbers for row in card(number)]


def write(path, rows, height=None):
    height = height or len(rows)
    pack = zlib.compressobj(3)
    data = b"".join(pack.compress(b"\0" + row) for row in rows) + pack.flush()
    header = struct.pack(">IIBBBBB", WIDTH, height, 8, 2, 0, 0, 0)
    with open(path, "wb") as file:
        file.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b""))


before = list(range(HEIGHT // (CARD + GAP)))
after = before[:40] + [1001] + before[40:90] + [1002] + before[90:100] + [1003] + before[100:120]
after += before[121:150] + [1004] + before[151:]
folder = sys.argv[1]
write(f"{folder}/before.png", cards(before))
write(f"{folder}/after.png", cards(after))
write(f"{folder}/other.png", cards(range(5000, 5000 + len(before))))
for seed in (1, 2):
    noise = random.Random(seed)
    write(f"{folder}/noise-{seed}.png", (noise.randbytes(WIDTH * 3) for _ in range(HEIGHT // 4)), HEIGHT // 4)
