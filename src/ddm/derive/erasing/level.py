"""A line of lettering -> whether it lies as level as type does; what a camera saw is a little askew, or curved."""

from __future__ import annotations

import numpy as np

from ddm.perceive.pixels import Floats, Mask

TURNS = np.arange(-4, 4.01, 0.5)
"""Degrees by which the line is turned to see at which of them its rows are told apart best."""
ASKEW = 1.0
"""... and how far from level that may be: letters' own slants shift it so far."""
ROUNDS = 8
"""Of finding the two colours of a line."""
FEW = 40
"""Pixels of ink below which nothing can be said."""


def level(lab: Floats) -> bool:
    """Of a line's box, float32 (h, w, 3) OKLab. Rows of level type begin and end together, so that the count of ink
    jumps from row to row more than when it is turned."""
    y, x = np.nonzero(_ink(lab))
    if len(x) < FEW:
        return False
    jumps = np.array([_jumps(y, x, turn, lab.shape) for turn in TURNS])
    there = jumps[np.abs(TURNS) < 1e-6][0]
    return bool(abs(TURNS[jumps.argmax()]) <= ASKEW and there > np.median(jumps))


def _jumps(y: np.ndarray, x: np.ndarray, turn: float, shape: tuple[int, ...]) -> float:
    """Sum of the squared steps of the ink's count from row to row, the line turned by so many degrees."""
    shift = np.round(np.tan(np.radians(turn)) * (np.arange(shape[1]) - shape[1] / 2)).astype(int)
    rows = np.bincount(y + shift[x] - shift.min(), minlength=shape[0])
    return float((np.diff(rows, prepend=0, append=0) ** 2).sum())


def _ink(lab: Floats) -> Mask:
    """That of the line's two colours which its box's rim has less of."""
    flat = lab.reshape(-1, 3) - lab.mean((0, 1))
    along = flat @ np.linalg.eigh(flat.T @ flat)[1][:, -1]
    low, high = np.quantile(along, [0.1, 0.9])
    for _ in range(ROUNDS):
        above = along > (low + high) / 2
        if above.all() or not above.any():
            break
        low, high = along[~above].mean(), along[above].mean()
    found: Mask = (along > (low + high) / 2).reshape(lab.shape[:2])
    rim = np.concatenate([found[0], found[-1], found[:, 0], found[:, -1]])
    return ~found if rim.mean() > 0.5 else found
