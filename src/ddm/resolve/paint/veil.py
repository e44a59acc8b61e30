"""A scrim: a soft veil from one edge of the canvas, laid beneath copy that could not be read without it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ddm import colour
from ddm.geometry import Box
from ddm.resolve.paint.coat import Channels, Plain
from ddm.resolve.paint.grid import Edges, Grid
from ddm.resolve.paint.tones import Floats, Tones


@dataclass(frozen=True, slots=True)
class Veil:
    """A scrim: from `edge` of the canvas, full to `solid`, gone at `end` (fractions of the way to the far edge)."""

    edge: str
    solid: float
    end: float
    colour: str
    opacity: float

    def held(self, grid: Grid, canvas: Box) -> Floats:
        """How much of its opacity it has at each point, 0..1: an S between solid and end. Shape (rows, 1) or (1,
        columns): it changes in one direction only."""
        along = {
            "left": lambda: (grid.x - canvas.x) / canvas.width,
            "right": lambda: (canvas.right - grid.x) / canvas.width,
            "top": lambda: (grid.y - canvas.y) / canvas.height,
            "bottom": lambda: (canvas.bottom - grid.y) / canvas.height,
        }[self.edge]()
        t: Floats = ((self.end - along) / max(self.end - self.solid, 1e-6)).clip(0, 1)
        held: Floats = t * t * (3 - 2 * t)
        return held[None, :] if self.edge in ("left", "right") else held[:, None]


def _reached(veil: Veil, canvas: Box) -> Edges:
    left, top, right, bottom = canvas.x, canvas.y, canvas.right, canvas.bottom
    across, down = canvas.width * (1 - veil.end), canvas.height * (1 - veil.end)
    return {
        "left": Edges(left, top, right - across, bottom),
        "right": Edges(left + across, top, right, bottom),
        "top": Edges(left, top, right, bottom - down),
        "bottom": Edges(left, top + down, right, bottom),
    }[veil.edge]


class Veiled(Plain):
    """A veil that was laid."""

    __slots__ = ("_canvas", "_veil", "edges")
    sheer = True

    def __init__(self, veil: Veil, canvas: Box) -> None:
        self._veil, self._canvas = veil, canvas
        self.edges = _reached(veil, canvas)

    def hides(self, box: Edges) -> bool:
        return False

    def tones(self, box: Edges) -> Tones:
        raise AssertionError("a veil hides nothing")

    def alpha(self, grid: Grid) -> Floats:
        return self._veil.held(grid, self._canvas) * np.float32(self._veil.opacity)

    def bytes(self, grid: Grid) -> Channels:
        return np.array(colour.parse_hex(self._veil.colour), np.float32) * 255
