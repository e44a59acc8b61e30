"""A picture on its canvas -> what guides the detail beyond it: light, shade and large things, smooth everywhere."""

from __future__ import annotations

from collections.abc import Set

import numpy as np

from ddm.perceive import pixels as px
from ddm.perceive.extension.sides import beyond
from ddm.perceive.outpaint import outpainted
from ddm.perceive.pixels import Floats, Mask
from ddm.perceive.tone import Canvas, full, tone

WEAVE = 0.03
"""Of the picture's mean side, what is larger than a texture's detail: light and shade that must not come again."""
SIDE = 320
"""Longer side of the canvas at which large things are foreseen."""


def guide(image: Floats, free: Mask, canvas: Canvas, foreseen: Set[str]) -> Floats:
    """float32 (h, w, 3) over the canvas.

    image: float32 (h, w, 3) 0..1. free: bool (h, w), not the subject, in whose place the tone is: it throws no colour
    on what lies beyond. foreseen: sides beyond which a network says what large things there may be; beyond the others
    the tone goes on.
    """
    whole = full(tone(image, free, canvas, WEAVE), *canvas.all)
    if not foreseen:
        return whole
    whole[canvas.own] = np.where(free[..., None], image, whole[canvas.own])
    known = np.zeros(canvas.size, np.float32)
    known[canvas.own] = free
    small, seen = px.limited(whole, SIDE), px.limited(known, SIDE) > 0.99
    if not seen.any():
        return whole
    made, scale = outpainted(small, seen), len(small) / len(whole)
    for side in foreseen:
        there = tuple(slice(round(part.start * scale), round(part.stop * scale)) for part in beyond(canvas, side))
        small[there] = made[there]
    soft = px.blur(small, WEAVE * scale * float(np.sqrt(image.shape[0] * image.shape[1])))
    return px.enlarge(soft, canvas.size[1], canvas.size[0])
