"""A photograph and its subject's matte -> the shadow that the subject throws in it: found, kept as a layer, or removed.

The ground without shadow is fitted to what is seen of it: smooth across, any profile down, drawn to its lighter side. A
shadow is where the photograph is darker than that by the same factor in all colours, and hangs together with the
subject. All in the values of a screen: a shadow there is a factor, too, and so is a layer of black.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ddm.derive.change import View
from ddm.perceive import pixels as px
from ddm.perceive.cutout import extent
from ddm.perceive.perception import Params
from ddm.perceive.pixels import Bytes, Floats, Mask

SIDE = 288
"""Longer side at which shadows are looked for: they are wide, and noise is averaged away."""
FLOOR = 0.04
"""Added to values before their logarithm: black has no factor."""
CLEAR = 0.02
"""Coverage up to which a pixel is ground."""
ROUNDS = 6
"""Fits, each with less weight on what the last one found too dark."""
FEWEST = 400
"""Pixels of ground below which nothing can be said."""
HUES = 0.3, 0.05
"""How far colours may part in a shadow: of its depth, and always (noise). What parts more is a thing of its own."""
CHANNELS = np.array([0.3, 0.59, 0.11], np.float32)
FAINT, SPREADS = 0.02, 2.0
"""Depth (of a logarithm) from which a place is in shadow: seen at all, and beyond the ground's own unevenness."""
TOUCHING, REACH = 0.035, 0.9
"""Of the subject's longer side: how near to it a shadow must come, and how far it may lead."""
EDGE = 4.0
"""Pixels around the subject in which its soft edge hides what touches it."""
FOOT = 0.14
"""Of the same: how far around the lower half of the subject it is asked whether there is a shadow at all."""
BORDER = 0.06
"""Outer part of the photograph in which a kept shadow is brought to nothing, or it would end in a line."""
SURE = 0.5
"""Sureness from which there is one."""
HALF_SURE = 0.011
"""Depth at the foot, beyond the ground's unevenness, at which that is reached: of composed photographs three in four
with a shadow reach it, and one in forty without."""


@dataclass(frozen=True, slots=True)
class Baked:
    """cover: float32 (h, w), 0..1, black that would darken the clear ground so far; on the subject it is carried on.

    ground: float32 (h, w, 3), 0..1, sRGB, without shadow. sure: 0..1, that there is a shadow. scale: pixels of both for
    each of the photograph's.
    """

    cover: Floats
    ground: Floats
    sure: float
    scale: float

    @property
    def there(self) -> bool:
        return self.sure >= SURE


def baked(pixels: Bytes, coverage: Floats) -> Baked:
    """Of uint8 (h, w, 3) sRGB and the subject's coverage float32 (h, w)."""
    small = px.limited(pixels, SIDE)
    height, width = small.shape[:2]
    cover = px.resize(coverage.astype(np.float32), width, height)
    scale = width / pixels.shape[1]
    seen = np.log(small.astype(np.float32) / 255 + FLOOR)
    clear = ~px.grown(cover > CLEAR, 1)
    if clear.sum() < FEWEST or not (cover > 0.5).any():
        return Baked(np.zeros_like(cover), small.astype(np.float32) / 255, 0.0, scale)
    left, top, right, bottom = extent(cover > 0.5)
    size = float(max(right - left, bottom - top))
    away = px.distance(cover < 0.5)
    ground = _ground(seen, clear, away / size)
    depth = _depth(ground - seen, 0.006 * size)
    far = clear & (away > 0.3 * size) if (clear & (away > 0.3 * size)).sum() > FEWEST else clear
    uneven = 1.4826 * float(np.median(np.abs(depth[far] - np.median(depth[far]))))
    near = away < TOUCHING * size + EDGE
    dark = _attached(depth, clear, near, max(FAINT, SPREADS * uneven)) * np.clip(4 * (1 - away / size / REACH), 0, 1)
    foot = clear & (away < FOOT * size) & (np.arange(height)[:, None] > (top + bottom) / 2)
    found = float(depth[foot].mean()) if foot.any() else 0.0
    beyond = max(0.0, found - uneven)
    whole = _carried(np.clip(depth, 0, None) * dark, clear)
    return Baked(1 - np.exp(-whole), np.clip(np.exp(ground) - FLOOR, 0, 1), beyond / (beyond + HALF_SURE), scale)


def kept(found: Baked, strength: float) -> Bytes:
    """A layer uint8 (h, w), coverage with black, `strength` of the shadow; gone at the photograph's border."""
    rows, columns = (np.minimum(np.arange(n) + 0.5, n - np.arange(n) - 0.5) / n for n in found.cover.shape)
    inwards = np.clip(rows[:, None] / BORDER, 0, 1) * np.clip(columns / BORDER, 0, 1)
    layer: Bytes = np.clip(found.cover * inwards * strength * 255 + 0.5, 0, 255).astype(np.uint8)
    return layer


def unshadowed(view: View, params: Params) -> Bytes:
    """The photograph with its subject's shadow lightened away, by `strength`; the subject stays as it is."""
    if view.alone:
        return view.pixels
    found = baked(view.pixels, view.cover)
    if not found.there:
        return view.pixels
    height, width = view.cover.shape
    cover = px.enlarge(found.cover, width, height) * float(params["strength"]) * (1 - view.cover)
    lifted = view.pixels / np.maximum(1 - np.clip(cover, 0, 0.95), 0.05)[..., None]
    bright: Bytes = np.clip(lifted + 0.5, 0, 255).astype(np.uint8)
    return bright


def _ground(seen: Floats, clear: Mask, away: Floats) -> Floats:
    """Logarithms (h, w, 3) of the ground without shadow: a curved plane and a profile of rows."""
    height, width = clear.shape
    y, x = np.mgrid[:height, :width].astype(np.float32) / max(height, width) - 0.5
    plane = np.stack([np.ones_like(x), x, y, x * x, x * y, y * y], -1)
    trust = clear * np.clip(away / 0.3, 0.15, 1)
    weight = trust.copy()
    found = np.zeros_like(seen)
    for _ in range(ROUNDS):
        found = _fitted(plane, seen, weight)
        found = found + _profile(seen - found, weight)
        short = ((found - seen) @ CHANNELS) * clear
        spread = max(0.01, 1.4826 * float(np.median(np.abs(short[clear]))))
        weight = trust / (1 + (np.maximum(short, -0.5 * short) / (1.5 * spread)) ** 2)
    return found


def _fitted(plane: Floats, seen: Floats, weight: Floats) -> Floats:
    weighted = plane * weight[..., None]
    square = np.einsum("ijk,ijl->kl", weighted, plane) + 1e-3 * np.eye(plane.shape[-1])
    factors = np.linalg.solve(square, np.einsum("ijk,ijc->kc", weighted, seen))
    found: Floats = (plane @ factors).astype(np.float32)
    return found


def _profile(rest: Floats, weight: Floats) -> Floats:
    """(h, 1, 3): what is left, by row: where a floor meets a wall."""
    total = weight.sum(1)[:, None]
    mean = (rest * weight[..., None]).sum(1) / (total + 0.02 * rest.shape[1])
    sides = np.repeat(mean[:, None], 3, 1).astype(np.float32)
    found: Floats = px.blur(sides, 0.1, 0.012 * len(rest))[:, 1:2]
    return found


def _depth(short: Floats, sigma: float) -> Floats:
    """float32 (h, w): how much darker than the ground, where all colours are so alike."""
    depth = short @ CHANNELS
    of_depth, always = HUES
    parted = np.abs(short - depth[..., None]).max(-1) / (of_depth * np.abs(depth) + always)
    return px.blur((depth / (1 + parted**4)).astype(np.float32), max(0.6, sigma))


def _attached(depth: Floats, clear: Mask, near: Mask, least: float) -> Floats:
    """float32 (h, w), 0..1: the dark places that hang together with the subject, softly ending."""
    labels, _ = px.components((depth > least) & clear)
    joined = np.isin(labels, np.unique(labels[near & (labels > 0)])) & (labels > 0)
    soft: Floats = np.clip(1.5 * px.blur(px.grown(joined, 2).astype(np.float32), 2.0), 0, 1)
    return soft


def _carried(plane: Floats, clear: Mask) -> Floats:
    """Carried on beneath the subject from all around, the nearer the more."""
    found = np.where(clear, plane, 0).astype(np.float32)
    missing = ~clear
    for sigma in (24.0, 8.0, 3.0, 1.2):
        share = px.blur(clear.astype(np.float32), sigma)
        near = px.blur(np.where(clear, plane, 0).astype(np.float32), sigma) / np.maximum(share, 1e-3)
        part = np.clip(share / 0.1, 0, 1)
        found = np.where(missing, found * (1 - part) + near * part, found)
    return found.astype(np.float32)
