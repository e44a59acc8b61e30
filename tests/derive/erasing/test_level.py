"""Type lies level; what is turned by a few degrees does not."""

from __future__ import annotations

import numpy as np
import pytest

from ddm.colour import oklab_of_bytes
from ddm.derive.erasing.level import level
from ddm.perceive import pixels as px


def line(turn: float, ink: int = 20) -> np.ndarray:
    """Letters without curves, turned by so many degrees, on a ground with grain."""
    letters = np.zeros((70, 300), np.float32)
    for left in range(20, 280, 26):
        letters[20:50, left : left + 6] = 1
        letters[20:25, left : left + 16] = 1
        letters[45:50, left : left + 16] = 1
    slope = np.tan(np.radians(turn))
    letters = px.affine(letters, np.array([[1, 0, 0], [slope, 1, -150 * slope]], np.float32), 300, 70)
    ground = np.random.default_rng(1).normal(150, 6, (70, 300))
    pixels = np.repeat((ground + (ink - ground) * letters)[..., None], 3, 2)
    return oklab_of_bytes(np.clip(pixels, 0, 255).astype(np.uint8))


@pytest.mark.parametrize("ink", [20, 250])
def test_type_is_level(ink: int) -> None:
    assert level(line(0, ink))


@pytest.mark.parametrize("turn", [-3.0, -2.0, 2.0, 3.0])
def test_what_is_askew_is_not(turn: float) -> None:
    assert not level(line(turn))


def test_without_ink_nothing_is_level() -> None:
    assert not level(np.full((6, 6, 3), 0.5, np.float32))
