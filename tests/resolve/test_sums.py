"""Means over boxes by summed-area tables: what adding up the cells would give."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ddm.resolve.paint.sums import Sums

GRIDS = st.tuples(st.integers(1, 12), st.integers(1, 12), st.integers(0, 999)).map(
    lambda drawn: np.random.default_rng(drawn[2]).random(drawn[:2])
)
PLACES = st.tuples(*[st.integers(-80, 200).map(lambda n: n / 10)] * 4)


def fine(grid: np.ndarray, left: float, top: float, right: float, bottom: float) -> float:
    """The mean of points a hundredth of the box apart, the border going on beyond the grid."""
    steps = (np.arange(100) + 0.5) / 100
    columns = np.clip(np.floor(left + (right - left) * steps), 0, grid.shape[1] - 1).astype(int)
    rows = np.clip(np.floor(top + (bottom - top) * steps), 0, grid.shape[0] - 1).astype(int)
    return float(grid[np.ix_(rows, columns)].mean())


@given(GRIDS, PLACES)
def test_the_mean_is_that_of_all_points_also_beyond_the_border(grid: np.ndarray, place: tuple) -> None:
    left, top, right, bottom = place
    if abs(right - left) > 0.5 and bottom - top > 0.5:
        found = Sums(grid).mean(0, left, top, right, bottom)
        assert found == pytest.approx(fine(grid, left, top, right, bottom), abs=0.03)


@given(GRIDS, PLACES)
def test_whole_cells_of_many_boxes_are_exact(grid: np.ndarray, place: tuple) -> None:
    rows, columns = grid.shape
    left, right = sorted((int(place[0]) % (columns + 1), int(place[2]) % (columns + 1)))
    top, bottom = sorted((int(place[1]) % (rows + 1), int(place[3]) % (rows + 1)))
    if left < right and top < bottom:
        edges = (np.array([[float(edge)]]) for edge in (left, right, top, bottom))
        one, half = Sums(grid, grid / 2).means(*edges)
        assert one[0, 0, 0] == pytest.approx(grid[top:bottom, left:right].mean())
        assert half[0, 0, 0] == pytest.approx(one[0, 0, 0] / 2)


def test_every_across_is_combined_with_every_down() -> None:
    grid = np.arange(12.0).reshape(3, 4)
    x, y = np.array([[0.0, 2.0, 3.0]]), np.array([[0.0, 1.0]])
    found = Sums(grid).means(x, x + 1, y, y + 1)
    assert found.tolist() == [[[[0, 4], [2, 6], [3, 7]]]]


def test_right_to_left_is_the_same_box() -> None:
    grid = np.arange(12.0).reshape(3, 4)
    x, y = np.array([[1.0]]), np.array([[0.0]])
    table = Sums(grid)
    assert np.array_equal(table.means(x, x + 2, y, y + 2), table.means(x + 2, x, y, y + 2))
    assert table.mean(0, 1, 0, 3, 2) == table.mean(0, 3, 0, 1, 2)
