"""Pictures made here: small, deterministic, of every awkward kind."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
from PIL import Image


def scene(width: int = 640, height: int = 480, seed: int = 1) -> Image.Image:
    """A smooth coloured picture, different for each seed, the same at every size."""
    waves = np.random.default_rng(seed).uniform(0.5, 3.0, (3, 4))
    y, x = np.mgrid[0 : 1 : height * 1j, 0 : 1 : width * 1j]
    parts = [np.sin(6.28 * (a * x + b)) * np.cos(6.28 * (c * y + d)) for a, b, c, d in waves]
    return Image.fromarray(((np.stack(parts, axis=-1) + 1) * 127).astype(np.uint8))


def encoded(image: Image.Image, kind: str = "JPEG", **options: Any) -> bytes:
    """The bytes of `image` as a file."""
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def turned(image: Image.Image, orientation: int) -> bytes:
    """A JPEG whose EXIF says that it must be turned."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    return encoded(image, exif=exif)
