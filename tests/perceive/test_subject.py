"""What the matte says of the subject."""

from __future__ import annotations

import numpy as np
import pytest

from ddm.geometry import Box
from ddm.perceive import subject


def _blank() -> np.ndarray:
    return np.zeros((200, 300), np.float32)


def test_separate_parts_are_counted_and_dust_is_not() -> None:
    matte = _blank()
    matte[50:150, 20:100] = matte[50:150, 150:250] = 1
    matte[5:12, 5:12] = 1
    assert subject.count(matte) == 2
    assert subject.count(_blank()) == 0


def test_the_centre_is_that_of_the_mass() -> None:
    matte = _blank()
    matte[50:150, 20:100] = 1
    assert subject.centre(matte) == pytest.approx((0.2, 0.5))
    matte[50:150, 100:180] = 0.5
    assert subject.centre(matte)[0] == pytest.approx((60 * 2 + 140) / 3 / 300)
    assert subject.centre(_blank()) == (0.5, 0.5)


def test_sides_that_cut_the_subject() -> None:
    matte = _blank()
    matte[100:, 100:200] = 1
    matte[100:150, 100:] = 1
    assert subject.cut_sides(matte) == {"bottom", "right"}


def test_a_rounded_touch_is_no_cut() -> None:
    matte = _blank()
    matte[50:199, 100:200] = 1
    matte[199, 149:152] = 1
    assert subject.cut_sides(matte) == frozenset()


def test_a_cord_that_leaves_the_picture_is_cut() -> None:
    matte = _blank()
    matte[100:150, 100:200] = 1
    matte[:100, 150:153] = 0.4
    assert subject.cut_sides(matte) == {"top"}


def _wedge() -> np.ndarray:
    """High at the left, like the heel of a shoe; its tip points right."""
    y, x = np.mgrid[:200, :300]
    return ((y > 60 + 0.4 * x) & (y < 180) & (x > 20) & (x < 290)).astype(np.float32)


def test_the_slender_end_leads() -> None:
    assert subject.facing(_wedge()) == "right"
    assert subject.facing(np.ascontiguousarray(_wedge()[:, ::-1])) == "left"


def test_round_and_upright_things_face_us() -> None:
    y, x = np.mgrid[:200, :300]
    ball = (((x - 150) ** 2 + (y - 100) ** 2) < 80**2).astype(np.float32)
    assert subject.facing(ball) == "front"
    assert subject.facing(_blank()) == "front"


def test_a_face_leads_its_body() -> None:
    body = _blank()
    body[60:190, 100:220] = 1
    assert subject.facing(body, [Box(0.28, 0.3, 0.1, 0.15)]) == "left"
