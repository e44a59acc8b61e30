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
    half = tone(image, free, canvas, WEAVE)
    scale = min(1.0, SIDE / max(canvas.size))
    small, seen = _small(image, free, half, canvas, scale)
    if not foreseen or not seen.any():
        return full(half, *canvas.all)
    made = outpainted(small, seen)
    for side in foreseen:
        there = _scaled(beyond(canvas, side), scale)
        small[there] = made[there]
    soft = px.blur(small, WEAVE * scale * float(np.sqrt(canvas.height * canvas.width)))
    return px.enlarge(soft, canvas.size[1], canvas.size[0])


def _small(image: Floats, free: Mask, half: Floats, canvas: Canvas, scale: float) -> tuple[Floats, Mask]:
    """The picture's free part in the tone, and where that is, of the canvas made smaller."""
    height, width = (max(1, round(n * scale)) for n in canvas.size)
    own = _scaled(canvas.own, scale)
    size = own[1].stop - own[1].start, own[0].stop - own[0].start
    known = px.resize(free.astype(np.float32), *size) > ALL_FREE
    small, seen = px.resize(half, width, height), np.zeros((height, width), bool)
    small[own] = np.where(known[..., None], px.resize(image, *size), small[own])
    seen[own] = known
    return small, seen


def _scaled(part: tuple[slice, slice], scale: float) -> tuple[slice, slice]:
    rows, columns = (slice(round(p.start * scale), round(p.stop * scale)) for p in part)
    return rows, columns
