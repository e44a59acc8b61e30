"""A picture -> why no creative should be made of it, if so: told before the networks that draw mattes are run.

Tests stand in the order of their cost, and the first that fails decides. What they look at is remembered by `Sight`, so
that nothing is done twice for a picture that passes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from ddm.errors import Unfit
from ddm.perceive import scene
from ddm.perceive.sight import Sight

LEAST_SIDE = 100
"""Pixels of the shorter side; below, a picture of the smallest format would be drawn from a quarter of its pixels.
Acquisition asks for more of a product's pictures; this is for what comes in by other ways."""
FLAT = 0.008
"""Deviation of OKLab lightness and colour of the whole picture; below, there is nothing to see."""
DARK = 0.08
"""OKLab lightness that one pixel in a hundred exceeds; below, it is a photograph of darkness."""
BLURRED = 0.1
"""Sharpness of the sharpest tenth of it. Of 67 photographs of shops and rooms the least has .19, two in a hundred less
than .34; blurred by 12 pixels of 1024, their median is .06, by 6 pixels .07."""
UNSAFE, WATERMARK = 0.9, 0.97
"""Chances from which a picture is left out: far above one half, since a good picture lost is worse than a bad one that
a template's own condition may still decline. The same 67 reach .24 and .62. Collages are not refused: three of the 67,
with a shelf or a window across them, were taken for one with a chance of 1."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """name: for reports. test: a sentence why the picture is refused, '' where it is not."""

    name: str
    test: Callable[[Sight], str]


def _size(sight: Sight) -> str:
    short = min(sight.width, sight.height)
    return f"its shorter side has {short} pixels, fewer than {LEAST_SIDE}" if short < LEAST_SIDE else ""


def _empty(sight: Sight) -> str:
    spread = float(sight.lab.reshape(-1, 3).std(0).max())
    return f"there is nothing to see: its colours deviate by {spread:.4f}, less than {FLAT}" if spread < FLAT else ""


def _dark(sight: Sight) -> str:
    light = float(np.quantile(sight.lab[..., 0], 0.99))
    return f"it is dark: 99 % of it lie below lightness {light:.2f}, less than {DARK}" if light < DARK else ""


def _blurred(sight: Sight) -> str:
    found = scene.sharpness(sight.detail, grain=sight.grain)
    return f"it is blurred: sharpness {found:.3f}, less than {BLURRED}" if found < BLURRED else ""


def _unsafe(sight: Sight) -> str:
    return _chance("unfit for general audiences", sight.unsafe, UNSAFE)


def _watermark(sight: Sight) -> str:
    return _chance("covered by a watermark", sight.judged.watermark, WATERMARK)


def _chance(what: str, chance: float, most: float) -> str:
    return f"it is {what}, with a chance of {chance:.2f}; more than {most} is left out" if chance > most else ""


REFUSALS = (
    Refusal("size", _size),
    Refusal("empty", _empty),
    Refusal("dark", _dark),
    Refusal("blurred", _blurred),
    Refusal("unsafe", _unsafe),
    Refusal("watermark", _watermark),
)
"""The cheapest first. Marks of brands are small and flat by nature: none of these is asked of them."""


def refuse(sight: Sight, refusals: tuple[Refusal, ...] = REFUSALS) -> None:
    """Raises Unfit with the first reason found."""
    if sight.picture.role == "logo":
        return
    for row in refusals:
        if reason := row.test(sight):
            raise Unfit(reason, sight.picture.source)
