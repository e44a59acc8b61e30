"""A hole in a picture -> what might lie there: a smooth ground goes on, a texture is copied from where it fits best."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

import numpy as np

from ddm.perceive import pixels as px
from ddm.perceive.grain import grain, wrapped
from ddm.perceive.pixels import Floats, Mask
from ddm.perceive.tone import Canvas, full, spread, tone

RING = 5
"""Pixels around the hole that a copy must fit: less is chance, more is another place."""
SMOOTH = 0.018
"""Root mean square (0..1) of what the tone leaves over around the hole, up to which the ground is smooth."""
REACH = 3
"""How far a fitting place is looked for, in sides of the piece to be filled: what lies far off is lit otherwise."""
NEARER = 0.0004
"""What a place costs for each such side that it lies away, as a mean squared difference (0..1)."""
PIECE = 64
"""Longest side of a piece that is copied at once: a longer one fits nowhere."""


Window: TypeAlias = tuple[slice, slice]


@dataclass(frozen=True)
class Patch:
    """Part of a picture around a hole, float32 (h, w, 3) 0..1. known: bool (h, w), what may be looked at."""

    image: Floats
    hole: Mask
    known: Mask


def filled(patch: Patch) -> Floats:
    """The patch without its hole; everything outside the hole stays."""
    height, width = patch.hole.shape
    canvas = Canvas.of(height, width, {})
    surface = full(tone(patch.image, patch.known, canvas), *canvas.all)
    surface = surface + _missed(patch, surface)
    smooth = surface + wrapped(grain(patch.image, patch.known), slice(0, height), slice(0, width))
    image, known = patch.image.copy(), patch.known.copy()
    for piece in _pieces(patch.hole):
        hole = np.zeros_like(known)
        hole[piece] = patch.hole[piece]
        if hole.any():
            window = _window(hole, 2 * RING + 2)
            image[window] = _piece(Patch(image, hole, known), window, surface, smooth)
            known |= hole
    return image


def _piece(patch: Patch, window: Window, surface: Floats, smooth: Floats) -> Floats:
    """The window without its part of the hole: with the smooth ground where that lies around it, else with a copy."""
    part = Patch(patch.image[window], patch.hole[window], patch.known[window])
    rest = (part.image - surface[window])[px.grown(part.hole, 2 * RING) & part.known]
    plain = not len(rest) or float(np.sqrt((rest**2).mean())) < SMOOTH
    return _joined(part, smooth[window] if plain else _copied(patch, part, window))


def _missed(patch: Patch, surface: Floats) -> Floats:
    """What the surface misses along the hole's edge, carried evenly over the hole."""
    ring = (px.grown(patch.hole, RING) & patch.known).astype(np.float32)
    even = tuple(slice(0, -(-n // 2) * 2) for n in ring.shape)
    return spread((patch.image - surface) * ring[..., None], ring)[even[0], even[1]]


def _joined(patch: Patch, new: Floats) -> Floats:
    """New pixels in the hole, without a hard edge."""
    weight = px.blur(px.grown(patch.hole, 1).astype(np.float32), 1.0)[..., None]
    weight = np.where(patch.hole[..., None], 1, weight * (px.grown(patch.hole, 3) & patch.known)[..., None])
    found: Floats = np.clip(patch.image * (1 - weight) + new * weight, 0, 1)
    return found


# ------------------------------------------------------------------------------------------------ copying


def _pieces(hole: Mask) -> list[Window]:
    """Windows that cover the hole, the outermost first: each piece finds known ground beside it."""
    rows, columns = np.flatnonzero(hole.any(1)), np.flatnonzero(hole.any(0))
    cuts = [_cuts(int(at[0]), int(at[-1]) + 1) for at in (rows, columns)]
    depth = [np.minimum(np.arange(len(cut)), np.arange(len(cut))[::-1]) for cut in cuts]
    order = np.argsort(np.minimum.outer(*depth), axis=None, kind="stable")
    places = np.unravel_index(order, (len(depth[0]), len(depth[1])))
    return [(cuts[0][i], cuts[1][j]) for i, j in zip(*places, strict=True)]


def _cuts(start: int, stop: int) -> list[slice]:
    count = -(-(stop - start) // PIECE)
    marks = [start + (stop - start) * k // count for k in range(count + 1)]
    return [slice(a, b) for a, b in pairwise(marks)]


def _copied(patch: Patch, part: Patch, window: Window) -> Floats:
    """The best place for the window's part of the hole, shifted in colour so that it meets its new surroundings."""
    ring = px.grown(part.hole, RING) & part.known
    place = _best_place(patch.image, patch.known, window, ring, part.hole)
    if place is None:
        return _diffused(part.image, part.hole)
    (top, left), (height, width) = place, part.hole.shape
    there = slice(top, top + height), slice(left, left + width)
    weights = (ring & patch.known[there]).astype(np.float32)
    step = spread((part.image - patch.image[there]) * weights[..., None], weights)[:height, :width]
    return patch.image[there] + step


def _window(hole: Mask, room: int) -> Window:
    rows, columns = np.flatnonzero(hole.any(1)), np.flatnonzero(hole.any(0))
    height, width = hole.shape
    return (
        _reached(slice(int(rows[0]), int(rows[-1]) + 1), room, height),
        _reached(slice(int(columns[0]), int(columns[-1]) + 1), room, width),
    )


def _best_place(image: Floats, known: Mask, window: Window, ring: Mask, hole: Mask) -> tuple[int, int] | None:
    """Left top corner from which the hole is best copied: all of it known, and its ring like the ring around it."""
    if not ring.any():
        return None
    patch = np.ascontiguousarray(image[window])
    around = tuple(_reached(part, REACH * max(hole.shape), n) for part, n in zip(window, known.shape, strict=True))
    near, unknown = np.ascontiguousarray(image[around]), (~known[around]).astype(np.float32)
    unlike = px.unlikeness(near, patch, ring.astype(np.float32)) / (3 * ring.sum())
    blocked = px.overlap(unknown, hole.astype(np.float32))
    top, left = around[0].start, around[1].start
    y, x = np.ogrid[: unlike.shape[0], : unlike.shape[1]]
    away = np.hypot(y + top - window[0].start, x + left - window[1].start) / max(hole.shape)
    cost = np.where(blocked > 0.5, np.inf, unlike + NEARER * away)
    if not np.isfinite(cost).any():
        return None
    row, column = np.unravel_index(int(cost.argmin()), cost.shape)
    return int(row) + top, int(column) + left


def _reached(part: slice, room: int, length: int) -> slice:
    return slice(max(0, part.start - room), min(length, part.stop + room))


def _diffused(image: Floats, hole: Mask) -> Floats:
    """The last resort, where nothing can be copied."""
    pixels = (np.clip(image, 0, 1) * 255 + 0.5).astype(np.uint8)
    return np.where(hole[..., None], px.diffused(pixels, hole).astype(np.float32) / 255, image)
