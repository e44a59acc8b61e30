"""What remains free: the largest rectangle of the safe box that meets no reserved region."""

from itertools import combinations, product

from hypothesis import given
from hypothesis import strategies as st

from ddm.formats.free import free_boxes, largest_free, meet
from ddm.geometry import Box

SIDE = 12
ROOM = Box(0, 0, SIDE, SIDE)
SPANS = list(combinations(range(SIDE + 1), 2))
GRID = [Box.of_edges(left, top, right, bottom) for (left, right), (top, bottom) in product(SPANS, SPANS)]

lengths = st.integers(-2, SIDE + 2)
boxes = st.builds(Box, lengths, lengths, st.integers(0, SIDE), st.integers(0, SIDE))


def test_without_regions_all_is_free() -> None:
    assert largest_free(ROOM, ()) == ROOM


def test_a_strip_is_cut_off() -> None:
    assert largest_free(ROOM, [Box(0, 9, SIDE, 3)]) == Box(0, 0, SIDE, 9)


def test_a_corner_leaves_the_larger_side() -> None:
    assert largest_free(ROOM, [Box(8, 0, 4, 2)]) == Box(0, 2, SIDE, 10)


def test_of_equals_the_upper_then_the_left() -> None:
    assert largest_free(ROOM, [Box(0, 5, SIDE, 2)]) == Box(0, 0, SIDE, 5)
    assert largest_free(ROOM, [Box(5, 0, 2, SIDE)]) == Box(0, 0, 5, SIDE)


def test_nothing_left_is_a_box_of_no_size() -> None:
    assert largest_free(ROOM, [ROOM]) == Box(0, 0, 0, 0)


def test_touching_is_not_meeting() -> None:
    assert not meet(Box(0, 0, 5, 5), Box(5, 0, 5, 5))
    assert largest_free(ROOM, [Box(SIDE, 0, 5, 5)]) == ROOM


@given(st.lists(boxes, max_size=5))
def test_it_is_free_and_no_other_is_larger(taken: list[Box]) -> None:
    found = largest_free(ROOM, taken)
    holes = [box for box in taken if box.area]
    assert ROOM.contains(found)
    assert not any(meet(found, hole) for hole in holes)
    best = max((box.area for box in GRID if not any(meet(box, hole) for hole in holes)), default=0)
    assert found.area == best


@given(st.lists(boxes, max_size=5))
def test_no_free_box_lies_within_another(taken: list[Box]) -> None:
    for a, b in combinations(free_boxes(ROOM, taken), 2):
        assert not a.contains(b)
        assert not b.contains(a)
