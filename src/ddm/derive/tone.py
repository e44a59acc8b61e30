"""A picture's free part -> its tone, without its detail, over a larger canvas."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from ddm.derive.plate import Force, plate
from ddm.perceive import pixels as px
from ddm.perceive.pixels import Floats, Mask

CELLS = 1600
"""Of the grid over the canvas: tone is smooth. More make blocks so large that BLAS starts threads, which wait."""
SMOOTH = 0.06
"""Of the picture's mean side, what is smoothed away before it goes on: a shorter slope foretells nothing."""
FADE = 0.03
"""Length, of the same, over which an outward slope dies: walls do not become white."""
LIMP = 0.1
"""Stiffness along a border beyond it, of that inside: wide light and shade reach far out, narrow ones do not."""
LEVELLED = 0.1
"""Tension along a border above and below, of that outward: light beside shade does not stand there as a shaft, while
what lies beside, floor under wall, goes on."""
SIDES = ("left", "right", "top", "bottom")
RING = 3
"""Depth in pixels of the border that the membrane hangs on."""


@dataclass(frozen=True)
class Canvas:
    """The size (h, w) of a picture and its growth in pixels by side."""

    height: int
    width: int
    left: int
    top: int
    right: int
    bottom: int

    @classmethod
    def of(cls, height: int, width: int, growth: Mapping[str, int]) -> Canvas:
        return cls(height, width, *(max(0, growth.get(side, 0)) for side in ("left", "top", "right", "bottom")))

    def scaled(self, scale: float) -> Canvas:
        """Of a smaller copy, of whole pixels."""
        sizes = (max(1, round(n * scale)) for n in (self.height, self.width))
        return Canvas(*sizes, *(round(n * scale) for n in (self.left, self.top, self.right, self.bottom)))

    @property
    def size(self) -> tuple[int, int]:
        return self.height + self.top + self.bottom, self.width + self.left + self.right

    @property
    def sides(self) -> tuple[str, ...]:
        """Those that grow."""
        return tuple(side for side in SIDES if getattr(self, side))

    @property
    def all(self) -> tuple[slice, slice]:
        return slice(0, self.size[0]), slice(0, self.size[1])

    @property
    def own(self) -> tuple[slice, slice]:
        return slice(self.top, self.top + self.height), slice(self.left, self.left + self.width)

    @property
    def bands(self) -> tuple[tuple[slice, slice], ...]:
        """The parts around the picture: above and below over the whole width, left and right of it."""
        (height, width), (rows, columns) = self.size, self.own
        parts = (
            (slice(0, rows.start), slice(0, width)),
            (slice(rows.stop, height), slice(0, width)),
            (rows, slice(0, columns.start)),
            (rows, slice(columns.stop, width)),
        )
        return tuple(p for p in parts if p[0].stop > p[0].start and p[1].stop > p[1].start)


def tone(image: Floats, free: Mask, canvas: Canvas, smooth: float = SMOOTH) -> Floats:
    """float32 (h, w, 3) at half the canvas' size, rounded up: a smooth surface that meets the border without a step."""
    surface = _surface(image, free, canvas, smooth)
    return surface + _membrane(image, free, surface, canvas)


def _surface(image: Floats, free: Mask, canvas: Canvas, smooth: float) -> Floats:
    """The plate through the picture's cells, at half the canvas' size."""
    cell = 2 * max(1, round(np.sqrt(canvas.size[0] * canvas.size[1] / CELLS) / 2))
    left, top, right, bottom = (-(-n // cell) for n in (canvas.left, canvas.top, canvas.right, canvas.bottom))
    known = free.astype(np.float32)
    seen = image if free.all() else image * known[..., None]
    weights, values = (_cells(px.reduced(plane, 2), cell // 2) for plane in (known, seen))
    values /= np.maximum(weights, 1e-6)[..., None]
    around = ((top, bottom), (left, right))
    weights, values = np.pad(weights, around), np.pad(values, (*around, (0, 0)))
    side = np.sqrt(canvas.height * canvas.width) / cell
    stiffness = (smooth * side) ** 4
    tension = stiffness / (FADE * side) ** 2
    beside, above = np.zeros(weights.shape, bool), np.zeros(weights.shape, bool)
    beside[:, :left] = beside[:, weights.shape[1] - right :] = True
    above[:top] = above[weights.shape[0] - bottom :] = True
    coarse = plate(
        values,
        weights,
        Force(np.where(above & ~beside, LIMP * stiffness, stiffness), np.where(beside, 1, LEVELLED * above) * tension),
        Force(np.where(beside & ~above, LIMP * stiffness, stiffness), above * tension),
    )
    half = px.enlarge(coarse, coarse.shape[1] * cell // 2, coarse.shape[0] * cell // 2)
    y, x = (top * cell - canvas.top) // 2, (left * cell - canvas.left) // 2
    height, width = (-(-n // 2) for n in canvas.size)
    return half[y : y + height, x : x + width]


def _cells(plane: Floats, cell: int) -> Floats:
    """Sums over squares of `cell`, of cell^2 where full, as means; a partial square at the end counts for its part."""
    height, width = (-(-n // cell) * cell for n in plane.shape[:2])
    padded = np.pad(plane, ((0, height - plane.shape[0]), (0, width - plane.shape[1]), (0, 0))[: plane.ndim])
    return px.resize(padded, width // cell, height // cell)


def _membrane(image: Floats, free: Mask, surface: Floats, canvas: Canvas) -> Floats:
    """What the surface misses at the border, carried outward as the mean of an ever longer part of the border."""
    values, weights = _ring(image, free, canvas)
    missed = values / np.maximum(weights, 1e-6)[..., None] - surface
    return spread(missed * (weights > 0)[..., None], weights)


def _ring(image: Floats, free: Mask, canvas: Canvas) -> tuple[Floats, Floats]:
    """The border's pixels at half the canvas' size, times their weights, and the weights."""
    height, width = (-(-n // 2) for n in canvas.size)
    sheet = np.zeros((2 * height, 2 * width, 4), np.float32)
    own = sheet[canvas.own]
    for edge in np.s_[:RING, :], np.s_[-RING:, :], np.s_[:, :RING], np.s_[:, -RING:]:
        own[edge][..., 3] = free[edge]
        own[edge][..., :3] = image[edge] * free[edge][..., None]
    half = px.resize(sheet, width, height)
    return half[..., :3], half[..., 3]


def spread(values: Floats, weights: Floats) -> Floats:
    """Known values carried everywhere: push and pull over a pyramid (Gortler and others, "The Lumigraph", 1996)."""
    height, width = weights.shape
    if min(height, width) < 4:
        mean: Floats = (values * weights[..., None]).sum((0, 1)) / max(float(weights.sum()), 1e-6)
        return np.broadcast_to(mean, values.shape).astype(np.float32)
    less = px.halved(weights)
    small = px.halved(values * weights[..., None]) / np.maximum(less, 1e-6)[..., None]
    far = px.doubled(spread(small, np.minimum(1, 4 * less)), width, height)
    found: Floats = far + (values - far) * weights[..., None]
    return found


def full(half: Floats, rows: slice, columns: slice) -> Floats:
    """A part of the canvas at its own size, from half of it."""
    top, left = rows.start // 2, columns.start // 2
    part = half[top : -(-rows.stop // 2), left : -(-columns.stop // 2)]
    whole = px.resize(np.ascontiguousarray(part), 2 * part.shape[1], 2 * part.shape[0])
    found: Floats = whole[rows.start - 2 * top :, columns.start - 2 * left :]
    return found[: rows.stop - rows.start, : columns.stop - columns.start]
