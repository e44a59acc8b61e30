"""Grids of numbers into means over any boxes at once, by summed-area tables.

Source: F. Crow, "Summed-area tables for texture mapping" (1984). Between the lines of the grid sums are interpolated,
which is exact when every cell is of one value.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Doubles = npt.NDArray[np.float64]


class Sums:
    """Means of several grids of one shape (rows, columns). Boxes are in cells, and may be given right to left."""

    __slots__ = ("_columns", "_rows", "_table")

    def __init__(self, *grids: npt.ArrayLike) -> None:
        table = np.stack([np.asarray(grid, np.float64) for grid in grids], axis=-1).cumsum(0).cumsum(1)
        self._table: Doubles = np.pad(table, ((1, 0), (1, 0), (0, 0)))
        self._rows: int = table.shape[0]
        self._columns: int = table.shape[1]

    def mean(self, grid: int, left: float, top: float, right: float, bottom: float) -> float:
        """Of one grid over one box."""
        at = self._at
        total: float = at(grid, right, bottom) - at(grid, left, bottom) - at(grid, right, top) + at(grid, left, top)
        return total / ((right - left) * (bottom - top))

    def _at(self, grid: int, x: float, y: float) -> float:
        """The sum of all above and left of a point."""
        column = min(max(int(x), 0), self._columns - 1)
        row = min(max(int(y), 0), self._rows - 1)
        across, down, item = x - column, y - row, self._table.item
        above: float = item(row, column, grid) * (1 - across) + item(row, column + 1, grid) * across
        below: float = item(row + 1, column, grid) * (1 - across) + item(row + 1, column + 1, grid) * across
        return above * (1 - down) + below * down

    def means(self, left: Doubles, top: Doubles, right: Doubles, bottom: Doubles) -> Doubles:
        """Of every grid over many boxes: edges of shape (n,) -> (grids, n)."""
        x, y = np.stack((left, right))[None], np.stack((top, bottom))[:, None]
        column = np.clip(x.astype(np.intp), 0, self._columns - 1)
        row = np.clip(y.astype(np.intp), 0, self._rows - 1)
        across, down = (x - column)[..., None], (y - row)[..., None]
        table, first = self._table.reshape(-1, self._table.shape[-1]), row * (self._columns + 1) + column
        below = first + self._columns + 1
        upper = table[first] * (1 - across) + table[first + 1] * across
        lower = table[below] * (1 - across) + table[below + 1] * across
        corner = upper * (1 - down) + lower * down  # [top or bottom, left or right, box, grid]
        totals = corner[1, 1] - corner[1, 0] - corner[0, 1] + corner[0, 0]
        found: Doubles = (totals / ((right - left) * (bottom - top))[:, None]).T
        return found
