"""An error where two pieces overlap -> where to change from one to the other, along the path of least error."""

from __future__ import annotations

import numpy as np

from ddm.perceive import pixels as px
from ddm.perceive.pixels import Floats

STEP = 4
"""Pixels that a path's step is long: finer ones are not seen after the edge is softened."""
SOFT = 1.0
"""Blur of the change, in pixels."""


def cut(error: Floats) -> Floats:
    """float32 (h, w) 0..1: how much of the right piece to take, where error (h, w) is what both differ.

    The path runs from top to bottom and moves by at most one step sideways in each (Efros and Freeman, 2001).
    """
    height, width = error.shape
    small = px.resize(error, max(2, width // STEP), max(2, height // STEP))
    path = (_path(small) + 0.5) * width / small.shape[1]
    edge = np.interp(np.arange(height), (np.arange(len(path)) + 0.5) * height / len(path), path)
    across = np.arange(width)[None] + 0.5 - edge[:, None]
    found: Floats = np.clip(across / (2 * SOFT) + 0.5, 0, 1).astype(np.float32)
    return found


def _path(error: Floats) -> np.ndarray:
    """The column (h,) of the path in each row."""
    total = error.astype(np.float64)
    height, width = total.shape
    padded = np.full(width + 2, np.inf)
    for row in range(1, height):
        padded[1:-1] = total[row - 1]
        total[row] += np.minimum(np.minimum(padded[:-2], padded[1:-1]), padded[2:])
    found = np.empty(height, int)
    found[-1] = int(total[-1].argmin())
    for row in range(height - 2, -1, -1):
        low = max(0, found[row + 1] - 1)
        found[row] = low + int(total[row, low : found[row + 1] + 2].argmin())
    return found
