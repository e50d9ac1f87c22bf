"""Draws what looks like photographs, each with what becomes of one: FOLDER.

Clouds of several sizes in three colours, a horizon, sharp things in front and the grain of a camera;
the same numbers each time.
"""

import io
import random
import sys
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw, ImageEnhance, ImageFilter

SIZE = (900, 600)


def cloud(chance, cells):
    """Smooth light and shade, cells across."""
    grid = (cells, max(2, cells * 2 // 3))
    return Image.frombytes("L", grid, chance.randbytes(grid[0] * grid[1])).resize(SIZE, Image.Resampling.BICUBIC)


def plane(chance):
    sum_ = cloud(chance, 3)
    for cells, part in ((7, 0.4), (19, 0.28), (53, 0.2), (150, 0.12)):
        sum_ = Image.blend(sum_, cloud(chance, cells), part)
    return sum_


def grain(picture, seed, part):
    chance = random.Random(seed)
    noise = Image.merge("RGB", [Image.frombytes("L", SIZE, chance.randbytes(SIZE[0] * SIZE[1])) for _ in range(3)])
    return Image.blend(picture, noise, part)


def photo(seed):
    chance = random.Random(seed)
    picture = Image.merge("RGB", [plane(chance) for _ in range(3)])
    draw = ImageDraw.Draw(picture)
    for _ in range(9):
        x, y, size = chance.randrange(SIZE[0]), chance.randrange(250, SIZE[1]), chance.randrange(30, 160)
        colour = tuple(chance.randrange(256) for _ in range(3))
        draw.polygon([(x, y), (x + size, y + size // 3), (x + size // 2, y - size)], fill=colour)
    return grain(picture.filter(ImageFilter.GaussianBlur(0.8)), seed + 1, 0.06)


def jpeg(picture, quality):
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=quality)
    return Image.open(file).convert("RGB")


def edges(picture, seed):
    """The picture with its edges a little lighter or darker, as other fonts' smoothing leaves them."""
    mask = picture.convert("L").filter(ImageFilter.FIND_EDGES).point(lambda value: 255 if value > 24 else 0)
    chance = random.Random(seed)
    noise = Image.frombytes("L", picture.size, bytes(chance.randrange(28) for _ in range(picture.size[0] * picture.size[1])))
    return Image.composite(ImageChops.add(picture, Image.merge("RGB", [noise] * 3), offset=-14), picture, mask)


folder = Path(sys.argv[1])
if sys.argv[2:] == ["noise"]:
    page = Image.open(folder / "page.png").convert("RGB")
    page.save(folder / "page-noise-0.png")
    edges(page, 3).save(folder / "page-noise-1.png")
else:
    first, second = photo(11), photo(23)
    pairs = {
        "another": (first, second),
        "packed": (jpeg(first, 92), jpeg(first, 45)),
        "grain": (first, grain(first, 99, 0.03)),
        "panned": (first.crop((0, 0, 840, 560)), first.crop((37, 21, 877, 581))),
        "blurred": (first, first.filter(ImageFilter.GaussianBlur(2))),
        "cut-out": (first, first.copy()),
        "contrast": (first, ImageEnhance.Color(first).enhance(1.5)),
    }
    pairs["cut-out"][1].paste(second.crop((200, 200, 500, 400)), (200, 200))
    for name, pictures in pairs.items():
        for number, picture in enumerate(pictures):
            picture.save(folder / f"photo-{name}-{number}.png")
    first.save(folder / "photo-0.png")
    second.save(folder / "photo-1.png")
