"""What is commonly done to make a subject fit in: statistics of the scene are forced upon it."""

from __future__ import annotations

import numpy as np

from ddm.colour import bytes_of_srgb, linear_of_oklab, oklab_of_bytes, srgb_of_linear
from ddm.perceive.pixels import Bytes, Floats

LEVELS = 256


def reinhard(pixels: Bytes, inside: Floats, scene: Bytes) -> Bytes:
    """Mean and deviation of each channel of OKLab as in the scene (Reinhard and others, "Color transfer", 2001).

    pixels: uint8 (h, w, 3); inside: float32 (h, w), which of them are the subject; scene: uint8 (n, 3).
    """
    lab, there = oklab_of_bytes(pixels), oklab_of_bytes(scene)
    own = lab[inside > 0.5]
    spread = there.std(0) / np.maximum(own.std(0), 1e-4)
    return bytes_of_srgb(srgb_of_linear(linear_of_oklab((lab - own.mean(0)) * spread + there.mean(0))))


def matched(pixels: Bytes, inside: Floats, scene: Bytes) -> Bytes:
    """Each channel of sRGB with the scene's histogram; as `reinhard`."""
    return np.stack([_channel(pixels[..., c], inside, scene[..., c]) for c in range(3)], -1)


def _reached(values: Bytes) -> Floats:
    """For each level the part of the values that is darker, half of the level's own included."""
    count = np.bincount(values, minlength=LEVELS)
    found: Floats = (np.cumsum(count) - count / 2) / max(1, len(values))
    return found


def _channel(plane: Bytes, inside: Floats, scene: Bytes) -> Bytes:
    own, there = _reached(plane[inside > 0.5]), _reached(scene.ravel())
    table = np.interp(own, there, np.arange(LEVELS))
    found: Bytes = np.rint(table).astype(np.uint8)[plane]
    return found
