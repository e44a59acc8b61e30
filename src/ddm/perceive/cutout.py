"""Pixels and matte -> the subject alone, in its own colours up to the last pixel of its edge.

Estimation of foreground colours by repeated blurred averages: M. Forte, "Approximate Fast Foreground Colour Estimation"
(ICIP 2021), here with four radii from wide to narrow, the wide ones on a smaller copy (as T. Germer et al. do in "Fast
Multi-Level Foreground Estimation", ICPR 2020), the narrow ones where the edge is and nowhere else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from ddm.perceive import pixels as px
from ddm.perceive.bands import tiles
from ddm.perceive.pixels import Bytes, Floats

WIDE, NARROW = (48, 16), (6, 2)
"""Wide first, so that every edge pixel finds pure subject; narrow last, so that it takes the nearest."""
STEP = 4
"""Part of its size to which a picture is shrunk for the wide radii."""
CLEAR, SOLID = 1 / 510, 0.99
"""Coverage between which a pixel is of both: below, nothing is seen of the subject; above, nothing else."""


Layers: TypeAlias = tuple[Floats, Floats]


@dataclass(frozen=True)
class Cutout:
    """pixels: uint8 (h, w, 4), unpremultiplied sRGB with coverage; (x, y): its left top corner in the picture."""

    pixels: Bytes
    x: int
    y: int


def cutout(pixels: Bytes, coverage: Floats, own_colours: bool = False) -> Cutout:
    """The subject of uint8 (h, w, 3) by its coverage float32 (h, w), cropped to where there is any.

    own_colours: the pixels are free of background already, as beneath a picture's own alpha.
    """
    left, top, right, bottom = extent(coverage > 1 / 255)
    part, cover = pixels[top:bottom, left:right], coverage[top:bottom, left:right]
    colours = part if own_colours else foreground(part, cover)
    alpha = (cover * 255 + 0.5).astype(np.uint8)
    colours = np.where(alpha[..., None] > 0, colours, 0).astype(np.uint8)
    return Cutout(np.dstack([colours, alpha]), left, top)


def extent(mask: np.ndarray) -> tuple[int, int, int, int]:
    """left, top, right, bottom of the smallest box around True; the whole picture where there is none."""
    rows, columns = np.flatnonzero(mask.any(1)), np.flatnonzero(mask.any(0))
    if not len(rows):
        return 0, 0, mask.shape[1], mask.shape[0]
    return int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1


def foreground(pixels: Bytes, coverage: Floats) -> Bytes:
    """The subject's own colours, uint8 (h, w, 3), without what the background mixed into the edge."""
    mixed = (coverage > CLEAR) & (coverage <= SOLID)
    front, back = (px.resize(layer, *coverage.shape[::-1]) for layer in _from_afar(pixels, coverage))
    found = pixels.copy()
    for tile in tiles(mixed, sum(NARROW)):
        layers = _parted(pixels[tile.around], coverage[tile.around], NARROW, (front[tile.around], back[tile.around]))
        near = (layers[0][tile.inner] * 255 + 0.5).astype(np.uint8)
        found[tile.core] = np.where(mixed[tile.core][..., None], near, found[tile.core])
    return found


def _from_afar(pixels: Bytes, coverage: Floats) -> Layers:
    """By the wide radii, on a smaller copy."""
    width, height = (max(1, n // STEP) for n in coverage.shape[::-1])
    image, cover = px.resize(pixels, width, height), px.resize(coverage, width, height)
    return _parted(image, cover, [max(1, radius // STEP) for radius in WIDE])


def _parted(pixels: Bytes, coverage: Floats, radii: Sequence[int], layers: Layers | None = None) -> Layers:
    """Subject and background, each float32 (h, w, 3) 0..1, from what they are taken for so far."""
    image = pixels.astype(np.float32) / 255
    front, back = layers or (image, image)
    for radius in radii:
        front, back = _step(image, front, back, coverage[..., None], radius)
    return front, back


def _step(image: Floats, front: Floats, back: Floats, cover: Floats, radius: int) -> tuple[Floats, Floats]:
    """One pass of the paper: blurred averages of both layers, then the residual shared out by coverage."""
    weight = px.box_mean(cover, radius)[..., None]
    front_mean = px.box_mean(front * cover, radius) / (weight + 1e-5)
    back_mean = px.box_mean(back * (1 - cover), radius) / (1 - weight + 1e-5)
    residual = image - cover * front_mean - (1 - cover) * back_mean
    return np.clip(front_mean + cover * residual, 0, 1), np.clip(back_mean + (1 - cover) * residual, 0, 1)
