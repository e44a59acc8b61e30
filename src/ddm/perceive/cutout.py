"""Pixels and matte -> the subject alone, in its own colours up to the last pixel of its edge.

Estimation of foreground colours by repeated blurred averages: M. Forte, "Approximate Fast Foreground Colour Estimation"
(ICIP 2021), here with four radii from wide to narrow.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ddm.perceive import pixels as px
from ddm.perceive.pixels import Bytes, Floats

RADII = (48, 16, 6, 2)
"""Wide first, so that every edge pixel finds pure subject; narrow last, so that it takes the nearest."""


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
    image = pixels.astype(np.float32) / 255
    cover = coverage[..., None]
    front: Floats = image
    back: Floats = image
    for radius in RADII:
        front, back = _step(image, front, back, cover, radius)
    solid = np.where(cover > 0.99, image, front)
    found: Bytes = (np.clip(solid, 0, 1) * 255 + 0.5).astype(np.uint8)
    return found


def _step(image: Floats, front: Floats, back: Floats, cover: Floats, radius: int) -> tuple[Floats, Floats]:
    """One pass of the paper: blurred averages of both layers, then the residual shared out by coverage."""
    weight = px.box_mean(cover, radius)[..., None]
    front_mean = px.box_mean(front * cover, radius) / (weight + 1e-5)
    back_mean = px.box_mean(back * (1 - cover), radius) / (1 - weight + 1e-5)
    residual = image - cover * front_mean - (1 - cover) * back_mean
    return np.clip(front_mean + cover * residual, 0, 1), np.clip(back_mean + (1 - cover) * residual, 0, 1)
