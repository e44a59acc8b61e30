"""Photographs and fonts -> photographs with lines of type set over them, of which every box and letter is known.

Seeded by name: the same corpora give the same pictures everywhere. Kinds: level lines in several sizes, small type,
lines turned by up to 15 degrees, lines that run down the picture, and Chinese set letter under letter.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias
from zlib import crc32

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from ddm import fonts
from ddm.errors import InputError
from ddm.geometry import Box
from ddm.perceive.pixels import Bytes

COUNT = 48
"""Pictures: about 100 lines in each half."""
SIDE = 1500
"""Longer side of each."""
FACES = (("Inter", 700), ("Manrope", 400), ("EB Garamond", 400), ("League Spartan", 700), ("Noto Sans CJK SC", 700))
LATIN = (
    "Summer sale", "New in store", "Free delivery from 39", "20% off today", "Made by hand", "Only this weekend",
    "Discover the range", "Shop now", "Best of 2024", "Soft on skin", "Limited edition", "Better sleep starts here",
)  # fmt: skip
HAN = ("限时特惠", "新品上市", "全场包邮", "立即抢购", "品质生活", "官方旗舰店", "买一送一", "春季大促")
KINDS = ("level", "level", "small", "turned", "down", "stacked")
"""Drawn in turn; level lines are what copy mostly is."""
SIZES = {
    "level": (0.03, 0.09),
    "small": (0.016, 0.024),
    "turned": (0.035, 0.07),
    "down": (0.03, 0.06),
    "stacked": (0.035, 0.07),
}
"""Font size in parts of the longer side."""
APART = 90.0
"""Least difference of luma, of 255, between ink and the mean of what lies beneath: copy that a person can read."""
TRIES = 40
"""Places tried for a line; where all are taken it is left out."""

Placed: TypeAlias = tuple[tuple[int, int, int, int], str]
"""Left, top, right, bottom in pixels, and the words."""


@dataclass(frozen=True)
class Typed:
    """picture, bare: uint8 (h, w, 3) sRGB, with and without its type. boxes: in fractions, close around the ink."""

    name: str
    kind: str
    picture: Bytes
    bare: Bytes
    boxes: tuple[Box, ...]
    readings: tuple[str, ...]


def typed(corpora: Path, count: int = COUNT) -> Iterator[Typed]:
    """Pictures of the garments at home, enlarged, evenly spread. InputError where there are none."""
    files = sorted((corpora / "garments").rglob("*.jpg"))
    if not files:
        raise InputError("there are no photographs to set type over", str(corpora / "garments"), "--corpora FOLDER")
    for k in range(count):
        file = files[k * len(files) // count]
        yield composed(_ground(file), KINDS[k % len(KINDS)], f"{k}/{file.stem}")


def composed(ground: Image.Image, kind: str, name: str) -> Typed:
    """Two to six lines of one kind over a picture, where there is room."""
    rng = random.Random(crc32(name.encode()))
    canvas = ground.copy()
    placed: list[Placed] = []
    for _ in range(rng.randint(2, 6)):
        _set(canvas, kind, rng, placed)
    scale = 1 / canvas.width, 1 / canvas.height
    boxes = tuple(Box.of_edges(*map(float, edges)).scaled(*scale) for edges, _ in placed)
    return Typed(name, kind, np.asarray(canvas), np.asarray(ground), boxes, tuple(words for _, words in placed))


def _ground(file: Path) -> Image.Image:
    with Image.open(file) as picture:
        scale = SIDE / max(picture.size)
        return picture.convert("RGB").resize((round(picture.width * scale), round(picture.height * scale)))


def _set(canvas: Image.Image, kind: str, rng: random.Random, placed: list[Placed]) -> None:
    words = rng.choice(HAN if kind == "stacked" else LATIN + HAN)
    mask = _mask(words, kind, rng, max(canvas.size))
    if mask.width >= canvas.width or mask.height >= canvas.height:
        return
    for _ in range(TRIES):
        x, y = rng.randrange(canvas.width - mask.width), rng.randrange(canvas.height - mask.height)
        edges = (x, y, x + mask.width, y + mask.height)
        if not any(_near(edges, other, mask.height // 2) for other, _ in placed):
            canvas.paste(_ink(canvas.crop(edges), rng), (x, y), mask)
            placed.append((edges, words))
            return


def _mask(words: str, kind: str, rng: random.Random, side: int) -> Image.Image:
    """Coverage of a line's ink, cropped to it."""
    family, weight = FACES[-1] if not words.isascii() else rng.choice(FACES[:-1])
    found = fonts.file(family, weight)
    font = ImageFont.truetype(found.path, round(side * rng.uniform(*SIZES[kind])), index=found.index)
    text = "\n".join(words) if kind == "stacked" else words
    draw = ImageDraw.Draw(Image.new("L", (1, 1)))
    left, top, right, bottom = (round(n) for n in draw.multiline_textbbox((0, 0), text, font, spacing=0))
    mask = Image.new("L", (right - left + 4, bottom - top + 4))
    ImageDraw.Draw(mask).multiline_text((2 - left, 2 - top), text, 255, font, spacing=0)
    turn = {"turned": rng.uniform(-15, 15), "down": rng.choice((90, 270))}.get(kind, 0)
    mask = mask.rotate(turn, Image.Resampling.BICUBIC, expand=True)
    return mask.crop(mask.getbbox())


def _ink(beneath: Image.Image, rng: random.Random) -> tuple[int, int, int]:
    """Any colour that stands off far enough from what lies beneath."""
    level = float(np.asarray(beneath.convert("L")).mean())
    while True:
        red, green, blue = (rng.randrange(256) for _ in range(3))
        if abs(0.299 * red + 0.587 * green + 0.114 * blue - level) >= APART:
            return red, green, blue


def _near(one: tuple[int, ...], other: tuple[int, ...], gap: int) -> bool:
    return one[0] < other[2] + gap and other[0] < one[2] + gap and one[1] < other[3] + gap and other[1] < one[3] + gap
