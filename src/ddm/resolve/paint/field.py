"""Busyness and subjects over a part of the canvas, for hundreds of questions at once."""

from __future__ import annotations

from dataclasses import dataclass

from ddm.resolve.paint.grid import Edges, Grid
from ddm.resolve.paint.sums import Doubles, Sums


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

    def means(
        self, left: Doubles, right: Doubles, top: Doubles, bottom: Doubles
    ) -> tuple[Doubles, Doubles] | tuple[float, float]:
        """(busyness, part covered by subjects), 0..1, of boxes: (sets, across, down), or a number for all.

        left, right: edges in canvas pixels (sets, across); top, bottom: (sets, down). Each across of a set is combined
        with each down.
        """
        if self.sums is None:
            return 0.0, 0.0
        a, b, c, d = self.across, self.left, self.down, self.top
        busy, subject = self.sums.means(left * a + b, right * a + b, top * c + d, bottom * c + d)
        return busy * self.calm, subject * self.clear


CALM = Field()
"""Nothing busy, no subject."""
