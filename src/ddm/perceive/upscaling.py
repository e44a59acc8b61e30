"""Pixels -> how far the picture has more of them than detail."""

from __future__ import annotations

import numpy as np

from ddm.perceive import pixels as px
from ddm.perceive.pixels import Bytes, Floats

PATCH = 64
"""Side of the patches whose spectra are looked at, in pixels."""
MOST = 40
"""Patches looked at: those with the most drawing."""
LEAST = 4
"""With fewer patches that have an edge nothing can be told, and nothing is said."""
EDGE = 8
"""Slope (levels per pixel) of an edge: a step of 50 levels enlarged four times has it, a sweep of light has not."""
GRAIN_FROM, GRAIN = 0.42, 1.6
"""What all patches have alike above so many cycles per pixel is grain, which enlarging does not thin out; so many times
that power (a ring of few frequencies strays by a half) is left out of each patch."""
HELD = 0.9
"""Part of the drawing (power times the cube of frequency, which weighs edges evenly) that lies below a patch's cut."""
SHARPEST = 0.9
"""The cut of the patch at this quantile counts: most of a photograph is out of focus, and says nothing."""
CUTS = (0.10, 0.14, 0.18, 0.25, 0.30, 0.36)
SHARES = (0.80, 0.75, 0.667, 0.5, 0.3, 0.0)
"""Cut in cycles per pixel, and the part of the pixels along a line that add nothing.

Measured on 31 photographs that were shrunk to be sharp: their cut is .43 in the median, of one in ten under .37;
enlarged 1.5, 2 and 3 times it is .33, .25 and .18. Of photographs from shops three in four lie at .36 and over, so that
an enlargement by less than 1.5 is not told."""


def upscaled(pixels: Bytes) -> float:
    """0 not at all; 0.5 where half as many pixels a side would hold all there is. Of uint8 (h, w, 3) sRGB, full size.

    The frequency at which the drawing of the sharpest patches ends. A picture that is blurred or out of focus all over
    has more pixels than detail, too, and cannot be told from an enlarged one; where there is no edge at all, as on
    a sweep of light, it is not said to be enlarged.
    """
    patches = _patches(px.luma(pixels))
    if len(patches) < LEAST:
        return 0.0
    return float(np.interp(np.quantile(_cuts(_power(patches)), SHARPEST), CUTS, SHARES))


def _patches(luma: Bytes) -> Floats:
    """float32 (n, PATCH, PATCH): at most MOST, each with an edge, the steepest first."""
    rows, columns = (n // PATCH for n in luma.shape)
    cut = luma[: rows * PATCH, : columns * PATCH].reshape(rows, PATCH, columns, PATCH)
    patches = cut.swapaxes(1, 2).reshape(-1, PATCH, PATCH)
    if not len(patches):
        return patches.astype(np.float32)
    slopes = px.difference(patches[:, :, 2:], patches[:, :, :-2]).reshape(len(patches), -1)
    steep = px.less(slopes, np.full_like(slopes, 2 * EDGE - 1))
    edged = np.flatnonzero(np.count_nonzero(steep, axis=1) >= PATCH)
    order = edged[np.argsort(-steep[edged].sum(1, dtype=np.int64), kind="stable")[:MOST]]
    found: Floats = patches[order].astype(np.float32)
    return found


def _power(patches: Floats) -> Floats:
    """Power by frequency of each patch, (n, PATCH // 2): 0 to under 1/2 cycles per pixel in even steps."""
    window = (np.hanning(PATCH)[:, None] * np.hanning(PATCH)).astype(np.float32)
    spectra = np.abs(np.fft.rfft2((patches - patches.mean((1, 2), keepdims=True)) * window)) ** 2
    down, across = np.fft.fftfreq(PATCH)[:, None] * PATCH, np.fft.rfftfreq(PATCH) * PATCH
    rings = np.minimum(np.rint(np.hypot(down, across)).astype(int), PATCH // 2).ravel()
    twice = np.where((across > 0) & (across < PATCH // 2), 2.0, 1.0) + 0 * down  # what rfft leaves out mirrors these
    sums = np.stack([np.bincount(rings, (spectrum * twice).ravel()) for spectrum in spectra])
    found: Floats = (sums / np.bincount(rings, twice.ravel()))[:, : PATCH // 2]
    return found


def _cuts(power: Floats) -> Floats:
    """The frequency (n,) below which HELD of each patch's drawing lies."""
    frequency = np.arange(power.shape[1]) / PATCH
    grain = GRAIN * np.median(power[:, frequency >= GRAIN_FROM], axis=0).min()
    sums = np.cumsum(np.maximum(power - grain, 0) * frequency**3, axis=1)
    return np.array([np.interp(HELD, row / max(float(row[-1]), 1e-9), frequency) for row in sums])
