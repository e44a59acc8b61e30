"""What is mended of a matte once the networks have drawn it."""

from __future__ import annotations

import numpy as np
import pytest

from ddm.perceive.matte import cleaned
from ddm.perceive.pixels import Floats


def _disc(side: int, x: float, y: float, radius: float) -> Floats:
    rows, columns = np.mgrid[:side, :side]
    found: Floats = (np.hypot(columns - x, rows - y) < radius).astype(np.float32)
    return found


@pytest.mark.parametrize("side", [300, 301])
def test_specks_go_and_parts_stay(side: int) -> None:
    subject, part, speck = _disc(side, 100, 100, 60), _disc(side, 230, 230, 20), _disc(side, 250, 60, 3)
    assert (cleaned(np.maximum(np.maximum(subject, part), speck)) == np.maximum(subject, part)).all()


def test_pinholes_are_filled_and_openings_stay() -> None:
    ring = _disc(400, 200, 200, 150) - _disc(400, 200, 200, 30)
    found = cleaned(ring - _disc(400, 120, 120, 2))
    assert (found[110:130, 110:130] == 1).all()
    assert (found[190:210, 190:210] == 0).all()


def test_haze_is_nothing() -> None:
    assert not cleaned(np.full((64, 64), 0.1, np.float32)).any()
    assert not cleaned(np.zeros((64, 64), np.float32)).any()


def test_only_what_is_somewhere_solid_counts() -> None:
    """A veil beside nothing is no subject."""
    assert not cleaned(0.4 * _disc(200, 100, 100, 50)).any()
