"""Pixels -> maps of a trunk's channels, which heads and marks are judged by; computed once for both."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ddm import models
from ddm.perceive import pixels as px
from ddm.perceive.pixels import Bytes, Floats

SIDE = 448
"""Longer side looked at: half of what compositions and `Sight.large` have at most, which is quick to shrink."""
CELL = 16
"""Pixels per cell of the coarse map."""


@dataclass(frozen=True, slots=True)
class Texture:
    """pixels: uint8 (h, w, 3) sRGB, sides multiples of CELL. fine: float32 (40, h/8, w/8). middle: (112, h/16, w/16)"""

    pixels: Bytes
    fine: Floats
    middle: Floats

    @property
    def cells(self) -> Floats:
        """float32 (h/16, w/16, 192): the coarse map, and means and highest of the fine one."""
        one, two, three, four = (self.fine[:, y::2, x::2] for y in (0, 1) for x in (0, 1))
        highest = np.maximum(np.maximum(one, two), np.maximum(three, four))
        channels = np.concatenate([self.middle, (one + two + three + four) / 4, highest])
        return np.ascontiguousarray(channels.transpose(1, 2, 0))


def texture(pixels: Bytes, height: int = 0, width: int = 0) -> Texture:
    """Of uint8 (h, w, 3) sRGB of any size; looked at in that size, by default with SIDE as its longer side."""
    if not height:
        scale = SIDE / max(pixels.shape[:2])
        height, width = (max(2, round(n * scale / CELL)) * CELL for n in pixels.shape[:2])
    small = px.resize(pixels, width, height)
    blob = px.blob(small, (127,) * 3, (128,) * 3)
    fine, middle = models.session("efficientnet-lite0-trunk").run(["fine", "middle"], {"image": blob})
    return Texture(small, fine[0], middle[0])
