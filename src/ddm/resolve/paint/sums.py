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

    def means(self, left: Doubles, right: Doubles, top: Doubles, bottom: Doubles) -> Doubles:
        """Of every grid over many boxes, to the nearest lines of the grid: (grids, sets, across, down).

        left, right: (sets, across), either way round; top, bottom: (sets, down). Each across of a set is combined with
        each down.
        """
        start, end = _lines(left, right, self._columns)
        above, below = _lines(top, bottom, self._rows)
        start, end, above, below = start[:, :, None], end[:, :, None], above[:, None, :], below[:, None, :]
        take, stride = self._table.reshape(-1, self._table.shape[-1]).take, self._columns + 1
        up, low = above * stride, below * stride
        totals = take(low + end, 0) - take(low + start, 0) - take(up + end, 0) + take(up + start, 0)
        return np.moveaxis(totals / ((end - start) * (below - above))[..., None], -1, 0)


def _lines(one: Doubles, other: Doubles, count: int) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """The lines nearest to two edges, at least one cell apart and on the grid."""
    start = np.minimum(np.maximum(np.rint(np.minimum(one, other)), 0), count - 1)
    end = np.maximum(np.minimum(np.rint(np.maximum(one, other)), count), start + 1)
    return start.astype(np.intp), end.astype(np.intp)
