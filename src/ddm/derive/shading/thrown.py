"""A matte as a solid, and rays of light -> how much of them the ground around it does not see.

Each run of a row of the matte is taken for a disc that lies at that height, as deep as it is wide: bodies of revolution
exactly, others roughly. Each ray lays all discs down on the ground; what several lay down is dark once. Many rays over
a lamp's disc make the penumbra, over the whole sky the dark beneath and around a foot: softness that grows with
distance comes out by itself.

World: x right, y up, z to the viewer, an orthographic camera that looks down.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import acos, atan2, cos, degrees, hypot, radians, sin, sqrt, tan
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from ddm.derive.shading.standing import Standing
from ddm.perceive.pixels import Floats

DEEPEST = 0.55
"""Half the depth of anything at most, of its height: what is wide and low, as a sofa, is not as deep as wide."""
SQUARE = 0.4
"""Power of a disc's outline: 0.5 is round, less is nearer to a box; in between serves both."""
LOWEST = 12.0
"""Degrees above the ground of the lowest ray: shadows longer than five times the height end in nothing."""
USUAL = 60.0
"""Degrees around from the viewer to where a lamp stands that lights one side: of two places it may be, the likelier."""
HEIGHTS = 50.0, 65.0
"""Degrees between which such a lamp is taken to stand: of 266 solids whose light was perceived, the middle shadow is
12.5 degrees off, without these bounds 14.0, and 13.6 where all lamps stand at 50."""
GOLDEN = np.pi * (3 - sqrt(5))
"""Angle of the sunflower: points at this step fill a disc evenly (Vogel, 1979)."""

Whole: TypeAlias = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Solid:
    """Pixels of a matte as stacked discs, each value (n,): column, height above the ground in rows of the picture, the
    row of the disc's middle on the ground, half its depth in rows, and coverage. shape: of the matte and of all planes.
    tilt: degrees that the camera looks down.
    """

    column: Floats
    height: Floats
    middle: Floats
    half: Floats
    weight: Floats
    shape: tuple[int, int]
    tilt: float


def solid(matte: Floats, feet: Standing) -> Solid:
    """From a matte float32 (h, w) and how it stands; what hangs below the ground is left out."""
    rows, columns = np.nonzero(matte > 0.1)
    height = feet.line[columns] - rows - 0.5
    above = height > -1
    rows, columns, height = rows[above], columns[above], np.maximum(height[above], 0)
    half = _half_depths(matte > 0.5) * np.float32(sin(radians(feet.tilt)))
    foot = _foot_depth(half, feet)
    middle = feet.line[columns] - foot[columns]
    shape = matte.shape[0], matte.shape[1]
    return Solid(
        columns.astype(np.float32), height, middle, half[rows, columns], matte[rows, columns], shape, feet.tilt
    )


def _half_depths(inside: np.ndarray) -> Floats:
    """(h, w): of each pixel, from how far it is from both ends of its run."""
    width = inside.shape[1]
    columns = np.arange(width, dtype=np.float32)
    left = columns - np.maximum.accumulate(np.where(inside, -1, columns), 1)
    right = np.minimum.accumulate(np.where(inside, width, columns)[:, ::-1], 1)[:, ::-1] - columns
    wide = (left + right) / 2
    deepest = np.minimum(wide, DEEPEST * float(inside.any(1).sum()))
    found: Floats = np.where(inside, deepest * (left * right / np.maximum(wide, 1) ** 2) ** SQUARE, 0)
    return found.astype(np.float32)


def _foot_depth(half: Floats, feet: Standing) -> Floats:
    """(w,): half the depth of what touches the ground, carried on to columns where nothing does."""
    columns = np.arange(half.shape[1])
    touching = np.flatnonzero(feet.touch > 0)
    if not len(touching):
        return np.zeros(half.shape[1], np.float32)
    rows = np.clip(np.round(feet.line[touching]).astype(int) - 1, 0, len(half) - 1)
    near = np.maximum(half[rows, touching], half[np.maximum(rows - 2, 0), touching])
    found: Floats = np.interp(columns, touching, near).astype(np.float32)
    return found


def occluded(body: Solid, rays: Floats, weights: Floats) -> Floats:
    """float32 (h, w), 0..1: the part of the rays (n, 3, unit, towards the light) that the ground does not see."""
    dark = np.zeros(body.shape, np.float32)
    tilt = radians(body.tilt)
    for (right, up, front), weight in zip(rays, weights / weights.sum(), strict=True):
        aside, back = -right / up / cos(tilt), front / up * tan(tilt)
        _lay(body, float(aside), float(back), float(weight), dark)
    return dark


def _lay(body: Solid, aside: float, back: float, weight: float, onto: Floats) -> None:
    """Adds all discs, moved by so many columns and rows up for each row of their height; dark once where they overlap.

    Each column of a disc is a stretch of rows; the stretches are summed where they begin and end, in the smallest box
    that holds all of them.
    """
    height, width = body.shape
    column = np.round(body.column + aside * body.height).astype(np.int64)
    half = np.maximum(body.half, 0.5 + abs(back) / 2)
    middle = body.middle - back * body.height
    above, below = np.clip(middle - half, 0, height), np.clip(middle + half, 0, height)
    seen = (column >= 0) & (column < width) & (below > above)
    if not seen.any():
        return
    places: Whole
    places, above, below, cover = column[seen], above[seen], below[seen], body.weight[seen]
    left, top = int(places.min()), int(above.min())
    wide, tall = int(places.max()) - left + 1, min(height, int(below.max()) + 1) - top
    rows = np.concatenate([above, below]) - top
    steps = _steps(np.concatenate([places, places]) - left, rows, np.concatenate([cover, -cover]), (tall + 2, wide))
    onto[top : top + tall, left : left + wide] += weight * np.clip(np.cumsum(steps, 0, np.float32)[:tall], 0, 1)


def _steps(column: Whole, row: Floats, weight: Floats, shape: tuple[int, int]) -> Floats:
    """Weights summed at their places (h, w), each shared out between the two rows nearest."""
    height, width = shape
    whole: Whole = row.astype(np.int64)
    part = (row - whole) * weight
    place = whole * width + column
    shared = np.concatenate([weight - part, part])
    summed = np.bincount(np.concatenate([place, place + width]), shared, height * width)
    return np.asarray(summed, np.float64).reshape(shape)


def towards(clock: float, height: float, looking: float) -> tuple[float, float, float]:
    """The unit vector to a light that stands `clock` degrees around the picture and `height` degrees above the ground.

    looking: degrees that the camera looks down. Of the two places where it may be, the likelier. Where no
    light so high is seen at that angle, it stands to the side to which the highest stands that is: the shadow then
    falls to its side, but no longer than `height` says.
    """
    turn, tilt = radians(clock), radians(looking)
    most, needed = hypot(cos(turn), sin(turn) * sin(tilt)), abs(sin(turn)) * cos(tilt)
    rise = min(radians(height), atan2(most, needed))
    across, along = cos(rise) * cos(turn), cos(rise) * sin(turn) * sin(tilt)
    offset = min(1.0, max(-1.0, sin(turn) * sin(rise) * cos(tilt) / max(1e-9, hypot(across, along))))
    first, aside = atan2(across, along), acos(offset)
    around = max(first - aside, first + aside, key=lambda angle: cos(abs(_turned(angle)) - radians(USUAL)))
    return cos(radians(height)) * sin(around), sin(radians(height)), cos(radians(height)) * cos(around)


def usual_height(clock: float, looking: float) -> float:
    """Degrees above the ground of a lamp of which only the clock is seen.

    One that stands USUAL degrees around from the viewer is seen so far aside at one height only; the nearer to straight
    above, the higher it must stand.
    """
    turn, tilt, around = radians(abs((clock + 180) % 360 - 180)), radians(looking), radians(USUAL)
    rise = atan2(sin(around) * cos(turn) + cos(around) * sin(tilt) * sin(turn), cos(tilt) * sin(turn))
    low, high = HEIGHTS
    return min(high, max(low, degrees(rise)))


def _turned(angle: float) -> float:
    """The same angle, -pi to pi."""
    return atan2(sin(angle), cos(angle))


@lru_cache(maxsize=64)
def lamp(clock: float, height: float, looking: float, radius: float, count: int) -> tuple[Floats, Floats]:
    """Rays (count, 3) to a disc of that radius in degrees, and their weights: what falls slanting lights less."""
    middle = np.array(towards(clock, height, looking))
    one = np.cross(middle, [0.31, 0.2, 0.93])
    one /= np.linalg.norm(one)
    two = np.cross(middle, one)
    k = np.arange(count)
    reach = np.tan(radians(radius)) * np.sqrt((k + 0.5) / count)
    rays = middle + reach[:, None] * (np.cos(GOLDEN * k)[:, None] * one + np.sin(GOLDEN * k)[:, None] * two)
    rays /= np.linalg.norm(rays, axis=1, keepdims=True)
    rays = rays[rays[:, 1] > sin(radians(LOWEST))]
    return rays.astype(np.float32), rays[:, 1].astype(np.float32)


@lru_cache(maxsize=4)
def sky(count: int, lowest: float = LOWEST) -> tuple[Floats, Floats]:
    """Rays (count, 3) over the sky down to `lowest` degrees above the ground, half of them the others' mirror image.

    Denser above, by what they give to a level ground (Malley's method).
    """
    k = np.arange(count // 2)
    reach = np.sqrt((k + 0.5) / len(k)) * cos(radians(lowest))
    rays = np.stack([reach * np.cos(GOLDEN * k), np.sqrt(1 - reach**2), reach * np.sin(GOLDEN * k)], 1)
    rays = np.concatenate([rays, rays * [-1, 1, 1]])
    return rays.astype(np.float32), np.ones(len(rays), np.float32)
