"""Pixels and matte -> the subject alone, in its own colours up to the last pixel of its edge.

Estimation of foreground colours by repeated blurred averages: M. Forte, "Approximate Fast Foreground Colour Estimation"
(ICIP 2021), here with radii from wide to narrow on a smaller copy (as T. Germer et al. do in "Fast Multi-Level
Foreground Estimation", ICPR 2020); at full size what the layers leave over is shared out, where the edge is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from ddm.perceive import pixels as px
from ddm.perceive.bands import enlarged
from ddm.perceive.pixels import Bytes, Floats

STEP = 4
"""Part of its size to which a picture is shrunk: with the last two layers found at full size the edge's colours are off
by as much (dE 1.10 and 1.10, of seven composed pictures), in twice to three times the time."""
RADII = (12, 4, 1)
"""There; wide first, so that every edge pixel finds pure subject, and narrow last, so that it takes the nearest."""
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
    found = np.empty((*cover.shape, 4), np.uint8)
    found[..., 3] = cover * 255 + 0.5
    np.multiply(colours, found[..., 3:] > 0, out=found[..., :3])
    return Cutout(found, left, top)


def extent(mask: np.ndarray) -> tuple[int, int, int, int]:
    """left, top, right, bottom of the smallest box around True; the whole picture where there is none."""
    rows, columns = np.flatnonzero(mask.any(1)), np.flatnonzero(mask.any(0))
    if not len(rows):
        return 0, 0, mask.shape[1], mask.shape[0]
    return int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1


def foreground(pixels: Bytes, coverage: Floats) -> Bytes:
    """The subject's own colours, uint8 (h, w, 3), without what the background mixed into the edge."""
    mixed = (coverage > CLEAR) & (coverage <= SOLID)
    layers = np.dstack(_parted(px.reduced(pixels, STEP), px.reduced(coverage, STEP)))
    found = pixels.copy()
    for part, large in enlarged(layers, px.reduced(mixed.astype(np.float32), STEP) > 0, STEP, coverage.shape):
        front, back, cover = large[..., :3], large[..., 3:], coverage[part][..., None]
        near = front + cover * (pixels[part] * np.float32(1 / 255) - back - cover * (front - back))
        np.copyto(found[part], (np.clip(near, 0, 1) * 255 + 0.5).astype(np.uint8), where=mixed[part][..., None])
    return found


def _parted(pixels: Bytes, coverage: Floats) -> Layers:
    """Subject and background by themselves, each float32 (h, w, 3) 0..1."""
    image: Floats = pixels.astype(np.float32) / 255
    front, back = image, image
    for radius in RADII:
        front, back = _step(image, front, back, coverage[..., None], radius)
    return front, back


def _step(image: Floats, front: Floats, back: Floats, cover: Floats, radius: int) -> tuple[Floats, Floats]:
    """One pass of the paper: blurred averages of both layers, then the residual shared out by coverage."""
    weight = px.box_mean(cover, radius)[..., None]
    front_mean = px.box_mean(front * cover, radius) / (weight + 1e-5)
    back_mean = px.box_mean(back * (1 - cover), radius) / (1 - weight + 1e-5)
    residual = image - cover * front_mean - (1 - cover) * back_mean
    return np.clip(front_mean + cover * residual, 0, 1), np.clip(back_mean + (1 - cover) * residual, 0, 1)
