"""What runs into a border goes on near it, and what was made is all there is farther out."""

from __future__ import annotations

import numpy as np
import pytest

from ddm.derive.extension.onward import SMALLEST, floats, onward
from ddm.perceive import pixels as px

H, W, NEW = 160, 200, 120


def _striped(width: int, rise: float = 0.0) -> np.ndarray:
    """uint8 (H, width, 3): black below an edge that sinks by `rise` rows per column."""
    rows, columns = np.indices((H, width))
    plane = np.where(rows > H / 2 + rise * (columns - W), 20, 200)
    return np.repeat(plane[..., None], 3, 2).astype(np.uint8)


@pytest.mark.parametrize("rise", [0.0, 0.3, -0.3])
def test_an_edge_goes_on_where_what_was_made_is_mist(rise: float) -> None:
    true = floats(_striped(W + NEW, rise)[:, W:])
    mist = (px.blur(true, 9.0) * 255 + 0.5).astype(np.uint8)
    near = np.s_[:, :15]
    error, before = (np.abs(some[near] - true[near]).mean() for some in (onward(_striped(W, rise), mist), floats(mist)))
    assert error < 0.4 * before


def test_where_nothing_runs_what_was_made_stays_soon() -> None:
    rng = np.random.default_rng(3)
    known, made = (rng.integers(0, 256, (H, n, 3), np.uint8) for n in (W, NEW))
    found = onward(known, made)
    changed = np.abs(found - floats(made[:, : found.shape[1]])).mean((0, 2))
    assert found.shape[1] < NEW
    assert changed[-1] < 0.01 < changed[0]


@pytest.mark.parametrize(("height", "width", "new"), [(SMALLEST - 1, 50, 9), (50, SMALLEST - 1, 9)])
def test_in_a_picture_of_a_few_pixels_nothing_runs(height: int, width: int, new: int) -> None:
    assert onward(np.zeros((height, width, 3), np.uint8), np.zeros((height, new, 3), np.uint8)).shape[1] == 0


@pytest.mark.parametrize(("height", "width", "new"), [(SMALLEST, SMALLEST, 1), (17, 301, 5), (301, 17, 90)])
def test_sizes_that_do_not_halve_evenly_are_no_matter(height: int, width: int, new: int) -> None:
    even = np.full((height, width + new, 3), 90, np.uint8)
    found = onward(even[:, :width], even[:, width:])
    assert found == pytest.approx(90 / 255, abs=1e-4)
    assert found.shape[1] <= new
