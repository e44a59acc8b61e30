"""Pictures of known quality: sharp shapes that cover one another, with grain, JPEG and enlargement as wanted."""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

CORPORA = Path(__file__).resolve().parents[2].parent / "shared" / "corpora"


@cache
def leaves(seed: int, height: int = 480, width: int = 640, smallest: float = 3) -> np.ndarray:
    """uint8 (h, w, 3): discs of all sizes, each lying over those before.

    The dead leaves model (Lee, Mumford and Huang, "Occlusion Models for Natural Images", 2001), whose spectrum is that
    of photographs; drawn four times as large and averaged, so that its edges are a camera's.
    """
    rng = np.random.default_rng(seed)
    fine = np.full((height * 2, width * 2, 3), 128, np.uint8)
    for _ in range(500):
        radius = 2 * smallest / np.sqrt(rng.uniform(1e-3, 1))
        y, x = rng.uniform(0, height * 2), rng.uniform(0, width * 2)
        rows, columns = (slice(max(0, int(c - radius)), int(c + radius) + 1) for c in (y, x))
        part = fine[rows, columns]
        dy, dx = np.mgrid[rows, columns][:, : part.shape[0], : part.shape[1]]
        part[(dy - y) ** 2 + (dx - x) ** 2 < radius**2] = rng.integers(25, 230, 3)
    return fine.reshape(height, 2, width, 2, 3).mean((1, 3)).astype(np.uint8)


def sweep(height: int = 480, width: int = 640) -> np.ndarray:
    """A studio's smooth ground with nothing on it."""
    y, x = np.mgrid[0 : 1 : height * 1j, 0 : 1 : width * 1j]
    return np.repeat((130 + 70 * y - 25 * (x - 0.4) ** 2)[..., None], 3, 2).astype(np.uint8)


def grained(pixels: np.ndarray, sigma: float, seed: int = 0) -> np.ndarray:
    """With white noise of a standard deviation in levels, the same in all channels."""
    noise = np.random.default_rng(seed).normal(0, sigma, (*pixels.shape[:2], 1))
    return np.clip(pixels + noise + 0.5, 0, 255).astype(np.uint8)


def jpeg(pixels: np.ndarray, quality: int) -> np.ndarray:
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, "JPEG", quality=quality)
    return np.asarray(Image.open(buffer))


def enlarged(pixels: np.ndarray, factor: float, method: Image.Resampling = Image.Resampling.BICUBIC) -> np.ndarray:
    height, width = (round(n * factor) for n in pixels.shape[:2])
    return np.asarray(Image.fromarray(pixels).resize((width, height), method))


def photographs(count: int = 8) -> Iterator[np.ndarray]:
    """Real ones, shrunk to half and less: sharp, without blocks, with hardly any grain. Skips where there are none."""
    folder = CORPORA / "garments" / "validation"
    if not folder.is_dir():
        pytest.skip("the corpus of garment photographs is not on this machine")
    found = sorted(folder.glob("*/*.jpg"))
    for path in found[:: max(1, len(found) // count)][:count]:
        picture = Image.open(path).convert("RGB")
        yield np.asarray(picture.resize((picture.width // 2, picture.height // 2), Image.Resampling.BOX))
