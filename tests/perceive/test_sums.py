"""Means over any box agree with the plain mean of what lies in it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ddm.perceive.perception import Maps
from ddm.perceive.sums import Sums

H, W, FINE = 12, 20, 8


def _plane(seed: int) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, 256, (H, W)).astype(np.float64)


SEEDS = st.integers(0, 99)
FINE_X, FINE_Y = st.integers(-20, W * FINE + 20), st.integers(-20, H * FINE + 20)


@given(SEEDS, FINE_X, FINE_Y, st.integers(1, W * FINE), st.integers(1, H * FINE))
def test_parts_of_cells_count_as_parts(seed: int, x: int, y: int, width: int, height: int) -> None:
    """On a map of which each cell is FINE x FINE of its own, boxes by eighths of a cell are slices."""
    fine = np.kron(_plane(seed), np.ones((FINE, FINE)))
    part = fine[max(0, y) : max(0, y + height), max(0, x) : max(0, x + width)]
    box = (x / (W * FINE), y / (H * FINE), width / (W * FINE), height / (H * FINE))
    found = float(Sums(_plane(seed)).mean(box))
    if part.size:
        assert found == pytest.approx(part.mean(), abs=1e-6)


@given(SEEDS, st.lists(st.tuples(*[st.floats(-1, 2)] * 2, *[st.floats(0, 2)] * 2), min_size=1, max_size=20))
def test_many_at_once_are_as_one_by_one(seed: int, boxes: list[tuple[float, ...]]) -> None:
    sums = Sums(_plane(seed))
    found = sums.mean(boxes)
    assert found.shape == (len(boxes),)
    assert found == pytest.approx([float(sums.mean(box)) for box in boxes])
    assert ((found >= -1e-4) & (found <= 255 + 1e-4)).all()


def test_a_point_is_answered_by_its_cell() -> None:
    plane = _plane(1)
    assert float(Sums(plane).mean((2.5 / W, 3.5 / H, 0, 0))) == pytest.approx(plane[3, 2], abs=1e-2)
    assert float(Sums(plane).mean((1, 1, 0, 0))) == pytest.approx(plane[-1, -1], abs=1e-2)


def test_outside_there_is_nothing() -> None:
    assert Sums(_plane(1)).mean([(1.5, 0, 1, 1), (0, -2, 1, 1)]).tolist() == [0, 0]


def test_maps_answer_by_name() -> None:
    planes = [_plane(seed).astype(np.uint8) for seed in range(3)]
    maps = Maps(np.zeros((H, W, 3), np.uint8), *planes)
    box = (0.25, 0.5, 0.5, 0.25)
    matte, saliency, busy = (plane[6:9, 5:15].mean() / 255 for plane in planes)
    assert float(maps.covered_in(box)) == pytest.approx(matte)
    assert float(maps.salient_in(box)) == pytest.approx(saliency)
    assert float(maps.calm_in(box)) == pytest.approx(1 - busy)
    assert maps.calm_in(np.broadcast_to(box, (2, 3, 4))).shape == (2, 3)
