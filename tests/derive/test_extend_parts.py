"""The parts of extension: cuts along the least error, turned sides, and how sure the outcome is."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ddm.derive.extension.cut import cut
from ddm.derive.extension.limits import EXPECTED, LIMITS, SURE, sureness
from ddm.derive.extension.sides import back, beyond, facing
from ddm.derive.tone import Canvas
from ddm.resolve.window import GROWTH_LIMIT

SIDES = ("left", "top", "right", "bottom")


def test_a_cut_follows_the_least_error() -> None:
    error = np.ones((80, 40), np.float32)
    error[:, 24:28] = 0
    found = cut(error)
    assert found[:, :22].max() == 0
    assert found[:, 30:].min() == 1


@given(st.integers(1, 60), st.integers(1, 40), st.integers(0, 9))
def test_a_cut_leads_from_one_piece_to_the_other(height: int, width: int, seed: int) -> None:
    found = cut(np.random.default_rng(seed).random((height, width), np.float32))
    assert found.shape == (height, width)
    assert 0 <= found.min() <= found.max() <= 1
    assert (np.diff(found, axis=1) >= 0).all()


@given(st.integers(1, 9), st.integers(1, 9), st.sampled_from(SIDES))
def test_turning_there_and_back_changes_nothing(height: int, width: int, side: str) -> None:
    plane = np.arange(height * width).reshape(height, width)
    assert np.array_equal(back(facing(plane, side), side), plane)


@given(st.tuples(*[st.integers(0, 5)] * 4))
def test_what_the_sides_make_new_is_all_of_the_canvas_but_the_picture(growth: tuple[int, int, int, int]) -> None:
    canvas = Canvas.of(4, 7, dict(zip(SIDES, growth, strict=True)))
    covered = np.zeros(canvas.size, int)
    covered[canvas.own] += 1
    for side, amount in zip(SIDES, growth, strict=True):
        if amount:
            covered[beyond(canvas, side)] += 1
    assert (covered == 1).all()


@pytest.mark.parametrize("kind", EXPECTED)
def test_what_may_grow_is_sure_enough(kind: str) -> None:
    assert sureness(kind, LIMITS[kind]) >= SURE - 0.01
    assert sureness(kind, 0.1) >= sureness(kind, 1.0)
    assert 0 < GROWTH_LIMIT[kind] < LIMITS[kind]


def test_smooth_borders_reach_one_to_eight() -> None:
    assert 1 + 2 * GROWTH_LIMIT["flat"] >= 8
