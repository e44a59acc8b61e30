"""Main colours -> how their hues stand to one another, in a word; pixels -> how colourful they are."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ddm.colour import oklch_of_oklab
from ddm.perceive import pixels as px
from ddm.perceive.perception import Swatch
from ddm.perceive.pixels import Bytes, Floats

GREY = 0.025
"""OKLab chroma below which a swatch has no hue: warm and cool greys, paper, steel."""
COLOURED = 0.004
"""Mean chroma (weight times chroma, summed) that hues need to make a harmony at all: an accent of a fiftieth."""
MOST = 0.9
"""Part of the coloured weight that a scheme must hold; the rest is an accent that breaks none."""
LEAST = 0.08
"""... and part that each of its hues must have: less is an accent too."""

SCHEMES: tuple[tuple[str, float, tuple[float, ...]], ...] = (
    ("monochrome", 18.0, (0.0,)),
    ("analogous", 45.0, (0.0,)),
    ("complementary", 25.0, (0.0, 180.0)),
    ("triadic", 22.0, (0.0, 120.0, 240.0)),
)
"""Word, half width of each sector in degrees, and where the sectors lie; the narrowest that fits is the answer.

After the templates of Cohen-Or and others, "Color Harmonization" (SIGGRAPH 2006): i, a wide V, I, and a triad."""
TURNS = np.arange(0.0, 360.0, 3.0)
"""Where a scheme's first hue may lie, in degrees: steps that no eye tells apart."""


def harmony(swatches: Sequence[Swatch]) -> str:
    """A word of `schema.HARMONIES` for a region's swatches, each counted by weight times chroma."""
    found = oklch_of_oklab([(s.lightness, s.a, s.b) for s in swatches] or np.zeros((0, 3)))
    weights = np.array([s.weight for s in swatches]) * found[:, 1] * (found[:, 1] > GREY)
    if weights.sum() < COLOURED:
        return "neutral"
    hues, shares = found[weights > 0, 2], weights[weights > 0] / weights.sum()
    return next((word for word, half, sectors in SCHEMES if _fits(hues, shares, half, sectors)), "mixed")


def _fits(hues: Floats, shares: Floats, half: float, sectors: tuple[float, ...]) -> bool:
    """Whether the sectors, turned somewhere, hold MOST of the colour, and each at least LEAST of it."""
    centres = TURNS[:, None] + np.array(sectors)
    away = np.abs((hues - centres[..., None] + 180) % 360 - 180)
    held = ((away <= half) * shares).sum(-1)
    return bool(((held.min(1) >= LEAST) & (held.sum(1) >= MOST)).any())


def colourfulness(pixels: Bytes) -> float:
    """0 for grey to about 110 for the most vivid, of uint8 (h, w, 3) sRGB.

    Hasler and Suesstrunk, "Measuring colourfulness in natural images" (SPIE 2003), the measure in opponent channels.
    """
    red, green, blue = (plane.astype(np.float32) for plane in px.planes(pixels))
    across, down = red - green, (red + green) / 2 - blue
    return float(np.hypot(across.std(), down.std()) + 0.3 * np.hypot(across.mean(), down.mean()))
