"""A guide over a canvas, and the picture that lies in it -> the guide with detail everywhere: sewn, or new noise."""

from __future__ import annotations

from collections.abc import Set

import numpy as np

from ddm.derive.extension.quilt import SMALL, Cloth, sewn
from ddm.derive.extension.sides import back, beyond, facing, parts, within
from ddm.derive.grain import grain, wrapped
from ddm.derive.tone import Canvas
from ddm.errors import Unfit
from ddm.perceive import pixels as px
from ddm.perceive.pixels import Floats, Mask

SHADE = 0.04
"""Around the subject, of the longer side: where its shadow may lie, which must not come again."""
SLACK = {"left": 0.12, "right": 0.12, "top": 1.0, "bottom": 1.0}
"""How far a piece may be moved along its border, of the picture: things beside each other stand at one height, and
what lies above or below has no such order."""
BORDER, WILD_REACH = 0.06, 0.012
"""Depth of the border and reach within which the strength of detail is taken, of the root of the area."""
TAMED, ALL_THERE = 4, 0.99
"""Step in pixels in which that is looked at, and the part of a step that must be free."""
USUAL, WILD = 0.8, 1.8
"""What is so many times as strong as most of the border is something else than what the border shows. Of 74 crowded and
28 textured sides that are not held back frechet .327 and .357; by all detail, not by what changes outward, .331, .360.
"""
LEAST_SOURCE = 0.02
"""Part of the picture that must be free of the subject and its shadow, or there is nothing to sew with."""


def detailed(image: Floats, free: Mask, guide: Floats, canvas: Canvas, smooth: Set[str]) -> Floats:
    """float32 (h, w, 3) of the whole canvas, what is to be added to the guide; where the picture lies, its own.

    image: float32 (h, w, 3). free: bool (h, w), not the subject. guide: float32, over the canvas: light, shade and
    what else is not detail. smooth: sides that get noise of the picture's kind, all others are sewn. Raises Unfit
    where nothing can be sewn with.
    """
    clear = free if free.all() else px.distance(free) > SHADE * max(free.shape)
    found, source = np.zeros_like(guide), np.zeros(canvas.size, bool)
    found[canvas.own] = image - guide[canvas.own]
    if not free.all():
        found[canvas.own] *= free[..., None]
    source[canvas.own] = clear
    for side, part in parts(canvas).items():
        new = beyond(canvas, side)
        if side in smooth or min(free.shape) < 2 * SMALL:
            found[new] = wrapped(grain(image, free), *new)
        else:
            _check(clear, side)
            seen, known = (facing(plane[within(canvas, side)], side) for plane in (found, source))
            cloth = Cloth(seen, tame(seen, known), facing(guide[part], side), SLACK[side])
            found[new] = back(sewn(cloth), side)
    return found


def tame(detail: Floats, source: Mask) -> Mask:
    """The source without what is wilder than most of the right border: a plant or a lamp beside the subject is no part
    of the floor, its reflection none of the table. Only what changes outward counts: what runs straight into the border
    tells nothing of what lies beside it. All of it, where too little would be left."""
    step = max(1, min(TAMED, min(source.shape) // 16))
    height, width = (n // step for n in source.shape)
    strength = px.resize(np.abs(np.diff(px.halved(detail), axis=1)), width, height).mean(2)
    there = px.resize(source.astype(np.float32), width, height) > ALL_THERE
    side = np.sqrt(strength.size)
    strength = px.blur(strength, WILD_REACH * side)
    depth = max(2, round(BORDER * side))
    along = strength[:, -depth:][there[:, -depth:]]
    if not len(along):
        return source
    wild = px.grown(strength > WILD * np.quantile(along, USUAL), round(2 * WILD_REACH * side))
    found: Mask = source & (px.resize(wild.astype(np.uint8), source.shape[1], source.shape[0]) == 0)
    return found if found.mean() >= LEAST_SOURCE else source


def _check(clear: Mask, side: str) -> None:
    if clear.mean() < LEAST_SOURCE:
        raise Unfit(f"too little of the picture is free of the subject to continue its {side} border with")
