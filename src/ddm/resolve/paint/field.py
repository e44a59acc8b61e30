"""Busyness, subjects and luminance over a part of the canvas, for hundreds of questions at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from ddm.resolve.paint.grid import Edges, Grid
from ddm.resolve.paint.sums import Doubles, Sums


class Means(NamedTuple):
    """busy, covered: 0..1. level: mean WCAG luminance; spread: its standard deviation. (sets, across, down) each, or a
    number for all."""

    busy: Doubles | float
    covered: Doubles | float
    level: Doubles | float
    spread: Doubles | float


@dataclass(frozen=True, slots=True)
class Field:
    """sums: of busyness, subjects, luminance and its square. Cells lie at x * across + left, y * down + top.

    calm, clear: factors of the first two.
    """

    sums: Sums
    across: float = 1.0
    left: float = 0.0
    down: float = 1.0
    top: float = 0.0
    calm: float = 1.0
    clear: float = 1.0

    @classmethod
    def over(cls, edges: Edges, sums: Sums, grid: Grid) -> Field:
        """Of a grid that was laid over the edges."""
        rows, columns = grid.shape
        across, down = columns / (edges.right - edges.left), rows / (edges.bottom - edges.top)
        return cls(sums, across, -edges.left * across, down, -edges.top * down)

    def means(self, left: Doubles, right: Doubles, top: Doubles, bottom: Doubles) -> Means:
        """Of boxes by their edges in canvas pixels: left, right of shape (sets, across); top, bottom (sets, down).

        Each across of a set is combined with each down.
        """
        a, b, c, d = self.across, self.left, self.down, self.top
        busy, subject, level, square = self.sums.means(left * a + b, right * a + b, top * c + d, bottom * c + d)
        spread = np.sqrt(np.maximum(square - level * level, 0))
        return Means(busy * self.calm, subject * self.clear, level, spread)


@dataclass(frozen=True, slots=True)
class Even:
    """Where it is the same everywhere: calm, no subject, one luminance."""

    level: float

    def means(self, left: Doubles, right: Doubles, top: Doubles, bottom: Doubles) -> Means:
        return Means(0.0, 0.0, self.level, 0.0)
