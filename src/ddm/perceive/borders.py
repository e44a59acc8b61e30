"""Pixels along the four borders -> what each looks like: flat, gradient, texture or complex."""

from __future__ import annotations

import numpy as np

from ddm.perceive import pixels as px
from ddm.perceive.pixels import Floats, Mask
from ddm.perceive.schema import SIDES

DEPTH = 0.08
"""Depth of the strip that is looked at, of the picture's shorter side."""
FLAT = 0.02
"""Deviation (OKLab) of a strip's colour below which it is flat: a seamless wall or paper."""
SMOOTH = 0.014
"""Remainder over a fitted smooth surface below which it is a gradient."""
STRUCTURE = 0.03
"""Remainder that is large-scale, below which what remains is even texture such as fabric or gravel."""
LEAST = 0.1
"""A strip with less background than this is all subject, and complex."""


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


def borders(lab: Floats, background: Mask) -> dict[str, str]:
    """Kind of border by side, from OKLab (h, w, 3) and the mask of pixels that are surely background."""
    found = strips(*background.shape)
    return {side: kind(lab[found[side]], background[found[side]]) for side in SIDES}


def kind(lab: Floats, background: Mask) -> str:
    if background.mean() < LEAST:
        return "complex"
    smooth = px.blur(lab, 1.5)
    values = smooth[background]
    if spread(values - np.median(values, axis=0)) < FLAT:
        return "flat"
    rest = _rest(smooth, background)
    if spread(rest[background]) < SMOOTH:
        return "gradient"
    return "texture" if spread(_coarse(rest, background)[background]) < STRUCTURE else "complex"


def _rest(lab: Floats, background: Mask) -> Floats:
    """What a surface of third degree along and first degree across the strip leaves over."""
    height, width = background.shape
    y, x = np.mgrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j]
    along, across = (x, y) if width > height else (y, x)
    terms = np.stack([np.ones_like(along), along, along**2, along**3, across, along * across], -1)
    chosen = background.ravel()
    answer, *_ = np.linalg.lstsq(
        terms.reshape(-1, 6)[chosen], lab.reshape(-1, 3)[chosen].astype(np.float64), rcond=None
    )
    rest: Floats = (lab - terms @ answer).astype(np.float32)
    return rest


def _coarse(rest: Floats, background: Mask) -> Floats:
    """The large-scale part of the remainder: fine texture averages out, objects and folds do not."""
    weight = background.astype(np.float32)[..., None]
    sigma = max(2.0, min(background.shape) / 4)
    found: Floats = px.blur(rest * weight, sigma) / np.maximum(px.blur(weight, sigma)[..., None], 1e-3)
    return found


def spread(values: Floats) -> float:
    """Root of the mean square over the three channels, without the farthest 5 % (dust, a corner of something)."""
    squares = np.sort((values.reshape(-1, 3) ** 2).sum(1))
    return float(np.sqrt(squares[: max(1, int(0.95 * len(squares)))].mean()))
