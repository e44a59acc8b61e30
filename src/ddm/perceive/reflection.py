"""A cut-out -> its mirror image in a glossy floor: below the line where it stands, softer and fainter downwards."""

from __future__ import annotations

import numpy as np

from ddm.perceive import pixels as px
from ddm.perceive.pixels import Bytes, Floats
from ddm.perceive.shadow import ground_row

SAG = 0.06
"""Feet may stand so much higher in the picture than the lowest point, of the subject's longer side: farther back."""
SOFT = 0.012
"""Blur at the far end, of the subject's longer side: floors are not quite flat."""
EVEN = 0.03
"""Width over which the line of contact is evened out, of the same."""


def reflection(cutout: Bytes, strength: float, length: float) -> tuple[Bytes, int]:
    """uint8 (h, w, 4) and its top row in the cut-out, uint8 (h, w, 4). Widths are the same.

    strength 0..1: how clear at the contact. length: how far down, of the subject's height.
    """
    alpha = cutout[..., 3].astype(np.float32) / 255
    height, width = alpha.shape
    line = contact(alpha)
    top, deep = int(np.floor(line.min() + 0.01)), max(2, round(length * height))
    rows = np.arange(top, int(np.ceil(line.max())) + deep, dtype=np.float32)[:, None]
    away = rows - line
    image = np.dstack([cutout[..., :3].astype(np.float32) * alpha[..., None], alpha])
    columns = np.broadcast_to(np.arange(width, dtype=np.float32), away.shape)
    mirrored = px.sampled(image, columns, 2 * line - rows)
    far = np.clip(away / deep, 0, 1)
    soft = _softened(mirrored, far, SOFT * max(height, width))
    fade = strength * (1 - far) ** 1.6 * (away >= 0)
    cover = soft[..., 3] * fade
    colours = soft[..., :3] / np.maximum(soft[..., 3:], 1e-3)
    return _rounded(np.dstack([colours * (cover > 0)[..., None], cover * 255])), top


def contact(alpha: Floats) -> Floats:
    """The row at which each column meets the floor, float32 (w,): even, from foot to foot."""
    height, width = alpha.shape
    inside = alpha > 0.5
    ground, size = ground_row(alpha), float(max(height, width))
    bottom = height - np.argmax(inside[::-1], 0).astype(np.float32)
    feet = inside.any(0) & (bottom > ground - SAG * size)
    if not feet.any():
        return np.full(width, ground + 1, np.float32)
    columns = np.arange(width, dtype=np.float32)
    between = np.interp(columns, columns[feet], bottom[feet]).astype(np.float32)
    even: Floats = px.blur(np.repeat(between[None], 3, 0), EVEN * size, 0.1)[1]
    return even


def _softened(image: Floats, far: Floats, sigma: float) -> Floats:
    weight = far[..., None]
    found: Floats = image * (1 - weight) + px.blur(image, max(sigma, 0.5)) * weight
    return found


def _rounded(values: Floats) -> Bytes:
    found: Bytes = np.clip(values + 0.5, 0, 255).astype(np.uint8)
    return found
