"""A brand's mark -> its matte, without networks: its own transparency, or all that differs from its flat ground."""

from __future__ import annotations

import numpy as np

from ddm.colour import oklab_of_bytes
from ddm.perceive import borders
from ddm.perceive import pixels as px
from ddm.perceive.matte import Matte
from ddm.perceive.pixels import Bytes, Floats

FLAT = 0.02
"""Deviation (OKLab) of the border up to which a mark stands on a flat ground; beyond, the ground is part of it."""
PAPER = 0.03
"""OKLab chroma up to which a flat ground is paper, and goes; a coloured one is the mark's own."""
FAINT = 0.03
"""Difference to the ground that is still the ground: the codec's noise."""
STROKE = 3
"""Pixels within which a stroke reaches its full colour."""


def logo_matte(pixels: Bytes, alpha: Bytes | None) -> Matte:
    """Of uint8 (h, w, 3) and, where the file has one, its alpha uint8 (h, w). What is not flat is kept whole.

    All of the ground's colour goes, within letters too. Known limit: white letters on a badge on white then show what
    lies beneath, where the picture has no transparency of its own.
    """
    cover = alpha.astype(np.float32) / 255 if alpha is not None else _unlike_ground(pixels)
    return Matte(cover, px.resize(cover, 320, 320), 1.0)


def _unlike_ground(pixels: Bytes) -> Floats:
    """Coverage by the difference to the ground, against the greatest difference near by: the stroke's own colour."""
    lab = oklab_of_bytes(pixels)
    rim = np.concatenate([lab[0], lab[-1], lab[:, 0], lab[:, -1]])
    ground = np.median(rim, axis=0)
    if borders.spread(rim - ground) > FLAT or np.hypot(*ground[1:]) > PAPER:
        return np.ones(pixels.shape[:2], np.float32)
    away = np.linalg.norm(lab - ground, axis=-1).astype(np.float32)
    full = np.maximum(px.highest_near(away, STROKE), 2 * FAINT)
    found: Floats = np.clip((away - FAINT) / (full - FAINT), 0, 1)
    return found if (found > 0.5).any() else np.ones(pixels.shape[:2], np.float32)
