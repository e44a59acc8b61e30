"""Two mattes and the colours beneath, composed here: what one network forgot, or saw alone."""

from __future__ import annotations

import numpy as np

from ddm.perceive import pixels as px
from ddm.perceive.agreement import agreed
from ddm.perceive.edges import drawn_to_edges

SIDE = 512


def _scene() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """A blue square, a brown one beside it, on white; mattes of both and of the blue one alone."""
    pixels = np.full((SIDE, SIDE, 3), 235, np.uint8)
    pixels[100:300, 60:240] = (20, 60, 220)
    pixels[150:350, 300:460] = (120, 70, 30)
    blue, brown = (np.zeros((SIDE, SIDE), np.float32) for _ in range(2))
    blue[100:300, 60:240] = brown[150:350, 300:460] = 1
    return pixels, blue, brown


def test_what_one_network_alone_takes_for_the_subject_goes_where_its_colours_are_strange() -> None:
    pixels, blue, brown = _scene()
    found, agreement = agreed(pixels, blue + brown, px.resize(blue, 320, 320))
    assert np.abs(found - blue).mean() < 0.005
    assert agreement < 0.8


def test_what_both_see_stays() -> None:
    pixels, blue, brown = _scene()
    both = blue + brown
    found, agreement = agreed(pixels, both, px.resize(both, 320, 320))
    assert np.array_equal(found > 0.5, both > 0.5)
    assert agreement > 0.98


def test_a_part_that_was_forgotten_comes_back_by_its_colours() -> None:
    pixels, blue, _ = _scene()
    partial = blue.copy()
    partial[100:180] = 0
    found, _ = agreed(pixels, partial, px.resize(blue, 320, 320))
    assert found[120:170, 80:220].mean() > 0.9


def test_thin_legs_that_only_the_finer_network_sees_stay() -> None:
    pixels, blue, _ = _scene()
    pixels[300:420, 100:106] = (20, 60, 220)
    legs = blue.copy()
    legs[300:420, 100:106] = 1
    found, _ = agreed(pixels, legs, px.resize(blue, 320, 320))
    assert found[310:410, 101:105].mean() > 0.95


def test_colours_draw_a_soft_edge_sharp_and_leave_it_where_they_tell_nothing() -> None:
    pixels, blue, _ = (plane.repeat(3, 0).repeat(3, 1) for plane in _scene())
    soft = px.blur(blue, 1.0)
    assert np.abs(drawn_to_edges(soft, pixels, 640) - blue).mean() < 0.8 * np.abs(soft - blue).mean()
    same = drawn_to_edges(soft, np.full_like(pixels, 128), 640)
    assert np.abs(same - soft).max() < 0.01


def test_print_on_a_white_pack_is_not_the_product() -> None:
    pixels = np.full((SIDE, SIDE, 3), 235, np.uint8)
    pixels[200:280, 200:300] = (240, 140, 20)
    pack, oranges = (np.zeros((SIDE, SIDE), np.float32) for _ in range(2))
    pack[60:440, 150:360] = oranges[200:280, 200:300] = 1
    found, agreement = agreed(pixels, oranges, px.resize(pack, 320, 320))
    assert np.abs(found - pack).mean() < 0.02
    assert agreement < 0.5
