"""Grown pictures keep their own pixels and go on without a seam."""

from __future__ import annotations

import numpy as np
import pytest

from ddm.errors import Unfit
from ddm.perceive.extend import check, extended

RNG = np.random.default_rng(2)
H, W = 200, 300
FREE = np.zeros((H, W), np.float32)
FLAT = dict.fromkeys(("left", "top", "right", "bottom"), "flat")


def _sweep(grain: float = 3) -> np.ndarray:
    y, x = np.mgrid[0 : 1 : H * 1j, 0 : 1 : W * 1j]
    tone = np.stack([110 + 60 * y + 20 * x, 120 + 40 * y, 150 - 30 * x], -1)
    return np.clip(tone + RNG.normal(0, grain, (H, W, 1)), 0, 255).astype(np.uint8)


GROWTH = {"left": 60, "top": 40, "right": 90, "bottom": 25}


@pytest.mark.parametrize("kind", ["flat", "gradient", "texture", "complex"])
def test_own_pixels_stay_exactly(kind: str) -> None:
    pixels = _sweep()
    found = extended(pixels, FREE, dict.fromkeys(FLAT, kind), GROWTH)
    assert found.shape == (H + 65, W + 150, 3)
    assert found.dtype == np.uint8
    assert np.array_equal(found[40 : 40 + H, 60 : 60 + W], pixels)


@pytest.mark.parametrize("kind", ["flat", "gradient", "texture"])
def test_no_step_at_the_seam(kind: str) -> None:
    found = extended(_sweep(), FREE, dict.fromkeys(FLAT, kind), GROWTH).astype(float)
    inside, outside = found[40:-25, 348:360].mean(1), found[40:-25, 360:372].mean(1)
    assert np.abs(inside - outside).max() < 9
    assert np.abs((inside - outside).mean(0)).max() < 1.8  # the slope itself makes 1.2


def test_grain_goes_on() -> None:
    found = extended(_sweep(), FREE, FLAT, {"right": 100}).astype(float)
    own, grown = (np.diff(found[:, a:b], axis=0).std() for a, b in ((150, 290), (310, 390)))
    assert 0.7 < grown / own < 1.3


def test_the_subject_is_not_continued() -> None:
    pixels, cover = _sweep(), FREE.copy()
    pixels[80:120, 200:] = (255, 0, 0)
    cover[80:120, 200:] = 1
    found = extended(pixels, cover, FLAT, {"right": 50})
    assert found[80:120, W + 10 :, 1].min() > 60


def test_the_same_every_time() -> None:
    pixels = _sweep()
    assert np.array_equal(extended(pixels, FREE, FLAT, GROWTH), extended(pixels, FREE, FLAT, GROWTH))


def test_limits_are_told() -> None:
    kinds = {**FLAT, "left": "complex"}
    check(W, H, kinds, frozenset(), {"left": 30, "right": 300})
    with pytest.raises(Unfit, match="the left border is complex, growing it by 40%"):
        check(W, H, kinds, frozenset(), {"left": 120})
    with pytest.raises(Unfit, match="cuts the subject at the right"):
        check(W, H, kinds, frozenset({"right"}), {"right": 1})
    check(W, H, kinds, frozenset({"right"}), {"right": 0})
