"""A matte and the picture beneath -> how good it is likely to be: the overlap with the true one to be expected.

The networks' disagreement tells of little where both take a chair for part of the product. What tells of that: a matte
that runs along the picture's sides, that is thin and branched, and whose parts differ in colour from one another no
less than from the ground. On a paper ground none of this speaks against it: there is nothing else to be taken.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from ddm.colour import oklab_of_bytes
from ddm.perceive import pixels as px
from ddm.perceive.pixels import Bytes, Floats, Mask

PLAIN, BUSY = 0.0009, 0.0015
"""Mean gradient of lightness outside the subject, per pixel of 256: below PLAIN it is a studio's ground (median .0007
of 26), from BUSY on a room, were it out of focus (.0018 and more in 25 of 26)."""
THICK = 0.45
"""Largest distance to the edge over the root of the area: .5 for a square, .56 for a disc."""
MOST = 0.2
"""All that a matte's shape and colours can speak against it: a plant or a bicycle is thin and branched, too, and its
matte is right. Without a limit the demo's hanging plant falls to .67, with it to .84; the surest 70 % of rooms lose
.03."""
DRAWN = frozenset({"dispute", "waver"})
"""Signs of how the networks drew; the others are of shape and colours."""
SMOOTH = 0.4
"""Logarithm of circumference^2 / (4 pi area) that a plain outline has."""

BOTH: Mapping[str, float] = {"dispute": 0.711, "sides": 2.05, "thin": 0.86, "mixed": 0.253}
"""Weights where two networks were asked: least squares, none negative, on 58 composed rooms and 26 studio and blurred
grounds of half of the cut-outs. On 26 rooms that were not fitted the surest 70 % have a mean overlap of .878, by the
networks' agreement alone .843 (all: .829); the mean distance to the true overlap is .144 there, .011 in studios."""
ONE: Mapping[str, float] = {"waver": 0.09, "thin": 0.395, "mixed": 1.545}
"""Where only U2Net was asked; fitted likewise: .890 at 70 % of the same 26 rooms (all: .834)."""


def expected(matte: Floats, likeness: Floats, pixels: Bytes, dispute: float, weights: Mapping[str, float]) -> float:
    """0..1, 0 where nothing was found.

    matte, likeness: float32 (side, side), the latter of each place's colour to the subject's; pixels: uint8 of any
    size; dispute: 0..1, how far the networks disagree; weights: of `signs`, as fitted.
    """
    if not (matte > 0.5).any():
        return 0.0
    found = signs(matte, likeness, px.resize(pixels, *matte.shape[::-1]), dispute)
    drawn, shape = (
        sum(weights[name] * found[name] for name in weights if (name in DRAWN) is of) for of in (True, False)
    )
    return float(np.clip(1 - drawn - MOST * (1 - np.exp(-shape / MOST)), 0, 1))


def signs(matte: Floats, likeness: Floats, pixels: Bytes, dispute: float) -> dict[str, float]:
    """What speaks against a matte that is not empty, by name, each 0 for a good one."""
    mask = matte > 0.5
    area, room = float(mask.sum()), _room(mask, pixels)
    winding = np.log(max(1.0, float((mask & ~px.shrunk(mask, 1)).sum()) ** 2 / (4 * np.pi * area)))
    sides = np.concatenate([mask[0], mask[-1], mask[:, 0], mask[:, -1]])
    return {
        "dispute": dispute,
        "waver": float((4 * matte * (1 - matte)).sum()) / area,
        "sides": room * float(sides.mean()),
        "thin": room * max(0.0, THICK - float(px.distance(mask).max()) / area**0.5),
        "mixed": room * max(0.0, float(winding) - SMOOTH) * (1 - float(likeness[mask].mean())),
    }


def _room(mask: Mask, pixels: Bytes) -> float:
    """0 on a studio's ground, 1 where there is something to be seen."""
    outside = ~px.grown(mask, 4)
    if not outside.any():
        return 1.0
    level = float(px.gradient(np.ascontiguousarray(oklab_of_bytes(pixels)[..., 0]))[outside].mean())
    return float(np.clip((level - PLAIN) / (BUSY - PLAIN), 0, 1))
