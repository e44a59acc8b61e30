from dataclasses import replace

import pytest

from ddm.geometry import Box
from ddm.render.display import compile, visible
from ddm.render.steps import Begin, End, Letters, Picture, Shape, Window
from ddm.svg.tree import Clip, Document, Ellipse, Group, Image, Node, Path, Rect, Text

RECT = Rect(Box(10, 10, 20, 20), "#ff0000")
MULTIPLIED = Image("a.png", Box(0, 0, 50, 50), blend="multiply")


def steps(*nodes: Node, scale: float = 1.0):
    return compile(Document(100, 80, nodes), scale).steps


def kinds(*nodes: Node):
    return [type(step).__name__ for step in steps(*nodes)]


@pytest.mark.parametrize(
    "node",
    [
        replace(RECT, opacity=0),
        Rect(Box(200, 0, 10, 10)),
        Rect(Box(0, 0, 0, 10)),
        Text("  ", 5, 50, "Inter", 12),
        Text("a", 5, 900, "Inter", 12),
        Image("a.png", Box(-50, 0, 50, 50)),
        Group(()),
        Group((RECT,), opacity=0),
        Group((RECT,), clip=Clip(Box(50, 50, 10, 10))),
        Path("M10 10L20 10"),
    ],
)
def test_what_cannot_be_seen_is_no_step(node):
    assert steps(node) == ()


def test_groups_that_do_nothing_dissolve():
    assert kinds(Group((RECT, Group((RECT,))))) == ["Shape", "Shape"]


def test_opacity_of_a_group_of_one_is_its_childs():
    (step,) = steps(Group((replace(RECT, opacity=0.5),), opacity=0.5))
    assert isinstance(step, Shape)
    assert step.opacity == 0.25


def test_a_faded_group_has_a_layer_no_larger_than_what_is_in_it():
    begin, *_, end = steps(Group((RECT, replace(RECT, box=Box(20, 20, 30, 30))), opacity=0.5))
    assert isinstance(begin, Begin)
    assert begin.layered
    assert begin.layer == Window(9, 9, 51, 51)
    assert end == End(True)


def test_blending_inside_a_clip_is_isolated_but_not_inside_a_turn():
    clipped, turned = steps(Group((MULTIPLIED,), clip=Clip(RECT.box)))[0], steps(Group((MULTIPLIED,), rotate=9))[0]
    assert isinstance(clipped, Begin)
    assert isinstance(turned, Begin)
    assert (clipped.layered, turned.layered) == (True, False)


def test_pictures_are_cut_to_the_clip_around_them():
    _, picture, _ = steps(Group((Image("a.png", Box(0, 0, 100, 80)),), clip=Clip(Box(10, 20, 30, 40))))
    assert isinstance(picture, Picture)
    assert picture.window == Window(10, 20, 40, 60)


def test_only_screening_needs_a_page_of_its_own():
    assert compile(Document(9, 9, (replace(MULTIPLIED, blend="screen"),))).isolated
    assert not compile(Document(9, 9, (MULTIPLIED,))).isolated


def test_a_scale_multiplies_every_length():
    letters, shape = steps(Text("a", 10, 20, "Inter", 12, letter_spacing=1), Ellipse(Box(1, 2, 3, 4)), scale=2)
    assert isinstance(letters, Letters)
    assert isinstance(shape, Shape)
    assert (letters.run.x, letters.run.size, letters.run.letter_spacing) == (20, 24, 2)
    assert shape.outline.box == Box(2, 4, 6, 8)


def test_a_thousandth_touches_no_further_pixel():
    window = Window(0, 0, 100, 100)
    assert visible(Box(10.0004, 9.9996, 20, 20), window) == Window(10, 10, 30, 30)
    assert visible(Box(-1e9, -1e9, 2e9, 2e9), window) == window
