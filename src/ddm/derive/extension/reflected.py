"""A picture -> the same with its own reflection beyond some of its borders, and whether lines would be seen to turn."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from ddm.perceive import pixels as px
from ddm.perceive.pixels import Floats

T = TypeVar("T", bound=np.generic)

SHARP_EDGE = 0.02
"""Slope per pixel (0..1 of lightness) of what counts as an edge."""
FEW = 0.01
"""Part of a strip that edges must cover to be heard fully."""


def reflected(plane: npt.NDArray[T], growth: Mapping[str, int]) -> npt.NDArray[T]:
    """(h, w) or (h, w, n), grown by whole pixels per side."""
    left, top, right, bottom = (growth.get(side, 0) for side in ("left", "top", "right", "bottom"))
    rest = [(0, 0)] * (plane.ndim - 2)
    return np.pad(plane, [(top, bottom), (left, right), *rest], mode="symmetric")


def slant(strip: Floats) -> float:
    """0..1: how much of the sharp structure of lightness float32 (h, w) runs neither along the strip nor straight out.

    By the structure tensor (Bigun and Granlund, 1987): 0 for level and upright lines and even gravel, 1 for diagonals.
    """
    plane = px.blur(strip, 1.0)
    dx, dy = px.slope(plane), px.slope(np.ascontiguousarray(plane.T)).T
    sigma = max(2.0, strip.shape[1] / 8)
    xx, yy, xy = (px.blur(np.ascontiguousarray(p), sigma) for p in (dx * dx, dy * dy, dx * dy))
    if not (xx + yy).any():
        return 0.0
    sharp = float((dx * dx + dy * dy > SHARP_EDGE**2).mean())
    oblique = float((2 * np.abs(xy)).sum() / float((xx + yy).sum()))
    return oblique * min(1.0, sharp / FEW)
