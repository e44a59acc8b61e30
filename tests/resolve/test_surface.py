"""A shadow on the ground ends where the surface does that its subject stands on, and nowhere else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ddm.formats.catalogue import Format
from ddm.geometry import Box
from ddm.perceive.perception import Element, Params, Perception, Raster, Steps
from ddm.resolve.surface import cut_to, stands, surface
from ddm.svg.tree import Clip, Group, Image, Rect
from tests.support.materials import derive, material
from tests.support.resolving import drawn, walk

SQUARE = Format("square", "Square", 400, 400)
CANVAS = Box(0, 0, 400, 400)
WALL, ARCH = Clip(CANVAS), Clip(Box(100, 100, 200, 500), 100)
SUBJECT = Box(150, 200, 100, 150)


def clothes(sure: float = 0.6) -> Perception:
    return material(subject__category="apparel", subject__category_sure=sure)


def test_clothes_stand_where_somebody_wears_them() -> None:
    somebody = Element("person", Box(0.2, 0.1, 0.6, 0.8), 0.9, "person")
    assert stands(material())
    assert not stands(clothes())
    assert stands(clothes(sure=0.3))
    assert stands(replace(clothes(), elements=(somebody,)))


def test_what_lies_is_not_mirrored_in_a_floor() -> None:
    trees = (drawn(HERO, PRODUCT.format("<ddm:reflection/>"), SQUARE, [one]) for one in (material(), clothes()))
    assert [sum(isinstance(n, Image) and n.meta.role == "shadow" for n in walk(tree)) for tree in trees] == [1, 0]


@pytest.mark.parametrize(("kind", "strength"), [("contact", 0.36), ("cast", 0.36), ("drop", 0.8)])
def test_clothes_drop_a_shadow_and_throw_none_on_the_ground(kind: str, strength: float) -> None:
    asked = []

    def spied(one: Perception, name: str, params: Params, before: Steps = ()) -> Raster:
        if name == "shadow":
            asked.append((params["kind"], params["strength"]))
        return derive(one, name, params, before)

    call = f'<ddm:shadow kind="{kind}" strength="80%"/>'
    drawn(HERO, PRODUCT.format(call), SQUARE, [clothes()], derive=spied)
    ((dropped, dark),) = asked
    assert dropped == "drop"
    assert dark == pytest.approx(strength)


def test_the_topmost_surface_at_the_foot_is_stood_on() -> None:
    assert surface([WALL, ARCH], CANVAS, SUBJECT) == (ARCH,)
    assert surface([ARCH, WALL], CANVAS, SUBJECT) == ()
    elsewhere = Clip(Box(0, 0, 400, 150))
    assert surface([WALL, ARCH, elsewhere], CANVAS, SUBJECT) == (ARCH,)


def test_a_floor_as_wide_as_the_canvas_cuts_nothing() -> None:
    floor = Clip(Box(-10, 300, 420, 200))
    assert surface([WALL, floor], CANVAS, SUBJECT) == ()
    assert surface([], CANVAS, SUBJECT) == ()


@pytest.mark.parametrize("box", [Box(80, 200, 150, 150), Box(180, 200, 130, 150)])
def test_what_is_wider_than_its_surface_stands_before_it(box: Box) -> None:
    assert surface([WALL, ARCH], CANVAS, box) == ()


def test_what_lies_over_the_surface_below_the_foot_ends_it() -> None:
    threshold = Clip(Box(0, 360, 400, 100))
    outer, inner = surface([WALL, ARCH, threshold], CANVAS, SUBJECT)
    assert inner == ARCH
    assert outer == Clip(Box(100, 100, 200, 260))


def test_all_cuts_are_made_outermost_first() -> None:
    outer = Clip(Box(0, 0, 50, 50))
    found = cut_to((outer, ARCH), Rect(SUBJECT), "hero-shadow-1")
    assert isinstance(found, Group)
    assert found.clip == outer
    inside = found.children[0]
    assert isinstance(inside, Group)
    assert (inside.clip, inside.children) == (ARCH, (Rect(SUBJECT),))
    assert len({found.meta.id, inside.meta.id}) == 2


ARCHED = '<rect id="arch" width="400" height="800"><ddm:place left="0%" right="20%"/></rect>'
PRODUCT = '<image id="p"><ddm:select object="photo"/><ddm:place left="20%" right="40%" bottom="10%"/>{}</image>'
HERO = '<ddm:cutout id="photo"/>'


@pytest.mark.parametrize(("kind", "cut"), [("contact", True), ("cast", True), ("drop", False)])
def test_shadows_on_the_ground_are_cut_and_those_on_a_wall_are_not(kind: str, cut: bool) -> None:
    tree = drawn(HERO, ARCHED + PRODUCT.format(f'<ddm:shadow kind="{kind}"/>'), SQUARE)
    groups = [n for n in walk(tree) if isinstance(n, Group) and n.clip and n.meta.role == "shadow"]
    assert len(groups) == cut
    (shade,) = [n for n in walk(tree) if isinstance(n, Image) and n.meta.role == "shadow"]
    if cut:
        assert groups[0].clip == Clip(Box(0, 0, 320, 400))
        assert groups[0].children == (shade,)
        assert shade.blend == "normal"


def test_a_cut_shadow_is_of_the_grounds_own_hue_and_one_that_blends_is_lighter() -> None:
    colours = []

    def spied(material: Perception, name: str, params: Params, before: Steps = ()) -> Raster:
        if name == "shadow":
            colours.append([int(str(params["colour"])[n : n + 2], 16) for n in (1, 3, 5)])
        return derive(material, name, params, before)

    for edge in ("20%", "0%"):
        ground = f'<rect id="g" width="400" height="800" fill="#ff4020"><ddm:place left="0%" right="{edge}"/></rect>'
        drawn(HERO, ground + PRODUCT.format("<ddm:shadow/>"), SQUARE, derive=spied)
    painted, multiplied = colours
    assert painted[0] > painted[1] >= painted[2]
    assert painted[0] < 128, "dark"
    assert multiplied[1] > painted[1], "it is multiplied with the ground's yet"
