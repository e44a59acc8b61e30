"""A line of lettering on a subject -> whether it was laid over the photograph, or is the subject's own print.

Type is level, and may be sharper than the photograph beneath it; what a camera saw is neither. Of 377 lines of print in
photographs that people took of clothes and that shops show of products, one was both, of 1,010 lines of copy laid over
such photographs half: four in five where the photograph had been enlarged, one in five where it was as sharp as type.
There, and in print, an outline or a plate is a sign: but one line of print in eight has one, so that it counts with
level type only, nearly as sharp as the photograph can be. What shows none of this stays.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ddm.derive.erasing.level import level
from ddm.derive.erasing.plates import plate
from ddm.derive.erasing.strokes import Spot
from ddm.perceive import pixels as px
from ddm.perceive.pixels import Floats, Mask

SHARPER = 1.05
"""How much narrower than the photograph's sharpest edges those of copy must be, to be told by that."""
AS_SHARP = 0.85
"""... and by an outline or a plate."""
SMALL = 24.0
"""Height of a line in pixels, below which an outline is not told from the halo of its codec."""
COLOURS, CELL, ONE = 6, 0.025, 0.03
"""Colours that are looked at, the cells that they are found by, and how far pixels of one lie from it (OKLab)."""
PURE, SPARE = 0.06, 0.05
"""... with what a codec adds; and what is of the ground's colour, where the two are compared."""
APART = 0.1
"""Least difference (OKLab) of ink and outline."""
SHARE = 0.03
"""Least part of the line's room that either covers. Antialiasing of print covers less."""
FOREIGN = 0.03
"""Most of the ground that may have the colour of either. Print shows the product between its letters."""
AROUND = 0.6
"""Least part of an ink's rim that is of the other colour: .62 to 1 of outlined copy."""
REACH = 0.06
"""Width of that rim, in heights of the line."""


def laid_over(wide: Spot, near: Spot, sharper: float) -> bool:
    """Whether it shows that a line was laid over. wide, near: the line with room for a plate, and for an outline.

    sharper: width of the photograph's sharpest edges by that of the line's.
    """
    if sharper < AS_SHARP or not level(_boxed(near)):
        return False
    return sharper >= SHARPER or plate(wide.lab, wide.line) is not None or outlined(near)


def _boxed(spot: Spot) -> Floats:
    """The line's box alone, float32 (h, w, 3)."""
    rows, columns = (np.flatnonzero(spot.line.any(axis)) for axis in (1, 0))
    return spot.lab[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


def outlined(spot: Spot) -> bool:
    """Whether the line has two colours, neither of them the ground's, one of which runs around the other."""
    if spot.size < SMALL or not spot.ground.any():
        return False
    inks = [_of(spot, colour) for colour in _colours(spot) if _foreign(spot, colour)]
    return any(_runs_around(spot, one, other) for one in inks for other in inks if one is not other)


def _colours(spot: Spot) -> Iterator[Floats]:
    """The most frequent ones in the line's room that lie apart and cover enough of it, float32 (3,) OKLab."""
    left = spot.lab[spot.room]
    least = SHARE * len(left)
    for _ in range(COLOURS):
        if len(left) <= least:
            return
        _, cell, count = np.unique(
            np.round(left / CELL).astype(np.int16), axis=0, return_inverse=True, return_counts=True
        )
        colour = np.median(left[cell.ravel() == count.argmax()], axis=0)
        away = np.linalg.norm(left - colour, axis=-1)
        if (away < ONE).sum() >= least:
            yield colour
        left = left[away >= 2 * ONE]


def _foreign(spot: Spot, colour: Floats) -> bool:
    return bool((np.linalg.norm(spot.lab[spot.ground] - colour, axis=-1) < SPARE).mean() <= FOREIGN)


def _of(spot: Spot, colour: Floats) -> tuple[Floats, Mask]:
    return colour, (np.linalg.norm(spot.lab - colour, axis=-1) < PURE) & spot.room


def _runs_around(spot: Spot, one: tuple[Floats, Mask], other: tuple[Floats, Mask]) -> bool:
    """Whether the other colour lies along most of the rim of what is solidly of the one."""
    solid = px.grown(px.shrunk(one[1], 1), 1)
    rim = px.grown(solid, max(2, round(REACH * spot.size))) & ~px.grown(solid, 1) & spot.room
    apart = float(np.linalg.norm(one[0] - other[0])) >= APART
    return apart and bool(rim.any()) and float(px.grown(other[1], 1)[rim].mean()) >= AROUND
