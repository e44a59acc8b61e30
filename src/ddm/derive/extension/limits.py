"""Kind of border, and how far it shall grow -> how sure the outcome is, and so how far it may; no pixels are needed."""

from __future__ import annotations

from math import sqrt
from typing import NamedTuple


class Expected(NamedTuple):
    """What growing costs in likeness to the photograph as it really goes on: the cosine distance of crops in the
    features of our embedding. It is `least` for next to nothing, and `more` by the root of the part that is grown.

    Fitted to 137 sides of the photographs that are not held back (`ddm bench extend` tells of those that are). Of flat
    ones it is the mean of the 13 that grew by less than a third, which the part hardly matters to; what is hidden
    behind the two that doubled is another thing, and no ground that goes on.
    """

    least: float
    more: float


EXPECTED = {
    "flat": Expected(0.08, 0.0),
    "gradient": Expected(0.102, 0.038),
    "texture": Expected(-0.025, 0.453),
    "complex": Expected(0.123, 0.185),
}
SURE = 0.75
"""Sureness below which a picture must not grow. What was mirrored before, by 12 % of complex and 30 % of textured
borders, which people accepted, had .735 and .742."""
MOST = {"flat": 4.0, "gradient": 0.8, "texture": 0.35, "complex": 0.35}
"""Part of the picture by which a border may grow however sure it looks, as people see it: beyond smooth ones what light
there is in the picture stands in the rest as a cross or a frame; beyond others pieces come again. Features of an
embedding mind none of that. `extend.check_border` refuses more, when it sees the pixels."""


def sureness(kind: str, share: float) -> float:
    """0..1 for a border of that kind that grows by that part of the picture's width or height."""
    least, more = EXPECTED[kind]
    return 1 - min(1.0, max(0.0, least + more * sqrt(share)))


def limit(kind: str) -> float:
    """The part of the picture by which such a border may grow."""
    least, more = EXPECTED[kind]
    return min(MOST[kind], round(((1 - SURE - least) / more) ** 2, 2)) if more else MOST[kind]


LIMITS = {kind: limit(kind) for kind in EXPECTED}
