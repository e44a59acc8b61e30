"""Which part of a picture a frame shows: the subject whole, nothing stretched, nothing grown that cannot be."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given, reject
from hypothesis import strategies as st

from ddm.errors import Unfit
from ddm.geometry import Box
from ddm.language.parameters import Range, Zone
from ddm.perceive.schema import BORDERS, SIDES
from ddm.resolve.framing import GROWTH_PRICE, choose
from ddm.resolve.objections import objection
from ddm.resolve.window import (
    GROWTH_LIMIT,
    MOST_ENLARGEMENT,
    NOTHING,
    Source,
    Window,
    Wish,
    as_taken,
    cover,
)

SLACK = 1e-5


@st.composite
def sources(draw: st.DrawFn) -> Source:
    """Subjects reach the sides that cut them."""
    width, height = draw(st.integers(200, 3000)), draw(st.integers(200, 3000))
    left, right = sorted(draw(st.lists(st.integers(0, width), min_size=2, max_size=2, unique=True)))
    top, bottom = sorted(draw(st.lists(st.integers(0, height), min_size=2, max_size=2, unique=True)))
    cut = draw(st.frozensets(st.sampled_from(SIDES), max_size=2))
    edges = (
        0 if "left" in cut else left,
        0 if "top" in cut else top,
        width if "right" in cut else right,
        height if "bottom" in cut else bottom,
    )
    borders = draw(st.tuples(*[st.sampled_from(BORDERS)] * 4))
    return Source(width, height, Box.of_edges(*map(float, edges)), cut, borders)


FRACTION = st.integers(20, 80).map(lambda hundredths: hundredths / 100)
FRAMES = st.builds(Box, st.just(10.0), st.just(20.0), st.integers(50, 2000), st.integers(50, 2000))
SIZES = st.tuples(st.integers(10, 100), st.integers(10, 100)).map(lambda pair: Range(min(pair) / 100, max(pair) / 100))
WISHES = st.builds(
    Wish,
    zones=st.lists(st.builds(Zone, FRACTION, FRACTION), min_size=1, max_size=3, unique=True).map(tuple),
    size=SIZES,
    margin=st.sampled_from([0.0, 0.03, 0.1]),
    most=st.sampled_from([0.0, 0.3, 0.9]),
    covered=st.sampled_from([NOTHING, (0.0, 12.0, 0.0, 20.0), (7.0, 0.0, 15.0, 3.0)]),
)


def windows(source: Source, frame: Box, wish: Wish) -> list[Window]:
    try:
        return choose(source, frame, wish)
    except Unfit:
        reject()


@given(sources(), FRAMES, WISHES)
def test_every_window_keeps_every_promise(source: Source, frame: Box, wish: Wish) -> None:
    for window in windows(source, frame, wish):
        box, scale = window.box, window.scale
        assert scale <= MOST_ENLARGEMENT
        assert (box.width * scale, box.height * scale) == pytest.approx((frame.width, frame.height)), "never stretched"
        rooms = (
            source.subject.x - box.x,
            source.subject.y - box.y,
            box.right - source.subject.right,
            box.bottom - source.subject.bottom,
        )
        reach = (-box.x, -box.y, box.right - source.width, box.bottom - source.height)
        for side, room, beyond in zip(SIDES, rooms, reach, strict=True):
            extent = box.width if side in ("left", "right") else box.height
            length = source.width if side in ("left", "right") else source.height
            grown = window.growth[side]
            assert grown >= beyond - 0.05 - SLACK, "nothing of the frame is empty"
            assert grown <= max(0, beyond) + SLACK, "no growth beyond the frame"
            assert grown <= wish.most * extent + SLACK
            assert grown <= GROWTH_LIMIT[source.border(side)] * length + SLACK
            if side in source.cut:
                assert grown == 0
                assert room >= -0.01 * extent - SLACK
            else:
                assert room >= wish.margin * min(box.width, box.height) - SLACK
                assert room * scale >= wish.covered[SIDES.index(side)] - SLACK, "seen, not covered by the host"


@given(sources(), FRAMES, WISHES)
def test_cheapest_first_one_of_each_kind_and_always_the_same(source: Source, frame: Box, wish: Wish) -> None:
    found = windows(source, frame, wish)
    assert [w.cost for w in found] == sorted(w.cost for w in found)
    assert {w.zone for w in found} <= set(wish.zones)
    assert found == choose(source, frame, wish)


@given(sources(), FRAMES, WISHES)
def test_left_and_right_are_alike(source: Source, frame: Box, wish: Wish) -> None:
    found = windows(source, frame, wish)
    zones = tuple(Zone(1 - zone.x, zone.y) for zone in wish.zones)
    left, top, right, bottom = wish.covered
    mirrored = choose(source.mirrored(), frame, replace(wish, zones=zones, covered=(right, top, left, bottom)))
    assert mirrored[0].cost == pytest.approx(found[0].cost, abs=1e-6)


@given(sources())
def test_mirroring_twice_is_nothing(source: Source) -> None:
    assert source.mirrored().mirrored() == source


# ------------------------------------------------------------------------------------------------ by its definition

STARTS = st.lists(st.floats(-0.6, 1.2), min_size=6, max_size=6)


def cost_of(source: Source, box: Box, zone: Zone, wish: Wish, scale: float) -> float:
    """Distance from the wished place and size, growth by what the border looks like, softness, and order of wishes."""
    cx, cy = source.subject.centre
    clear = wish.clear(box.width * scale, box.height * scale).scaled(1 / scale).shifted(box.x, box.y)
    off = abs(cx - clear.x - zone.x * clear.width) / box.width + abs(cy - clear.y - zone.y * clear.height) / box.height
    size = max(source.subject.width / clear.width, source.subject.height / clear.height)
    missed = max(0.0, wish.size.low - size, size - wish.size.high)
    reach = (-box.x / box.width, -box.y / box.height)
    reach += ((box.right - source.width) / box.width, (box.bottom - source.height) / box.height)
    grown = sum(GROWTH_PRICE[source.border(side)] * max(0.0, r) for side, r in zip(SIDES, reach, strict=True))
    return 2 * off + 1.5 * missed + grown + 0.5 * max(0.0, scale - 1) + 0.15 * wish.zones.index(zone)


@given(sources(), FRAMES, WISHES, STARTS, STARTS)
def test_no_window_of_the_same_scale_is_cheaper(source: Source, frame: Box, wish: Wish, xs: list, ys: list) -> None:
    for window in windows(source, frame, wish):
        box, scale = window.box, window.scale
        assert window.cost == pytest.approx(cost_of(source, box, window.zone, wish, scale), abs=1e-9)
        assert objection(source, box, wish, scale) is None
        for x, y in product([box.x, *(x * source.width for x in xs)], [box.y, *(y * source.height for y in ys)]):
            other = Box(x, y, box.width, box.height)
            if objection(source, other, wish, scale) is None:
                unseen = 0.4 / min(box.width, box.height)  # growth too small to be seen is free
                assert cost_of(source, other, window.zone, wish, scale) >= window.cost - unseen


@given(sources(), FRAMES, WISHES, STARTS, STARTS)
def test_it_refuses_only_where_no_window_of_a_scale_tried_will_do(
    source: Source, frame: Box, wish: Wish, xs: list, ys: list
) -> None:
    try:
        choose(source, frame, wish)
    except Unfit:
        clear = wish.clear(frame.width, frame.height)
        fit = min(clear.width / source.subject.width, clear.height / source.subject.height)
        for wished in (wish.size.low, wish.size.high):
            scale = min(fit * wished, MOST_ENLARGEMENT)
            width, height = frame.width / scale, frame.height / scale
            for x, y in product(xs, ys):
                assert objection(source, Box(x * source.width, y * source.height, width, height), wish, scale)


# ------------------------------------------------------------------------------------------------ examples

FLAT = ("flat", "flat", "flat", "flat")
ALONE = Source(2000, 2000, Box(900, 900, 200, 200), frozenset(), FLAT)
SQUARE = Box(0, 0, 400, 400)


def first(source: Source, frame: Box, wish: Wish) -> Window:
    return choose(source, frame, wish)[0]


def shown(source: Source, window: Window) -> tuple[float, float]:
    """Where in the frame the subject's centre lies."""
    x, y = source.subject.centre
    return (x - window.box.x) / window.box.width, (y - window.box.y) / window.box.height


@pytest.mark.parametrize("zone", [Zone(0.5, 0.5), Zone(0.3, 0.6), Zone(2 / 3, 1 / 3)])
def test_with_room_all_round_the_wish_is_met_exactly(zone: Zone) -> None:
    window = first(ALONE, SQUARE, Wish((zone,), Range(0.4, 0.5)))
    assert shown(ALONE, window) == pytest.approx((zone.x, zone.y))
    assert 0.4 - 1e-6 <= 200 / window.box.width <= 0.5 + 1e-6
    assert window.cost == pytest.approx(0)
    assert not window.grows


def test_an_earlier_zone_is_taken_where_both_serve() -> None:
    near, far = Zone(0.5, 0.5), Zone(0.3, 0.5)
    assert first(ALONE, SQUARE, Wish((near, far), Range(0.4, 0.5))).zone == near
    assert first(ALONE, SQUARE, Wish((far, near), Range(0.4, 0.5))).zone == far


def test_without_growth_the_frame_stays_inside() -> None:
    edge = replace(ALONE, subject=Box(100, 900, 200, 200))
    window = first(edge, SQUARE, Wish((Zone(0.8, 0.5),), Range(0.3, 0.4)))
    assert Box(0, 0, 2000, 2000).contains(window.box, 0.5)
    assert shown(edge, window)[0] < 0.8, "so the wish is missed"


def test_with_growth_a_flat_border_gives_the_place_wished_for() -> None:
    edge = replace(ALONE, subject=Box(100, 900, 200, 200))
    window = first(edge, SQUARE, Wish((Zone(0.8, 0.5),), Range(0.3, 0.4), most=0.9))
    assert shown(edge, window)[0] == pytest.approx(0.8)
    assert window.growth["left"] > 0
    assert not any(window.growth[side] for side in ("top", "right", "bottom"))


@pytest.mark.parametrize(("kind", "grows"), [("flat", True), ("gradient", True), ("complex", False)])
def test_borders_decide_whether_a_picture_fills_a_wider_frame(kind: str, grows: bool) -> None:
    tall = Source(400, 800, Box(50, 200, 300, 400), frozenset(), (kind, kind, kind, kind))
    wish = Wish((Zone(0.5, 0.5),), Range(0.5, 0.8), most=0.9)
    if grows:
        assert first(tall, Box(0, 0, 800, 400), wish).grows
    else:
        with pytest.raises(Unfit, match=r"complex border|too near"):
            first(tall, Box(0, 0, 800, 400), wish)


def test_a_cut_side_stays_at_the_frames_edge() -> None:
    cut = Source(1000, 1000, Box(300, 500, 400, 500), frozenset({"bottom"}), FLAT)
    window = first(cut, SQUARE, Wish((Zone(0.5, 0.3),), Range(0.5, 0.7), most=0.9))
    assert window.box.bottom == pytest.approx(1000, abs=0.5)
    assert window.growth["bottom"] == 0


MIDDLE = (Zone(0.5, 0.5),)
POLE = Source(400, 2000, Box(100, 0, 200, 2000), frozenset({"top", "bottom"}), FLAT)
FULL = Source(2500, 2000, Box(0, 0, 2500, 2000), frozenset(SIDES), FLAT)


@pytest.mark.parametrize(
    ("source", "wish", "why"),
    [
        (replace(ALONE, subject=Box(400, 400, 1200, 1200)), Wish(MIDDLE, Range(0.5, 0.6), 0.4), "come too near the"),
        (replace(ALONE, subject=Box(0, 900, 400, 200)), Wish(MIDDLE, Range(0.5, 0.6), 0.1), "too near the left edge"),
        (POLE, Wish(MIDDLE, Range(0.5, 0.6)), "it would have to grow"),
        (
            Source(2500, 2000, Box(0, 0, 2500, 2000), frozenset(SIDES), FLAT),
            Wish(MIDDLE, Range(2, 2)),
            "cut the subject further",
        ),
    ],
)
def test_refusals_say_why(source: Source, wish: Wish, why: str) -> None:
    with pytest.raises(Unfit, match=why):
        choose(source, SQUARE, wish)


@given(st.integers(10, 3000), st.integers(10, 3000), FRAMES)
def test_cover_fills_the_frame_or_refuses(width: int, height: int, frame: Box) -> None:
    source = Source(width, height, Box(0, 0, 0, 0), frozenset(), FLAT)
    needed = max(frame.width / width, frame.height / height)
    if needed > MOST_ENLARGEMENT:
        with pytest.raises(Unfit, match=f"{needed:.2f} times"):
            cover(source, frame)
        return
    window = cover(source, frame)
    assert Box(0, 0, width, height).contains(window.box, 1e-6)
    assert window.box.centre == pytest.approx((width / 2, height / 2))
    assert (window.box.width * window.scale, window.box.height * window.scale) == pytest.approx(frame[2:])
    assert not window.grows


# ------------------------------------------------------------------------------------------------ beneath the host


@pytest.mark.parametrize(("bare", "served"), [(0.0, False), (250.0, True)])
def test_the_host_may_cover_a_cord_and_no_more(bare: float, served: bool) -> None:
    lamp = Source(600, 1000, Box(200, 0, 200, 700), frozenset({"top"}), ("flat",) * 4, (0.0, bare, 0.0, 0.0))
    wish = Wish((Zone(0.5, 0.5),), Range(0.5, 0.9), most=0.9, covered=(0.0, 250.0, 0.0, 100.0))
    if not served:
        with pytest.raises(Unfit, match="cut at the top, where the host covers the frame"):
            choose(lamp, Box(0, 0, 600, 1000), wish)
        return
    for window in choose(lamp, Box(0, 0, 600, 1000), wish):
        assert window.box.y * window.scale + 250 <= bare * window.scale + 1e-3


def test_nothing_is_grown_around_a_subject_of_too_few_pixels() -> None:
    small = Source(200, 200, Box(50, 50, 100, 100), frozenset(), FLAT)
    wish = Wish((Zone(0.5, 0.5),), Range(0.5, 0.8), most=0.9)
    with pytest.raises(Unfit, match="too small in its frame"):
        choose(small, Box(0, 0, 600, 600), wish)
    assert choose(small, Box(0, 0, 300, 300), wish)
    far = Source(2000, 2000, Box(950, 950, 100, 100), frozenset(), FLAT)
    assert not first(far, Box(0, 0, 1900, 1900), wish).grows, "small as it is in the photograph"


def test_as_taken_the_whole_picture_is_shown_where_the_frame_has_its_shape() -> None:
    aside = Source(1600, 1000, Box(100, 600, 300, 300), frozenset(), FLAT)
    wish = Wish((Zone(0.5, 0.5),), Range(0.5, 0.8), margin=0.0)
    for frame in (Box(0, 0, 800, 500), Box(0, 0, 400, 400)):
        box = first(aside, frame, as_taken(aside, frame, wish)).box
        assert box.height == pytest.approx(1000)
        assert box.centre == pytest.approx((800, 500) if frame.width == 800 else (600, 500))
