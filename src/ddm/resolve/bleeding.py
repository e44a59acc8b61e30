"""Where a cut-out lies that may run off an edge: pure geometry.

A side at which the picture cuts its subject lies on the edge that it runs off, or a little beyond, never inside: a lamp
hangs from the top, a bust stands out of the bottom.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from ddm.errors import Unfit
from ddm.geometry import Box
from ddm.perceive.schema import SIDES

PAST = 0.01
"""Part of a cut subject that goes past the edge: the last pixels before a cut are soft and would show as a gap."""
ROUNDING = 1e-6  # of a scale

Past = Mapping[str, float]
"""Side -> part of the subject's extent that lies past the edge there; sides that it does not run off are left out."""


def past(cut: frozenset[str], may: tuple[str, ...], off: float) -> Past:
    """may: the sides at which it may run off. off: how far a whole subject does so at the first of them. Unfit where
    the picture cuts it at another."""
    if others := cut.difference(may):
        raise Unfit(f"the subject is cut at the {', '.join(sorted(others))}, so it cannot stand alone")
    if cut:
        return {side: PAST for side in SIDES if side in cut}
    return {may[0]: off} if may and off else {}


def reaching(frame: Box, room: Box, sides: Past) -> Box:
    """The frame, taken to the edges of the room around it at these sides."""
    edges = [(room if side in sides else frame).edge(side) for side in SIDES]
    return Box.of_edges(*edges)


class Axis(NamedTuple):
    """One direction: where the frame starts, its length, the subject's extent in its own pixels, the parts of it that
    lie past the start and the end, and where it sits (0 to 1) in what it leaves free."""

    start: float
    length: float
    extent: float
    before: float
    after: float
    share: float

    @property
    def fit(self) -> float:
        """The scale at which it fills its frame."""
        return self.length / (self.extent * (1 - self.before - self.after))

    @property
    def spans(self) -> bool:
        """Whether it runs off both ends, so that it must not be smaller."""
        return self.before > 0 and self.after > 0

    def at(self, scale: float) -> float:
        """Where the subject starts."""
        size = self.extent * scale
        if self.spans or not (self.before or self.after):
            return self.start + (self.length - size) * (0.5 if self.spans else self.share)
        return self.start - self.before * size if self.before else self.start + self.length - (1 - self.after) * size


def laid(native: Box, sides: Past, frame: Box, align: tuple[float, float], most: float) -> Box:
    """A subject of that size, as large as the frame allows. most: canvas pixels for each of its own."""
    left, top, right, bottom = (sides.get(side, 0.0) for side in SIDES)
    across = Axis(frame.x, frame.width, native.width, left, right, align[0])
    down = Axis(frame.y, frame.height, native.height, top, bottom, align[1])
    scale = _scale((across, down), most)
    return Box(across.at(scale), down.at(scale), native.width * scale, native.height * scale)


def _scale(axes: tuple[Axis, Axis], most: float) -> float:
    """What spans the frame decides; else what fits into it."""
    spanning = [axis.fit for axis in axes if axis.spans]
    room = min([most, *(axis.fit for axis in axes if not axis.spans)])
    if not spanning:
        return room
    if max(spanning) > room * (1 + ROUNDING):
        raise Unfit("the subject is cut at opposite sides and cannot reach from edge to edge")
    return max(spanning)
