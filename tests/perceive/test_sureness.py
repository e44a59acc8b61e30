"""What speaks against a matte, on mattes and grounds composed here."""

from __future__ import annotations

import numpy as np

from ddm.perceive.sureness import BOTH, MOST, ONE, expected, signs

SIDE = 256
RNG = np.random.default_rng(3)
PAPER = np.full((SIDE, SIDE, 3), 220, np.uint8)
ROOM = RNG.integers(40, 216, (SIDE, SIDE, 3), np.uint8)
ALIKE = np.ones((SIDE, SIDE), np.float32)


def _square() -> np.ndarray:
    matte = np.zeros((SIDE, SIDE), np.float32)
    matte[80:180, 80:180] = 1
    return matte


def _chair() -> np.ndarray:
    """A square with legs."""
    matte = _square()
    matte[180:, 90:94] = matte[180:, 160:164] = 1
    return matte


def test_a_plain_thing_in_a_room_is_as_good_as_the_networks_agree() -> None:
    assert expected(_square(), ALIKE, ROOM, 0.0, BOTH) > 0.97
    assert abs(expected(_square(), ALIKE, ROOM, 0.5, BOTH) - (1 - 0.25 * BOTH["dispute"])) < 0.03


def test_branches_of_other_colours_speak_against_it_in_a_room_only() -> None:
    assert expected(_chair(), ALIKE * 0.7, ROOM, 0.0, BOTH) < expected(_square(), ALIKE * 0.7, ROOM, 0.0, BOTH) - 0.01
    assert expected(_chair(), ALIKE * 0.7, PAPER, 0.0, BOTH) == 1


def test_parts_in_the_grounds_colours_speak_against_it() -> None:
    for weights in (BOTH, ONE):
        assert expected(_chair(), ALIKE * 0.3, ROOM, 0.0, weights) < expected(_chair(), ALIKE, ROOM, 0.0, weights)


def test_a_wavering_matte_is_told() -> None:
    assert signs(_square() * 0.6, ALIKE, PAPER, 0.0)["waver"] > 0.9
    assert signs(_square(), ALIKE, PAPER, 0.0)["waver"] == 0


def test_shape_and_colours_alone_never_rule_it_out() -> None:
    comb = np.zeros((SIDE, SIDE), np.float32)
    comb[20:240:8, 20:] = comb[20:240, 20:24] = 1
    assert 1 - MOST <= expected(comb, ALIKE * 0, ROOM, 0.0, BOTH) < 1 - 0.9 * MOST


def test_nothing_found_is_worth_little() -> None:
    empty = np.zeros((SIDE, SIDE), np.float32)
    assert expected(empty, ALIKE, ROOM, 0.0, BOTH) == expected(empty, ALIKE, ROOM, 0.0, ONE) == 0
