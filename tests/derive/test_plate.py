"""A plate through known cells: planes go on exactly, slopes die where tension asks for it."""

from __future__ import annotations

import numpy as np
import pytest

from ddm.derive.plate import Force, plate

H, W = 24, 31
Y, X = np.mgrid[:H, :W].astype(np.float32)
STIFF, NONE = np.full((H, W), 2.0), np.zeros((H, W))
KNOWN = ((X > 8) & (X < 20) & (Y > 6) & (Y < 18)).astype(np.float32)
FREE = Force(STIFF, NONE)


def test_a_plane_goes_on_as_a_plane() -> None:
    plane = (2 * X - Y)[..., None]
    assert np.abs(plate(plane * KNOWN[..., None], KNOWN, FREE, FREE) - plane).max() < 0.2


def test_tension_ends_a_slope() -> None:
    tense = Force(STIFF, np.where((X <= 8) | (X >= 20), 1.0, 0.0))
    found = plate(X[..., None] * KNOWN[..., None], KNOWN, tense, FREE)[H // 2, :, 0]
    assert 0 < found[-1] - found[19] < 3
    assert np.diff(found)[-6:].max() < 0.05


@pytest.mark.parametrize("channels", [1, 3])
def test_turned_cells_give_the_turned_surface(channels: int) -> None:
    values = np.random.default_rng(1).random((H, W, channels)).astype(np.float32)
    level, upright = Force(STIFF, 0.3 * STIFF), FREE
    found = plate(values, KNOWN, level, upright)
    turned = plate(values.transpose(1, 0, 2), KNOWN.T, upright.flipped, level.flipped)
    assert np.allclose(found, turned.transpose(1, 0, 2), atol=1e-4)


def test_nothing_known_is_flat() -> None:
    assert not plate(np.ones((H, W, 2), np.float32), NONE, FREE, FREE).any()
