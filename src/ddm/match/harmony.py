"""How well two pictures' colours go together, by the harmonic templates of the hue wheel.

Cohen-Or, Sorkine, Gal, Leyvand and Xu, "Color Harmonization" (2006), after Matsuda and Tokumaru, here in OKLCH. A set
of colours is harmonious when, for some template turned by some angle, all hues lie in its sectors.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import cache

import numpy as np
import numpy.typing as npt

from ddm.perceive.perception import Swatch

Floats = npt.NDArray[np.float64]
Leaning = npt.NDArray[np.float64]
"""For each template and turn half of what a palette loses with it; less is better, -0.5 the best."""

TEMPLATES: Mapping[str, tuple[tuple[float, float], ...]] = {
    "i": ((0, 18),),
    "V": ((0, 93.6),),
    "L": ((0, 18), (90, 79.2)),
    "I": ((0, 18), (180, 18)),
    "T": ((0, 180),),
    "Y": ((0, 93.6), (180, 18)),
    "X": ((0, 93.6), (180, 93.6)),
}
"""Name -> sectors as (centre, width) in degrees, before turning."""
STEP = 5  # degrees between hues and between turns; finer than two neighbouring hues are told apart
FAR = 60.0  # mean degrees outside the sectors at which nothing is left of harmony
GREY = 0.02  # OKLCH chroma below which a colour has no hue to speak of
NEUTRAL = 0.75  # of pictures without colour: they go with everything and add nothing


def _distance(degrees: Floats, centre: float, width: float) -> Floats:
    """How far hues lie outside a sector, in degrees."""
    apart = np.abs((degrees - centre + 180) % 360 - 180)
    return np.maximum(0, apart - width / 2)


@cache
def _wheel() -> tuple[Floats, Floats]:
    """For each template and turn (rows): distances of each hue (columns), and how much the template says.

    Nearly any colours lie in some wide template, so a template counts for less the more of the wheel it covers.
    """
    hues = np.arange(0, 360, STEP, dtype=np.float64)
    rows, merits = [], []
    for sectors in TEMPLATES.values():
        merit = 1 - sum(width for _, width in sectors) / 360
        for turn in hues:
            rows.append(np.min([_distance(hues, centre + turn, width) for centre, width in sectors], axis=0))
            merits.append(merit)
    return np.array(rows), np.array(merits)


def leaning(swatches: Sequence[Swatch]) -> Leaning | None:
    """How far a palette is from each template and turn, colours weighted by area and chroma; None without colours."""
    vivid = [(math.hypot(s.a, s.b), s) for s in swatches]
    weights = [(chroma * s.weight, math.degrees(math.atan2(s.b, s.a)) % 360) for chroma, s in vivid if chroma > GREY]
    total = sum(weight for weight, _ in weights)
    if not total:
        return None
    histogram = np.zeros(360 // STEP)
    for weight, hue in weights:
        histogram[round(hue / STEP) % len(histogram)] += weight / total
    distances, merits = _wheel()
    found: Leaning = (distances @ histogram / FAR - merits) / 2
    return found


def harmony(one: Leaning | None, other: Leaning | None) -> float:
    """0..1 for two palettes, each of equal weight: the best template and turn for both together."""
    if one is None or other is None:
        return NEUTRAL
    return min(1.0, max(0.0, -float((one + other).min())))
