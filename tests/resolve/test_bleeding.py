"""Cut-outs that run off an edge: the cut lies on it or beyond, never inside; what is whole stays whole."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ddm.errors import Unfit
from ddm.formats.catalogue import Format
from ddm.geometry import Box
from ddm.perceive.perception import Perception
from ddm.perceive.schema import SIDES
from ddm.resolve.bleeding import PAST, laid, past, reaching
from ddm.svg.tree import Document, Group, Image
from tests.support.materials import Look, material
from tests.support.resolving import drawn, groups, images, origins, resolved
from tests.support.templates import compiled

SQUARE = Format("square", "Square", 400, 400)
HERO = '<ddm:cutout id="photo"/>'
CUTS = st.frozensets(st.sampled_from(SIDES))
EXTENTS = st.integers(20, 2000).map(float)
BOXES = st.builds(Box, st.integers(-50, 50), st.integers(-50, 50), EXTENTS, EXTENTS)
SHARES = st.tuples(*[st.sampled_from([0.0, 0.5, 1.0])] * 2)


@given(CUTS, BOXES, BOXES, st.tuples(EXTENTS, EXTENTS), SHARES, st.sampled_from([0.5, 1.25, 100.0]))
def test_a_cut_side_lies_on_the_edge_or_beyond_and_a_whole_one_inside(
    cut: frozenset[str], frame: Box, room: Box, size: tuple[float, float], align: tuple[float, float], most: float
) -> None:
    sides = past(cut, SIDES, 0.0)
    slot = reaching(frame, room, sides)
    assume(slot.width > 1 and slot.height > 1)
    native = Box(3, 5, *size)
    try:
        box = laid(native, sides, slot, align, most)
    except Unfit:
        assert {"left", "right"} <= cut or {"top", "bottom"} <= cut, "only what spans the frame may not fit it"
        return
    assert box.ratio == pytest.approx(native.ratio), "never stretched"
    assert box.width / native.width <= most * 1.001
    for side in SIDES:
        out = (slot.edge(side) - box.edge(side)) * (1 if side in ("left", "top") else -1)
        extent = box.width if side in ("left", "right") else box.height
        if side in cut:
            assert out >= 0.9 * PAST * extent
            assert slot.edge(side) == room.edge(side)
        elif not ({"left", "right"} <= cut or {"top", "bottom"} <= cut):
            assert out <= 1e-6 * extent + 1e-6


def shown(place: str, pool: Perception, format_: Format = SQUARE, inside: str = "") -> Document:
    layer = f'<image id="p"><ddm:select object="photo"/><ddm:place {place}/>{inside}</image>'
    return drawn(HERO, layer, format_, pool=[pool])


def cut(*sides: str, look: Look | None = None) -> Perception:
    return material(look=look or Look(subject=Box(0.3, 0.0, 0.3, 0.6)), subject__cut=frozenset(sides))


def test_a_lamp_hangs_from_the_top() -> None:
    (image,) = images(shown('left="20%" right="20%" top="10%" bottom="40%" bleed="top"', cut("top")))
    assert image.box.y == pytest.approx(-PAST * image.box.height)
    assert image.box.bottom == pytest.approx(240)
    assert image.box.centre[0] == pytest.approx(200)


def test_a_whole_subject_stays_in_its_frame() -> None:
    (image,) = images(shown('left="20%" right="20%" top="10%" bottom="40%" bleed="top left"', cut()))
    assert Box(80, 40, 240, 200).contains(image.box, 1e-6)


def test_a_whole_subject_may_be_let_off() -> None:
    (image,) = images(shown('left="50%" right="0%" bleed="right bottom" off="20%"', cut()))
    assert image.box.right - 400 == pytest.approx(0.2 * image.box.width)
    assert image.box.bottom <= 400


def test_what_is_cut_elsewhere_is_refused() -> None:
    with pytest.raises(Unfit, match="cut at the bottom, so it cannot stand alone"):
        shown('bleed="top left"', cut("top", "bottom"))


def test_mirrored_it_runs_off_the_other_side() -> None:
    look = Look(subject=Box(0.0, 0.3, 0.5, 0.4))
    (image,) = images(shown('left="50%" bleed="right"', cut("left", look=look), inside="<ddm:mirror/>"))
    assert image.mirror
    assert image.box.right > 400
    with pytest.raises(Unfit, match="cut at the right"):
        shown('left="50%" bleed="left"', cut("left", look=look), inside="<ddm:mirror/>")


def test_a_room_inside_the_canvas_cuts_what_runs_off_it() -> None:
    layer = (
        '<g id="panel"><ddm:place left="10%" top="20%" right="10%" bottom="10%"/>'
        '<image id="p"><ddm:select object="photo"/><ddm:place left="20%" right="20%" bleed="top"/></image></g>'
    )
    document = drawn(HERO, layer, SQUARE, pool=[cut("top")])
    (group,) = (g for g in groups(document) if g.clip)
    assert isinstance(group, Group)
    assert group.clip is not None
    assert tuple(group.clip.box) == pytest.approx((40, 80, 320, 280))
    (image,) = images(document)
    assert image.box.y < 80


def test_what_hangs_throws_no_shadow_on_the_ground() -> None:
    shadows = '<ddm:shadow kind="drop"/><ddm:shadow kind="contact"/><ddm:reflection/>'
    found = images(shown('bleed="top"', cut("top"), inside=shadows))
    assert [image.meta.role for image in found] == ["shadow", "subject"]
    assert "kinddrop" in found[0].href
    aside = images(shown('bleed="left"', cut("left", look=Look(subject=Box(0, 0.3, 0.5, 0.4))), inside=shadows))
    assert len(aside) == 4, "what comes in from a side stands"


def test_the_host_must_not_cover_it() -> None:
    covered = Format("story", "Story", 400, 800, reserved=(Box(0, 0, 400, 100),))
    with pytest.raises(Unfit, match="the host would cover a subject that runs off the top"):
        shown('bottom="40%" bleed="top"', cut("top"), covered)
    assert isinstance(images(shown('bottom="40%" bleed="top"', cut("top"), SQUARE))[0], Image)


def test_it_is_not_turned() -> None:
    with pytest.raises(Unfit, match="cannot be turned"):
        shown('bleed="top"', cut("top"), inside='<ddm:rotate by="4"/>')


def test_it_is_told() -> None:
    layer = '<image id="p"><ddm:select object="photo"/><ddm:place bleed="top"/></image>'
    result = resolved(compiled(HERO, layer), SQUARE, [cut("top")])
    assert origins(result, "p", "bleed") == ["top: the picture cuts the subject there"]
