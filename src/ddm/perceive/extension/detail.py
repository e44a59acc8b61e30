"""A guide over a canvas, and the picture that lies in it -> the guide with detail everywhere: sewn, or new noise."""

from __future__ import annotations

from collections.abc import Set

import numpy as np

from ddm.errors import Unfit
from ddm.perceive import pixels as px
from ddm.perceive.extension.quilt import SMALL, Cloth, sewn
from ddm.perceive.extension.sides import back, beyond, facing, parts
from ddm.perceive.grain import grain, wrapped
from ddm.perceive.pixels import Floats, Mask
from ddm.perceive.tone import Canvas

SHADE = 0.04
"""Around the subject, of the longer side: where its shadow may lie, which must not come again."""
SLACK = {"left": 0.12, "right": 0.12, "top": 1.0, "bottom": 1.0}
"""How far a piece may be moved along its border, of the picture: things beside each other stand at one height, and
what lies above or below has no such order."""
LEAST_SOURCE = 0.02
"""Part of the picture that must be free of the subject and its shadow, or there is nothing to sew with."""


def detailed(image: Floats, free: Mask, guide: Floats, canvas: Canvas, smooth: Set[str]) -> Floats:
    """float32 (h, w, 3) of the whole canvas; where the picture lies, the picture.

    image: float32 (h, w, 3). free: bool (h, w), not the subject. guide: float32, over the canvas: light, shade and
    what else is not detail. smooth: sides that get noise of the picture's kind, all others are sewn. Raises Unfit
    where nothing can be sewn with.
    """
    clear = free if free.all() else px.distance(free) > SHADE * max(free.shape)
    detail, source = np.zeros_like(guide), np.zeros(canvas.size, bool)
    detail[canvas.own] = (image - guide[canvas.own]) * free[..., None]
    source[canvas.own] = clear
    for side, part in parts(canvas).items():
        new = beyond(canvas, side)
        if side in smooth or min(free.shape) < 2 * SMALL:
            detail[new] = wrapped(grain(image, free), *new)
        else:
            _check(clear, side)
            seen, ahead, known = (facing(plane[part], side) for plane in (detail, guide, source))
            found = sewn(Cloth(seen, ahead, known, getattr(canvas, side), SLACK[side]))
            detail[part] = back(found, side)
    found = guide + detail
    found[canvas.own] = image
    return found


def _check(clear: Mask, side: str) -> None:
    if clear.mean() < LEAST_SOURCE:
        raise Unfit(f"too little of the picture is free of the subject to continue its {side} border with")
