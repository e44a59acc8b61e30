"""What lies beneath: all that was painted so far, kept as it was painted, so that a question costs only its own box.

Most boxes lie on one shape or one picture, and a few scalars answer; only where several show are they mixed.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from ddm import colour
from ddm.geometry import Box
from ddm.perceive.perception import Maps
from ddm.resolve.paint import Coat, Edges, Even, Field, Flat, Gradient, Grid, Picture, Tones, Veil, Veiled
from ddm.resolve.paint.sums import Sums
from ddm.resolve.paint.tones import Floats

FINENESS = 1 / 160  # of the canvas's longer side: points that mixed coats are looked at; small type is 4 of them high
MOST_POINTS = 40  # along either side of a box: a twentieth of them is enough to know the worst twentieth
FIELD_POINTS = 64  # along either side of a field: half of one is less than the room kept around copy
LEAST = 0.5  # pixels: what is smaller is looked at as if it were so large
WHITE = (1.0, 1.0, 1.0)

Colour: TypeAlias = str | Sequence[float] | npt.NDArray[np.floating]
"""'#rrggbb', or three sRGB channels 0..1."""


@lru_cache(maxsize=16384)
def _parsed(hex_: str) -> tuple[float, float, float]:
    return colour.parse_hex(hex_)


def _rgb(paint: Colour) -> tuple[float, float, float]:
    if isinstance(paint, str):
        return _parsed(paint)
    red, green, blue = map(float, paint)
    return red, green, blue


class Ground:
    """An empty canvas is white. Boxes are in canvas pixels; what they reach beyond the canvas does not count."""

    def __init__(self, canvas: Box) -> None:
        self.canvas = canvas
        self._edges = Edges(canvas.x, canvas.y, canvas.x + canvas.width, canvas.y + canvas.height)
        self._coats: list[Coat] = [Flat(canvas, WHITE)]
        self._copy: list[Edges] = []

    def paint_flat(self, box: Box, srgb: Colour, opacity: float = 1.0, round_: bool = False) -> None:
        """A plain shape: calm, and it hides what was busy beneath. round_: the ellipse that fills the box."""
        self._coats.append(Flat(box, _rgb(srgb), opacity, round_))

    def paint_gradient(
        self,
        box: Box,
        first: Colour,
        last: Colour,
        along: tuple[float, float],
        opacity: float = 1.0,
        round_: bool = False,
    ) -> None:
        """From `first` to `last` in the direction `along`, from edge to edge of the box."""
        self._coats.append(Gradient(box, _rgb(first), _rgb(last), along, opacity, round_))

    def paint_veil(self, veil: Veil) -> None:
        """A translucent layer: what lies beneath is calmer for it, but a subject is a subject still."""
        self._coats.append(Veiled(veil, self.canvas))

    def paint_picture(
        self, frame: Box, placed: Box, maps: Maps, mirror: bool, cutout: bool, blurred: bool = False, clear: bool = True
    ) -> None:
        """A picture whose whole extent lies at `placed`, seen through `frame`; beyond its edge the border goes on.

        clear: its subject must stay uncovered.
        """
        self._coats.append(Picture(frame, placed, maps, mirror, cutout, blurred, clear))

    def mark_copy(self, box: Box) -> None:
        self._copy.append(self._clip(box))

    # -------------------------------------------------------------------------------------------- asked

    def tones(self, box: Box) -> Tones:
        """How dark and how light it is beneath the box."""
        edges = self._clip(box)
        showing = self._showing(edges)
        return showing[0].tones(edges) if len(showing) == 1 else Tones.of(_levels(self._grid(edges), showing))

    def luminances(self, box: Box) -> Floats:
        """WCAG relative luminance at evenly spread points beneath the box, flat."""
        edges = self._clip(box)
        return _levels(self._grid(edges), self._showing(edges)).ravel()

    def seen(self, box: Box) -> tuple[Grid, Floats]:
        """Evenly spread points in the box, and their sRGB 0..255: (rows, columns, 3)."""
        edges = self._clip(box)
        grid = self._grid(edges)
        return grid, _mixed(grid, self._showing(edges))

    def covered(self, box: Box) -> float:
        """How much of the box lies on a subject, 0..1."""
        edges = self._clip(box)
        showing = self._showing(edges)
        shares = [coat.covered(edges) for coat in showing]
        if not any(shares[1:]):
            return shares[0]
        return float(_subject(self._grid(edges), showing).mean())

    def copied(self, box: Box, but: Box | None = None) -> float:
        """How much of the box lies on copy, that at `but` left out; groups of copy do not overlap."""
        edges, own = self._clip(box), self._clip(but) if but else None
        whole = (edges.right - edges.left) * (edges.bottom - edges.top)
        return min(1.0, sum(_common(edges, mark) for mark in self._copy if mark != own) / whole)

    def busyness(self, box: Box) -> float:
        edges = self._clip(box)
        showing = self._showing(edges)
        return showing[0].busyness(edges) if len(showing) == 1 else float(_busy(self._grid(edges), showing).mean())

    def copies(self) -> list[Box]:
        """Where copy lies."""
        return [Box.of_edges(*mark) for mark in self._copy]

    def field(self, box: Box) -> Field | Even:
        """What lies beneath anywhere in the box, for many questions at once."""
        edges = self._clip(box)
        showing = self._showing(edges)
        known = showing[0].field() if len(showing) == 1 else None
        return known or self._looked_over(edges, showing)

    def _looked_over(self, edges: Edges, showing: Sequence[Coat]) -> Field:
        grid = self._grid(edges, FIELD_POINTS)
        levels = _levels(grid, showing)
        return Field.over(edges, Sums(_busy(grid, showing), _subject(grid, showing), levels, levels * levels), grid)

    # -------------------------------------------------------------------------------------------- looked at

    def _clip(self, box: Box) -> Edges:
        """Inside the canvas, and not empty."""
        x, y, width, height = box
        left, top, right, bottom = self._edges
        start, above = min(max(x, left), right - LEAST), min(max(y, top), bottom - LEAST)
        return Edges(
            start, above, max(start + LEAST, min(x + width, right)), max(above + LEAST, min(y + height, bottom))
        )

    def _showing(self, box: Edges) -> list[Coat]:
        """What is seen in the box, topmost first; the last hides all beneath it."""
        left, top, right, bottom = box
        found: list[Coat] = []
        for coat in reversed(self._coats):
            e = coat.edges
            if e[0] < right and e[2] > left and e[1] < bottom and e[3] > top:
                found.append(coat)
                if coat.hides(box):
                    break
        return found

    def _grid(self, edges: Edges, most: int = MOST_POINTS) -> Grid:
        step = max(self.canvas.width, self.canvas.height) * FINENESS
        columns = min(most, math.ceil((edges.right - edges.left) / step))
        return Grid.of(edges, columns, min(most, math.ceil((edges.bottom - edges.top) / step)))


def _common(one: Edges, other: Edges) -> float:
    across = min(one.right, other.right) - max(one.left, other.left)
    down = min(one.bottom, other.bottom) - max(one.top, other.top)
    return across * down if across > 0 and down > 0 else 0.0


def _mixed(grid: Grid, showing: Sequence[Coat]) -> Floats:
    """sRGB 0..255, float32 (rows, columns, 3)."""
    found: Floats = np.empty((*grid.shape, 3), np.float32)
    found[:] = showing[-1].bytes(grid)
    for coat in showing[-2::-1]:
        where, part = grid.within(coat.edges)
        alpha, beneath = coat.alpha(part), found[where]
        beneath += (coat.bytes(part) - beneath) * (alpha if isinstance(alpha, float) else alpha[..., None])
    return found


def _levels(grid: Grid, showing: Sequence[Coat]) -> Floats:
    """WCAG relative luminance, float32 (rows, columns)."""
    return colour.luminance_of_bytes((_mixed(grid, showing) + 0.5).astype(np.uint8))


def _busy(grid: Grid, showing: Sequence[Coat]) -> Floats:
    found: Floats = np.empty(grid.shape, np.float32)
    found[:] = showing[-1].busy(grid)
    for coat in showing[-2::-1]:
        where, part = grid.within(coat.edges)
        beneath = found[where]
        beneath += (coat.busy(part) - beneath) * coat.alpha(part)
    return found


def _subject(grid: Grid, showing: Sequence[Coat]) -> Floats:
    found: Floats = np.empty(grid.shape, np.float32)
    found[:] = showing[-1].subject(grid)
    for coat in showing[-2::-1]:
        if not coat.sheer:
            where, part = grid.within(coat.edges)
            found[where] = np.maximum(found[where] * (1 - coat.alpha(part)), coat.subject(part))
    return found
