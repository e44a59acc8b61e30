"""Pixels along the four borders -> what each looks like: flat, gradient, texture or complex, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass
from math import log2

import numpy as np

from ddm.perceive import pixels as px
from ddm.perceive.pixels import Floats, Mask
from ddm.perceive.schema import SIDES
from ddm.perceive.squares import least_squares

DEPTH = 0.08
"""Depth of the strip that is looked at, of the picture's shorter side."""
FLAT = 0.02
"""Deviation (OKLab) of a strip's colour below which it is flat: a seamless wall or paper."""
SMOOTH = 0.014
"""Remainder over a fitted smooth surface below which it is a gradient."""
STRUCTURE = 0.03
"""Remainder that is large-scale, below which what remains is even texture such as fabric or gravel."""
FITTED = 5
"""Every so-many-th pixel is enough to fit a surface to."""
EVERY = 2
"""One in so many rows and columns is looked at: the strip is blurred by as much."""
LEAST = 0.1
"""A strip with less background than this is all subject, and complex."""
ENOUGH = 0.5
"""A strip with less background than this shows too little of it to be quite sure."""


@dataclass(frozen=True, slots=True)
class Border:
    """kind: of `schema.BORDERS`. sure: 0..1, how far what was measured lies from where another kind would begin.

    1 where each measure that decided is at most half or at least twice its threshold.
    """

    kind: str
    sure: float


def strips(height: int, width: int) -> dict[str, tuple[slice, slice]]:
    """Rows and columns of each border strip."""
    deep = max(2, round(DEPTH * min(height, width)))
    every = slice(None)
    return {
        "left": (every, slice(0, deep)),
        "top": (slice(0, deep), every),
        "right": (every, slice(width - deep, width)),
        "bottom": (slice(height - deep, height), every),
    }


def borders(lab: Floats, background: Mask) -> dict[str, Border]:
    """What each side's border is, from OKLab (h, w, 3) and the mask of pixels that are surely background."""
    found = strips(*background.shape)
    return {side: border(lab[found[side]], background[found[side]]) for side in SIDES}


def border(lab: Floats, background: Mask) -> Border:
    """What one strip is."""
    share = float(background.mean())
    if share < LEAST:
        return Border("complex", 1 - share / LEAST / 2)
    kind, sure = _kind(px.blur(lab, 1.5)[::EVERY, ::EVERY], background[::EVERY, ::EVERY])
    return Border(kind, sure * min(1.0, share / ENOUGH))


def _kind(smooth: Floats, background: Mask) -> tuple[str, float]:
    """The first kind whose measure lies below its threshold, and how clear that and all answers before it were."""
    values = smooth[background]
    flat = spread(values - np.median(values, axis=0))
    if flat < FLAT:
        return "flat", _clear(flat, FLAT)
    rest = _rest(smooth, background)
    left = spread(rest[background])
    sure = _clear(flat, FLAT)
    if left < SMOOTH:
        return "gradient", min(sure, _clear(left, SMOOTH))
    coarse = spread(_coarse(rest, background)[background])
    return (
        "texture" if coarse < STRUCTURE else "complex",
        min(sure, _clear(left, SMOOTH), _clear(coarse, STRUCTURE)),
    )


def _clear(measure: float, threshold: float) -> float:
    """How far a measure is from its threshold, in doublings, at most 1."""
    return min(1.0, abs(log2(max(measure, 1e-9) / threshold)))


def _rest(lab: Floats, background: Mask) -> Floats:
    """What a surface of third degree along and first degree across the strip leaves over."""
    height, width = background.shape
    y, x = np.mgrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j]
    along, across = (x, y) if width > height else (y, x)
    terms = np.stack([np.ones_like(along), along, along**2, along**3, across, along * across], -1)
    chosen = np.flatnonzero(background.ravel())[::FITTED]
    rows, values = terms.reshape(-1, 6)[chosen], lab.reshape(-1, 3)[chosen].astype(np.float64)
    answer = least_squares(rows, values)
    rest: Floats = lab - (terms @ answer).astype(np.float32)
    return rest


def _coarse(rest: Floats, background: Mask) -> Floats:
    """The large-scale part of the remainder: fine texture averages out, objects and folds do not."""
    weight = background.astype(np.float32)[..., None]
    sigma = max(2.0, min(background.shape) / 4)
    found: Floats = px.blur(rest * weight, sigma) / np.maximum(px.blur(weight, sigma)[..., None], 1e-3)
    return found


def spread(values: Floats) -> float:
    """Root of the mean square over the three channels, without the farthest 5 % (dust, a corner of something)."""
    squares = np.einsum("nc,nc->n", *[values.reshape(-1, 3)] * 2)
    near = max(1, int(0.95 * len(squares)))
    return float(np.sqrt(np.partition(squares, near - 1)[:near].mean()))
