"""Percentiles of copy boxes, on grounds made in code."""

from __future__ import annotations

import numpy as np
import pytest

from ddm.bench.perceive.calm import WAYS, Scene, _percentiles, percentile
from ddm.geometry import Box
from ddm.perceive.pixels import Floats


def test_percentile_counts_ties_by_half() -> None:
    assert percentile(1, np.array([0.0, 1.0, 1.0, 2.0])) == 0.5
    assert percentile(0, np.array([1.0, 2.0])) == 0
    assert percentile(9, np.array([1.0, 2.0])) == 1


def half_busy() -> Floats:
    """OKLab: the upper half a soft slope, the lower half noise."""
    lab = np.zeros((300, 300, 3), np.float32)
    lab[..., 0] = np.linspace(0.6, 0.7, 300)[None]
    lab[150:, :, 0] += np.random.default_rng(0).normal(0, 0.1, (150, 300)).astype(np.float32)
    return lab


@pytest.mark.parametrize("way", ["ours", "gradient"])
def test_copy_on_the_calm_half_is_low_and_on_the_other_high(way: str) -> None:
    nothing = np.zeros((300, 300), np.float32)
    for box, low, high in ((Box(0.2, 0.1, 0.5, 0.1), 0.0, 0.45), (Box(0.2, 0.8, 0.5, 0.1), 0.55, 1.0)):
        found = _percentiles([Scene("made", half_busy(), nothing, nothing, (box,))], WAYS[way])
        assert low <= found["all"] <= high
        assert found["off"] == pytest.approx(found["all"])  # there is no subject


def test_where_the_subject_is_all_there_is_no_answer_off_it() -> None:
    covered = np.ones((300, 300), np.float32)
    found = _percentiles([Scene("made", half_busy(), covered, covered, (Box(0.2, 0.1, 0.5, 0.1),))] * 2, WAYS["ours"])
    assert np.isnan(found["off"])
    assert found["all"] < 0.45
