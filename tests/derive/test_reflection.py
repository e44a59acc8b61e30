"""A floor mirrors what stands on it: upside down, from the line of contact, fading."""

from __future__ import annotations

import numpy as np
import pytest

from ddm.derive.shading.reflection import contact, reflection


def block(height: int = 200, width: int = 120) -> np.ndarray:
    """Red above, blue below."""
    found = np.zeros((height, width, 4), np.uint8)
    found[..., 3] = 255
    found[: height // 2, :, 0] = found[height // 2 :, :, 2] = 255
    return found


def test_what_is_lowest_comes_first() -> None:
    mirrored, top = reflection(block(), 1.0, 1.0)
    assert top == 200
    assert mirrored[20, 60, 2] > mirrored[20, 60, 0]
    assert mirrored[150, 60, 0] > mirrored[150, 60, 2]


def test_it_fades_and_ends_where_asked() -> None:
    cover = reflection(block(), 0.5, 0.4)[0][:, 60, 3].astype(int)
    assert len(cover) == pytest.approx(80, abs=2)
    assert 110 < cover[2] <= 128
    assert (np.diff(cover[2:]) <= 0).all()
    assert cover[-1] <= 2


def test_feet_farther_back_have_their_own_line() -> None:
    table = block()
    table[:, 40:80] = np.where(np.arange(200)[:, None, None] > 120, 0, table[:, 40:80])
    table[192:, :40] = 0
    line = contact(table[..., 3].astype(np.float32) / 255)
    assert line[5] == pytest.approx(192, abs=1)
    assert line[115] == pytest.approx(200, abs=1)
