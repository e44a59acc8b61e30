"""A cut-out -> its mirror image in a glossy floor: below the line where it stands, softer and fainter downwards."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from ddm.derive.shading.standing import standing
from ddm.perceive import pixels as px
from ddm.perceive.pixels import Bytes, Floats

SOFT = 0.016
"""Blur at the far end, of the subject's longer side: floors are not quite flat."""
LEAST = 0.4
"""Blur at the line of contact, in pixels: what is resampled is a little soft anyway."""
LEVELS = (0.0, 0.12, 0.4, 1.0)
"""Parts of the whole blur that are made; in between they are mixed."""
EVEN = 0.03
"""Width over which the line of contact is evened out, of the same."""


def reflection(cutout: Bytes, strength: float, length: float, cut: frozenset[str] = frozenset()) -> tuple[Bytes, int]:
    """uint8 (h, w, 4) and its top row in the cut-out, uint8 (h, w, 4). Widths are the same.

    strength 0..1: how clear at the contact. length: how far down, of the subject's height. cut: sides where the picture
    cuts the subject: of what is cut below nobody knows where it stands, so it is mirrored nowhere.
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
    fade = strength * ("bottom" not in cut) * (1 - far) ** 1.6 * (away >= 0)
    cover = soft[..., 3] * fade
    colours = soft[..., :3] / np.maximum(soft[..., 3:], 1e-3)
    return _rounded(np.dstack([colours * (cover > 0)[..., None], cover * 255])), top


def contact(alpha: Floats) -> Floats:
    """The row at which each column meets the floor, float32 (w,): even, from foot to foot."""
    height, width = alpha.shape
    line = standing(alpha).line
    even: Floats = px.blur(np.repeat(line[None], 3, 0), EVEN * max(height, width), 0.1)[1]
    return even


def _softened(image: Floats, far: Floats, sigma: float) -> Floats:
    """Blurred in proportion to how far it is: what is mirrored lies so far behind the floor."""
    found: Floats = px.blur(image, LEAST)
    for less, more in pairwise(LEVELS):
        share = np.clip((far - less) / (more - less), 0, 1)[..., None]
        found = found * (1 - share) + px.blur(image, max(LEAST, more * sigma)) * share
    return found


def _rounded(values: Floats) -> Bytes:
    found: Bytes = np.clip(values + 0.5, 0, 255).astype(np.uint8)
    return found
