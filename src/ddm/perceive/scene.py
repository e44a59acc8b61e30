"""Pixels -> what surrounds the subject, how sharp it is and how well exposed."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from ddm.colour import lightness_of_bytes
from ddm.perceive import borders
from ddm.perceive import pixels as px
from ddm.perceive.pixels import Bytes, Floats, Mask
from ddm.perceive.squares import least_squares

PLAIN = 0.03
"""Deviation (OKLab) of the background up to which it is one plain colour."""
STUDIO = 0.03
"""Remainder over a smooth surface up to which the background is a studio's sweep of light."""
EVERY = 4
"""One in so many rows and columns is looked at: a surface of third degree has nothing finer to tell."""
LEAST_GROUND = 0.02
"""Part of the picture that must be background before it is judged."""
SHARP_SIDE = 1024
"""Longer side at which sharpness is judged."""
CRISP = 0.1
"""Laplacian (OKLab lightness) at the strongest edges, where the scale reaches 63 %; a blur by 4 pixels leaves 20 %."""
GRAINY = 8.2
"""Mean of the strongest tenth of the Laplacian of white noise, in deviations of the noise: 2.06 times the root of 20,
less what lightness grows more slowly than luma. Without it a picture out of focus passes for crisp by its grain."""
CRUSHED, BLOWN = 4, 251
"""Bytes at or beyond which a channel holds no drawing any more."""


_LIGHTNESS = lightness_of_bytes(np.arange(256, dtype=np.uint8)[:, None].repeat(3, 1))
"""OKLab's, of each grey."""
OPEN = frozenset({"indoor", "outdoor"})
"""Surroundings that are never one colour or a smooth sweep of light from edge to edge."""


def settled(chances: Mapping[str, float], lab: Floats, background: Mask) -> tuple[str, float]:
    """The likeliest word of SCENES that the background of OKLab (h, w, 3) allows, and its chance among those."""
    barred = OPEN if smooth(lab, background) else frozenset()
    allowed = {word: chance for word, chance in chances.items() if word not in barred}
    word = max(allowed, key=lambda word: allowed[word])
    return word, allowed[word] / max(1e-9, sum(allowed.values()))


def smooth(lab: Floats, background: Mask) -> bool:
    """Whether the background is one plain colour or a studio's sweep of light; not told where there is too little."""
    if background[::EVERY, ::EVERY].mean() < LEAST_GROUND:
        return False
    lab, background = lab[::EVERY, ::EVERY], background[::EVERY, ::EVERY]
    values = lab[background]
    if borders.spread(values - np.median(values, axis=0)) < PLAIN:
        return True
    return borders.spread(surface_rest(lab, background)[background]) < STUDIO


def surface_rest(lab: Floats, background: Mask) -> Floats:
    """What a polynomial surface of third degree, fitted to the background, leaves over."""
    down, across = (np.vander(np.linspace(-1, 1, n), 4, increasing=True) for n in background.shape)
    terms = np.stack([across[:, i] * down[:, j, None] for i in range(4) for j in range(4 - i)], -1)
    chosen = np.flatnonzero(background.ravel())[::7]
    flat = terms.reshape(-1, terms.shape[-1])
    answer = least_squares(flat[chosen], lab.reshape(-1, 3)[chosen].astype(np.float64))
    rest: Floats = (lab - terms @ answer).astype(np.float32)
    return rest


def detail(pixels: Bytes) -> Floats:
    """The Laplacian of lightness, float32 (h, w), at most SHARP_SIDE, of uint8 (h, w, 3) sRGB.

    OKLab's lightness of a grey as bright (luma): in a quarter of the time of the colours' own, from which sharpness so
    found is .004 off in the mean of 90 photographs, .03 at most; of a saturated subject .06.
    """
    small = px.limited(px.luma(pixels), SHARP_SIDE)
    found: Floats = np.abs(px.laplacian(px.looked_up(_LIGHTNESS, small)))
    return found


def sharpness(detail: Floats, coverage: Floats | None = None, grain: float = 0.0) -> float:
    """0 blurred to 1 crisp: the mean of `detail` over the tenth of the subject, or of the whole, that has most of it.

    grain: deviation of the picture's noise where detail was measured, as a part of the range; what it adds is left out.
    """
    values = detail.ravel()
    if coverage is not None:
        inside = px.resize(coverage, *detail.shape[::-1]) > 0.5
        values = detail[inside] if inside.sum() > 100 else values
    most = max(1, len(values) // 10)
    found = float(np.partition(values, -most)[-most:].mean())
    return float(1 - np.exp(-np.sqrt(max(0.0, found**2 - (GRAINY * grain) ** 2)) / CRISP))


def exposure(pixels: Bytes) -> float:
    """Share of pixels that are neither crushed nor blown out; plain white paper counts as blown out."""
    red, green, blue = px.planes(pixels)  # plane by plane: sums over three channels take five times as long
    highest, lowest = np.maximum(np.maximum(red, green), blue), np.minimum(np.minimum(red, green), blue)
    return 1 - float(((highest <= CRUSHED) | (lowest >= BLOWN)).mean())
