"""Points, boxes and their arithmetic: pure values, no pixels, no XML.

Coordinates grow right and down; units are whatever the caller uses (pixels of a canvas, of a picture, or fractions).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Box(NamedTuple):
    """An axis-aligned rectangle by its left-top corner and size."""

    x: float
    y: float
    width: float
    height: float

    @classmethod
    def of_edges(cls, left: float, top: float, right: float, bottom: float) -> Box:
        return cls(left, top, right - left, bottom - top)

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    def edge(self, side: str) -> float:
        """The coordinate of 'left', 'top', 'right' or 'bottom'."""
        return {"left": self.x, "top": self.y, "right": self.right, "bottom": self.bottom}[side]

    @property
    def centre(self) -> tuple[float, float]:
        return self.x + self.width / 2, self.y + self.height / 2

    @property
    def area(self) -> float:
        return max(0.0, self.width) * max(0.0, self.height)

    @property
    def ratio(self) -> float:
        """Width over height."""
        return self.width / self.height if self.height else float("inf")

    def scaled(self, sx: float, sy: float | None = None) -> Box:
        """All four numbers multiplied: from fractions to pixels, from picture to canvas."""
        sy = sx if sy is None else sy
        return Box(self.x * sx, self.y * sy, self.width * sx, self.height * sy)

    def shifted(self, dx: float, dy: float) -> Box:
        return Box(self.x + dx, self.y + dy, self.width, self.height)

    def grown(self, dx: float, dy: float | None = None) -> Box:
        """Pushed outward by dx at the sides and dy at top and bottom (negative: inward)."""
        dy = dx if dy is None else dy
        return Box(self.x - dx, self.y - dy, self.width + 2 * dx, self.height + 2 * dy)

    def intersection(self, other: Box) -> Box:
        """The common part; width or height 0 where there is none."""
        left, top = max(self.x, other.x), max(self.y, other.y)
        return Box(
            left, top, max(0.0, min(self.right, other.right) - left), max(0.0, min(self.bottom, other.bottom) - top)
        )

    def union(self, other: Box) -> Box:
        return Box.of_edges(
            min(self.x, other.x), min(self.y, other.y), max(self.right, other.right), max(self.bottom, other.bottom)
        )

    def contains(self, other: Box, slack: float = 0.0) -> bool:
        return (
            other.x >= self.x - slack
            and other.y >= self.y - slack
            and other.right <= self.right + slack
            and other.bottom <= self.bottom + slack
        )

    def part(self, fraction: Box) -> Box:
        """The sub-box that `fraction` (0..1 of this box) names."""
        return Box(
            self.x + fraction.x * self.width,
            self.y + fraction.y * self.height,
            fraction.width * self.width,
            fraction.height * self.height,
        )

    def mirrored(self, width: float) -> Box:
        """Reflected left to right inside a picture `width` wide."""
        return Box(width - self.right, self.y, self.width, self.height)


def union_of(boxes: Iterable[Box]) -> Box | None:
    """The smallest box around all, or None for none."""
    found: Box | None = None
    for box in boxes:
        found = box if found is None else found.union(box)
    return found
