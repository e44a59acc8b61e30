"""A mask that is true in a narrow band -> the tiles of the picture that hold any of it: the rest need not be looked at.

A tile is small enough for a processor's cache, so that sums over it are quick as well.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from ddm.perceive import pixels as px
from ddm.perceive.pixels import Floats, Mask

TILE = 128
"""Side of a tile in pixels; three float32 planes of it lie in a core's own cache."""

Part: TypeAlias = tuple[slice, slice]
"""Rows and columns."""


@dataclass(frozen=True, slots=True)
class Tile:
    """around: a tile with what lies near it; core: the tile itself, in the picture; inner: the same, in `around`."""

    around: Part
    core: Part
    inner: Part


def tiles(mask: Mask, reach: int, side: int = TILE) -> Iterator[Tile]:
    """Those from which some of the mask (h, w) is no farther than `reach` pixels, each with as much around it."""
    height, width = mask.shape
    for top in range(0, height, side):
        for left in range(0, width, side):
            rows, columns = _spans(top, height, reach, side), _spans(left, width, reach, side)
            around = (rows[0], columns[0])
            if mask[around].any():
                yield Tile(around, (rows[1], columns[1]), (rows[2], columns[2]))


def enlarged(planes: Floats, mask: Mask, step: int, shape: tuple[int, ...]) -> Iterator[tuple[Part, Floats]]:
    """Each part of a picture of that shape (h, w) where there is something of the mask, and planes (h, w, c) there.

    planes, mask: at one of so many `step` of its size, rounded up, as `pixels.reduced` leaves it.
    """
    for tile in tiles(mask, 1, max(1, TILE // step)):
        near = planes[tile.around]
        large = px.resize(near, near.shape[1] * step, near.shape[0] * step)
        rows, columns = (slice(s.start * step, min(n, s.stop * step)) for s, n in zip(tile.core, shape, strict=True))
        top, left = (s.start * step for s in tile.inner)
        yield (rows, columns), large[top : top + rows.stop - rows.start, left : left + columns.stop - columns.start]


def _spans(start: int, length: int, reach: int, side: int) -> tuple[slice, slice, slice]:
    end = min(length, start + side)
    low, high = max(0, start - reach), min(length, end + reach)
    return slice(low, high), slice(start, end), slice(start - low, end - low)
