"""Photographs and type -> photographs with copy, plates, watermarks and marks laid over them, and what was beneath."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np

from ddm.bench.perceive import marks
from ddm.bench.perceive.marks import Rng
from ddm.bench.perceive.pools import BLACK, WHITE, Pool, cropped, fitted_mark, pick, rgba_of
from ddm.geometry import Box
from ddm.perceive import pixels as px
from ddm.perceive.perception import Element, ElementKind
from ddm.perceive.pixels import Bytes, Floats, Mask

SIDE = 900
"""Longer side of the pictures."""
APART = 90.0
"""Least difference of luma, of 255, between opaque ink and the mean of what lies beneath, as in copy one can read."""
MARGIN = 0.05
"""Of the picture, kept free at its edges."""
TRIES = 40
"""Places tried for a line; where all are taken it is left out."""

Colour: TypeAlias = tuple[int, int, int]


@dataclass(frozen=True)
class Overlaid:
    """picture, bare: uint8 (h, w, 3) sRGB. elements: what was laid over. kept: bool (h, w), print on the product."""

    picture: Bytes
    bare: Bytes
    elements: tuple[Element, ...]
    kept: Mask

    @classmethod
    def of(cls, bare: Bytes) -> Overlaid:
        return cls(bare, bare, (), np.zeros(bare.shape[:2], bool))

    @property
    def size(self) -> tuple[int, int]:
        """Width and height."""
        return self.bare.shape[1], self.bare.shape[0]

    def taken(self, box: Box) -> bool:
        return any(box.intersection(one.box.scaled(*self.size)).area > 0 for one in self.elements)

    def laid(self, mark: Bytes, at: tuple[int, int], strength: float = 1.0) -> Overlaid:
        """With a mark over it that is no element."""
        return replace(self, picture=marks.laid(self.picture, mark, *at, strength)[0])

    def with_element(
        self, mark: Bytes, at: tuple[int, int], kind: ElementKind, words: str = "", strength: float = 1.0
    ) -> Overlaid:
        width, height = self.size
        box = Box.of_edges(
            max(0, at[0]), max(0, at[1]), min(width, at[0] + mark.shape[1]), min(height, at[1] + mark.shape[0])
        )
        element = Element(kind, box.scaled(1 / width, 1 / height), 1.0, words)
        return replace(self.laid(mark, at, strength), elements=(*self.elements, element))


Overlay: TypeAlias = Callable[[Rng, Pool], Overlaid]
Style: TypeAlias = Callable[[Rng, Bytes, Overlaid, tuple[int, int]], Overlaid]
"""A line of type and where it goes -> the picture so far with it and what is laid beneath it."""


# ------------------------------------------------------------------------------------------------ grounds


def _ground(rng: Rng, of: Pool) -> Bytes:
    """Half of them garments at home, half rooms, products and wallpapers; no posters, which bear copy of their own."""
    clothes = [one for one in of.bases if one.set == "garments"]
    rest = [one for one in of.bases if one.set not in ("garments", "posters", "opencv-doc")]
    chosen = pick(rng, clothes if rng.random() < 0.5 else rest)
    part = cropped(rng, chosen.pixels, 0.8)
    scale = SIDE / max(part.shape[:2])
    return px.resize(part, round(part.shape[1] * scale), round(part.shape[0] * scale))


def _words(rng: Rng, of: Pool) -> str:
    return str(rng.choice(of.hand.copy)) if rng.random() < 0.7 else marks.word(rng)


def _line(rng: Rng, of: Pool, size: tuple[int, int], words: str) -> Bytes:
    """A line 3 to 8 per cent of the picture high."""
    mark = marks.typed(rng, of.hand, words, 96, BLACK)
    return fitted_mark(mark, size[0] * rng.uniform(0.3, 0.8), size[1] * rng.uniform(0.03, 0.08))


def _place(rng: Rng, mark: Bytes, made: Overlaid, room: float = 0.0) -> tuple[int, int] | None:
    """Left and top of a place that is free, with room around it."""
    width, height = made.size
    x, y = (max(1, round(n * MARGIN + room)) for n in (width, height))
    for _ in range(TRIES):
        right, bottom = width - mark.shape[1] - x, height - mark.shape[0] - y
        if right <= x or bottom <= y:
            return None
        at = int(rng.integers(x, right)), int(rng.integers(y, bottom))
        if not made.taken(Box(at[0], at[1], mark.shape[1], mark.shape[0]).grown(room + 0.4 * mark.shape[0])):
            return at
    return None


def _beneath(pixels: Bytes, mark: Bytes, at: tuple[int, int]) -> Floats:
    """Mean colour beneath a mark, float32 (3,)."""
    part = pixels[at[1] : at[1] + mark.shape[0], at[0] : at[0] + mark.shape[1]].reshape(-1, 3)
    found: Floats = part.mean(0, dtype=np.float32)
    return found


def _ink(rng: Rng, beneath: Floats) -> Colour:
    """A colour that can be read there."""
    level = float(beneath @ (0.299, 0.587, 0.114))
    while True:
        colour = WHITE if rng.random() < 0.25 else BLACK if rng.random() < 0.2 else tuple(rng.integers(0, 256, 3))
        if abs(float(np.dot(colour, (0.299, 0.587, 0.114))) - level) >= APART:
            return int(colour[0]), int(colour[1]), int(colour[2])


def _inked(mark: Bytes, colour: Sequence[int]) -> Bytes:
    return np.dstack([np.broadcast_to(np.asarray(colour, np.uint8), (*mark.shape[:2], 3)), mark[..., 3]])


# ------------------------------------------------------------------------------------------------ styles of a line


def _padded(mark: Bytes, room: int) -> Bytes:
    return np.pad(mark, ((room, room), (room, room), (0, 0)))


def _plain(rng: Rng, mark: Bytes, made: Overlaid, at: tuple[int, int]) -> Overlaid:
    ink = _ink(rng, _beneath(made.picture, mark, at))
    return made.laid(_inked(mark, ink), at)


def _outlined(rng: Rng, mark: Bytes, made: Overlaid, at: tuple[int, int]) -> Overlaid:
    """Ink of one colour, an outline of another, and half of the time a soft shadow."""
    thick = max(2, round(mark.shape[0] * rng.uniform(0.04, 0.09)))
    ink = _ink(rng, _beneath(made.picture, mark, at))
    outline = _ink(rng, np.asarray(ink, np.float32))
    wide = _padded(mark, 4 * thick)
    spot = at[0] - 4 * thick, at[1] - 4 * thick
    fat = px.highest_near(wide[..., 3].astype(np.float32), thick)
    if rng.random() < 0.5:
        shade = np.dstack([np.zeros((*fat.shape, 3), np.uint8), px.blur(fat, thick * 0.8).astype(np.uint8)])
        made = made.laid(shade, (spot[0] + thick, spot[1] + thick), 0.6)
    made = made.laid(_inked(np.dstack([wide[..., :3], fat.astype(np.uint8)]), outline), spot)
    return made.laid(_inked(mark, ink), at)


def _shaded(rng: Rng, mark: Bytes, made: Overlaid, at: tuple[int, int]) -> Overlaid:
    """A gradient from one ink to another, over a soft shadow."""
    thick = max(2, round(mark.shape[0] * rng.uniform(0.04, 0.08)))
    beneath = _beneath(made.picture, mark, at)
    first, second = (np.asarray(_ink(rng, beneath), np.float32) for _ in range(2))
    wide = _padded(mark, 4 * thick)
    shadow = px.blur(wide[..., 3].astype(np.float32), thick)
    shade = np.dstack([np.zeros((*shadow.shape, 3), np.uint8), shadow.astype(np.uint8)])
    made = made.laid(shade, (at[0] - 3 * thick, at[1] - 3 * thick), 0.55)
    down = np.linspace(0, 1, mark.shape[0], dtype=np.float32)[:, None, None]
    ramp = np.broadcast_to(first + (second - first) * down, (*mark.shape[:2], 3))
    return made.laid(np.dstack([ramp.astype(np.uint8), mark[..., 3]]), at)


def _plated(rng: Rng, mark: Bytes, made: Overlaid, at: tuple[int, int]) -> Overlaid:
    """On a plate or a button: opaque, or a gradient of two colours, or seen through a little."""
    colour = np.asarray(_ink(rng, _beneath(made.picture, mark, at)), np.float32)
    plate = _plate(rng, mark, colour)
    room = (plate.shape[0] - mark.shape[0]) // 2, (plate.shape[1] - mark.shape[1]) // 2
    strength = float(rng.uniform(0.7, 0.9)) if rng.random() < 0.3 else 1.0
    made = made.laid(plate, (at[0] - room[1], at[1] - room[0]), strength)
    return made.laid(_inked(mark, _ink(rng, _beneath(made.picture, mark, at))), at)


def _plate(rng: Rng, mark: Bytes, colour: Floats) -> Bytes:
    """Uint8 (h, w, 4): a rectangle with round corners behind a line."""
    high, wide = mark.shape[0] + 2 * round(0.4 * mark.shape[0]), mark.shape[1] + 2 * round(0.7 * mark.shape[0])
    radius = rng.choice([0.0, 0.2, 0.5]) * high
    y, x = np.mgrid[:high, :wide].astype(np.float32) + 0.5
    away = np.hypot(
        np.maximum(np.maximum(radius - x, x - wide + radius), 0),
        np.maximum(np.maximum(radius - y, y - high + radius), 0),
    )
    cover = np.clip(radius - away + 0.5, 0, 1) if radius else np.ones((high, wide), np.float32)
    other = np.clip(colour + rng.uniform(-50, 50, 3), 0, 255) if rng.random() < 0.4 else colour
    ramp = colour + (other - colour) * (x / wide)[..., None]
    return np.dstack([ramp, 255 * cover]).astype(np.uint8)


def _copy(style: Style, room: float = 0.0) -> Overlay:
    """One to three lines of copy in a style. room: kept around each, in its heights."""

    def made(rng: Rng, of: Pool) -> Overlaid:
        found = Overlaid.of(_ground(rng, of))
        for _ in range(int(rng.integers(1, 4))):
            found = _with_line(rng, of, found, style, room)
        return found

    return made


def _with_line(rng: Rng, of: Pool, made: Overlaid, style: Style, room: float = 0.0) -> Overlaid:
    words = _words(rng, of)
    mark = _line(rng, of, made.size, words)
    at = _place(rng, mark, made, room * mark.shape[0])
    if at is None:
        return made
    bare = np.zeros_like(mark)
    return style(rng, mark, made, at).with_element(bare, at, "text", words)


# ------------------------------------------------------------------------------------------------ marks


def _watermark(rng: Rng, of: Pool) -> Overlaid:
    """One translucent line across the picture."""
    made = Overlaid.of(_ground(rng, of))
    words = marks.source(rng)
    width, height = made.size
    mark = marks.typed(rng, of.hand, words, 96, BLACK)
    mark = fitted_mark(mark, width * rng.uniform(0.4, 0.9), height * rng.uniform(0.05, 0.14))
    at = _place(rng, mark, made)
    return made if at is None else _translucent(rng, made, mark, [at], words)


def _tiled(rng: Rng, of: Pool) -> Overlaid:
    """The same translucent word all over the picture."""
    made = Overlaid.of(_ground(rng, of))
    words = marks.source(rng)
    width, height = made.size
    mark = fitted_mark(marks.typed(rng, of.hand, words, 96, BLACK), width * rng.uniform(0.22, 0.34), height * 0.06)
    across, down = round(mark.shape[1] * 1.25), round(mark.shape[0] * rng.uniform(3, 5))
    places = [
        (left, top)
        for row, top in enumerate(range(down // 2, height - mark.shape[0], down))
        for left in range(across // 8 if row % 2 else across // 3, width - mark.shape[1], across)
    ]
    return _translucent(rng, made, mark, places, words)


def _translucent(rng: Rng, made: Overlaid, mark: Bytes, places: Sequence[tuple[int, int]], words: str) -> Overlaid:
    beneath = np.mean([_beneath(made.bare, mark, at) for at in places], axis=0)
    ink = WHITE if beneath.mean() < 150 else (BLACK, (128, 128, 128))[int(rng.integers(2))]
    strength = float(rng.uniform(0.3, 0.65))
    for at in places:
        made = made.with_element(_inked(mark, ink), at, "text", words, strength)
    return made


def _logo(rng: Rng, of: Pool) -> Overlaid:
    """An opaque mark in a corner: a sign, a word, or both."""
    made = Overlaid.of(_ground(rng, of))
    width, height = made.size
    mark = marks.logo(rng, of.hand, round(min(width, height) * rng.uniform(0.08, 0.15)), WHITE)
    mark = fitted_mark(mark, 0.35 * width, mark.shape[0]) if mark.shape[1] > 0.35 * width else mark
    gap = round(rng.uniform(0.02, 0.06) * min(width, height))
    x = (gap, width - gap - mark.shape[1])[int(rng.integers(2))]
    y = (gap, height - gap - mark.shape[0])[int(rng.integers(2))]
    own = _beneath(made.bare, mark, (x, y))
    mark = mark if rng.random() < 0.3 and _reads(mark, own) else _inked(mark, _ink(rng, own))
    return made.with_element(mark, (x, y), "logo")


def _reads(mark: Bytes, beneath: Floats) -> bool:
    """Whether a mark in its own colours can be seen there."""
    shown = mark[mark[..., 3] > 128][:, :3]
    return bool(len(shown)) and float(np.abs(shown.mean(0) - beneath).mean()) > APART / 2


def _print(rng: Rng, of: Pool) -> Overlaid:
    """A cut-out with lettering on it, which stays, in a room with copy over it, which goes."""
    ground = _ground(rng, of)
    height, width = ground.shape[:2]
    cut, name = _printed(rng, of.hand, marks.tight(rgba_of(pick(rng, of.cuts))))
    scale = min(0.6 * width / cut.shape[1], 0.55 * height / cut.shape[0])
    wide, high = (round(n * scale) for n in cut.shape[1::-1])
    left, top = (width - wide) // 2, round(0.95 * height) - high
    bare, _ = marks.laid(ground, fitted_mark(cut, wide, high), left, top)
    kept = np.zeros((height, width), bool)
    kept[top : top + high, left : left + wide] = px.resize(name, wide, high) > 0
    made = replace(Overlaid.of(bare), kept=px.grown(kept, 2))
    below = Element("object", Box.of_edges(0, (top - 4) / height, 1, 1), 1.0)  # copy keeps off the product
    found = _with_line(rng, of, replace(made, elements=(below,)), _plain)
    return replace(found, elements=found.elements[1:])


def _printed(rng: Rng, hand: marks.Hand, cut: Bytes) -> tuple[Bytes, Floats]:
    """A product with a name on its middle, and where that is, 0..1. A camera saw both: ink takes the light of what it
    is on, and both are made larger or smaller as one."""
    high, wide = cut.shape[:2]
    inner = np.nonzero(px.shrunk(cut[..., 3] > 250, max(2, min(high, wide) // 8)))
    y, x = (int(np.median(at)) for at in inner) if len(inner[0]) else (high // 2, wide // 2)
    name = fitted_mark(marks.typed(rng, hand, marks.word(rng), 96, BLACK), 0.45 * wide, 0.12 * high)
    at = x - name.shape[1] // 2, y - name.shape[0] // 2
    colours = np.ascontiguousarray(cut[..., :3])
    beneath = _beneath(colours, name, at)
    light = px.luma(colours)[..., None] / max(1.0, float(beneath @ (0.299, 0.587, 0.114)))
    _, cover = marks.laid(colours, name, *at, 0.95)
    ink = np.clip(np.asarray(_ink(rng, beneath), np.float32) * light, 0, 255)
    inked = colours + (ink - colours) * (cover * (cut[..., 3] > 0))[..., None]
    return np.dstack([inked.astype(np.uint8), cut[..., 3]]), cover


KINDS: dict[str, tuple[Overlay, str]] = {
    "plain": (_copy(_plain), "text"),
    "outlined": (_copy(_outlined, 0.3), "text"),
    "shaded": (_copy(_shaded, 0.3), "text"),
    "plate": (_copy(_plated, 1.0), "all"),
    "watermark": (_watermark, "all"),
    "tiled": (_tiled, "all"),
    "logo": (_logo, "logo"),
    "print": (_print, "text"),
}
"""Kind -> how it is made, and what is asked to go."""
