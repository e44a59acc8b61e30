"""Tiles hold all of a band and enough around it, and no two the same pixel."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from ddm.perceive import pixels as px
from ddm.perceive.bands import TILE, tiles

SIDES = st.integers(1, 3 * TILE)


@given(SIDES, SIDES, st.integers(0, 20), st.integers(0, 999))
def test_each_pixel_of_the_band_lies_in_one_core(height: int, width: int, reach: int, seed: int) -> None:
    mask = np.random.default_rng(seed).random((height, width)) < 3 / (height * width)
    seen = np.zeros((height, width), int)
    for tile in tiles(mask, reach):
        seen[tile.core] += 1
    assert seen.max(initial=0) <= 1
    assert seen[mask].all()


@given(SIDES, SIDES, st.integers(0, 20))
def test_the_core_is_where_it_is_said_to_be(height: int, width: int, reach: int) -> None:
    numbers = np.arange(height * width).reshape(height, width)
    for tile in tiles(np.ones((height, width), bool), reach):
        np.testing.assert_array_equal(numbers[tile.around][tile.inner], numbers[tile.core])


def test_sums_within_reach_are_those_of_the_whole() -> None:
    plane = np.random.default_rng(0).random((300, 200)).astype(np.float32)
    whole = px.box_mean(plane, 5)
    for tile in tiles(np.ones(plane.shape, bool), 5):
        np.testing.assert_allclose(px.box_mean(plane[tile.around], 5)[tile.inner], whole[tile.core], atol=1e-5)


def test_an_empty_mask_has_none() -> None:
    assert not list(tiles(np.zeros((500, 500), bool), 9))
