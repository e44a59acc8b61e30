"""Words, symbols and fonts -> marks with soft edges: watermarks, logos, prints and lines of copy, as RGBA.

What is held back from training is set in other faces, says other things in its copy, and draws other signs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import cv2 as opencv
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from ddm import fonts
from ddm.perceive.pixels import Bytes, Floats

cv2: Any = opencv  # its own annotations cannot be satisfied
Rng = np.random.Generator

FACES = {
    False: (
        ("Inter", 400), ("Inter", 500), ("Inter", 700), ("Inter", 900), ("EB Garamond", 400), ("EB Garamond", 400),
        ("League Spartan", 400), ("League Spartan", 700), ("League Spartan", 900), ("Noto Sans CJK SC", 400),
        ("Noto Sans CJK SC", 700),
    ),
    True: (
        ("Manrope", 500), ("Manrope", 800), ("Bebas Neue", 400), ("Noto Serif CJK SC", 400), ("Noto Serif CJK SC", 700),
    ),
}  # fmt: skip
"""Family and weight, by whether it is held back."""
SYLLABLES = (
    "ba", "co", "da", "fe", "gi", "ho", "ju", "ka", "lo", "mi", "no", "pe", "qui", "ra", "so", "ta", "ul", "va", "we",
    "xe", "yo", "zu", "st", "nor", "vel", "mar", "tek", "lum", "ori", "axi",
)  # fmt: skip
COPY = {
    False: (
        "Winter clearance", "Just arrived", "Ships for free", "Save 30%", "Handmade with care", "Last days", "New",
        "Buy today", "Gentle to hair", "While stocks last", "Wake up rested", "See the collection", "Up to 70% less",
        "Only 24.50", "Order by Friday", "Best seller", "Back to school", "Light as air", "Try it", "Built to last",
        "Fresh every morning", "Your favourite, now in blue", "Gifts for everyone", "Learn more", "Guaranteed 5 years",
        "Members get more", "Second pair half price", "Spring is here", "Black Friday", "Sale", "Today only", "Vegan",
        "限量发售", "全场五折", "买一送一", "秋冬新品", "包邮到家", "今晚八点", "爆款推荐", "官方正品",
    ),
    True: (
        "Summer sale", "New in store", "Free delivery", "20% off today", "Made by hand", "Only this weekend",
        "Shop now", "Soft on skin", "Limited edition", "Better sleep starts here", "Discover the range", "Ends Sunday",
        "Two for one", "From 19.90", "限时折扣", "新品上市", "今日特价",
    ),
}  # fmt: skip
"""What advertisements say, by whether it is held back."""
LOOSE = 0.2
"""Part by which lines are stretched, and slanted, to learn from: some ten faces are not all that there are."""
STOCK = ("SAMPLE", "PREVIEW", "COPYRIGHT", "DO NOT COPY", "PROOF", "样图", "版权所有")


@dataclass(frozen=True)
class Hand:
    """What marks are made with. faces: families and weights. copy: lines of advertisements. drawn: signs as RGBA.

    loose: part by which lines may be stretched or slanted.
    """

    faces: tuple[tuple[str, int], ...]
    copy: tuple[str, ...]
    drawn: tuple[Bytes, ...] = ()
    loose: float = 0.0


def hand(held: bool, drawn: Sequence[Bytes] = ()) -> Hand:
    """That of one side of the split."""
    return Hand(FACES[held], COPY[held], tuple(drawn), 0.0 if held else LOOSE)


def word(rng: Rng) -> str:
    """A name that no one bears."""
    made = "".join(rng.choice(SYLLABLES) for _ in range(int(rng.integers(2, 5))))
    shapes = (str.upper, str.lower, str.capitalize)
    return shapes[int(rng.integers(3))](made)


def source(rng: Rng) -> str:
    """What watermarks say: a site, an author, a warning."""
    name = word(rng)
    kinds = (
        name,
        f"{name.lower()}.com",
        f"© {name}",
        f"Photo by {name}",
        f"@{name.lower()}",
        f"www.{name.lower()}.net",
    )
    return str(rng.choice(STOCK)) if rng.random() < 0.25 else kinds[int(rng.integers(len(kinds)))]


@lru_cache(maxsize=512)
def _face(family: str, weight: int, size: int) -> ImageFont.FreeTypeFont:
    row = fonts.file(family, weight)
    return ImageFont.truetype(str(row.path), max(6, size), index=row.index)


def typed(rng: Rng, of: Hand, text: str, size: int, colour: Sequence[int], spaced: float = 0.0) -> Bytes:
    """One line of type, uint8 (h, w, 4), tight. size: of the face in pixels; spaced: extra space in sizes."""
    chosen = [face for face in of.faces if "CJK" in face[0]] if any(ord(c) > 0x2E80 for c in text) else of.faces
    face = _face(*chosen[int(rng.integers(len(chosen)))], size)
    gap = round(spaced * size)
    widths = [face.getlength(letter) + gap for letter in text] if gap else [face.getlength(text)]
    plane = Image.new("L", (int(sum(widths)) + size, 2 * size), 0)
    pen, x = ImageDraw.Draw(plane), size / 4
    for part, width in zip(text if gap else [text], widths, strict=True):
        pen.text((x, size / 4), part, fill=255, font=face)
        x += width
    letters = _loosened(rng, np.asarray(plane), of.loose) if of.loose else np.asarray(plane)
    return tight(_filled(letters, colour))


def _loosened(rng: Rng, plane: Bytes, by: float) -> Bytes:
    """Half of them stretched and slanted, by up to that part."""
    if rng.random() < 0.5:
        return plane
    stretch, slant = 1 + rng.uniform(-by, by), rng.uniform(-by, by)
    height, width = plane.shape
    matrix = np.array([[stretch, -slant, max(0.0, slant * height)], [0, 1, 0]], np.float32)
    size = (int(width * stretch + abs(slant) * height) + 1, height)
    found: Bytes = cv2.warpAffine(plane, matrix, size, flags=cv2.INTER_LINEAR)
    return found


def _filled(plane: Bytes, colour: Sequence[int]) -> Bytes:
    mark = np.empty((*plane.shape, 4), np.uint8)
    mark[..., :3] = np.asarray(colour, np.uint8)
    mark[..., 3] = plane
    return mark


def tight(mark: Bytes) -> Bytes:
    """Cropped to what is to be seen of it."""
    rows, columns = np.flatnonzero(mark[..., 3].any(1)), np.flatnonzero(mark[..., 3].any(0))
    if not len(rows):
        return mark[:1, :1]
    return mark[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


def symbol(rng: Rng, of: Hand, side: int, colour: Sequence[int]) -> Bytes:
    """A badge or sign, uint8 (h, w, 4): one of the drawings given, in one colour or its own, or one made up."""
    if of.drawn and rng.random() < 0.5:
        chosen = of.drawn[int(rng.integers(len(of.drawn)))]
        scale = side / max(chosen.shape[:2])
        size = (max(1, round(chosen.shape[1] * scale)), max(1, round(chosen.shape[0] * scale)))
        small: Bytes = cv2.resize(chosen, size, interpolation=cv2.INTER_AREA)
        return small if rng.random() < 0.5 else _filled(_drawing(small), colour)
    return _filled(_made_up(rng, of, side), colour)


def _drawing(mark: Bytes) -> Bytes:
    """The dark parts of a drawing: its outline in one colour."""
    dark = 255 - mark[..., :3].astype(np.float32).mean(-1)
    plane = dark * (mark[..., 3] / 255)
    found: Bytes = plane.astype(np.uint8) if plane.max() > 120 else mark[..., 3]
    return found


def _made_up(rng: Rng, of: Hand, side: int) -> Bytes:
    """Rings, polygons, rays and their like, one laid over another."""
    big = 4 * side
    plane = np.zeros((big, big), np.uint8)
    middle, radius = (big // 2, big // 2), int(big * 0.46)
    outer = int(rng.integers(4))
    if outer == 0:
        cv2.circle(plane, middle, radius, 255, -1)
    elif outer == 1:
        cv2.circle(plane, middle, radius, 255, int(big * rng.uniform(0.04, 0.12)))
    elif outer == 2:
        cv2.fillPoly(plane, [_star(rng, middle, radius)], 255)
    else:
        cv2.rectangle(plane, (big // 20, big // 20), (big - big // 20, big - big // 20), 255, -1)
    ink = 0 if plane[middle[1], middle[0]] else 255
    inner = int(rng.integers(4))
    if inner == 0:
        cv2.fillPoly(plane, [_star(rng, middle, int(radius * rng.uniform(0.4, 0.75)))], ink)
    elif inner == 1:
        cv2.circle(plane, middle, int(radius * rng.uniform(0.2, 0.6)), ink, int(big * rng.uniform(0.03, 0.1)))
    elif inner == 2:
        for shift in np.linspace(-0.5, 0.5, int(rng.integers(2, 6))):
            at = int(big / 2 + shift * radius)
            cv2.line(plane, (at, int(big * 0.3)), (at, int(big * 0.7)), ink, int(big * 0.05))
    else:
        letter = typed(rng, of, str(rng.choice(list("ABCDEGHKMNRSTVXZ"))), big // 2, (0, 0, 0))[..., 3]
        top, left = (big - letter.shape[0]) // 2, (big - letter.shape[1]) // 2
        part = plane[top : top + letter.shape[0], left : left + letter.shape[1]]
        np.copyto(part, ink, where=letter > 128)
    found: Bytes = cv2.resize(plane, (side, side), interpolation=cv2.INTER_AREA)
    return found


def _star(rng: Rng, middle: tuple[int, int], radius: int) -> np.ndarray:
    count, inner = int(rng.integers(3, 9)), rng.uniform(0.35, 1.0)
    turns = np.linspace(0, 2 * np.pi, 2 * count, endpoint=False) + rng.uniform(0, 7)
    lengths = radius * np.where(np.arange(2 * count) % 2, inner, 1)
    points = np.stack([middle[0] + lengths * np.cos(turns), middle[1] + lengths * np.sin(turns)], -1)
    return points.astype(np.int32)


def logo(rng: Rng, of: Hand, side: int, colour: Sequence[int]) -> Bytes:
    """A brand's mark about `side` high where it is a sign, less where it is a word: sign, sign and word, or word."""
    kind = rng.random()
    if kind < 0.4:
        return symbol(rng, of, side, colour)
    size = max(10, int(side * rng.uniform(0.35, 0.6)))
    name = typed(rng, of, word(rng), size, colour, float(rng.choice([0, 0, 0.15])))
    if kind < 0.6:
        return name
    sign = symbol(rng, of, side, colour)
    return _beside(sign, name, side // 6) if rng.random() < 0.6 else _above(sign, name, side // 8)


def _beside(one: Bytes, other: Bytes, gap: int) -> Bytes:
    height = max(one.shape[0], other.shape[0])
    canvas = np.zeros((height, one.shape[1] + gap + other.shape[1], 4), np.uint8)
    for mark, left in ((one, 0), (other, one.shape[1] + gap)):
        top = (height - mark.shape[0]) // 2
        canvas[top : top + mark.shape[0], left : left + mark.shape[1]] = mark
    return canvas


def _above(one: Bytes, other: Bytes, gap: int) -> Bytes:
    turned = _beside(one.transpose(1, 0, 2), other.transpose(1, 0, 2), gap)
    return np.ascontiguousarray(turned.transpose(1, 0, 2))


def turned(mark: Bytes, degrees: float) -> Bytes:
    """Turned about its middle, with room for its corners."""
    height, width = mark.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1)
    cos, sin = abs(matrix[0, 0]), abs(matrix[0, 1])
    wide, high = int(height * sin + width * cos) + 1, int(height * cos + width * sin) + 1
    matrix[:, 2] += (wide / 2 - width / 2, high / 2 - height / 2)
    premultiplied = mark.astype(np.float32)
    premultiplied[..., :3] *= premultiplied[..., 3:] / 255
    moved = cv2.warpAffine(premultiplied, matrix, (wide, high), flags=cv2.INTER_LINEAR)
    moved[..., :3] /= np.maximum(moved[..., 3:] / 255, 1e-3)
    found: Bytes = np.clip(moved, 0, 255).astype(np.uint8)
    return found


def laid(pixels: Bytes, mark: Bytes, left: int, top: int, strength: float = 1.0) -> tuple[Bytes, Floats]:
    """The picture with the mark over it, cut where it leaves the picture, and its coverage float32 (h, w)."""
    height, width = pixels.shape[:2]
    cover = np.zeros((height, width), np.float32)
    x0, y0 = max(0, left), max(0, top)
    x1, y1 = min(width, left + mark.shape[1]), min(height, top + mark.shape[0])
    if x1 <= x0 or y1 <= y0:
        return pixels, cover
    part = mark[y0 - top : y1 - top, x0 - left : x1 - left]
    weight = part[..., 3].astype(np.float32) / 255 * strength
    cover[y0:y1, x0:x1] = weight
    made = pixels.copy()
    region = made[y0:y1, x0:x1].astype(np.float32)
    made[y0:y1, x0:x1] = (region + (part[..., :3] - region) * weight[..., None] + 0.5).astype(np.uint8)
    return made, cover
