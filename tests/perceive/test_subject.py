"""What the matte says of the subject."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ddm.geometry import Box
from ddm.perceive import subject
from ddm.perceive.schema import CATEGORIES


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
    found: np.ndarray = ((y > 60 + 0.4 * x) & (y < 180) & (x > 20) & (x < 290)).astype(np.float32)
    return found


def test_the_lower_end_leads() -> None:
    assert subject.facing(_wedge()).word == "right"
    assert subject.facing(np.ascontiguousarray(_wedge()[:, ::-1])).word == "left"


def test_round_and_upright_things_face_us() -> None:
    y, x = np.mgrid[:200, :300]
    ball = (((x - 150) ** 2 + (y - 100) ** 2) < 80**2).astype(np.float32)
    assert subject.facing(ball).word == "front"
    assert subject.facing(_blank()) == subject.Facing("front", 0.0)


def test_a_face_leads_its_body() -> None:
    body = _blank()
    body[60:190, 100:220] = 1
    assert subject.facing(body, [Box(0.28, 0.3, 0.1, 0.15)]).word == "left"


def test_an_animal_carries_its_head_before() -> None:
    assert subject.facing(_wedge(), category="animal").word == "left"


def test_a_bottle_or_a_shirt_shows_its_front() -> None:
    assert subject.facing(_wedge(), category="apparel").word == "front"


def test_clearer_ends_are_surer() -> None:
    y, x = np.mgrid[:200, :300]
    slight = ((y > 85 + 0.12 * x) & (y < 180) & (x > 20) & (x < 290)).astype(np.float32)
    one, other = subject.facing(_wedge(), category="footwear"), subject.facing(slight, category="footwear")
    assert (one.word, other.word) == ("right", "right")
    assert one.sure > other.sure


MIRRORED = {"left": "right", "front": "front", "right": "left"}


@given(
    corners=st.lists(st.tuples(st.integers(5, 290), st.integers(5, 190)), min_size=3, max_size=6),
    sort=st.sampled_from(CATEGORIES),
)
def test_a_mirrored_matte_faces_the_other_way(corners: list[tuple[int, int]], sort: str) -> None:
    matte = _blank()
    for x, y in corners:
        matte[max(0, y - 30) : y + 30, max(0, x - 40) : x + 40] = 1
    one = subject.facing(matte, category=sort)
    other = subject.facing(np.ascontiguousarray(matte[:, ::-1]), category=sort)
    assert other.word == MIRRORED[one.word]
    assert other.sure == pytest.approx(one.sure, abs=1e-6)


@given(corners=st.lists(st.tuples(st.integers(0, 299), st.integers(0, 199)), min_size=1, max_size=4))
def test_a_mirrored_matte_is_cut_at_the_mirrored_sides(corners: list[tuple[int, int]]) -> None:
    matte = _blank()
    for x, y in corners:
        matte[max(0, y - 20) : y + 20, max(0, x - 20) : x + 20] = 1
    swapped = {MIRRORED.get(side, side) for side in subject.cut_sides(matte)}
    assert subject.cut_sides(np.ascontiguousarray(matte[:, ::-1])) == swapped
