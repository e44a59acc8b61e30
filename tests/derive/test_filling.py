"""Holes are filled with what goes on around them: evenly, with grain, or with copies of a pattern."""

from __future__ import annotations

import numpy as np

from ddm.derive.filling import Patch, filled, smoothed
from ddm.perceive.pixels import Floats, Mask


def hole() -> Mask:
    found = np.zeros((120, 160), bool)
    found[50:70, 40:110] = True
    return found


def patch(image: Floats) -> Patch:
    cut = image.copy()
    cut[hole()] = 0
    return Patch(cut, hole(), ~hole())


def checks() -> Floats:
    y, x = np.mgrid[:120, :160]
    return np.repeat(np.where((x // 8 + y // 8) % 2, 0.7, 0.4)[..., None], 3, 2).astype(np.float32)


def test_an_even_slope_is_filled_exactly() -> None:
    ramp = np.repeat(np.linspace(0.2, 0.8, 160, dtype=np.float32)[None, :, None], 120, 0).repeat(3, 2)
    assert np.abs(smoothed(patch(ramp).image, hole(), ~hole()) - ramp).max() < 0.03
    assert np.abs(filled(patch(ramp))[0] - ramp).max() < 0.03


def test_grain_goes_on() -> None:
    rng = np.random.default_rng(2)
    noisy = np.clip(0.5 + rng.normal(0, 0.008, (240, 240, 3)), 0, 1).astype(np.float32)
    cut = np.zeros((240, 240), bool)
    cut[150:165, 40:200] = True
    new = filled(Patch(noisy, cut, ~cut))[0][cut]
    assert 0.5 < new.std() / noisy[cut].std() < 1.5


def test_a_pattern_goes_on() -> None:
    assert np.abs(filled(patch(checks()))[0] - checks()).mean() < 0.01


def test_nothing_else_is_touched_and_the_answer_is_always_the_same() -> None:
    image = checks()
    one, other = filled(patch(image))[0], filled(patch(image))[0]
    assert np.array_equal(one[~hole()], image[~hole()])
    assert np.array_equal(one, other)


def test_what_fits_nowhere_is_in_doubt() -> None:
    torn = checks()
    torn[:, :100] = np.random.default_rng(3).random((*torn[:, :100].shape[:2], 1), np.float32)
    assert filled(patch(checks()))[1] < 0.2 * filled(patch(torn))[1]
