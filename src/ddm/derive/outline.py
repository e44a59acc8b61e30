"""A matte -> the plate beneath it that a sticker has: the matte grown by an even, smooth edge, in one colour."""

from __future__ import annotations

import numpy as np

from ddm.colour import bytes_of_srgb, parse_hex
from ddm.perceive import pixels as px
from ddm.perceive.pixels import Bytes, Floats, Mask

ROUNDED = 0.6
"""Hollows are rounded by so many widths: scissors do not follow every notch, but they part stems, legs and laces."""
EVEN = 0.4
"""Blur, in widths, that evens out spikes and a ragged matte."""
OPENING = 0.08
"""Openings smaller than this part of the plate are filled: nobody cuts inside a sticker, and of two openings between
the legs of a stool neither is filled alone."""
SOLID = 96
"""Coverage, of 255, from which a place is the subject's."""


def outline(alpha: Bytes, width: float, colour: str) -> tuple[Bytes, int]:
    """uint8 (h, w, 4) and how far it reaches beyond the matte uint8 (h, w) on each side, in pixels.

    width: of the edge, as part of the matte's longer side.
    """
    radius = max(1.0, width * max(alpha.shape))
    round_ = ROUNDED * radius
    room = int(np.ceil(radius * (1 + 2 * EVEN) + round_)) + 2
    solid = np.pad(alpha, room) > SOLID
    wide = _filled(_distance(solid) < radius + round_)
    wide = px.blur(wide.astype(np.float32), EVEN * radius) > 0.5
    cover = np.clip(px.blur(_distance(~wide) - round_ + 0.5, 0.7), 0, 1)
    plate = np.empty((*cover.shape, 4), np.uint8)
    plate[..., :3] = bytes_of_srgb(parse_hex(colour))
    plate[..., 3] = (cover * 255 + 0.5).astype(np.uint8)
    spare = room - int(np.ceil(radius)) - 4
    return np.ascontiguousarray(plate[spare : len(plate) - spare, spare : plate.shape[1] - spare]), room - spare


def _distance(mask: Mask) -> Floats:
    """How far each place is from the mask."""
    return px.distance(~mask, exact=True) if mask.any() else np.full(mask.shape, 1e6, np.float32)


def _filled(plate: Mask) -> Mask:
    """Without small openings."""
    labels, areas = px.components(~plate)
    small = areas < OPENING * float(plate.sum())
    small[0] = False
    return plate | small[labels]
