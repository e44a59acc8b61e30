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
    """Points on the canvas: x float32 (1, columns), y float32 (rows, 1)."""

    x: Floats
    y: Floats

    @classmethod
    def of(cls, edges: Edges, columns: int, rows: int) -> Grid:
        """The centres of so many equal cells."""
        x = edges.left + (np.arange(columns, dtype=np.float32) + np.float32(0.5)) * (
            (edges.right - edges.left) / columns
        )
        y = edges.top + (np.arange(rows, dtype=np.float32) + np.float32(0.5)) * ((edges.bottom - edges.top) / rows)
        return cls(x[None, :].astype(np.float32, copy=False), y[:, None].astype(np.float32, copy=False))

    @property
    def shape(self) -> tuple[int, int]:
        return len(self.y), self.x.shape[1]

    def inside(self, edges: Edges) -> Floats:
        """1 where a point lies within the edges, else 0; float32 (rows, columns)."""
        across = (self.x >= edges.left) & (self.x < edges.right)
        down = (self.y >= edges.top) & (self.y < edges.bottom)
        return (across & down).astype(np.float32)


def _centres(start: float, end: float, count: int) -> Floats:
    found: Floats = np.arange(0.5, count, dtype=np.float32)
    found *= np.float32((end - start) / count)
    found += np.float32(start)
    return found
