"""Which part of a picture a frame shows: pure geometry, by the subject, never by stretching.

A window is the frame laid over the picture: where it reaches outside, the picture must grow, as its borders allow.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import inf
from typing import TypeAlias

from ddm.derive.extension.limits import LIMITS
from ddm.errors import Unfit
from ddm.geometry import Box
from ddm.language.parameters import Range, Zone
from ddm.perceive.schema import SIDES

MOST_ENLARGEMENT = 1.25  # beyond it a photograph looks soft beside crisp type
NOISE = 1e-6  # pixels by which arithmetic may err: what just touches a limit keeps it
Insets: TypeAlias = tuple[float, float, float, float]
NOTHING: Insets = (0.0, 0.0, 0.0, 0.0)
UNSEEN = 0.05  # of the picture's pixels: what reaches less beyond its edge needs no growing
CUT_SLACK = 0.01  # of the frame, by which a side that cuts the subject anyway may cut it further
HIDDEN = 0.06  # of the frame, that the host may cover whatever of a subject lies there: margins are no more
SMALLEST = 0.6  # of the least size wished for: smaller, a subject would be lost in what is grown around it
GROWTH_LIMIT = {kind: 0.9 * share for kind, share in LIMITS.items()} | {"kept": 0.0}
"""How far a border may be continued, as part of the picture's side, before it shows; "kept" where it must not be. A
little less than what is made: who asks for pixels rounds up."""


@dataclass(frozen=True, slots=True)
class Source:
    """A picture as the search sees it: size and subject in its pixels, sides that cut the subject, borders by side.

    bare: by side, how deep the picture may be covered before more than a cord of the subject is, in its pixels.
    """

    width: float
    height: float
    subject: Box
    cut: frozenset[str]
    borders: tuple[str, str, str, str]  # of SIDES, in their order
    bare: Insets = NOTHING

    def border(self, side: str) -> str:
        return self.borders[SIDES.index(side)]

    def mirrored(self) -> Source:
        swap = {"left": "right", "right": "left"}
        return Source(
            self.width,
            self.height,
            self.subject.mirrored(self.width),
            frozenset(swap.get(s, s) for s in self.cut),
            (self.borders[2], self.borders[1], self.borders[0], self.borders[3]),
            (self.bare[2], self.bare[1], self.bare[0], self.bare[3]),
        )


@dataclass(frozen=True, slots=True)
class Wish:
    """zones: places for the subject's centre, best first. size: its extent along the tighter side. Both are of that
    part of the frame which the host leaves free.

    margin: least room to the frame's edge, as part of its shorter side. covered: what the host covers of the frame at
    its left, top, right and bottom, in canvas pixels; the subject keeps clear of that. most: limit of growth per side,
    as part of the frame; 0 forbids it. finest: pixels the rasteriser may draw for each of the picture's. close: a part
    of the subject is wished for, so the frame may cut it where the host covers no more than a margin.
    """

    zones: tuple[Zone, ...]
    size: Range
    margin: float = 0.03
    most: float = 0.0
    finest: float = MOST_ENLARGEMENT
    covered: Insets = NOTHING
    close: bool = False

    def clear(self, width: float, height: float) -> Box:
        """What the host leaves free of a frame of that size."""
        left, top, right, bottom = self.covered
        return Box(left, top, width - left - right, height - top - bottom)


@dataclass(frozen=True, slots=True)
class Window:
    """The frame in the picture's pixels; canvas pixels for each of them; growth by side, in the picture's pixels."""

    box: Box
    scale: float
    growth: Mapping[str, float]
    cost: float
    zone: Zone

    @property
    def grows(self) -> bool:
        return any(self.growth.values())


def deepest(source: Source, side: str, covered: float, extent: float) -> float:
    """How far into the picture a window may start at a side where the host covers so much of it: of a subject that
    reaches that side, no more than a cord may lie there."""
    if side not in source.cut or covered <= HIDDEN * extent:
        return inf
    return source.bare[SIDES.index(side)] - covered


def most_growth(source: Source, wish: Wish, side: str, extent: float, limit: float) -> float:
    """In the picture's pixels."""
    return 0.0 if side in source.cut else min(wish.most * extent, GROWTH_LIMIT[source.border(side)] * limit)


def size_in(source: Source, wish: Wish, width: float, height: float, scale: float) -> float:
    """The subject's extent in a window of that many of the picture's pixels, as wishes say it."""
    clear = wish.clear(width * scale, height * scale).scaled(1 / scale)
    return max(source.subject.width / clear.width, source.subject.height / clear.height)


def too_small(source: Source, wish: Wish, width: float, height: float, scale: float) -> bool:
    """Whether nothing must be grown around the subject, since it has too few pixels for that frame."""
    return size_in(source, wish, width, height, scale) < SMALLEST * wish.size.low


def growth_of(source: Source, box: Box) -> Mapping[str, float]:
    reach = (-box.x, -box.y, box.right - source.width, box.bottom - source.height)
    return {side: r if r > UNSEEN + NOISE else 0.0 for side, r in zip(SIDES, reach, strict=True)}


def as_taken(source: Source, frame: Box, wish: Wish) -> Wish:
    """The wish for as much of the picture as the frame can show: its subject stays where the photographer had it."""
    scale = max(frame.width / source.width, frame.height / source.height)
    width, height = frame.width / scale, frame.height / scale
    clear = wish.clear(frame.width, frame.height).scaled(1 / scale)
    cx, cy = source.subject.centre
    x, y = cx - (source.width - width) / 2 - clear.x, cy - (source.height - height) / 2 - clear.y
    size = size_in(source, wish, width, height, scale)
    return replace(wish, zones=(Zone(x / clear.width, y / clear.height),), size=Range(size, size))


def cover(source: Source, frame: Box, finest: float = MOST_ENLARGEMENT) -> Window:
    """A picture without a subject that matters: filled and centred. Unfit where it is too small."""
    scale = max(frame.width / source.width, frame.height / source.height)
    if scale > finest:
        raise Unfit(f"it would be enlarged {scale:.2f} times")
    width, height = frame.width / scale, frame.height / scale
    box = Box((source.width - width) / 2, (source.height - height) / 2, width, height)
    return Window(box, scale, dict.fromkeys(SIDES, 0.0), 0.0, Zone(0.5, 0.5))
