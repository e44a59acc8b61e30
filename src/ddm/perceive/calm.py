"""Sums over any box of a map in constant time, to ask how calm a place is; pure numpy.

F. C. Crow, "Summed-area tables for texture mapping" (SIGGRAPH 1984).
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import numpy.typing as npt

from ddm.geometry import Box

CALM = 60
"""Up to this `busy` value a place can carry copy: soft shade and grain lie below, foliage, print and edges above."""


class CalmMap:
    """Answers about boxes of a uint8 map (h, w); boxes are in fractions 0..1 of the map, and may reach outside it.

    Only the part inside the map counts. A box that covers less than one cell is answered by the cell it lies in.
    """

    def __init__(self, values: npt.NDArray[np.uint8]) -> None:
        self.values = values
        self._sum = _table(values)
        self._above = lru_cache(maxsize=32)(lambda threshold: _table(values > threshold))

    def mean(self, box: Box) -> float:
        """Mean value 0..255 inside the box; 255 where the box lies wholly outside."""
        return self._average(self._sum, box, 255.0)

    def share_above(self, box: Box, threshold: float) -> float:
        """Part 0..1 of the box whose value exceeds the threshold; 1 where the box lies wholly outside."""
        return self._average(self._above(threshold), box, 1.0)

    def _average(self, table: npt.NDArray[np.int64], box: Box, outside: float) -> float:
        left, top, right, bottom = self._cells(box)
        count = (right - left) * (bottom - top)
        if count <= 0:
            return outside
        total = table[bottom, right] - table[top, right] - table[bottom, left] + table[top, left]
        return float(total) / count

    def _cells(self, box: Box) -> tuple[int, int, int, int]:
        height, width = self.values.shape
        left, right = _span(box.x, box.right, width)
        top, bottom = _span(box.y, box.bottom, height)
        return left, top, right, bottom


def _span(low: float, high: float, cells: int) -> tuple[int, int]:
    """Cells that a stretch of fractions covers by half or more, at least the one it starts in; empty outside 0..1."""
    low, high = max(0.0, low), min(1.0, high)
    if high <= low:
        return 0, 0
    first = min(int(low * cells + 0.5), cells - 1)
    return first, max(first + 1, min(cells, int(high * cells + 0.5)))


def _table(values: npt.NDArray[np.generic]) -> npt.NDArray[np.int64]:
    height, width = values.shape
    table = np.zeros((height + 1, width + 1), np.int64)
    table[1:, 1:] = values.astype(np.int64).cumsum(0).cumsum(1)
    return table
