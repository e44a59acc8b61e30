"""The largest calm rectangle is the largest there is."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ddm.geometry import Box
from ddm.perceive.calm import largest


def _tried_all(calm: np.ndarray) -> int:
    rows, columns = calm.shape
    spans = [itertools.combinations(range(n + 1), 2) for n in (rows, columns)]
    parts = (calm[slice(*down), slice(*across)] for down, across in itertools.product(*spans))
    return max((part.size for part in parts if part.all()), default=0)


def _cells(box: Box, calm: np.ndarray) -> tuple[slice, slice]:
    rows, columns = calm.shape
    left, top, right, bottom = (
        round(v) for v in (box.x * columns, box.y * rows, box.right * columns, box.bottom * rows)
    )
    return slice(top, bottom), slice(left, right)


@given(st.integers(0, 10_000), st.integers(1, 7), st.integers(1, 8), st.floats(0.2, 0.95))
@settings(deadline=None)
def test_no_rectangle_is_larger(seed: int, rows: int, columns: int, share: float) -> None:
    calm = np.random.default_rng(seed).random((rows, columns)) < share
    inside = calm[_cells(largest(calm), calm)]
    assert inside.all()
    assert inside.size == _tried_all(calm)


def test_nothing_calm_has_no_rectangle() -> None:
    assert largest(np.zeros((5, 7), bool)).area == 0


def test_beside_a_subject() -> None:
    calm = np.ones((50, 100), bool)
    calm[10:45, 60:90] = False
    assert largest(calm) == pytest.approx(Box(0, 0, 0.6, 1))
