"""A small map -> its mean over any boxes, in constant time each and exact to a part of a cell; pure numpy.

F. C. Crow, "Summed-area tables for texture mapping" (SIGGRAPH 1984). Between its corners the table is interpolated
bilinearly, which is the very integral of a map whose cells are each of one value.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

POINT = 1e-3
"""A box that is thinner than this part of a cell is a line or a point: it is answered by what lies there."""

Means = npt.NDArray[np.float64]


class Sums:
    """Means of a map (h, w). Boxes are in fractions 0..1 of it; only the part inside the map counts."""

    def __init__(self, values: npt.ArrayLike) -> None:
        plane = np.asarray(values, np.float64)
        self._table = np.pad(plane.cumsum(0).cumsum(1), ((1, 0), (1, 0)))

    def mean(self, boxes: npt.ArrayLike) -> Means:
        """float64 (...) for boxes (..., 4) of x, y, width and height; 0 for a box that lies wholly outside."""
        x, y, width, height = np.moveaxis(np.asarray(boxes, np.float64), -1, 0)
        rows, columns = (n - 1 for n in self._table.shape)
        left, right, across = _span(x, width, columns)
        top, bottom, down = _span(y, height, rows)
        total = self._at(right, bottom) - self._at(left, bottom) - self._at(right, top) + self._at(left, top)
        found: Means = np.where(across & down, total / ((right - left) * (bottom - top)), 0.0)
        return found

    def _at(self, x: Means, y: Means) -> Means:
        """The sum of all that lies left of x and above y, in cells."""
        row, column = (np.minimum(v.astype(np.intp), n - 2) for v, n in zip((y, x), self._table.shape, strict=True))
        down, across = y - row, x - column
        upper = self._table[row, column] * (1 - across) + self._table[row, column + 1] * across
        lower = self._table[row + 1, column] * (1 - across) + self._table[row + 1, column + 1] * across
        found: Means = upper * (1 - down) + lower * down
        return found


def _span(low: Means, size: Means, cells: int) -> tuple[Means, Means, npt.NDArray[np.bool_]]:
    """First and last place of a stretch inside the map, in cells, at least POINT apart; and whether it is inside."""
    first = np.clip(low * cells, 0, cells - POINT)
    last = np.maximum(np.clip((low + size) * cells, 0, cells), first + POINT)
    inside: npt.NDArray[np.bool_] = (low <= 1) & (low + size >= 0)
    return first, last, inside
