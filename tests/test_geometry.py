"""Boxes: their arithmetic agrees with itself."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ddm.geometry import Box, union_of

WHOLE = st.integers(-1000, 1000).map(float)
SIZE = st.integers(0, 1000).map(float)
BOXES = st.builds(Box, WHOLE, WHOLE, SIZE, SIZE)


@given(BOXES)
def test_edges(box: Box) -> None:
    assert Box.of_edges(box.x, box.y, box.right, box.bottom) == box
    assert box.centre == ((box.x + box.right) / 2, (box.y + box.bottom) / 2)


@given(BOXES, BOXES)
def test_union_and_intersection(one: Box, other: Box) -> None:
    both, common = one.union(other), one.intersection(other)
    assert both.contains(one)
    assert both.contains(other)
    assert both == other.union(one)
    assert common == other.intersection(one) or common.area == 0
    if common.width > 0 and common.height > 0:
        assert one.contains(common)
        assert other.contains(common)
    assert common.width >= 0 <= common.height
    assert one.contains(other) == (both == one)


@given(BOXES, WHOLE, WHOLE)
def test_shifting_keeps_size_and_growing_keeps_the_centre(box: Box, dx: float, dy: float) -> None:
    assert box.shifted(dx, dy).shifted(-dx, -dy) == box
    assert box.grown(dx, dy).centre == box.centre
    assert box.grown(dx) == box.grown(dx, dx)
    assert box.grown(3, 5)[2:] == (box.width + 6, box.height + 10)


@given(BOXES, st.integers(1, 2000))
def test_mirroring_twice_is_nothing(box: Box, width: int) -> None:
    mirrored = box.mirrored(width)
    assert mirrored.mirrored(width) == box
    assert mirrored.x == width - box.right
    assert (mirrored.y, mirrored.width, mirrored.height) == (box.y, box.width, box.height)


@given(BOXES)
def test_parts(box: Box) -> None:
    assert box.part(Box(0, 0, 1, 1)) == box
    quarter = box.part(Box(0.5, 0.5, 0.5, 0.5))
    assert (quarter.x, quarter.y) == box.centre
    assert (quarter.right, quarter.bottom) == (box.right, box.bottom)


def test_scaling_by_two_factors() -> None:
    assert Box(0.1, 0.2, 0.5, 0.25).scaled(100, 200) == Box(10, 40, 50, 50)
    assert Box(1, 2, 3, 4).scaled(2) == Box(2, 4, 6, 8)


def test_ratio_and_area_of_nothing() -> None:
    assert Box(0, 0, 4, 2).ratio == 2
    assert math.isinf(Box(0, 0, 4, 0).ratio)
    assert Box(0, 0, -4, -2).area == 0


def test_slack() -> None:
    assert not Box(0, 0, 10, 10).contains(Box(-1, 0, 5, 5))
    assert Box(0, 0, 10, 10).contains(Box(-1, 0, 5, 5), slack=1)


@pytest.mark.parametrize(
    ("boxes", "around"),
    [([], None), ([Box(1, 2, 3, 4)], Box(1, 2, 3, 4)), ([Box(0, 0, 1, 1), Box(4, 5, 1, 1)], Box(0, 0, 5, 6))],
)
def test_union_of_many(boxes: list[Box], around: Box | None) -> None:
    assert union_of(iter(boxes)) == around
