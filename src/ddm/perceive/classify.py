"""Pixels -> ImageNet class and embedding, by EfficientNet-Lite0 (Tan and Le, "EfficientNet", ICML 2019)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ddm import models
from ddm.perceive import pixels as px
from ddm.perceive.pixels import Bytes, Floats

SIDE = 224


@dataclass(frozen=True)
class Class:
    """name: English, the first of its synonyms. score: 0..1. embedding: float32 (1280,), unit length.

    chances: float32 (1000,), of all classes; their sum is 1.
    """

    name: str
    score: float
    embedding: Floats
    chances: Floats


def classify(pixels: Bytes) -> Class:
    """What uint8 (h, w, 3) sRGB shows. The picture is padded to a square with its mean, so nothing is cut off."""
    session = models.session("efficientnet-lite0")
    feed = {session.input: px.blob(_squared(pixels), (127,) * 3, (128,) * 3)}
    chances, embedding = (found[0] for found in session.run(["probabilities", "embedding"], feed))
    best = int(chances.argmax())
    return Class(
        models.classes()[best].split(",")[0].strip(),
        float(chances[best]),
        embedding / max(1e-6, float(np.linalg.norm(embedding))),
        chances,
    )


def _squared(pixels: Bytes) -> Bytes:
    small = px.limited(pixels, SIDE)
    height, width = small.shape[:2]
    scale = SIDE / max(height, width)
    small = px.resize(small, max(1, round(width * scale)), max(1, round(height * scale)))
    height, width = small.shape[:2]
    canvas = np.empty((SIDE, SIDE, 3), np.uint8)
    canvas[:] = small.reshape(-1, 3).mean(0)
    top, left = (SIDE - height) // 2, (SIDE - width) // 2
    canvas[top : top + height, left : left + width] = small
    return canvas
