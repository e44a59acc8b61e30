"""Rectangles and ellipses, of one colour or shaded from one to another."""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np

from ddm import colour
from ddm.geometry import Box
from ddm.resolve.paint.coat import Channels, Plain, Rgb, within
from ddm.resolve.paint.field import Even
from ddm.resolve.paint.grid import Edges, Grid
from ddm.resolve.paint.tones import WORST, Floats, Tones

ALONG = 32  # steps in which a gradient's luminance is tabled: straight between them to 0.0005


def _in_ellipse(box: Edges, outer: Edges) -> bool:
    """Whether the corner farthest from the centre lies in the ellipse that fills `outer`."""
    left, top, right, bottom = outer
    across = max(left + right - 2 * box[0], 2 * box[2] - left - right) / (right - left)
    down = max(top + bottom - 2 * box[1], 2 * box[3] - top - bottom) / (bottom - top)
    return across * across + down * down <= 1


@lru_cache(maxsize=16384)
def _luminance(srgb: Rgb) -> float:
    return float(colour.luminance(srgb))


class _Shape(Plain):
    """A rectangle, or the ellipse that fills it."""

    __slots__ = ("edges", "opacity", "round_")

    def __init__(self, box: Box, opacity: float, round_: bool) -> None:
        self.edges = Edges(box.x, box.y, box.x + box.width, box.y + box.height)
        self.opacity, self.round_ = opacity, round_

    def hides(self, box: Edges) -> bool:
        if self.opacity < 1:
            return False
        return _in_ellipse(box, self.edges) if self.round_ else within(box, self.edges)

    def alpha(self, grid: Grid) -> Floats | float:
        if not self.round_:
            return self.opacity
        left, top, right, bottom = self.edges
        x = (2 * grid.x - left - right) / max(right - left, 1e-6)
        y = (2 * grid.y - top - bottom) / max(bottom - top, 1e-6)
        return (np.add.outer(y * y, x * x) <= 1) * np.float32(self.opacity)


class Flat(_Shape):
    """A shape of one colour."""

    __slots__ = ("srgb",)

    def __init__(self, box: Box, srgb: Rgb, opacity: float = 1.0, round_: bool = False) -> None:
        super().__init__(box, opacity, round_)
        self.srgb = srgb

    def tones(self, box: Edges) -> Tones:
        level = _luminance(self.srgb)
        return Tones(level, level)

    def field(self) -> Even:
        return Even(_luminance(self.srgb))

    def bytes(self, grid: Grid) -> Channels:
        return np.array(self.srgb, np.float32) * 255


@lru_cache(maxsize=1024)
def _ramp(first: Rgb, last: Rgb) -> tuple[float, ...]:
    """Luminance at ALONG + 1 places from the first colour to the last."""
    t = np.linspace(0, 1, ALONG + 1)[:, None]
    return tuple(colour.luminance(np.array(first) * (1 - t) + np.array(last) * t).tolist())


class Gradient(_Shape):
    """Straight from one colour to another, from edge to edge of its box in the direction `along`."""

    __slots__ = ("_across", "_down", "_start", "first", "last")

    def __init__(
        self,
        box: Box,
        first: Rgb,
        last: Rgb,
        along: tuple[float, float],
        opacity: float = 1.0,
        round_: bool = False,
    ) -> None:
        super().__init__(box, opacity, round_)
        self.first, self.last = first, last
        reach = abs(along[0]) * box.width + abs(along[1]) * box.height or 1.0
        self._across, self._down = along[0] / reach, along[1] / reach
        cx, cy = box.centre
        self._start = 0.5 - cx * self._across - cy * self._down

    def tones(self, box: Edges) -> Tones:
        """By the places along the gradient that leave the WORST part of the box at either end."""
        a, b = abs(self._across) * (box.right - box.left), abs(self._down) * (box.bottom - box.top)
        middle = (box.left + box.right) / 2 * self._across + (box.top + box.bottom) / 2 * self._down + self._start
        reach = (a + b) / 2 - _quantile(max(a, b), min(a, b))
        return _between(_ramp(self.first, self.last), middle - reach, middle + reach)

    def bytes(self, grid: Grid) -> Channels:
        t: Floats = np.add.outer(grid.y * self._down + self._start, grid.x * self._across).clip(0, 1)[..., None]
        first, last = np.array(self.first, np.float32) * 255, np.array(self.last, np.float32) * 255
        return (first + (last - first) * t).astype(np.float32, copy=False)


def _quantile(wide: float, narrow: float) -> float:
    """Where the WORST part ends of the sum of two even distributions of these widths, from their lowest sum."""
    if WORST * 2 * wide <= narrow:
        return math.sqrt(2 * WORST * wide * narrow)
    return WORST * wide + narrow / 2


def _between(ramp: tuple[float, ...], start: float, end: float) -> Tones:
    """The darkest and the lightest of a table of luminances over 0..1, from start to end."""
    start, end = min(max(start, 0.0), 1.0) * ALONG, min(max(end, 0.0), 1.0) * ALONG
    levels = (_at(ramp, start), *ramp[math.ceil(start) : math.floor(end) + 1], _at(ramp, end))
    return Tones(min(levels), max(levels))


def _at(ramp: tuple[float, ...], t: float) -> float:
    index = min(int(t), ALONG - 1)
    return ramp[index] + (ramp[index + 1] - ramp[index]) * (t - index)
