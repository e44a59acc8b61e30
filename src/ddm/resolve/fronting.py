"""How far a cut-out may stand before copy: the frames to try, and what it hides of the letters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ddm.geometry import Box
from ddm.perceive.schema import SIDES
from ddm.resolve.paint import Edges, Picture

LEAST = 1.0  # pixels along either side of a frame that shows anything
STEPS = 8  # in which it withdraws from the copy: a hundredth of the canvas each, which nobody sees


class _Way(NamedTuple):
    """One side of the frame that lies in the copy's box, and how deep."""

    depth: float
    side: str


def withdrawing(frame: Box, copy: Box) -> Iterator[Box]:
    """The frame, then with its side nearest to the end of the copy drawn back by steps, at last clear of it."""
    way = min(_ways(frame, copy))
    if way.depth <= 0 or not frame.intersection(copy).area:
        yield frame
        return
    tried = (_inset(frame, way.side, way.depth * step / STEPS) for step in range(STEPS + 1))
    yield from (one for one in tried if min(one.width, one.height) >= LEAST)


def _ways(frame: Box, copy: Box) -> tuple[_Way, ...]:
    """Of the two sides that the copy lies at."""
    (x, y), (cx, cy) = frame.centre, copy.centre
    across = _Way(copy.right - frame.x, "left") if cx < x else _Way(frame.right - copy.x, "right")
    return across, _Way(copy.bottom - frame.y, "top") if cy < y else _Way(frame.bottom - copy.y, "bottom")


def _inset(frame: Box, side: str, by: float) -> Box:
    inward = {"left": by, "top": by, "right": -by, "bottom": -by}
    return Box.of_edges(*(frame.edge(name) + (inward[name] if name == side else 0.0) for name in SIDES))


def hidden(coat: Picture, letters: Sequence[Box]) -> float:
    """The largest part of any letter that the subject covers."""
    frame = Box.of_edges(*coat.edges)
    met = [b for b in letters if frame.intersection(b).area]
    return max([coat.covered(Edges(b.x, b.y, b.right, b.bottom)) for b in met], default=0.0)
