"""A sticker's edge is even, round and of one colour."""

from __future__ import annotations

import numpy as np
import pytest

from ddm.derive.outline import outline


def disc(side: int = 300) -> np.ndarray:
    y, x = np.mgrid[:side, :side] + 0.5
    found: np.ndarray = ((np.hypot(x - side / 2, y - side / 2) < side / 2) * 255).astype(np.uint8)
    return found


@pytest.mark.parametrize("width", [0.02, 0.05, 0.1])
def test_the_edge_is_as_wide_as_asked(width: float) -> None:
    plate, room = outline(disc(), width, "#ffffff")
    across = (plate[room + 150, :, 3] / 255).sum()
    assert across == pytest.approx(300 * (1 + 2 * width), abs=2.5)


def test_the_subject_lies_in_its_middle() -> None:
    plate, room = outline(disc(), 0.05, "#ffffff")
    assert plate.shape[:2] == (300 + 2 * room, 300 + 2 * room)
    assert np.abs(plate[..., 3].astype(int) - plate[::-1, ::-1, 3]).max() <= 2


def test_it_has_the_colour_asked_for_and_nothing_at_its_border() -> None:
    plate, _ = outline(disc(), 0.05, "#1a2b3c")
    assert (plate[..., :3] == (0x1A, 0x2B, 0x3C)).all()
    assert not plate[0, :, 3].any()


def test_it_is_solid_beneath_small_openings() -> None:
    ring = disc()
    ring[140:160, 140:160] = 0
    plate, room = outline(ring, 0.02, "#ffffff")
    assert (plate[room + 60 : room + 240, room + 60 : room + 240, 3] == 255).all()


@pytest.mark.parametrize(("gap", "open_"), [(16, False), (40, True)])
def test_narrow_gaps_are_bridged_and_wide_ones_are_not(gap: int, open_: bool) -> None:
    legs = np.zeros((300, 300), np.uint8)
    legs[:100], legs[:, :60], legs[:, 60 + gap : 120 + gap] = 255, 255, 255
    plate, room = outline(legs, 0.024, "#ffffff")
    assert (plate[room + 280, room + 60 + gap // 2, 3] < 128) == open_


def test_of_two_openings_between_the_legs_of_a_stool_neither_is_filled_alone() -> None:
    stool = disc() * 0
    stool[40:120, 40:130], stool[40:120, 160:240] = 255, 255
    plate, room = outline(255 - stool, 0.024, "#ffffff")
    assert plate[room + 80, [room + 85, room + 200], 3].all()
