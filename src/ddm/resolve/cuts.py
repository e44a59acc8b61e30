"""All ways to break a text, with the badge around it, in em: sizing it is then a division and a look into a table."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import NamedTuple

from ddm.typeset.measured import Measured, Way

DESCENT = 0.20  # room kept below the last baseline, by the size
PAD_ACROSS, PAD_DOWN = 0.72, 0.50  # a badge's padding, by the size
DISC = 1.22  # a disc's diameter against the diagonal-free extent of its text
TABLES = 8192  # tables kept: a kilobyte each


class Cut(NamedTuple):
    """A text with its badge, broken in one way, in em. inset: of the text inside its badge."""

    width: float
    height: float
    inset: tuple[float, float]
    way: Way


class Table(NamedTuple):
    """The ways to set a text in at most so many lines: fewest lines first, then the best, on a disc the smallest
    first; those that tear no phrase apart; and the least widths of either, in em."""

    cuts: tuple[Cut, ...]
    whole: tuple[Cut, ...]
    least: float
    least_whole: float


def cut(way: Way, leading: float, badge: str) -> Cut:
    """The extents of one way with a badge of that shape, '' for none."""
    height = way.lines[0].cap_height + (len(way.lines) - 1) * leading
    if not badge:
        return Cut(way.width, height + DESCENT, (0.0, 0.0), way)
    if badge == "disc":
        side = math.hypot(way.width, height) * DISC + PAD_DOWN
        return Cut(side, side, ((side - way.width) / 2, (side - height) / 2), way)
    return Cut(way.width + 2 * PAD_ACROSS, height + 2 * PAD_DOWN, (PAD_ACROSS, PAD_DOWN), way)


@lru_cache(TABLES)
def table(measured: Measured, most: int, badge: str) -> Table:
    """All cuts in at most `most` lines."""
    ways = [way for count in range(1, most + 1) for way in reversed(measured.ways(count))]
    cuts = [cut(way, measured.leading, badge) for way in ways]
    if badge == "disc":
        cuts.sort(key=lambda one: one.width)
    whole = [one for one in cuts if not one.way.torn]
    least, least_whole = (min((one.width for one in some), default=math.inf) for some in (cuts, whole))
    return Table(tuple(cuts), tuple(whole), least, least_whole)
