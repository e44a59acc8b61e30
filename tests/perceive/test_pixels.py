"""Picture arithmetic against plain numpy."""

from __future__ import annotations

from math import erf

import numpy as np
import pytest

from ddm.perceive import pixels as px

RNG = np.random.default_rng(4)


def test_resize_keeps_the_mean_and_the_type() -> None:
    picture = RNG.integers(0, 256, (64, 96, 3), dtype=np.uint8)
    small = px.resize(picture, 24, 16)
    assert small.shape == (16, 24, 3)
    assert small.dtype == np.uint8
    assert small.mean() == pytest.approx(picture.mean(), abs=0.6)


def test_limited_never_enlarges() -> None:
    picture = np.zeros((30, 60, 3), np.uint8)
    assert px.limited(picture, 100) is picture
    assert px.limited(picture, 20).shape == (10, 20, 3)


def test_a_wide_blur_on_a_small_copy_is_the_same_blur() -> None:
    plane = np.zeros((400, 400), np.float32)
    plane[200:, 150:] = 1
    wide = px.blur(plane, 24.0)
    y = (np.arange(400) - 199.5) / 24
    expected = np.array([0.5 * (1 + erf(v / 2**0.5)) for v in y])
    assert np.abs(wide[:, 390] - expected).max() < 0.02


def test_gradient_is_the_slope() -> None:
    y, x = np.mgrid[:20, :20].astype(np.float32)
    assert np.allclose(px.gradient(3 * x + 4 * y)[2:-2, 2:-2], 5, atol=1e-3)


def test_components_and_their_areas() -> None:
    mask = np.zeros((10, 10), bool)
    mask[1:3, 1:3] = mask[6:9, 6:9] = True
    labels, areas = px.components(mask)
    assert sorted(areas[1:].tolist()) == [4, 9]
    assert labels.max() == 2


def test_guided_edges_follow_the_guide() -> None:
    """A soft edge in the plane becomes nearly as sharp as the step of the guide, and lies where the guide's lies."""
    guide = np.zeros((3, 40, 80), np.float32)
    guide[:, :, 40:] = np.array([0.8, 0.3, 0.1])[:, None, None]
    soft = np.clip((np.arange(80, dtype=np.float32) - 36) / 8, 0, 1)[None].repeat(40, 0)
    linear, fit = px.guided(guide, soft, 6, 1e-4)
    found = px.dot(linear, guide) + linear[3]
    assert found[20, 41] - found[20, 38] > 1.7 * (soft[20, 41] - soft[20, 38])
    assert abs(found[20, 70] - 1) < 1e-2
    assert abs(found[20, 10]) < 1e-2
    assert fit[20, 39] > 0.6
    assert px.guided(np.zeros_like(guide), soft, 6, 1e-4)[1].max() < 1e-3
