"""The free part of a picture -> noise of the same strength, colour and softness, without end and without pattern."""

from __future__ import annotations

from functools import cache

import numpy as np

from ddm.perceive import pixels as px
from ddm.perceive.pixels import Floats, Mask

PATCH = 64
"""Side of the patches that are measured, in pixels: noise is finer than that."""
CALM = 5.0
"""Blur whose remainder counts as noise."""
MOST_PATCHES = 24
GRAINIEST = 6.0
"""Standard deviation, of 255 levels, above which detail is no noise but wood, cloth or leaves."""
UNLIKE = 4.0
"""How much more varied than the calmest patch another may be: noise is much the same all over a picture."""
TILE = 384
"""Side of the noise, which goes on seamlessly beyond it."""
SEED = 11


def grain(image: Floats, free: Mask) -> Floats:
    """Noise float32 (TILE, TILE, 3), of mean 0, that repeats without a seam; nothing where too little is free.

    Each principal colour of the measured noise has its own power spectrum, averaged over all directions (so that
    neither a sensor's lines nor a codec's blocks come out as streaks), and is made anew with random phases (Galerne,
    Gousseau and Morel, "Random Phase Textures", 2011). The same every time.
    """
    patches = _patches(image, free)
    if not len(patches):
        return np.zeros((TILE, TILE, 3), np.float32)
    _, axes = np.linalg.eigh(np.cov(patches.reshape(-1, 3), rowvar=False))
    window = np.hanning(PATCH)[:, None] * np.hanning(PATCH)
    spectra = np.fft.fft2((patches @ axes) * window[..., None], axes=(1, 2))
    power = (np.abs(spectra) ** 2).mean(0) / (window**2).sum()
    parts = [_coloured(_white()[c], _radial(power[..., c])) for c in range(3)]
    found: Floats = (np.stack(parts, -1) @ axes.T.astype(np.float32)).astype(np.float32)
    return found


def _patches(image: Floats, free: Mask) -> Floats:
    """Detail (n, PATCH, PATCH, 3) of the calmer half of the patches that are wholly free."""
    height, width = free.shape
    rows, columns = height // PATCH, width // PATCH
    whole = [
        (y * PATCH, x * PATCH)
        for y in range(rows)
        for x in range(columns)
        if free[y * PATCH : (y + 1) * PATCH, x * PATCH : (x + 1) * PATCH].all()
    ]
    chosen = whole[:: -(-len(whole) // (2 * MOST_PATCHES)) or 1]
    cuts = [image[y : y + PATCH, x : x + PATCH] for y, x in chosen]
    details = np.array([cut - px.blur(np.ascontiguousarray(cut), CALM) for cut in cuts], np.float32)
    if not len(details):
        return details
    variance = details.var((1, 2, 3))
    grainy = (variance <= (GRAINIEST / 255) ** 2) & (variance <= UNLIKE * variance.min())
    order = np.argsort(np.where(grainy, variance, np.inf), kind="stable")
    return details[order[: min(int(grainy.sum()), -(-len(order) // 2))]]


@cache
def _white() -> np.ndarray:
    """The transforms (3, TILE, TILE // 2 + 1) of white noise of variance 1."""
    noise = np.random.default_rng(SEED).standard_normal((3, TILE, TILE), np.float32)
    found: np.ndarray = np.fft.rfft2(noise)
    return found


def _radial(power: Floats) -> Floats:
    """Mean power (PATCH // 2 + 1,) by ring of frequency, from 0 to 1/2 cycles per pixel."""
    axis = np.fft.fftfreq(PATCH) * PATCH
    ring = np.minimum(np.rint(np.hypot(axis[:, None], axis)).astype(int), PATCH // 2).ravel()
    found: Floats = np.bincount(ring, power.ravel()) / np.bincount(ring)
    return found


def _coloured(white: np.ndarray, profile: Floats) -> Floats:
    """White noise, transformed, given the power by frequency of the profile."""
    frequency = np.hypot(np.fft.fftfreq(TILE)[:, None], np.fft.rfftfreq(TILE)) * PATCH
    gain = np.sqrt(np.interp(frequency, np.arange(len(profile)), profile)).astype(np.float32)
    gain[0, 0] = 0
    found: Floats = np.fft.irfft2(white * gain, s=(TILE, TILE)).astype(np.float32)
    return found


def wrapped(tile: Floats, rows: slice, columns: slice) -> Floats:
    """The part of endless noise at these places, (h, w, 3)."""
    found: Floats = tile[np.arange(rows.start, rows.stop) % TILE][:, np.arange(columns.start, columns.stop) % TILE]
    return found
