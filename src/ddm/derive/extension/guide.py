"""A picture on its canvas -> what guides the detail beyond it: light, shade and large things, smooth everywhere."""

from __future__ import annotations

from collections.abc import Set

import numpy as np

from ddm.derive.extension.outpaint import outpainted
from ddm.derive.extension.sides import beyond
from ddm.derive.tone import Canvas, full, tone
from ddm.perceive import pixels as px
from ddm.perceive.pixels import Floats, Mask

WEAVE = 0.03
"""Of the picture's mean side, what is larger than a texture's detail: light and shade that must not come again."""
SIDE = 320
"""Longer side of the canvas at which large things are foreseen."""

ALL_FREE = 0.99
"""Part of a small pixel that must be free of the subject for it to be known."""


def guide(image: Floats, free: Mask, canvas: Canvas, foreseen: Set[str]) -> Floats:
    """float32 (h, w, 3) over the canvas.

    image: float32 (h, w, 3) 0..1. free: bool (h, w), not the subject, in whose place the tone is: it throws no colour
    on what lies beyond. foreseen: sides beyond which a network says what large things there may be; beyond the others
    the tone goes on.
    """
    scale = min(1.0, SIDE / max(canvas.size))
    less = canvas.scaled(scale)
    picture = px.resize(image, less.width, less.height)
    known = px.resize(free.astype(np.float32), less.width, less.height) > ALL_FREE
    light = full(tone(picture, known, less, WEAVE), *less.all)
    light[less.own] = np.where(known[..., None], picture, light[less.own])
    seen = np.zeros(less.size, bool)
    seen[less.own] = known
    if seen.any():
        made = outpainted(light, seen)
        for side in foreseen & set(less.sides):
            there = beyond(less, side)
            light[there] = made[there]
    soft = px.blur(light, WEAVE * float(np.sqrt(less.height * less.width)))
    return px.enlarge(soft, canvas.size[1], canvas.size[0])
