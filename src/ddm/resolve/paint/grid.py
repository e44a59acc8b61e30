"""Boxes by their edges, and grids of points: what coats are asked for."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from ddm.resolve.paint.tones import Floats


class Edges(NamedTuple):
    left: float
    top: float
    right: float
    bottom: float


class Grid(NamedTuple):
    """Points on the canvas: x float32 (columns,), y float32 (rows,), both rising."""

    x: Floats
    y: Floats

    @classmethod
    def of(cls, edges: Edges, columns: int, rows: int) -> Grid:
        """The centres of so many equal cells."""
        return cls(_centres(edges.left, edges.right, columns), _centres(edges.top, edges.bottom, rows))

    @property
    def shape(self) -> tuple[int, int]:
        return len(self.y), len(self.x)

    def within(self, edges: Edges) -> tuple[tuple[slice, slice], Grid]:
        """Where the points inside the edges are, as rows and columns; and those points alone."""
        columns = slice(*self.x.searchsorted((edges.left, edges.right)).tolist())
        rows = slice(*self.y.searchsorted((edges.top, edges.bottom)).tolist())
        return (rows, columns), Grid(self.x[columns], self.y[rows])


def _centres(start: float, end: float, count: int) -> Floats:
    found: Floats = np.arange(0.5, count, dtype=np.float32)
    found *= np.float32((end - start) / count)
    found += np.float32(start)
    return found
