"""A matte drawn at a network's size -> the same with its edge band drawn by the picture's own colours.

The linear maps of colours that explain the matte are found on a smaller copy and applied at full size.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ddm.colour import linear_of_bytes
from ddm.perceive import pixels as px
from ddm.perceive.bands import enlarged, tiles
from ddm.perceive.pixels import Bytes, Floats

REACH = 5.5
"""Of the refinement, in cells of the network, which is off by so much and no more. On 18 composed pictures edge errors
of U2Net at 256 are .145 without, .064 with a reach of 3, .050 of 4, .045 of 5.5 and .046 of 7 on blurred grounds."""
RADIUS = 4
"""The same in pixels of the smaller copy: with twice as many the edges are no better (.048)."""
SMOOTH = 5e-5
"""Colour variance that is taken for flat: of .00002 to .0002 the best. Where a grey thing stands on grey, colours
explain little of the edge and the network's own line is the better one: so their word counts by how much they do."""
LINEAR = linear_of_bytes(np.arange(256, dtype=np.uint8))


def drawn_to_edges(coverage: Floats, pixels: Bytes, side: int) -> Floats:
    """float32 (h, w) 0..1, of coverage (h, w) and uint8 (h, w, 3): the network saw the picture at `side` pixels.

    The guide is in linear light, where a lens mixes subject and ground in proportion to coverage: edge error .0251 to
    .0282 with sRGB (12 composed pictures).
    """
    step = max(1, round(REACH * max(coverage.shape) / side / RADIUS))
    *linear, weight = _maps(px.reduced(coverage, step), _guide(px.reduced(pixels, step)))
    found = coverage.copy()
    for part, near in enlarged([*linear, weight], weight > 0, step, coverage.shape):
        refined = px.dot(_guide(pixels[part]), near) + near[3]
        found[part] += (np.clip(refined, 0, 1) - coverage[part]) * near[4]
    return found


def _guide(pixels: Bytes) -> list[Floats]:
    """Three planes of linear light."""
    return px.planes(px.looked_up(LINEAR, pixels))


def _maps(coverage: Floats, guide: Sequence[Floats]) -> Floats:
    """float32 (5, h, w): slopes, offset, and the weight of what they give; nought away from the edge."""
    inside = (coverage > 0.02) & (coverage < 0.98)
    band = px.blur(px.grown(inside, RADIUS // 2 + 1).astype(np.float32), 1.0)
    found = np.zeros((5, *coverage.shape), np.float32)
    for tile in tiles(band > 0, 2 * RADIUS):
        linear, fit = px.guided([plane[tile.around] for plane in guide], coverage[tile.around], RADIUS, SMOOTH)
        for plane, one in zip(found, (*linear, fit * band[tile.around]), strict=True):
            plane[tile.core] = one[tile.inner]
    return found
