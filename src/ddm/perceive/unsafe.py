"""Pixels -> how likely they are unfit for general audiences, by the classifier of nsfwjs (MobileNetV2)."""

from __future__ import annotations

import numpy as np

from ddm import models
from ddm.perceive import pixels as px
from ddm.perceive.pixels import Bytes

SIDE = 224
CLASSES = ("drawing", "hentai", "neutral", "porn", "sexy")
UNFIT = ("hentai", "porn")
"""What counts. 'sexy' does not: swimwear and underwear on models fall under it, and shops sell them."""


def unsafe(pixels: Bytes) -> float:
    """0..1, of uint8 (h, w, 3) sRGB, stretched to a square as the network was trained."""
    session = models.session("nsfw")
    blob = px.resize(pixels, SIDE, SIDE).astype(np.float32)[None] / 255
    (chances,) = session.run(None, {session.input: blob})
    return min(1.0, float(sum(chances[0][CLASSES.index(name)] for name in UNFIT)))
