"""Beyond a picture lies what the network makes of it: its own pixels stay, tone goes on, any size is taken."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ddm.derive.extension.outpaint import LARGEST, WORKING, inputs, outpainted
from ddm.errors import InputError


def room(height: int = 120, width: int = 160) -> np.ndarray:
    """A wall that is lit from the left, over a floor."""
    y, x = np.mgrid[:height, :width].astype(np.float32)
    wall = 0.8 - 0.2 * x / width
    plane = np.where(y < 0.65 * height, wall, 0.35)
    return np.stack([plane, 0.95 * plane, 0.85 * plane], 2).astype(np.float32)


def shown(height: int, width: int, hidden: float) -> np.ndarray:
    """All but a part at the right."""
    known = np.ones((height, width), bool)
    known[:, round(width * (1 - hidden)) :] = False
    return known


def test_known_pixels_stay_and_the_rest_is_finite() -> None:
    picture, known = room(), shown(120, 160, 0.35)
    picture[~known] = np.nan
    found = outpainted(picture, known)
    assert found.dtype == np.float32
    assert np.array_equal(found[known], picture[known])
    assert np.isfinite(found).all()
    assert 0 <= found.min() <= found.max() <= 1


def test_what_is_unknown_is_not_looked_at() -> None:
    picture, known = room(), shown(120, 160, 0.35)
    other = np.where(known[..., None], picture, 0.9).astype(np.float32)
    assert np.array_equal(outpainted(picture, known), outpainted(other, known))


def test_wall_and_floor_go_on_with_their_edge() -> None:
    picture, known = room(), shown(120, 160, 0.3)
    apart = np.abs(outpainted(picture, known) - picture).mean(2)[~known]
    assert apart.mean() < 0.06
    found = outpainted(picture, known)[:, 130].mean(1)
    assert found[:60].mean() - found[100:].mean() > 0.25


def test_a_flat_picture_stays_flat() -> None:
    picture = np.full((96, 96, 3), (0.7, 0.6, 0.5), np.float32)
    assert np.abs(outpainted(picture, shown(96, 96, 0.4)) - picture).max() < 0.12


@pytest.mark.parametrize(("height", "width"), [(33, 47), (40, 320), (300, 45), (WORKING + 1, 64), (5, 3)])
def test_any_size(height: int, width: int) -> None:
    assert outpainted(room(height, width), shown(height, width, 0.4)).shape == (height, width, 3)


def test_a_large_canvas_is_what_a_small_one_is() -> None:
    small = outpainted(room(), shown(120, 160, 0.35))
    large = outpainted(room(1200, 1600), shown(1200, 1600, 0.35))
    assert large.shape == (1200, 1600, 3)
    assert np.abs(large[5::10, 5::10] - small).mean() < 0.05


def test_a_hole_within_is_filled() -> None:
    picture, known = room(), np.ones((120, 160), bool)
    known[30:60, 50:90] = False
    apart = np.abs(outpainted(np.where(known[..., None], picture, 0).astype(np.float32), known) - picture)[~known]
    assert apart.mean() < 0.06


def test_the_same_twice() -> None:
    picture, known = room(), shown(120, 160, 0.35)
    assert np.array_equal(outpainted(picture, known), outpainted(picture, known))


@settings(max_examples=40, deadline=None)
@given(st.integers(3, 40), st.integers(3, 40), st.data())
def test_inputs_hold_the_nearest_known_colour(height: int, width: int, data: st.DataObject) -> None:
    picture = np.random.default_rng(height * 41 + width).random((height, width, 3)).astype(np.float32)
    top, left = data.draw(st.integers(0, height - 1)), data.draw(st.integers(0, width - 1))
    bottom, right = data.draw(st.integers(top + 1, height)), data.draw(st.integers(left + 1, width))
    known = np.zeros((height, width), bool)
    known[top:bottom, left:right] = True
    found = inputs(picture, known)
    rows = np.clip(np.arange(height), top, bottom - 1)
    columns = np.clip(np.arange(width), left, right - 1)
    assert np.array_equal(found[:3].transpose(1, 2, 0), picture[rows][:, columns])
    assert np.array_equal(found[3] > 0.5, known)
    assert not found[4:, known].any()


def test_nothing_known_or_unlike_sizes_are_refused() -> None:
    with pytest.raises(InputError, match="known"):
        outpainted(room(), np.zeros((120, 160), bool))
    with pytest.raises(InputError, match="canvas"):
        outpainted(room(), shown(100, 160, 0.5))
    with pytest.raises(InputError, match="canvas"):
        outpainted(np.zeros((16, LARGEST + 1, 3), np.float32), shown(16, LARGEST + 1, 0.5))
