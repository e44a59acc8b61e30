"""Pixels -> how wide their edges are: a camera leaves none sharper than its lens and scaler can, a typesetter may."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ddm.perceive import pixels as px
from ddm.perceive.pixels import Bytes, Floats, Mask

NEAR = 3
"""Pixels to each side over which an edge's whole step is looked for."""
STEP = 0.1
"""Least step (OKLab lightness) of an edge: smaller ones are the codec's."""
FEW = 100, 15
"""Edges of a photograph, and of a line, below which nothing is said of them."""
SHARPEST = 0.02
"""Part of the photograph's edges that may be sharper than what it is taken to be able to."""
LINE = 0.2, 0.5
"""Which of a line's edges are looked at, the sharper fifth of the stronger half: letters touch and curve in others."""
UNTOLD = np.inf
"""Width where there are too few edges."""


def _lightness() -> Floats:
    """OKLab's of each of the 256 greys, float32 (256,)."""
    grey = np.arange(256) / 255
    linear = np.where(grey <= 0.04045, grey / 12.92, ((grey + 0.055) / 1.055) ** 2.4)
    found: Floats = np.cbrt(linear).astype(np.float32)
    return found


LIGHTNESS = _lightness()


@dataclass(frozen=True, slots=True)
class Edges:
    """at: bool (h, w), crests of the gradient. step: float32 (h, w), what the lightness changes by across it. width: of
    the same, the pixels that takes."""

    at: Mask
    step: Floats
    width: Floats

    def sharpest(self, where: Mask) -> float:
        """Width in pixels of the sharpest edges there."""
        widths = self.width[self.at & where]
        return float(np.quantile(widths, SHARPEST)) if len(widths) > FEW[0] else UNTOLD

    def of_line(self, window: tuple[slice, slice]) -> float:
        """Width in pixels of the strokes of the line there."""
        sharp, strong = LINE
        step, width = (plane[window][self.at[window]] for plane in (self.step, self.width))
        chosen = width[step >= np.quantile(step, strong)] if len(step) else width
        return float(np.quantile(chosen, sharp)) if len(chosen) > FEW[1] else UNTOLD


def edges(pixels: Bytes) -> Edges:
    """Of uint8 (h, w, 3) sRGB."""
    light = LIGHTNESS[px.luma(pixels)]
    step = px.highest_near(light, NEAR) - px.lowest_near(light, NEAR)
    slope = np.hypot(np.diff(light, axis=1, prepend=light[:, :1]), np.diff(light, axis=0, prepend=light[:1]))
    at = (slope >= px.highest_near(slope, 1)) & (step > STEP)
    return Edges(at, step, step / np.maximum(slope, 1e-4))
