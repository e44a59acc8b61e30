"""A picture grown at its right border by its own reflection, where that can be done without being seen."""

from __future__ import annotations

import numpy as np

from ddm.errors import Unfit
from ddm.perceive import pixels as px
from ddm.perceive.pixels import Floats, Mask

SLANT_LIMIT = 0.04
"""How far a border may be mirrored where lines cross it at a slant: they would visibly turn back."""
SLANTED = 0.25
"""Mean coherent obliqueness (0..1) of a border's edges from which its lines count as slanted."""
SHARP_EDGE = 0.02
"""Slope per pixel (0..1 of lightness) of what counts as an edge there."""


def check(image: Floats, free: Mask, side: str, kind: str, amount: int) -> None:
    """Raises Unfit where a mirror at the right border would show the subject again, or break slanted lines."""
    width = image.shape[1]
    if kind == "complex" and not free[:, -min(width, amount) :].all():
        raise Unfit(f"the subject is nearer to the {side} border than the {amount} pixels that would be mirrored there")
    if kind == "texture" and amount > 2 * max(16, clear_depth(free)):
        raise Unfit(
            f"too little of the {side} border's texture is free of the subject to grow it by {amount / width:.0%}"
        )
    if amount > SLANT_LIMIT * width and slant(image[:, -max(8, round(0.06 * width)) :]) > SLANTED:
        raise Unfit(f"lines cross the {side} border at a slant, growing it by {amount / width:.0%} would break them")


def slant(strip: Floats) -> float:
    """0..1: how much of a strip's sharp structure runs neither along the border nor straight out of it.

    By the structure tensor (Bigun and Granlund, 1987): 0 for level and upright lines and even gravel, 1 for diagonals.
    """
    plane = px.blur(strip.mean(2), 1.0)
    dx, dy = px.slope(plane), px.slope(np.ascontiguousarray(plane.T)).T
    sigma = max(2.0, strip.shape[1] / 8)
    xx, yy, xy = (px.blur(np.ascontiguousarray(p), sigma) for p in (dx * dx, dy * dy, dx * dy))
    energy = np.maximum(xx + yy - (0.2 * SHARP_EDGE) ** 2, 0)
    sharp = float((dx * dx + dy * dy > SHARP_EDGE**2).mean())
    oblique = float((2 * np.abs(xy)).sum() / max(float((xx + yy).sum()), 1e-9)) if energy.any() else 0.0
    return oblique * min(1.0, sharp / 0.01)


def columns(width: int, depth: int, amount: int) -> np.ndarray:
    """Columns to show beyond the right border: back through `depth` columns, forth again, and so on."""
    t = np.arange(amount) % (2 * depth)
    found: np.ndarray = width - 1 - np.where(t < depth, t, 2 * depth - 1 - t)
    return found


def clear_depth(free: Mask) -> int:
    """Columns from the right border until the subject fills more than a fiftieth of one."""
    blocked = np.flatnonzero((~free).mean(0) > 0.02)
    return int(free.shape[1] - (blocked[-1] + 1 if len(blocked) else 0))
