"""A cut-out and the colour of what it is laid on -> the same, with coverage that makes renderers show what lenses do.

A lens mixes light where a pixel is partly covered; what draws SVG mixes the sRGB numbers. Over a light ground those
leave a dark thing's edge too broad and too dark, over a dark one a light thing's too thin. For a known ground there is
a coverage for each pixel with which the numbers mix to what the light would have.
"""

from __future__ import annotations

import numpy as np

from ddm.colour import linear_of_bytes, srgb_of_linear
from ddm.perceive.pixels import Bytes, Floats

ALIKE = 2e-3
"""Squared distance (sRGB, 0..1) of thing and ground below which coverage makes next to no difference, and stays."""


def edged(pixels: Bytes, ground: tuple[float, float, float]) -> Bytes:
    """uint8 (h, w, 4), unpremultiplied sRGB, for a ground of that sRGB colour, 0..1; only edge pixels change."""
    edge = (pixels[..., 3] > 0) & (pixels[..., 3] < 255)
    found = pixels.copy()
    found[edge, 3] = _coverage(pixels[edge, :3], pixels[edge, 3].astype(np.float32) / 255, np.array(ground, np.float32))
    return found


def _coverage(colours: Bytes, alpha: Floats, ground: Floats) -> Bytes:
    """Least squares over the channels: where numbers mixed by it come nearest to light mixed by alpha."""
    light = alpha[:, None] * linear_of_bytes(colours) + (1 - alpha[:, None]) * _linear(ground)
    apart = colours.astype(np.float32) / 255 - ground
    wished = (srgb_of_linear(light) - ground) * apart
    total = (apart**2).sum(1)
    mixed = (wished.sum(1) + ALIKE * alpha) / (total + ALIKE)
    found: Bytes = (np.clip(mixed, 0, 1) * 255 + 0.5).astype(np.uint8)
    return found


def _linear(ground: Floats) -> Floats:
    return linear_of_bytes((ground * 255 + 0.5).astype(np.uint8))
