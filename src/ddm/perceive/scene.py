"""Pixels -> what surrounds the subject, how sharp it is and how well exposed."""

from __future__ import annotations

import numpy as np

from ddm.colour import oklab_of_bytes
from ddm.perceive import borders
from ddm.perceive import pixels as px
from ddm.perceive.pixels import Bytes, Floats, Mask

PLAIN = 0.03
"""Deviation (OKLab) of the background up to which it is one plain colour."""
STUDIO = 0.03
"""Remainder over a smooth surface up to which the background is a studio's sweep of light."""
SHARP_SIDE = 1024
"""Longer side at which sharpness is judged."""
CRISP = 0.1
"""Laplacian (OKLab lightness) at the strongest edges, where the scale reaches 63 %; a blur by 4 pixels leaves 20 %."""
CRUSHED, BLOWN = 4, 251
"""Bytes at or beyond which a channel holds no drawing any more."""


def kind(lab: Floats, background: Mask) -> str:
    """'plain', 'studio' or 'indoor', by the background of OKLab (h, w, 3)."""
    if background.mean() < 0.02:
        return "indoor"
    values = lab[background]
    if borders.spread(values - np.median(values, axis=0)) < PLAIN:
        return "plain"
    rest = surface_rest(lab, background)
    return "studio" if borders.spread(rest[background]) < STUDIO else "indoor"


def surface_rest(lab: Floats, background: Mask) -> Floats:
    """What a polynomial surface of third degree, fitted to the background, leaves over."""
    height, width = background.shape
    y, x = np.mgrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j]
    terms = np.stack([x**i * y**j for i in range(4) for j in range(4 - i)], -1)
    chosen = np.flatnonzero(background.ravel())[::7]
    flat = terms.reshape(-1, terms.shape[-1])
    answer, *_ = np.linalg.lstsq(flat[chosen], lab.reshape(-1, 3)[chosen].astype(np.float64), rcond=None)
    rest: Floats = (lab - terms @ answer).astype(np.float32)
    return rest


def sharpness(pixels: Bytes, coverage: Floats) -> float:
    """0 blurred to 1 crisp: the Laplacian's mean over the tenth of the subject with the most of it."""
    small = px.limited(pixels, SHARP_SIDE)
    inside = px.resize(coverage, *small.shape[1::-1]) > 0.5
    detail = np.abs(px.laplacian(np.ascontiguousarray(oklab_of_bytes(small)[..., 0])))
    values = np.sort(detail[inside] if inside.sum() > 100 else detail.ravel())
    return float(1 - np.exp(-values[-max(1, len(values) // 10) :].mean() / CRISP))


def exposure(pixels: Bytes) -> float:
    """Share of pixels that are neither crushed nor blown out; plain white paper counts as blown out."""
    lost = (pixels <= CRUSHED).all(-1) | (pixels >= BLOWN).all(-1)
    return float(1 - lost.mean())
