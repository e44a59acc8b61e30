"""Pixels of two places -> how much more at home each colour is in the one than in the other."""

from __future__ import annotations

import numpy as np

from ddm.perceive.pixels import Floats, Mask

BIN, FROM, SIDE = 0.04, np.array([0, -0.4, -0.4], np.float32), 26
"""Colours are told apart by cells of this size in OKLab; 26 of them reach over the whole of it."""


def cells(lab: Floats) -> np.ndarray:
    """Index of the cell of each colour, (...) of (..., 3)."""
    at = np.clip((lab - FROM) / BIN + 0.5, 0, SIDE - 1).astype(np.int32)
    found: np.ndarray = (at[..., 0] * SIDE + at[..., 1]) * SIDE + at[..., 2]
    return found


def at_home(lab: Floats, here: Mask, there: Mask) -> Floats:
    """0..1, float32 (h, w): the chance that a pixel of that colour is of `here`, where both are equally likely."""
    index = cells(lab)
    one, other = (_frequency(index[mask]) for mask in (here, there))
    chance: Floats = one / np.maximum(one + other, 1e-9)
    found: Floats = chance[index].astype(np.float32)
    return found


def _frequency(index: np.ndarray) -> Floats:
    """Of each cell and, by half, of its neighbours: codecs and antialiasing spread a colour."""
    cube: Floats = np.bincount(index, minlength=SIDE**3).reshape(SIDE, SIDE, SIDE).astype(np.float32)
    for axis in range(3):
        padded = np.pad(cube, [(1, 1) if a == axis else (0, 0) for a in range(3)])
        before, after = (np.take(padded, np.arange(k, k + SIDE), axis) for k in (0, 2))
        cube = 0.5 * cube + 0.25 * (before + after)
    found: Floats = cube.ravel() / max(1, len(index))
    return found
