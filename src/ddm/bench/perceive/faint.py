"""A picture without and with a mark -> how far the mark stands out of what it lies on: faint marks are no marks.

What hides a mark is the ground's own contrast, which a plain difference in bytes does not know: 14 bytes are plain to
see on a wall and lost on gravel. Readability of see-through text follows its contrast over the root of a floor and the
ground's RMS contrast, squared and added (Scharff and Ahumada, "Predicting the readability of transparent text", Journal
of Vision 2(9):7, 2002); here the ground's contrast is taken near each stroke, and in bands of its width, since
coarse things do not hide thin strokes, nor fine grain wide ones.
"""

from __future__ import annotations

import numpy as np

from ddm.perceive import pixels as px
from ddm.perceive.pixels import Bytes, Floats, Mask

SEEN = 1.25
"""Contrast, in units of what the ground hides, from which a mark counts. Of 129 marks of the calibrating side, sorted
by it and looked at: of five below 1 two were not to be found and three only by who knew; of four from 1 to 1.4 three
were found; from 1.7 on all."""
FLOOR = 6.0
"""Bytes that differ on a ground without any contrast, and are hardly seen."""
PART = 0.25
"""Part of the strokes that must stand out: half a word on a plain wall is seen, wherever the rest is lost."""
NEAR, WIDEST = 7, 8
"""Pixels around, within which the ground's contrast is taken at least; and width of strokes from which it makes no
odds."""


def standing_out(ground: Bytes, marked: Bytes, cover: Floats) -> float:
    """Contrast of a mark over what its ground hides: uint8 (h, w, 3) sRGB without and with it; cover float32 (h, w)."""
    strokes = cover > 0.3 * cover.max()
    if not strokes.any():
        return 0.0
    light = px.luma(ground).astype(np.float32)
    differs = np.abs(ground[strokes].astype(np.float32) - marked[strokes]).mean(-1)
    hidden = (np.sqrt(FLOOR**2 + _noise(light, width)[strokes]) for width in {1, min(_width(strokes), WIDEST)})
    return max(float(np.quantile(differs / one, 1 - PART)) for one in hidden)


def _width(strokes: Mask) -> int:
    """Of strokes, in pixels: twice their area over their outline."""
    outline = (strokes & ~px.shrunk(strokes, 1)).sum()
    return max(1, round(2 * int(strokes.sum()) / max(1, int(outline))))


def _noise(light: Floats, width: int) -> Floats:
    """Mean square, near each pixel, of what is coarser than a stroke's width and finer than six of them."""
    seen, reach = px.box_mean(light, width // 2), max(NEAR, 3 * width)
    return px.box_mean((seen - px.box_mean(seen, reach)) ** 2, reach)
