"""A matte -> how its subject stands: the row of the ground beneath each column, and which columns touch it.

A silhouette tells no depth. What does: feet farther back in the scene stand higher in the picture, but not steeply so;
what stands has its weight above its feet; and a thin thing on which the weight does not rest (a lace, a cord) only
hangs down.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import asin, degrees, sqrt

import numpy as np

from ddm.perceive import pixels as px
from ddm.perceive.cutout import extent
from ddm.perceive.pixels import Floats, Mask

STEEP = 0.5
"""Rise by width up to which a lower edge runs along the ground: one at 45 degrees to the view, seen from 30 above."""
SAG = 0.2
"""Feet may stand so much higher in the picture than the lowest, of the subject's longer side: farther back."""
NEAR = 0.015
"""What ends so little above the ground, of the same, touches it: mattes are that rough."""
BESIDE = 0.06
"""The weight may lie so far beside the outermost foot, of the same: feet are half hidden, and weight is no area."""
THIN = 0.03
"""Half of a thing's width, of the same, up to which it is a cord where nothing rests on it."""
FEWEST = 6
"""Half a foot's width, in pixels, below which its curve is mere steps."""
HOVER = 0.05
"""How high above the ground floats what has no foot to stand on, of the same."""

TILT = 17.0
"""Degrees that a camera looks down at a product on a table, where nothing tells: the middle of those usual, 8 to 30."""
LEVEL, STEEPEST = 13.0, 32.0
"""Degrees taken for a straight lower edge (a box from its front, as likely as a level camera), and the most that a
curved one is taken for."""
FOOT = 0.25
"""The lowest part of a subject, of its height, that is its foot: of that the curve tells the tilt."""
OUT, HALF = 0.7, 0.5
"""Where the curve is measured, of half the foot's width from its middle: rounded edges begin farther out."""
BALL = 0.6
"""Sine of the tilt from which a lower edge is no circle seen from above, but round itself: a ball."""
CORNER = 1.75
"""A circle's edge rises 2.1 times as far at OUT as at HALF, a corner's 1.4 times: between them, which it is."""


@dataclass(frozen=True, slots=True)
class Standing:
    """line: float32 (w,), the ground's row beneath each column, as the lower edge of the pixels that touch it.

    touch: float32 (w,), 0..1, how surely the column's lowest pixels do. stands: whether the weight rests on them.
    tilt: degrees that the camera seems to look down.
    """

    line: Floats
    touch: Floats
    stands: bool
    tilt: float = TILT


def standing(matte: Floats) -> Standing:
    """Of a matte float32 (h, w). One that is empty stands on its lowest row."""
    inside = matte > 0.5
    height, width = matte.shape
    if not inside.any():
        return Standing(np.full(width, float(height), np.float32), np.zeros(width, np.float32), False)
    size = _size(inside)
    whole = _feet(inside, size)
    if _rests(inside, whole, size):
        return whole
    stout = _stout(inside, size)
    body = _feet(stout, size)
    if _rests(stout, body, size):
        return body
    lowest = float(extent(stout)[3])
    return Standing(np.full(width, lowest + HOVER * size, np.float32), np.zeros(width, np.float32), False)


def _size(inside: Mask) -> float:
    left, top, right, bottom = extent(inside)
    return float(max(right - left, bottom - top))


def _stout(inside: Mask, size: float) -> Mask:
    """The largest part of what is not thin; all of it where all is thin."""
    radius = max(1, round(THIN * size))
    kept = px.grown(px.shrunk(inside, radius), radius) & inside
    labels, areas = px.components(kept)
    if len(areas) < 2:
        return inside
    found: Mask = labels == 1 + int(areas[1:].argmax())
    return found


def _feet(inside: Mask, size: float) -> Standing:
    """The ground as the lowest line that runs nowhere steeper than STEEP, and bends only at what touches it."""
    height, width = inside.shape
    there = inside.any(0)
    bottom = np.where(there, height - np.argmax(inside[::-1], 0), -np.inf).astype(np.float32)
    lowest = float(bottom.max())
    falling = STEEP * np.arange(width, dtype=np.float32)
    rightwards = np.maximum.accumulate(bottom + falling) - falling
    leftwards = (np.maximum.accumulate((bottom + falling[::-1])[::-1]) - falling)[::-1]
    reached = np.maximum(np.maximum(rightwards, leftwards), lowest - SAG * size)
    touch = np.clip(2 - 2 * (reached - bottom) / (NEAR * size), 0, 1) * there
    columns = np.arange(width, dtype=np.float32)
    feet = touch > 0
    line = np.interp(columns, columns[feet], bottom[feet]).astype(np.float32)
    tilt = _tilt(inside, bottom)
    if tilt is None:
        near = np.clip(2 - 2 * (lowest - bottom) / (NEAR * size), 0, 1) * there
        return Standing(np.full(width, lowest, np.float32), near.astype(np.float32), True)
    return Standing(line, touch.astype(np.float32), True, tilt)


def _tilt(inside: Mask, bottom: Floats) -> float | None:
    """From how far a single broad foot's lower edge is curved, or its corner pointed; None of a ball."""
    _, top, _, lowest = extent(inside)
    foot = inside[lowest - max(2, round(FOOT * (lowest - top))) : lowest].any(0)
    columns = np.flatnonzero(foot)
    middle, half = (columns[0] + columns[-1]) / 2, (columns[-1] - columns[0] + 1) / 2
    if len(columns) < 2 * half - 0.5 or half < FEWEST:
        return TILT
    out, near = (lowest - _beside(bottom, middle, part * half) for part in (OUT, HALF))
    rise = float(out) / half
    if float(out) < CORNER * float(near):
        return _within(rise / OUT)
    sine = rise / (1 - sqrt(1 - OUT * OUT))
    return None if sine > BALL else _within(sine)


def _beside(bottom: Floats, middle: float, away: float) -> float:
    """Mean of the lower edge on both sides."""
    left, right = (float(bottom[round(middle + side * away)]) for side in (-1, 1))
    return (left + right) / 2


def _within(sine: float) -> float:
    return float(np.clip(degrees(asin(min(1.0, sine))), LEVEL, STEEPEST))


def _rests(inside: Mask, feet: Standing, size: float) -> bool:
    """Whether the middle of the weight lies between the outermost feet, or little beside."""
    touching = np.flatnonzero(feet.touch > 0)
    middle = float((inside.sum(0) * np.arange(inside.shape[1])).sum() / inside.sum())
    return bool(touching[0] - BESIDE * size <= middle <= touching[-1] + BESIDE * size)
