"""A matte and the picture beneath -> how good it is likely to be: the overlap with the true one to be expected.

The networks' disagreement tells of little where both take a chair for part of the product. What tells of that: a matte
that is branched, and whose parts differ in colour from one another no less than from the ground. On a paper ground this
does not speak against it: there is nothing else to be taken. `training/mattes.py` fits the weights.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from ddm.colour import oklab_of_bytes
from ddm.perceive import pixels as px
from ddm.perceive.fitted import weights
from ddm.perceive.pixels import Bytes, Floats, Mask

PLAIN, BUSY = 0.0009, 0.0015
"""Mean gradient of lightness outside the subject, per pixel of 256: below PLAIN it is a studio's ground (median .0007
of 26), from BUSY on a room, were it out of focus (.0018 and more in 25 of 26)."""
MOST = 0.15
"""All that a matte's shape and colours can speak against it: a plant or a bicycle is branched, too, and its matte is
right. It orders pictures; alone it rules none out."""
TAKEN = frozenset({"mixed", "doubt"})
"""Signs that another thing was taken for a part of the product: MOST is what they may cost together."""
SMOOTH = 0.4
"""Logarithm of circumference^2 / (4 pi area) that a plain outline has."""

BOTH, ONE = weights("both"), weights("one")
"""Weights where two networks were asked, and where only U2Net was."""


def expected(
    matte: Floats, likeness: Floats, pixels: Bytes, dispute: float, weights: Mapping[str, float], doubt: float = 0.0
) -> float:
    """0..1, 0 where nothing was found.

    matte, likeness: float32 (side, side), the latter of each place's colour to the subject's; pixels: uint8 of any
    size; dispute: 0..1, how far the networks disagree; doubt: of a closer look; weights: of `signs`, as fitted.
    """
    if not (matte > 0.5).any():
        return 0.0
    return weighed(signs(matte, likeness, pixels, dispute, doubt), weights)


def weighed(found: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """The quality by what speaks against it."""
    drawn, taken = (
        sum(weights[name] * found[name] for name in weights if (name in TAKEN) == of) for of in (False, True)
    )
    return float(np.clip(1 - drawn - MOST * (1 - np.exp(-taken / MOST)), 0, 1))


def signs(matte: Floats, likeness: Floats, pixels: Bytes, dispute: float, doubt: float = 0.0) -> dict[str, float]:
    """What speaks against a matte that is not empty, by name, each 0 for a good one.

    dispute: squared, since small disputes are about edges; waver: how much is half covered; mixed: how branched it is
    times how unlike the subject's colours its parts are; doubt: what a closer look left open, 0..1.
    """
    mask = matte > 0.5
    area = float(mask.sum())
    winding = np.log(max(1.0, float((mask & ~px.shrunk(mask, 1)).sum()) ** 2 / (4 * np.pi * area)))
    return {
        "dispute": dispute**2,
        "waver": float((4 * matte * (1 - matte)).sum()) / area,
        "mixed": room(mask, pixels) * max(0.0, float(winding) - SMOOTH) * (1 - float(likeness[mask].mean())),
        "doubt": doubt,
    }


def room(mask: Mask, pixels: Bytes) -> float:
    """0 on a studio's ground, 1 where there is something to be seen; pixels: of any size."""
    outside = ~px.grown(mask, 4)
    if not outside.any():
        return 1.0
    lightness = oklab_of_bytes(px.resize(pixels, *mask.shape[::-1]))[..., 0]
    level = float(px.gradient(np.ascontiguousarray(lightness))[outside].mean())
    return float(np.clip((level - PLAIN) / (BUSY - PLAIN), 0, 1))
