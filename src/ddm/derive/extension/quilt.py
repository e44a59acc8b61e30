"""Detail inside a picture -> detail beyond its right border: pieces of it, sewn together where they differ least.

Image quilting (Efros and Freeman, "Image Quilting for Texture Synthesis and Transfer", SIGGRAPH 2001): overlapping
blocks, each from the place whose overlap and whose guide fit best, cut along the path of the least error. Here only
detail is sewn: light and shade are the guide's, and do not come again with a piece.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import numpy as np

from ddm.derive.extension.cut import cut
from ddm.derive.tone import spread
from ddm.perceive import pixels as px
from ddm.perceive.pixels import Floats, Mask

BLOCKS = 6
"""A block is one in so many of the picture's mean side: large enough to hold a thing's part, not a thing."""
SMALL, LAP = 16, 5
"""Side of a block, and of what overlaps the one before, in pixels where places are compared; on what is finer than that
only the last few pixels of a shift depend."""
MOST = 10
"""Full pixels to one of those, at most."""
GUIDED = 2.0
"""Weight of the guides' difference against that of the overlaps, per pixel."""
USED = 0.006
"""What using a place again costs, as a mean squared difference (0..1): else one piece repeats."""
BLOCKED = 0.5
"""What a place costs that is not free of the subject, by the part that is not."""
FARTHER = 0.0002
"""What a place costs by its distance from the border, for all of the picture's width."""
LEVELLED = 6
"""Pixels at each side of the border in which the strength of the detail is compared (seam .42 of tuned pictures; 12
pixels .44, 24 .45, not at all .49)."""
STRONGEST = 2.5
"""Factor by which detail may be strengthened or weakened there."""
FAINT = 1e-6
"""Mean squared slope (0..1) of detail that no eye tells from none."""


@dataclass(frozen=True)
class Cloth:
    """A picture whose right side is grown.

    detail: float32 (h, w, 3), what the guide leaves over. free: bool (h, w), where detail may be taken from. guide:
    float32 (h, w + new, 3). slack: part of the height by which a piece may be moved up or down, so that it keeps its
    perspective.
    """

    detail: Floats
    free: Mask
    guide: Floats
    slack: float

    @property
    def step(self) -> int:
        """Full pixels to a small one."""
        height, width = self.free.shape
        most: int = min(MOST, min(height, width) // (2 * SMALL))
        return max(1, min(most, round(sqrt(height * width) / (BLOCKS * SMALL))))


def sewn(cloth: Cloth) -> Floats:
    """The detail float32 (h, new, 3) beyond. The picture has at least 2 SMALL pixels a side."""
    search = _Search(cloth)
    (height, at), block, lap = cloth.free.shape, search.block, search.lap
    found = np.empty((height, lap + cloth.guide.shape[1] - at, 3), np.float32)
    found[:, :lap] = cloth.detail[:, -lap:]
    for x in range(0, found.shape[1] - lap, block - lap):
        strip = _strip(search, found[:, x : x + lap], at - lap + x)
        _join(found, strip, x, lap, first=x == 0)
    return found[:, lap:]


def _strip(search: _Search, left: Floats, x: int) -> Floats:
    """float32 (h, block, 3): blocks one below the other, sewn, that fit what lies left (h, lap, 3), at column x."""
    block, lap = search.block, search.lap
    strip = np.zeros((len(left), block, 3), np.float32)
    for y in _starts(len(left), block, lap):
        above = strip[y : y + lap] if y else None
        piece = search.piece(left[y : y + block], above, y, x)
        if above is not None:
            mask = cut(np.ascontiguousarray(((above - piece[:lap]) ** 2).sum(2).T)).T[..., None]
            piece[:lap] = above * (1 - mask) + piece[:lap] * mask
        strip[y : y + block] = piece
    return strip


def _starts(height: int, block: int, lap: int) -> list[int]:
    """Rows at which blocks start; the last one ends with the canvas."""
    count = -(-(height - lap) // (block - lap))
    return [round(k * (height - block) / max(1, count - 1)) for k in range(count)]


def _join(found: Floats, strip: Floats, x: int, lap: int, first: bool) -> None:
    """The strip laid at column x: cut through the overlap, or, at the border, drawn to it without touching it."""
    width, there = min(strip.shape[1], found.shape[1] - x), found[:, x : x + lap]
    if first:
        strip = _drawn(_levelled(strip, there), there)
    else:
        mask = cut(((there - strip[:, :lap]) ** 2).sum(2))[..., None]
        found[:, x : x + lap] = there * (1 - mask) + strip[:, :lap] * mask
    found[:, x + lap : x + width] = strip[:, lap:width]


def _levelled(strip: Floats, there: Floats) -> Floats:
    """The strip with detail as strong at the border as there; farther out as it was."""
    lap, width = there.shape[1], strip.shape[1]
    depth = min(lap, LEVELLED)
    own, new = (_strength(part) for part in (there[:, -depth:], strip[:, lap : lap + depth]))
    gain = np.clip(np.sqrt((own + FAINT) / (new + FAINT)), 1 / STRONGEST, STRONGEST)[:, None, None]
    ramp = np.clip((np.arange(width) - lap) / (width - lap), 0, 1)[None, :, None].astype(np.float32)
    found: Floats = strip * (gain + (1 - gain) * ramp)
    return found


def _strength(detail: Floats) -> Floats:
    """Mean square (h,) of the slopes in rows, over some rows."""
    slopes = np.diff(detail, axis=1)
    energy = np.einsum("yxc,yxc->y", slopes, slopes) / slopes[0].size
    found: Floats = px.blur(np.ascontiguousarray(energy[:, None], np.float32), 0.1, LEVELLED)[:, 0]
    return found


def _drawn(strip: Floats, there: Floats) -> Floats:
    """The strip with what it misses at the border, carried on and dying out towards its far end."""
    lap, (height, width) = there.shape[1], strip.shape[:2]
    missed = there[:, -1:] - strip[:, lap - 1 : lap]
    weights = np.zeros((height + height % 2, width - lap + (width - lap) % 2 + 2), np.float32)
    weights[:height, :2], weights[:, -2:] = 1, 1
    values = np.zeros((*weights.shape, 3), np.float32)
    values[:height, :2] = missed
    strip[:, lap:] += spread(values, weights)[:height, 2 : 2 + width - lap]
    return strip


class _Search:
    """Where in the known part a piece is best taken from; it remembers what was taken."""

    def __init__(self, cloth: Cloth) -> None:
        self.cloth, self.step = cloth, cloth.step
        self.block, self.lap = SMALL * cloth.step, LAP * cloth.step
        self.source = cloth.detail[:, : cloth.free.shape[1] // self.step * self.step]
        self.small = self._with_energy(self.source)
        self.guide = self._shrunk(cloth.guide)
        height, width = self.small.shape[:2]
        self.places = height - SMALL + 1, width - SMALL + 1
        blocked = self._shrunk((~cloth.free[:, : self.source.shape[1]]).astype(np.float32))
        part = px.overlap(blocked, np.ones((SMALL, SMALL), np.float32)) / SMALL**2
        away = np.arange(self.places[1], dtype=np.float32)[::-1] / max(1, width)
        self.prior = BLOCKED * part + FARTHER * away
        self.plane = _grey(self.source)

    def _shrunk(self, plane: Floats) -> Floats:
        height, width = (n // self.step for n in plane.shape[:2])
        return px.resize(np.ascontiguousarray(plane[: height * self.step, : width * self.step]), width, height)

    def _with_energy(self, detail: Floats) -> Floats:
        """Smaller, with a fourth channel: how strong the detail is, which a smaller copy of it does not tell."""
        strength = np.sqrt(np.einsum("yxc,yxc->yx", detail, detail) / 3)
        return np.dstack([self._shrunk(detail), self._shrunk(strength)])

    def piece(self, left: Floats, above: Floats | None, y: int, x: int) -> Floats:
        """float32 (block, block, 3) that fits what lies left of it and above it, for the place (y, x)."""
        top, start = self._place(left, above, y, x)
        top, start = self._nearer(left, above, top * self.step, start * self.step)
        return self.source[top : top + self.block, start : start + self.block].copy()

    def _place(self, left: Floats, above: Floats | None, y: int, x: int) -> tuple[int, int]:
        """In small pixels."""
        row = min(y // self.step, self.places[0] - 1)
        reach = max(1, round(self.cloth.slack * self.small.shape[0]))
        low, high = max(0, row - reach), min(self.places[0], row + reach + 1)
        rows = slice(low, high + SMALL - 1)
        cost = self.prior[low:high] + self._unlike(self.small[rows, : self.places[1] + LAP - 1], left)
        if above is not None:
            cost = cost + self._unlike(self.small[low : high + LAP - 1], above)
        wanted = self.guide[row : row + SMALL, x // self.step : x // self.step + SMALL]
        guides = self.guide[rows, : self.places[1] + wanted.shape[1] - 1]
        cost = cost + GUIDED * px.differences(guides, np.ascontiguousarray(wanted)) / wanted.size
        top, start = np.unravel_index(int(cost.argmin()), cost.shape)
        place = int(top) + low, int(start)
        self._remember(*place)
        return place

    def _unlike(self, there: Floats, wanted: Floats) -> Floats:
        small = self._with_energy(wanted)
        return px.differences(np.ascontiguousarray(there), small) / small[..., 0].size

    def _remember(self, top: int, left: int) -> None:
        near = SMALL // 2
        self.prior[max(0, top - near) : top + near + 1, max(0, left - near) : left + near + 1] += USED

    def _nearer(self, left: Floats, above: Floats | None, top: int, start: int) -> tuple[int, int]:
        """The place to the pixel, by the overlaps at full size."""
        height, width = self.plane.shape
        low, first = max(0, top - self.step), max(0, start - self.step)
        rows, columns = min(height, top + self.block + self.step), min(width, start + self.block + self.step)
        window = self.plane[low:rows, first:columns]
        down, across = window.shape[0] - self.block + 1, window.shape[1] - self.block + 1
        cost = px.differences(np.ascontiguousarray(window[:, : across + self.lap - 1]), _grey(left))
        if above is not None:
            cost = cost + px.differences(np.ascontiguousarray(window[: down + self.lap - 1]), _grey(above))
        dy, dx = np.unravel_index(int(cost.argmin()), cost.shape)
        return low + int(dy), first + int(dx)


def _grey(detail: Floats) -> Floats:
    found: Floats = detail @ np.full(3, 1 / 3, np.float32)
    return found
