"""Pixels -> how plainly the 8 x 8 blocks of a JPEG show."""

from __future__ import annotations

import numpy as np

from ddm.perceive import pixels as px
from ddm.perceive.pixels import Bytes

BLOCK = 8
CAP = 8
"""Steps count up to so many levels: what stands out more is a drawn edge, and one edge would outweigh all blocks."""
FLOOR = 0.3
"""Mean step (levels) that passes for none, so that blank paper is not judged by its dust."""
LINES = 500
"""Rows (columns) looked at, at least: enough for the means, whatever the size."""
LEAST = 4 * BLOCK
"""A picture narrower than this shows too few borders of blocks to be judged."""


def blocking(pixels: Bytes) -> float:
    """0 none to 1, of uint8 (h, w, 3) sRGB at full size; 0.1 is JPEG at quality 95, 0.45 at 70, 0.6 at 30.

    A step counts where it is greater than both next to it. Every eighth column (row) where blocks meet has more of
    them; how many more than any other of the eight, so that it does not matter where the grid begins. After resizing
    no blocks can be told, and none are: their damage has gone into the blur.
    """
    luma = px.luma(pixels)
    down, across = (max(1, n // LINES) for n in luma.shape)
    found = [_excess(plane) for plane in (luma[::down], np.ascontiguousarray(luma[:, ::across].T))]
    mean = sum(found) / 2
    return mean / (1 + mean)


def _excess(plane: Bytes) -> float:
    """How much the columns where blocks meet stand out, against the next most uneven of the eight."""
    if plane.shape[1] < LEAST:
        return 0.0
    steps = px.difference(plane[:, 1:], plane[:, :-1])
    alone = px.less(steps[:, 1:-1], np.maximum(steps[:, 2:], steps[:, :-2]))
    columns = np.minimum(alone, CAP).sum(0, dtype=np.uint32) / len(alone)
    *_, next_, most = sorted(float(columns[phase::BLOCK].mean()) for phase in range(BLOCK))
    return (most - next_) / (next_ + FLOOR)
