"""Pictures on the canvas: true in shape, filling their frame, with their subject whole; cut-outs with their shadow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ddm.errors import Unfit
from ddm.formats.catalogue import Format
from ddm.geometry import Box
from ddm.perceive.perception import Perception, Raster, Steps
from ddm.resolve.window import MOST_ENLARGEMENT
from ddm.svg.tree import Document, Group, Image
from tests.support.materials import Look, backdrop, derive, material
from tests.support.resolving import drawn, groups, images, origins, resolved, walk
from tests.support.templates import PICTURE, compiled

SQUARE = Format("square", "Square", 400, 400)
HERO = '<ddm:cutout id="photo"/>'
WALL = '<ddm:image id="photo" from="scenes"/>'


def shown(
    inside: str = "", pool: Perception | None = None, format_: Format = SQUARE, objects: str = PICTURE
) -> Document:
    layer = f'<image id="p"><ddm:select object="photo"/>{inside}</image>'
    return drawn(objects, layer, format_, pool=[pool or material()])


def mapped(image: Image, part: Box) -> Box:
    """Where a part of the raster, in fractions, lies on the canvas."""
    x = 1 - part.right if image.mirror else part.x
    return image.box.part(Box(x, part.y, part.width, part.height))


# ------------------------------------------------------------------------------------------------ through a window

FRACTION = st.integers(0, 60).map(lambda hundredths: hundredths / 100)


@st.composite
def looks(draw: st.DrawFn) -> Perception:
    """Sizes and subjects of all kinds, with attributes alone that differ: the maps stay the vase's."""
    x, y = draw(FRACTION), draw(FRACTION)
    right, bottom = draw(st.integers(70, 100)) / 100, draw(st.integers(70, 100)) / 100
    return material(
        width=float(draw(st.integers(300, 2000))),
        height=float(draw(st.integers(300, 2000))),
        subject__left=x,
        subject__top=y,
        subject__right=right,
        subject__bottom=bottom,
    )


@given(looks(), st.integers(100, 1200), st.integers(100, 1200), st.sampled_from(["", "<ddm:mirror/>"]))
def test_pictures_fill_their_frame_unstretched(found: Perception, width: int, height: int, mirror: str) -> None:
    format_ = Format("any", "Any", width, height)
    try:
        document = shown(mirror + '<ddm:extend most="90%"/><ddm:crop margin="2%"/>', found, format_)
    except Unfit:
        return
    (image,) = images(document)
    (group,) = groups(document)
    assert group.clip is not None
    assert tuple(group.clip.box) == tuple(format_.canvas)
    assert image.box.contains(format_.canvas, 0.07), "no gap at any side"
    own = found.size
    grown = {side: float(_asked(image, side) or 0) for side in ("left", "top", "right", "bottom")}
    across, down = own[0] + grown["left"] + grown["right"], own[1] + grown["top"] + grown["bottom"]
    assert image.box.ratio == pytest.approx(across / down, rel=0.02), "true in shape"
    scale = image.box.width / across
    assert scale <= MOST_ENLARGEMENT + 0.01
    assert image.mirror is bool(mirror)
    inner = found.subject.shifted(grown["left"], grown["top"])
    subject = mapped(image, inner.scaled(1 / across, 1 / down))
    assert format_.canvas.contains(subject.grown(0.02 * min(width, height) - 0.6), 0.6), "whole, with its margin"


def _asked(image: Image, name: str) -> str:
    """What the derivation was asked for, from the href that tells it."""
    parts = image.href.removesuffix(".png").split("-")
    return next((part.removeprefix(name) for part in parts if part.startswith(name)), "")


def test_growth_and_place_are_told() -> None:
    layer = '<image id="p"><ddm:select object="photo"/><ddm:extend most="90%"/></image>'
    result = resolved(compiled(PICTURE, layer), Format("wide", "Wide", 1600, 400))
    assert origins(result, "p", "window")
    assert "the border is flat" in origins(result, "p", "extend left")[0]
    assert float(origins(result, "p", "scale")[0].partition(":")[0]) <= MOST_ENLARGEMENT


def test_without_extend_nothing_grows() -> None:
    with pytest.raises(Unfit, match=r"have to grow|too near"):
        shown("", format_=Format("wide", "Wide", 1600, 100))


REFUSED = [({"text__count": 1.0}, "it carries text"), ({"face__count": 1.0}, "it shows a face")]


@pytest.mark.parametrize(("changes", "reason"), REFUSED)
def test_mirroring_is_refused_where_it_would_lie(changes: dict[str, float], reason: str) -> None:
    layer = '<image id="p"><ddm:select object="photo"/><ddm:mirror/></image>'
    template = compiled(PICTURE, layer)
    result = resolved(template, SQUARE, [material(**changes)])
    assert not images(result.document)[0].mirror
    assert origins(result, "p", "mirror") == [f"no: asked for, but refused: {reason}"]
    assert images(resolved(template, SQUARE).document)[0].mirror


def test_mirroring_mirrors_the_place_of_the_subject() -> None:
    """The look has its subject at the left; mirrored, the window is the mirrored picture's."""
    left = material(look=Look(subject=Box(0.1, 0.3, 0.3, 0.4)))
    plain, mirrored = (images(shown(f'<ddm:place subject="50% 50%"/>{m}', left))[0] for m in ("", "<ddm:mirror/>"))
    assert plain.box.x > mirrored.box.x, "in the mirrored picture the subject lies further right"
    assert plain.box.y == mirrored.box.y


@pytest.mark.parametrize(
    ("inside", "radius"), [("", 0), ('<ddm:crop radius="20px"/>', 20), ('<ddm:crop radius="10%"/>', 40)]
)
def test_corners(inside: str, radius: float) -> None:
    (group,) = groups(shown(inside))
    assert group.clip is not None
    assert group.clip.radius == radius


def test_turning() -> None:
    document = shown('<ddm:rotate by="-10"/>')
    (outer,) = document.children
    assert isinstance(outer, Group)
    assert (outer.rotate, outer.pivot) == (-10, (200, 200))


def test_blur_is_asked_in_per_cent_of_the_longer_side() -> None:
    assert images(shown('<ddm:blur sigma="2%"/>'))[0].href.endswith("blurred-sigma2.0.png")


def test_backdrops_cover_and_need_not_show_a_subject() -> None:
    document = shown("", backdrop().perception, Format("wide", "Wide", 1600, 500), WALL)
    (image,) = images(document)
    assert image.box.contains(Box(0, 0, 1600, 500), 1e-6)
    assert image.box.ratio == pytest.approx(1)
    with pytest.raises(Unfit, match=r"enlarged 2\.50 times"):
        shown("", backdrop().perception, Format("huge", "Huge", 4000, 500), WALL)


# ------------------------------------------------------------------------------------------------ cut-outs


@pytest.mark.parametrize(
    ("place", "edges"),
    [
        ("", {"x": 104.0}),
        ('align="start"', {"x": 0.0, "y": 0.0}),
        ('align="end"', {"right": 400.0}),
        ('left="50%" rise="bottom"', {"bottom": 400.0}),
        ('left="50%" rise="top"', {"y": 0.0}),
    ],
)
def test_cut_outs_stand_in_their_frame(place: str, edges: dict[str, float]) -> None:
    look = Look(subject=Box(0.25, 0.1, 0.36, 0.75))
    (image,) = images(shown(f"<ddm:place {place}/>", material(look=look), objects=HERO))
    assert image.box.ratio == pytest.approx(0.36 / 0.75, rel=0.01)
    assert Box(0, 0, 400, 400).contains(image.box, 1e-6)
    for edge, value in edges.items():
        assert getattr(image.box, edge) == pytest.approx(value, abs=0.5)


def test_matte_makes_a_cut_out_of_a_picture() -> None:
    assert [i.meta.role for i in images(shown("<ddm:matte/>"))] == ["subject"]
    assert [i.meta.role for i in images(shown(""))] == ["image"]


def test_cut_outs_are_never_enlarged_beyond_the_limit() -> None:
    small = material(look=Look(200, 200))
    (image,) = images(shown("", small, Format("small", "Small", 200, 200), objects=HERO))
    assert image.box.width / small.subject.width == pytest.approx(MOST_ENLARGEMENT)


def test_a_subject_of_too_few_pixels_is_not_lost_in_its_frame() -> None:
    with pytest.raises(Unfit, match="too few pixels"):
        shown("", material(look=Look(200, 200)), objects=HERO)


def test_a_mark_may_be_small() -> None:
    assert images(shown("", material(look=Look(120, 120), role="logo"), objects='<ddm:logo id="photo"/>'))


@pytest.mark.parametrize("mirror", ["", "<ddm:mirror/>"])
def test_shadows_lie_beneath_and_around_their_subject(mirror: str) -> None:
    shadows = '<ddm:shadow kind="drop" strength="30%"/><ddm:shadow kind="contact"/>'
    found = images(shown(mirror + shadows, objects=HERO))
    assert [i.meta.role for i in found] == ["shadow", "shadow", "subject"]
    drop, contact, subject = found
    assert "kinddrop" in drop.href
    assert "kindcontact" in contact.href
    for shadow, padding in ((drop, 0.15), (contact, 0.05)):
        assert shadow.mirror is subject.mirror is bool(mirror)
        assert shadow.box.width == pytest.approx(subject.box.width * (1 + 2 * padding), rel=0.005)
        assert shadow.box.centre == pytest.approx(subject.box.centre, abs=0.5)


def test_a_shadow_to_one_side_falls_to_the_other_when_mirrored() -> None:
    def aside(material: Perception, name: str, params: Mapping[str, float | str], before: Steps = ()) -> Raster:
        raster = derive(material, name, params)
        return replace(raster, x=raster.x + 60) if name == "shadow" else raster

    def offset(mirror: str) -> float:
        layer = f'<image id="p"><ddm:select object="photo"/>{mirror}<ddm:shadow/></image>'
        shadow, subject = images(drawn(HERO, layer, SQUARE, derive=aside))
        return shadow.box.centre[0] - subject.box.centre[0]

    assert offset("") > 1
    assert offset("<ddm:mirror/>") == pytest.approx(-offset(""))


@pytest.mark.parametrize("sides", [{"left"}, {"bottom", "left"}])
def test_a_cut_subject_cannot_stand_alone(sides: set[str]) -> None:
    with pytest.raises(Unfit, match=f"cut at the {', '.join(sorted(sides))}"):
        shown("", material(subject__cut=frozenset(sides)), objects=HERO)


def test_a_subject_never_covers_copy() -> None:
    text = '<text id="t" font-size="200" fill="#000000"><ddm:place top="0%" height="90%"/>COPY</text>'
    layer = '<image id="p"><ddm:select object="photo"/></image>'
    drawn(HERO, text + layer.replace("/></image>", '/><ddm:place left="90%"/></image>'), SQUARE)
    with pytest.raises(Unfit, match="would cover copy"):
        drawn(HERO, text + layer, SQUARE)


def test_every_node_knows_its_object() -> None:
    nodes = [n for n in walk(shown("<ddm:shadow/>", objects=HERO)) if isinstance(n, Image)]
    assert {n.meta.object for n in nodes} == {"photo"}
