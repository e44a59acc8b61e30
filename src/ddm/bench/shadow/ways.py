"""A matte and a light -> the darkness of the floor, 0..1 of linear light, as several ways would have it."""

from __future__ import annotations

from collections.abc import Callable
from math import cos, radians, sin

import numpy as np

from ddm.derive.shading.shadow import KINDS, Light
from ddm.perceive import pixels as px
from ddm.perceive.cutout import extent
from ddm.perceive.pixels import Floats

FAR = 0.06
"""How far a copy is moved, of the subject's longer side: as drawing programs do unless told otherwise."""
BLUR = 0.04
SQUASHED = 0.28
"""Height of a silhouette that is laid down, of its own."""


def ours(matte: Floats, light: Light) -> Floats:
    return KINDS["cast"](matte, light)


def dropped(matte: Floats, light: Light) -> Floats:
    """A drop shadow: a blurred copy, moved away from the light."""
    return px.blur(copied(matte, light), BLUR * _size(matte))


def copied(matte: Floats, light: Light) -> Floats:
    """A flat copy, moved away from the light."""
    far, turn = FAR * _size(matte), radians(light.direction)
    return _moved(matte, [[1, 0, -far * sin(turn)], [0, 1, far * cos(turn)]])


def sheared(matte: Floats, light: Light) -> Floats:
    """The silhouette laid down on the floor and sheared away from the light, evenly blurred."""
    base = extent(matte > 0.5)[3]
    shear = -sin(radians(light.direction))
    laid = _moved(matte, [[1, -shear, shear * base], [0, SQUASHED, base * (1 - SQUASHED)]])
    return px.blur(laid, 0.5 * BLUR * _size(matte))


WAYS: dict[str, Callable[[Floats, Light], Floats]] = {
    "ours": ours,
    "drop_shadow": dropped,
    "flat_copy": copied,
    "sheared": sheared,
}


def _moved(matte: Floats, matrix: list[list[float]]) -> Floats:
    height, width = matte.shape
    return px.affine(matte, np.array(matrix, np.float32), width, height)


def _size(matte: Floats) -> float:
    left, top, right, bottom = extent(matte > 0.5)
    return float(max(right - left, bottom - top))
