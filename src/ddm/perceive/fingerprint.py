"""Pixels -> a perceptual hash: 64 bits that stay nearly the same when the picture is resized, recompressed or toned."""

from __future__ import annotations

from functools import cache

import numpy as np

from ddm.perceive import pixels as px
from ddm.perceive.pixels import Bytes, Floats

SIDE, KEPT = 32, 8
"""The picture is looked at in SIDE x SIDE pixels; KEPT x KEPT of its lowest frequencies make the hash."""
ALIKE = 10
"""Bits that two pictures of the same scene may differ by; unrelated ones differ by 32 on average."""
FAINT = 1e-3
"""Coefficients of less are arithmetic's dust, of a range of 255: they say nothing."""


def fingerprint(pixels: Bytes) -> str:
    """16 hexadecimal digits of uint8 (h, w, 3) sRGB, whatever its size and shape.

    The widely used pHash (Zauner, "Implementation and Benchmarking of Perceptual Image Hash Functions", 2010): the sign
    of each low DCT coefficient of the luma against their median. The first, mean brightness, is not compared.
    """
    luma = px.resize(pixels, SIDE, SIDE).astype(np.float32) @ np.array([0.299, 0.587, 0.114], np.float32)
    waves = (_cosines() @ luma @ _cosines().T).ravel()
    waves = np.where(np.abs(waves) > FAINT, waves, 0)
    bits = waves > np.median(waves[1:])
    bits[0] = False
    return np.packbits(bits).tobytes().hex()


@cache
def _cosines() -> Floats:
    """The KEPT lowest rows of the DCT-II of SIDE samples, orthonormal but for the first."""
    rows, columns = np.arange(KEPT)[:, None], np.arange(SIDE) + 0.5
    found: Floats = (np.cos(np.pi / SIDE * rows * columns) * np.sqrt(2 / SIDE)).astype(np.float32)
    return found


def apart(one: str, other: str) -> int:
    """Bits by which two fingerprints differ (Hamming), 0..64."""
    return (int(one, 16) ^ int(other, 16)).bit_count()


def alike(one: str, other: str) -> bool:
    """Whether two fingerprints are of pictures that look alike."""
    return apart(one, other) <= ALIKE
