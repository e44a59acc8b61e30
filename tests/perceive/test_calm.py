"""Sums over boxes agree with plain slicing."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ddm.geometry import Box
from ddm.perceive.calm import CalmMap

WHOLE = Box(0, 0, 1, 1)


def _map(seed: int, height: int = 20, width: int = 30) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, 256, (height, width), dtype=np.uint8)


@given(st.integers(0, 9), st.integers(0, 29), st.integers(0, 19), st.integers(1, 30), st.integers(1, 20))
def test_boxes_on_cells_agree_with_slices(seed: int, x: int, y: int, width: int, height: int) -> None:
    values = _map(seed)
    part = values[y : y + height, x : x + width]
    box = Box(x / 30, y / 20, width / 30, height / 20)
    calm = CalmMap(values)
    assert calm.mean(box) == pytest.approx(float(part.mean()))
    assert calm.share_above(box, 100) == pytest.approx(float((part > 100).mean()))


@given(st.floats(-1, 2), st.floats(-1, 2), st.floats(0, 2), st.floats(0, 2))
def test_any_box_has_an_answer_in_range(x: float, y: float, width: float, height: float) -> None:
    calm = CalmMap(_map(1))
    assert 0 <= calm.mean(Box(x, y, width, height)) <= 255
    assert 0 <= calm.share_above(Box(x, y, width, height), 60) <= 1


def test_outside_is_as_busy_as_can_be() -> None:
    calm = CalmMap(np.zeros((5, 5), np.uint8))
    assert calm.mean(Box(1.5, 0, 1, 1)) == 255
    assert calm.share_above(Box(0, -2, 1, 1), 10) == 1
    assert calm.mean(WHOLE) == 0
