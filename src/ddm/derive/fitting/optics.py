"""A part of a picture -> what its camera did to it: how strong its grain is and how soft its sharpest edges are.

Both are told of a region by its weights, so that a subject can be held against what lies around it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ddm.perceive import pixels as px
from ddm.perceive.pixels import Floats

CELL = 8
"""Side of the squares in which grain is looked for."""
CALM = 0.1
"""Part of the squares, those with the least in them, that are flat enough for grain alone to be seen."""
LEAST_CELLS = 8
LIT = (0.1, 0.985)
"""Lightness between which grain is not cut off by black or blank white."""
REBLUR = 1.0
"""Deviation of the further blur by which an edge's own is told."""
EDGES = 0.02
"""Part of the region, that with the steepest slopes, that is taken for its sharpest edges."""
LEAST_EDGES = 20
FLAT = 0.015
"""Slope (OKLab lightness a pixel) below which it is no edge but grain or shade."""
SHARPEST = 0.7
"""Quantile of the edges' ratios that is believed: half of them are corners and double edges, which look softer."""
OWN = 3
"""Pixels along a region's border that are not its own: there the other side shows."""


@dataclass(frozen=True, slots=True)
class Optics:
    """grain: deviation of lightness (OKLab). blur: of the sharpest edges' spread, in pixels. None: not told."""

    grain: float | None
    blur: float | None


def optics(light: Floats, weights: Floats) -> Optics:
    """Of OKLab lightness float32 (h, w), where the weights (h, w), 0..1, are 1."""
    return Optics(grain(light, weights), blur(light, weights))


def grain(light: Floats, weights: Floats) -> float | None:
    """Immerkaer's mask ("Fast noise variance estimation", 1996) over the calmest squares that lie wholly inside."""
    if min(light.shape) < CELL:
        return None
    across = light[:, 2:] - 2 * light[:, 1:-1] + light[:, :-2]
    fine = np.zeros_like(light)
    fine[1:-1, 1:-1] = np.abs(across[2:] - 2 * across[1:-1] + across[:-2]) / 6 * np.sqrt(np.pi / 2)
    level = _cells(light)
    inside = (_cells((weights > 0.98).astype(np.float32)) > 0.999) & (level > LIT[0]) & (level < LIT[1])
    found = np.sort(_cells(fine)[inside])
    return float(found[: max(LEAST_CELLS // 2, round(CALM * len(found)))].mean()) if len(found) >= LEAST_CELLS else None


def blur(light: Floats, weights: Floats) -> float | None:
    """By what a further blur leaves of an edge's slope (Zhuo and Sim, "Defocus map estimation", 2011)."""
    inside = px.shrunk(weights > 0.95, OWN)
    if inside.sum() < LEAST_EDGES / EDGES:
        return None
    slope, softer = px.gradient(light), px.gradient(px.blur(light, REBLUR))
    steep = inside & (slope > max(float(np.quantile(slope[inside], 1 - EDGES)), FLAT))
    if steep.sum() < LEAST_EDGES:
        return None
    ratio = float(np.quantile(slope[steep] / np.maximum(softer[steep], 1e-6), SHARPEST))
    return REBLUR / float(np.sqrt(max(ratio**2 - 1, 0.01)))


def _cells(plane: Floats) -> Floats:
    rows, columns = (n // CELL for n in plane.shape)
    found: Floats = plane[: rows * CELL, : columns * CELL].reshape(rows, CELL, columns, CELL).mean((1, 3))
    return found
