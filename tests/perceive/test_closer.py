"""Closer looks at mattes that hold more than the product, on pictures and with networks composed here."""

from __future__ import annotations

import numpy as np
import pytest

from ddm.perceive import pixels as px
from ddm.perceive.agreement import CHECK_SIDE as SIDE
from ddm.perceive.closer import WEIGHTS, closer, looks, odds, remaining
from ddm.perceive.parts import Part, clusters, regions, seen
from ddm.perceive.pixels import Bytes, Floats, Mask

RNG = np.random.default_rng(5)
NOISE = RNG.integers(-25, 26, (512, 512, 1)).astype(np.int16)
"""A room is never plain."""


def _scene() -> tuple[Bytes, Mask, Mask]:
    """A blue square in the middle with a brown one behind it, in a grey room; the masks of both."""
    pixels = np.full((512, 512, 3), 150, np.int16) + NOISE
    blue, brown = np.zeros((2, 512, 512), bool)
    blue[130:370, 130:370] = True
    brown[180:420, 330:500] = True
    pixels[brown] = (120, 70, 30)
    pixels[blue] = (30, 70, 220)
    return pixels.astype(np.uint8), blue, brown & ~blue


def _blue(crop: Bytes) -> Floats:
    """A network that draws what is blue."""
    small = px.resize(crop, 96, 96).astype(np.int16)
    return (small[..., 2] - small[..., 0] > 80).astype(np.float32)


def _nothing(crop: Bytes) -> Floats:
    """A network that draws nothing."""
    return np.zeros((96, 96), np.float32)


def _drawn(mask: Mask, side: int) -> Floats:
    return px.resize(mask.astype(np.float32), side, side)


def test_a_thing_behind_the_product_is_left_out_where_a_closer_look_leaves_it_out() -> None:
    pixels, blue, brown = _scene()
    fine, coarse = _drawn(blue | brown, 512), _drawn(blue | brown, 320)
    coarse[px.resize(brown.astype(np.float32), 320, 320) > 0.5] *= 0.8
    found = closer(pixels, fine, fine, coarse, _blue, _blue)
    assert ((found.fine > 0.5) & brown).sum() < 0.03 * brown.sum()
    assert ((found.fine > 0.5) & blue).sum() > 0.98 * blue.sum()
    assert found.doubt < 0.3


def test_nothing_changes_where_closer_looks_see_nothing() -> None:
    pixels, blue, brown = _scene()
    fine, coarse = _drawn(blue | brown, 512), _drawn(blue | brown, 320)
    found = closer(pixels, fine, fine, coarse, _nothing, _nothing)
    assert found.fine is fine
    assert found.coarse is coarse
    assert found.doubt == 0


def test_no_network_is_asked_on_a_studios_ground_or_where_there_is_nothing() -> None:
    pixels, blue, brown = _scene()
    paper = np.where((blue | brown)[..., None], pixels, 230).astype(np.uint8)
    both = _drawn(blue | brown, 512)
    assert closer(paper, both, both, both, _never, _never).fine is both
    nothing = np.zeros((512, 512), np.float32)
    assert closer(pixels, nothing, nothing, nothing, _never, _never).fine is nothing


def _never(crop: Bytes) -> Floats:
    raise AssertionError


def test_what_has_the_products_colours_is_its_own() -> None:
    pixels, blue, brown = _scene()
    pixels[brown] = (30, 70, 220)
    whole = _drawn(blue | brown, 512)
    of = seen(pixels, whole, whole, whole)
    kept = px.resize(blue.astype(np.float32), SIDE, SIDE) > 0.5
    assert odds(Part((50, 50, 200, 200), kept, of.mask & ~kept), of) == -np.inf


def test_the_heel_of_a_shoe_is_its_own_though_no_network_draws_it_again() -> None:
    pixels, blue, brown = _scene()
    pixels[brown] = (30, 70, 220)
    pixels[130:370, 300:370] = (20, 60, 190)  # darker than the rest, and unlike the room
    fine, coarse = _drawn(blue | brown, 512), _drawn(blue, 320)
    assert closer(pixels, fine, fine, coarse, _left, _left).fine is fine


def _left(crop: Bytes) -> Floats:
    """A network that draws the left part of what is blue."""
    return _blue(crop) * (np.arange(96) < 60)


def test_doubt_is_what_the_looks_leave_open() -> None:
    pixels, blue, brown = _scene()
    both = _drawn(blue | brown, 512)
    undecided = dict.fromkeys(WEIGHTS, 0.0)
    found = closer(pixels, both, both, both, _blue, _blue, undecided)
    lacking = brown.sum() / (blue | brown).sum()
    assert found.fine is both
    assert 0.3 * lacking < found.doubt < lacking
    assert closer(pixels, both, both, both, _blue, _blue, undecided | {"": 9.0}).doubt < 0.01


def test_what_hung_on_a_thing_that_was_left_out_goes_with_it() -> None:
    mask, kept, dropped = np.zeros((3, SIDE, SIDE), bool)
    kept[50:100, 50:100] = dropped[50:100, 100:150] = mask[50:100, 50:150] = True
    mask[70:73, 150:200] = mask[20:50, 60:63] = True  # a leg of each
    left = remaining(Part((40, 40, 110, 110), kept, dropped), mask)
    assert left[20:50, 60:63].all()
    assert not left[70:73, 155:200].any()


def test_parts_are_told_apart_by_colour_and_lie_in_the_matte() -> None:
    pixels, blue, brown = _scene()
    both = _drawn(blue | brown, 512)
    of = seen(pixels, both, both, both)
    found = list(regions(of))
    small = px.resize(blue.astype(np.float32), SIDE, SIDE) > 0.5
    assert all((region & ~of.mask).sum() == 0 for region in found)
    assert max((region & small).sum() / (region | small).sum() for region in found) > 0.95
    assert len(looks(pixels, of, _blue, hope=-np.inf)) >= 1


@pytest.mark.parametrize("count", [2, 3])
@pytest.mark.parametrize("many", [1, 2, 9000])
def test_every_colour_has_a_cluster(count: int, many: int) -> None:
    found = clusters(RNG.normal(size=(many, 3)).astype(np.float32), count)
    assert found.shape == (many,)
    assert set(found) <= set(range(count))
