"""A mask that is true in a narrow band -> the tiles of the picture that hold any of it: the rest need not be looked at.

A tile is small enough for a processor's cache, so that sums over it are quick as well.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from ddm.perceive import pixels as px
from ddm.perceive.pixels import Floats, Mask

TILE = 128
"""Side of a tile in pixels; three float32 planes of it lie in a core's own cache."""
STRIP = 64
"""Rows of a strip: a plane of it, as wide as a photograph, lies in that cache as well."""

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


def enlarged(
    planes: Sequence[Floats], mask: Mask, step: int, shape: tuple[int, ...]
) -> Iterator[tuple[Part, list[Floats]]]:
    """Strips of a picture of that shape (h, w), each as wide as there is something of the mask, and the planes (h, w)
    there. Strips, since many tiles of many planes take longer to be told apart than to be enlarged.

    planes, mask: at one of so many `step` of its size, rounded up, as `pixels.reduced` leaves it.
    """
    cells = max(1, STRIP // step)
    for first in range(0, len(mask), cells):
        around, rows, inner = _spans(first, len(mask), 1, cells)
        columns = np.flatnonzero(mask[around].any(0))
        if len(columns):
            left, right = max(0, columns[0] - 1), min(mask.shape[1], columns[-1] + 2)
            part = _grown(rows, step, shape[0]), _grown(slice(left, right), step, shape[1])
            within = _grown(inner, step), slice(0, part[1].stop - part[1].start)
            large = (_times(plane[around, left:right], step) for plane in planes)
            yield part, [plane[within][: part[0].stop - part[0].start] for plane in large]


def _grown(span: slice, step: int, most: int = sys.maxsize) -> slice:
    return slice(span.start * step, min(most, span.stop * step))


def _times(plane: Floats, step: int) -> Floats:
    """So many times as wide and high."""
    return px.resize(plane, plane.shape[1] * step, plane.shape[0] * step)


def _spans(start: int, length: int, reach: int, side: int) -> tuple[slice, slice, slice]:
    end = min(length, start + side)
    low, high = max(0, start - reach), min(length, end + reach)
    return slice(low, high), slice(start, end), slice(start - low, end - low)
