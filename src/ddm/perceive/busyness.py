"""Pixels -> how busy each place is, on a scale that is the same for every picture."""

from __future__ import annotations

import numpy as np

from ddm.perceive import pixels as px
from ddm.perceive.pixels import Floats

FLOOR = 0.004
"""Gradient and contrast of a plain wall with a camera's grain, in OKLab lightness: counted as next to nothing."""
FULL = 0.045
"""Local contrast (gradient plus deviation, OKLab lightness) of dense foliage or print: about 230 of 255. Set so that as
much of 24 photographs is calm (up to 60) as with the wider windows before: 46 %; mean 100 against 98."""
NEAR = 1
"""Pixels around each that count. Narrow, so that copy may lie on a badge and close to an edge: designers' copy lies at
percentile .24 of what is busy, at .29 with windows of 3 and 5 pixels."""
COLOUR = 0.25
"""Weight of a change of colour beside one of lightness, which print is read by."""


def busyness(lab: Floats) -> Floats:
    """float32 (h, w) 0..255 from OKLab (h, w, 3) of a picture whose longer side is about 512 pixels.

    Mean gradient, plus half of the local deviation of lightness, within NEAR, then compressed: half of the scale is
    reached at a third of FULL. Below FLOOR it falls off as the square, so that of two calm places one is the calmer.
    """
    plane, a, b = (np.ascontiguousarray(lab[..., k]) for k in range(3))
    edges = px.box_mean(px.gradient(plane) + COLOUR * (px.gradient(a) + px.gradient(b)), NEAR)
    energy = np.hypot(edges + 0.5 * _deviation(plane, NEAR), FLOOR) - FLOOR
    found: Floats = 255 * (1 - np.exp(-2.3 * energy / FULL))
    return found


def _deviation(plane: Floats, radius: int) -> Floats:
    """Standard deviation within a square, less the part that a plain slope across it makes."""
    smooth = px.box_mean(plane, radius)
    detail = plane - smooth
    found: Floats = np.sqrt(np.maximum(px.box_mean(detail * detail, radius), 0))
    return found
