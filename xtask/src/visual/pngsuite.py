"""The CRC of the pixels of each file of PngSuite, as Pillow and pypng read them.

Pillow keeps 16 bits for grey alone; for colours it drops the low byte, and there pypng, which reads
every depth, is the truth, and both must agree in the high byte. Of a grey with fewer than 8 bits
Pillow compares the transparent one with the scaled samples; there pypng is the truth too.
Printed: name, bits, CRC of RGBA.
"""

import sys
import zlib
from array import array
from pathlib import Path

import png
from PIL import Image


def direct(path):
    """RGBA as deep as the file has it, opaque being the greatest, by pypng."""
    width, height, rows, info = png.Reader(filename=str(path)).read()
    planes, key = info["planes"], info.get("transparent")
    samples = array("H")
    for row in rows:
        for at in range(0, len(row), planes):
            *colour, alpha = row[at : at + planes] if info["alpha"] else (*row[at : at + planes], None)
            if alpha is None:
                alpha = 0 if key is not None and tuple(colour) == tuple(key) else 2 ** info["bitdepth"] - 1
            samples.extend([*(colour * 3)[:3], alpha])
    return width, height, samples


def agree(path, size, samples):
    """Pillow's own pixels, where it has any for such a file, are those of pypng."""
    with Image.open(path) as image:
        assert image.size == size, path
        if image.mode in ("I;16", "I"):
            assert [*image.getdata()] == [*samples[::4]], path
        elif "transparency" not in image.info:
            narrow = [tuple(sample >> 8 for sample in samples[at : at + 4]) for at in range(0, len(samples), 4)]
            assert [*image.convert("RGBA").getdata()] == narrow, path


for path in sorted(Path(sys.argv[1]).glob("*.png")):
    if path.name.startswith("x"):
        continue
    bits = path.read_bytes()[24]
    if bits == 16:
        width, height, samples = direct(path)
        agree(path, (width, height), samples)
        samples.byteswap()
        pixels = samples.tobytes()
    else:
        with Image.open(path) as image:
            pixels = image.convert("RGBA").tobytes()
            if image.mode == "L" and bits < 8 and "transparency" in image.info:
                pixels = bytes(sample * 255 // (2**bits - 1) for sample in direct(path)[2])
    print(path.name, 16 if bits == 16 else 8, zlib.crc32(pixels))
