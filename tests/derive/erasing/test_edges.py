"""Edges are as wide as they were blurred, and a line's are told apart from its photograph's."""

from __future__ import annotations

import numpy as np
import pytest

from ddm.derive.erasing.edges import edges
from ddm.perceive import pixels as px


def photograph(sigma: float) -> np.ndarray:
    """Blurred discs, and sharp bars in the upper left corner."""
    y, x = np.mgrid[:300, :300].astype(np.float32)
    discs = px.blur(np.where(np.hypot(x % 75 - 37, y % 75 - 37) < 25, 200, 60).astype(np.float32), sigma)
    discs[20:60, 20:120][:, ::16] = 0
    discs[20:60, 20:120][:, 1::16] = 0
    return np.repeat(discs[..., None], 3, 2).astype(np.uint8)


@pytest.mark.parametrize("sigma", [1.0, 1.6, 2.4])
def test_a_line_is_sharper_than_a_blurred_photograph(sigma: float) -> None:
    seen = edges(photograph(sigma))
    free = np.ones((300, 300), bool)
    free[10:70, 10:130] = False
    assert seen.sharpest(free) > 1.2 * seen.of_line(np.s_[20:60, 18:122])


def test_the_blurrier_the_wider() -> None:
    free = np.zeros((300, 300), bool)
    free[100:] = True
    widths = [edges(photograph(sigma)).sharpest(free) for sigma in (0.6, 1.2, 2.0)]
    assert widths == sorted(widths)
    assert widths[0] < 0.7 * widths[-1]


def test_nothing_is_said_of_what_has_no_edges() -> None:
    plain = np.full((100, 100, 3), 128, np.uint8)
    assert np.isinf(edges(plain).sharpest(np.ones((100, 100), bool)))
    assert np.isinf(edges(plain).of_line(np.s_[10:30, 10:90]))
