"""A hole in a picture -> what might lie there: a smooth ground goes on, a texture is copied from where it fits best."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt
from typing import TypeAlias

import numpy as np

from ddm.derive.grain import grain, wrapped
from ddm.derive.tone import spread
from ddm.perceive import pixels as px
from ddm.perceive.pixels import Floats, Mask

RING = 5
"""Pixels around the hole that a copy must fit: less is chance, more is another place."""
SMOOTH = 0.012
"""Root mean square (0..1) of what a blur leaves over around the hole, up to which the ground is smooth."""
FINE = 4.0
"""That blur, in pixels."""
REACH = 1.5
"""How far a fitting place is looked for, in sides of the piece to be filled: what lies far off is lit otherwise."""
NEARER = 0.0004
"""What a place costs for each such side that it lies away, as a mean squared difference (0..1)."""
PIECE = 32
"""Longest side of a piece that is copied at once: a longer one fits nowhere."""
PLACES, APART = 4, 3
"""Copies that are averaged, by how well they fit, and pixels between them: what they agree on is likely to be there."""
OWN = 0.8
"""Part of the best one's own detail that is kept: a mean is right more often, and seen as a smear."""
HOPE = 2.0
"""How much worse a copy fits in the hole than on the ring that it was chosen for."""
ROUNDS = 24
"""Of evening out: the pyramid's answer is right from afar, so that only nearby unevenness is left."""


Window: TypeAlias = tuple[slice, slice]


@dataclass(frozen=True)
class Patch:
    """Part of a picture around a hole, float32 (h, w, 3) 0..1. known: bool (h, w), what may be looked at."""

    image: Floats
    hole: Mask
    known: Mask


def filled(patch: Patch) -> tuple[Floats, float]:
    """The patch without its hole; everything outside the hole stays. And what the copies are in doubt by: the root mean
    square (0..1) by which the best one errs on the ring around each piece, times the pixels of it."""
    height, width = patch.hole.shape
    even = smoothed(patch.image, patch.hole, patch.known)
    noise = wrapped(grain(patch.image, patch.known), slice(0, height), slice(0, width))
    detail = _fine(patch.image, patch.known.astype(np.float32))
    image, known, doubt = patch.image.copy(), patch.known.copy(), 0.0
    for piece in _pieces(patch.hole):
        hole = np.zeros_like(known)
        hole[piece] = patch.hole[piece]
        if hole.any():
            window = _window(hole, RING + 2)
            ring = px.grown(hole[window], RING) & patch.known[window]
            rough = float((detail[window][ring] ** 2).mean()) if ring.any() else 0.0
            smooth: tuple[Floats, float] = (even[window] + noise[window], 0.0)
            here = Patch(image, hole, known)
            new, error = smooth if rough < SMOOTH**2 else _rough(here, window, even, rough)
            image[window] = np.where(hole[window][..., None], np.clip(new, 0, 1), image[window])
            known |= hole
            doubt += sqrt(error) * int(hole.sum())
    return image, doubt


def smoothed(image: Floats, hole: Mask, known: Mask) -> Floats:
    """The hole filled as evenly as what is known around it allows (Laplace's equation), float32 (h, w, 3)."""
    weights = known.astype(np.float32)
    found = np.where(known[..., None], image, spread(image * weights[..., None], weights))
    for _ in range(ROUNDS):
        found = np.where(hole[..., None], px.box_mean(found, 1), found)
    return found


def _rough(patch: Patch, window: Window, even: Floats, rough: float) -> tuple[Floats, float]:
    """Copies and the even ground, each by how little it is likely to err; and the mean squared error of the best."""
    part = Patch(patch.image[window], patch.hole[window], patch.known[window])
    ring = px.grown(part.hole, RING) & part.known
    total: Floats = even[window] * (1 / rough)
    weight = 1 / rough
    best: tuple[Floats, float, Floats] | None = None
    for cost, (top, left) in _places(patch, window, ring, part.hole):
        there = np.s_[top : top + ring.shape[0], left : left + ring.shape[1]]
        weights = (ring & patch.known[there]).astype(np.float32)
        step = spread((part.image - patch.image[there]) * weights[..., None], weights)
        sure = 1 / (HOPE * cost + 1e-5)
        copy: Floats = patch.image[there] + step
        total, weight = total + sure * copy, weight + sure
        best = best or (copy, cost, weights + part.hole.astype(np.float32))
    found: Floats = total / weight
    if best is None:
        return found, rough
    copy, cost, shown = best
    return found + OWN * (_fine(copy, shown) - _fine(found, shown)), cost


def _fine(image: Floats, weights: Floats) -> Floats:
    """What a small blur of what has weight leaves over."""
    level = px.blur(image * weights[..., None], FINE) / np.maximum(px.blur(weights, FINE), 1e-3)[..., None]
    found: Floats = image - level
    return found


# ------------------------------------------------------------------------------------------------ places


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


def _window(hole: Mask, room: int) -> Window:
    rows, columns = np.flatnonzero(hole.any(1)), np.flatnonzero(hole.any(0))
    height, width = hole.shape
    return (
        _reached(slice(int(rows[0]), int(rows[-1]) + 1), room, height),
        _reached(slice(int(columns[0]), int(columns[-1]) + 1), room, width),
    )


def _places(patch: Patch, window: Window, ring: Mask, hole: Mask) -> Iterator[tuple[float, tuple[int, int]]]:
    """Mean squared difference of the ring, and left top corner, of where the hole is best copied from, best first."""
    if not ring.any():
        return
    goal = np.ascontiguousarray(patch.image[window])
    around = tuple(
        _reached(p, round(REACH * max(hole.shape)), n) for p, n in zip(window, patch.hole.shape, strict=True)
    )
    near, unknown = np.ascontiguousarray(patch.image[around]), (~patch.known[around]).astype(np.float32)
    unlike = px.unlikeness(near, goal, ring.astype(np.float32)) / (3 * ring.sum())
    blocked = px.overlap(unknown, hole.astype(np.float32))
    top, left = around[0].start, around[1].start
    y, x = np.ogrid[: unlike.shape[0], : unlike.shape[1]]
    away = np.hypot(y + top - window[0].start, x + left - window[1].start) / max(hole.shape)
    cost = np.where(blocked > 0.5, np.inf, np.maximum(unlike, 0) + NEARER * away)
    for _ in range(PLACES):
        row, column = (int(k) for k in np.unravel_index(int(cost.argmin()), cost.shape))
        if not np.isfinite(cost[row, column]):
            return
        yield float(cost[row, column]), (row + top, column + left)
        cost[max(0, row - APART) : row + APART + 1, max(0, column - APART) : column + APART + 1] = np.inf


def _reached(part: slice, room: int, length: int) -> slice:
    return slice(max(0, part.start - room), min(length, part.stop + room))
