"""Measured features: the same number for every picture, and seams where seams are."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from ddm.perceive.clues import _longest, clues


@settings(max_examples=10, deadline=None)
@given(st.integers(16, 90), st.integers(16, 90), st.integers(0, 2**16))
def test_as_many_for_every_picture_and_finite(width: int, height: int, seed: int) -> None:
    pixels = np.random.default_rng(seed).integers(0, 256, (height, width, 3), np.uint8)
    found = clues(pixels)
    assert found.shape == clues(np.zeros((40, 40, 3), np.uint8)).shape
    assert np.isfinite(found).all()


def test_a_seam_runs_from_top_to_bottom() -> None:
    broken = np.random.default_rng(1).random((20, 3)) < 0.5
    broken[:, 1] = True
    assert _longest(broken)[1] == 1
    assert _longest(broken)[[0, 2]].max() < 1


def test_seams_change_the_clues() -> None:
    plain = np.full((200, 200, 3), 120, np.uint8)
    joined = plain.copy()
    joined[:, 100:] = 200
    assert np.abs(clues(plain) - clues(joined)).max() > 0.9
