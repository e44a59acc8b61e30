"""Feet farther back stand higher in the picture; thin ends hang; what has no foot beneath its weight floats."""

from __future__ import annotations

import numpy as np
import pytest

from ddm.derive.shading.standing import TILT, standing


def canvas(height: int = 200, width: int = 300) -> np.ndarray:
    return np.zeros((height, width), np.float32)


def test_a_box_stands_on_its_lowest_row() -> None:
    matte = canvas()
    matte[50:150, 100:200] = 1
    found = standing(matte)
    assert found.stands
    assert (found.line == 150).all()
    assert (found.touch[105:195] > 0.9).all()
    assert not found.touch[:95].any()


def test_the_ground_runs_from_foot_to_foot() -> None:
    table = canvas()
    table[40:60, 50:250] = 1
    table[60:150, 55:70] = 1
    table[60:140, 230:245] = 1
    found = standing(table)
    assert found.stands
    assert found.line[60] == 150
    assert found.line[240] == 140
    assert 140 < found.line[150] < 150
    assert not found.touch[100:200].any()


def test_what_ends_far_above_the_ground_does_not_touch_it() -> None:
    lamp = canvas()
    lamp[20:60, 50:250] = 1
    lamp[60:180, 145:155] = lamp[170:180, 110:190] = 1
    found = standing(lamp)
    assert found.stands
    assert not found.touch[50:105].any()
    assert found.touch[150] > 0.9


def test_a_lace_is_no_foot() -> None:
    shoe = canvas()
    shoe[60:120, 50:200] = 1
    shoe[100:190, 250:253] = shoe[100:103, 195:253] = 1
    found = standing(shoe)
    assert found.stands
    assert found.line[100] == 120
    assert not found.touch[250:253].any()


def test_all_legs_of_a_turned_stool_stand() -> None:
    stool = canvas()
    stool[40:60, 90:210] = 1
    for left, bottom in ((90, 172), (145, 200), (200, 172)):
        stool[40:bottom, left : left + 10] = 1
    found = standing(stool)
    assert found.stands
    assert all(found.touch[left : left + 10].any() for left in (90, 145, 200))


def test_what_leans_over_floats() -> None:
    leaning = canvas()
    for row in range(150):
        leaning[20 + row, 250 - row : 280 - row] = 1
    found = standing(leaning)
    assert not found.stands
    assert not found.touch.any()
    assert found.line[0] > 170


def test_nothing_stands_nowhere() -> None:
    found = standing(canvas())
    assert not found.stands
    assert not found.touch.any()


@pytest.mark.parametrize("tilt", [12, 20, 28])
def test_the_tilt_shows_in_a_round_foot(tilt: float) -> None:
    """An upright cylinder, seen from above."""
    y, x = np.mgrid[:300, :300].astype(np.float32)
    across = np.clip(1 - ((x - 150) / 60) ** 2, 0, 1) ** 0.5 * 60 * np.sin(np.radians(tilt))
    matte = ((np.abs(x - 150) < 60) & (y < 220 + across) & (y > 80 - across)).astype(np.float32)
    assert standing(matte).tilt == pytest.approx(tilt, abs=3)


def test_a_ball_tells_no_tilt() -> None:
    y, x = np.mgrid[:300, :300]
    found = standing((np.hypot(x - 150, y - 150) < 80).astype(np.float32))
    assert found.tilt == TILT
    assert np.ptp(found.line) == 0
