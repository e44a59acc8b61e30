"""Picture arithmetic against plain numpy."""

from __future__ import annotations

from math import erf

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

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


def test_by_halves_as_at_once() -> None:
    """Off by rounding alone, where no side is odd."""
    rng = np.random.default_rng(0)
    coarse = rng.integers(0, 256, (13, 17, 3), dtype=np.uint8)
    picture = px.resize(coarse, 400, 304)
    apart = np.abs(px.by_halves(picture, 90, 68).astype(int) - px.resize(picture, 90, 68))
    assert apart.mean() < 1
    assert apart.max() < 12


@given(st.integers(1, 9), st.integers(1, 9), st.integers(0, 2**32 - 1))
def test_counted_in_twos(height: int, width: int, seed: int) -> None:
    mask = np.random.default_rng(seed).random((2 * height, 2 * width)) > 0.5
    assert (px.counted(mask) == mask.reshape(height, 2, width, 2).sum((1, 3))).all()


def test_channels_as_networks_take_them() -> None:
    picture = np.random.default_rng(1).integers(0, 256, (4, 6, 3), dtype=np.uint8)
    found = px.blob(picture, (10, 20, 30), (1, 2, 4))
    assert found.shape == (1, 3, 4, 6)
    assert found.dtype == np.float32
    assert np.allclose(found[0].transpose(1, 2, 0), (picture - np.array([10, 20, 30])) / [1, 2, 4], atol=1e-4)


def test_looked_up_as_enlarged() -> None:
    rng = np.random.default_rng(2)
    small = rng.random((5, 7, 3)).astype(np.float32)
    rows, columns = rng.integers(0, 20, 3000), rng.integers(0, 28, 3000)
    assert np.allclose(px.enlarged_at(small, rows, columns, 4), px.resize(small, 28, 20)[rows, columns], atol=1e-4)
    assert px.enlarged_at(small, rows[:0], columns[:0], 4).shape == (0, 3)
