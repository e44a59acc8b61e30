"""Real pictures, damaged as far as wanted -> whether grain, JPEG blocks and enlargement are ranked by their strength.

Garments at home, and cut-outs before grey, all shrunk to half: so they are sharp, without blocks and with little grain.
`pooled` is the rank correlation over all pictures together, `each` the mean of it within each picture; `found` holds
medians by strength.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from ddm.errors import Missing
from ddm.perceive import pixels as px
from ddm.perceive.blocking import blocking
from ddm.perceive.noise import FULL, noise
from ddm.perceive.pixels import Bytes, Floats
from ddm.perceive.upscaling import upscaled

GARMENTS, CUTOUTS = 20, 6
"""Pictures of each sort: a minute in all."""
SIDE = 1000
"""Longer side of what is looked at, before it is enlarged."""
GREY = 205
SIGMAS = (0.0, 1.0, 2.0, 4.0, 8.0, 16.0)
QUALITIES = (10, 30, 50, 70, 80, 90, 95, 101)
"""101 stands for none at all."""
FACTORS = (1.0, 1.5, 2.0, 3.0)
SAVED = 85
"""JPEG quality after which grain is looked for as well."""


def measure(corpora: Path) -> Mapping[str, Any]:
    """Noise, `noise_saved` (after JPEG), jpeg and upscaled; Missing where there are no pictures."""
    pictures = [*_photographs(corpora)]
    if not pictures:
        raise Missing("no garments and no cut-outs are there", str(corpora), "--corpora FOLDER")
    return {
        "pictures": len(pictures),
        "noise": _ranked(pictures, SIGMAS, lambda p, s: noise(_grained(p, s)) * FULL),
        "noise_saved": _ranked(pictures, SIGMAS, lambda p, s: noise(_saved(_grained(p, s), SAVED)) * FULL),
        "jpeg": _ranked(pictures, QUALITIES, lambda p, q: blocking(_saved(p, int(q)))),
        "upscaled": _ranked(pictures, FACTORS, lambda p, f: upscaled(_enlarged(p, f))),
    }


def _photographs(corpora: Path) -> Iterator[Bytes]:
    for pattern, count in (("garments/validation/*/*.jpg", GARMENTS), ("cutouts/*.png", CUTOUTS)):
        found = sorted(corpora.glob(pattern))
        for path in found[:: max(1, len(found) // count)][:count]:
            yield _half(Image.open(path))


def _half(picture: Image.Image) -> Bytes:
    """uint8 (h, w, 3), what is transparent grey, half as large and at most SIDE."""
    ground = Image.new("RGBA", picture.size, (GREY,) * 3)
    pixels = np.asarray(Image.alpha_composite(ground, picture.convert("RGBA")).convert("RGB"))
    return px.limited(pixels, min(SIDE, max(picture.size) // 2))


def _ranked(
    pictures: Sequence[Bytes], strengths: Sequence[float], found: Callable[[Bytes, float], float]
) -> Mapping[str, Any]:
    table = np.array([[found(picture, strength) for strength in strengths] for picture in pictures])
    told = [correlation(row, strengths) for row in table if np.ptp(row) > 0]
    return {
        "pooled": correlation(table.ravel(), np.tile(strengths, len(table))),
        "each": float(np.mean(told)),
        "found": {f"{s:g}": round(float(v), 3) for s, v in zip(strengths, np.median(table, axis=0), strict=True)},
    }


def correlation(one: Sequence[float] | Floats, other: Sequence[float] | Floats) -> float:
    """Spearman's, ties by the mean of their ranks."""
    return float(np.corrcoef(_ranks(one), _ranks(other))[0, 1])


def _ranks(values: Sequence[float] | Floats) -> Floats:
    _, where, sizes = np.unique(np.asarray(values), return_inverse=True, return_counts=True)
    found: Floats = (np.cumsum(sizes) - (sizes - 1) / 2)[where]
    return found


def _grained(pixels: Bytes, sigma: float) -> Bytes:
    """With white noise of so many levels, the same in all channels."""
    if not sigma:
        return pixels
    dust = np.random.default_rng(7).normal(0, sigma, (*pixels.shape[:2], 1))
    found: Bytes = np.clip(pixels + dust + 0.5, 0, 255).astype(np.uint8)
    return found


def _saved(pixels: Bytes, quality: int) -> Bytes:
    if quality > 100:
        return pixels
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, "JPEG", quality=quality)
    return np.asarray(Image.open(buffer))


def _enlarged(pixels: Bytes, factor: float) -> Bytes:
    height, width = (round(n * factor) for n in pixels.shape[:2])
    return np.asarray(Image.fromarray(pixels).resize((width, height), Image.Resampling.BICUBIC))
