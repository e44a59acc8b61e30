"""A line of lettering -> the plate or button it stands on, where it stands on one."""

from __future__ import annotations

import numpy as np

from ddm.perceive import pixels as px
from ddm.perceive.pixels import Floats, Mask

EDGE = 0.025
"""Change of colour (OKLab) per pixel that ends a plate; a gradient from one end to the other is far below it."""
COMPACT = 0.78
"""Part of its bounding box that a plate fills: a pill fills 0.9, a circle 0.785."""
HELD = 0.9
"""Part of the line that must lie on the plate."""
RIM = 3
"""Pixels around a plate that its edge and the codec reach."""


def plate(lab: Floats, line: Mask) -> Mask | None:
    """The plate without its rim, letters included, bool (h, w); None where the ground runs on to the window's border.

    lab: float32 (h, w, 3) OKLab of a window around the line. line: the line's box.
    """
    edges = np.max([px.gradient(np.ascontiguousarray(lab[..., c])) for c in range(3)], axis=0) > EDGE
    labels, _ = px.components(~edges)
    beside = labels[line & ~px.shrunk(line, RIM) & (labels > 0)]
    return _whole(labels == np.bincount(beside).argmax(), line) if len(beside) else None


def _whole(found: Mask, line: Mask) -> Mask | None:
    found = px.shrunk(px.grown(found, RIM), RIM)
    if found[0].any() or found[-1].any() or found[:, 0].any() or found[:, -1].any():
        return None
    labels, _ = px.components(~found)
    outside = np.unique(np.concatenate([labels[0], labels[-1], labels[:, 0], labels[:, -1]]))
    solid = ~np.isin(labels, outside[outside > 0])
    rows, columns = np.flatnonzero(solid.any(1)), np.flatnonzero(solid.any(0))
    box = (int(np.ptp(rows)) + 1) * (int(np.ptp(columns)) + 1)
    fits = solid.sum() > COMPACT * box and solid[line].mean() > HELD
    return solid if fits else None
