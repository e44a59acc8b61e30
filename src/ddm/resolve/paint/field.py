"""Busyness and subjects over a part of the canvas, for hundreds of questions at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ddm.resolve.paint.grid import Edges, Grid
from ddm.resolve.paint.sums import Sums

Doubles = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Field:
    """sums: of busyness and of subjects; None where there is neither. Cells lie at x * across + left, y * down + top.

    calm, clear: factors of the two.
    """

    sums: Sums | None = None
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

    def means(self, left: Doubles, top: Doubles, right: Doubles, bottom: Doubles) -> tuple[Doubles, Doubles]:
        """(busyness, part covered by subjects), 0..1, of boxes by their edges in canvas pixels; all of shape (n,)."""
        if self.sums is None:
            return np.zeros(left.shape), np.zeros(left.shape)
        x = (left * self.across + self.left, right * self.across + self.left)
        y = (top * self.down + self.top, bottom * self.down + self.top)
        busy, subject = self.sums.means(x[0], y[0], x[1], y[1])
        return busy * self.calm, subject * self.clear


CALM = Field()
"""Nothing busy, no subject."""
