"""Pixels -> how busy each place is, on a scale that is the same for every picture."""

from __future__ import annotations

import numpy as np

from ddm.perceive import pixels as px
from ddm.perceive.pixels import Floats

FLOOR = 0.004
"""Gradient and contrast of a plain wall with a camera's grain, in OKLab lightness: counted as nothing."""
FULL = 0.09
"""Local contrast (gradient plus deviation, OKLab lightness) of dense foliage or print: about 230 of 255."""


def busyness(lab: Floats) -> Floats:
    """float32 (h, w) 0..255 from OKLab (h, w, 3) of a picture whose longer side is about 512 pixels.

    Mean gradient within about 1 % of the picture, colour counting half, plus local deviation of lightness within 2 %,
    then compressed: half of the scale is reached at a third of FULL.
    """
    plane = lab[..., 0]
    colour = 0.5 * (px.gradient(np.ascontiguousarray(lab[..., 1])) + px.gradient(np.ascontiguousarray(lab[..., 2])))
    edges = px.box_mean(px.gradient(np.ascontiguousarray(plane)) + colour, 3)
    energy = np.maximum(edges + 0.5 * _deviation(plane, 5) - FLOOR, 0)
    return 255 * (1 - np.exp(-2.3 * energy / FULL))


def _deviation(plane: Floats, radius: int) -> Floats:
    """Standard deviation within a square, less the part that a plain slope across it makes."""
    smooth = px.box_mean(plane, radius)
    detail = plane - smooth
    found: Floats = np.sqrt(np.maximum(px.box_mean(detail * detail, radius), 0))
    return found
