"""Map of what is busy -> where copy can lie: the calm part, and the largest rectangle that is all calm."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from ddm.geometry import Box
from ddm.perceive.pixels import Mask

CALM = 60
"""Up to this `busy` value a place can carry copy: soft shade and grain lie below, foliage, print and edges above."""


def largest(calm: Mask) -> Box:
    """The rectangle of most cells that are all true, in fractions of the map (h, w); empty where none is.

    Exact: row by row, the largest rectangle under the histogram of how far calm reaches upward, by a stack of growing
    heights (the classic O(h w) way); of several as large the first from above.
    """
    rows, columns = calm.shape
    reach = np.zeros(columns, np.intp)
    best = (0, 0, 0, 0)
    for row, line in enumerate(calm):
        reach = (reach + 1) * line
        best = max(best, *_under(reach.tolist(), row), key=_cells)
    left, top, right, bottom = best
    return Box.of_edges(left / columns, top / rows, right / columns, bottom / rows)


def _cells(edges: tuple[int, int, int, int]) -> int:
    left, top, right, bottom = edges
    return (right - left) * (bottom - top)


def _under(heights: Sequence[int], row: int) -> Iterator[tuple[int, int, int, int]]:
    """Edges of each rectangle that stands on the row and can grow neither up nor sideways; always one at least."""
    open_: list[tuple[int, int]] = []  # (where it starts, its height), heights growing
    yield 0, 0, 0, 0
    for column, height in enumerate(_closed(heights)):
        start = column
        while open_ and open_[-1][1] >= height:
            start, high = open_.pop()
            yield start, row + 1 - high, column, row + 1
        open_.append((start, height))


def _closed(heights: Iterable[int]) -> Iterator[int]:
    yield from heights
    yield 0
