"""Operations that ask the perception room for other pixels: by name and parameters, in their order."""

from __future__ import annotations

import pytest

from ddm.errors import Unfit
from ddm.perceive.schema import Value
from ddm.svg.tree import Image
from tests.support.materials import backdrop, material
from tests.support.resolving import images, resolved
from tests.support.templates import compiled

OBJECTS = '<ddm:image id="photo"/><ddm:cutout id="hero"/><ddm:palette id="mood" of="photo"/>'
SCENE = '<ddm:image id="scene" from="scenes"/>'


def shown(operations: str, object: str = "photo", **changes: Value) -> list[Image]:
    layer = f'<image id="p"><ddm:select object="{object}"/>{operations}</image>'
    pool = [material(**changes), backdrop().perception]
    template = compiled(OBJECTS + SCENE, layer, name=f"t{hash(layer)}")
    return [i for i in images(resolved(template, "square-800", pool).document) if i.meta.id.startswith("p")]


def test_erase_only_where_there_is_something() -> None:
    (clean,) = shown("<ddm:erase/>")
    assert "erased" not in clean.href
    (erased,) = shown('<ddm:erase what="text"/>', text__count=2.0)
    assert "erased" in erased.href
    assert "whattext" in erased.href


@pytest.mark.parametrize(
    ("operation", "name"),
    [
        ('<ddm:tint role="deep" from="mood"/>', "tinted"),
        ('<ddm:tone from="mood"/>', "toned"),
        ('<ddm:tone like="scene"/>', "toned"),
    ],
)
def test_changes_of_the_whole_picture(operation: str, name: str) -> None:
    (found,) = shown(operation)
    assert name in found.href


def test_changes_come_in_the_order_in_which_they_are_written() -> None:
    (found,) = shown('<ddm:tone from="mood"/><ddm:tint role="deep" from="mood"/>')
    assert found.href.index("toned") < found.href.index("tinted")


def test_what_was_laid_over_the_picture_goes_first() -> None:
    (found,) = shown('<ddm:tone from="mood"/><ddm:erase/>', text__count=1.0)
    assert found.href.index("erased") < found.href.index("toned")


@pytest.mark.parametrize(
    ("operation", "name", "role"),
    [
        ("<ddm:reflection/>", "reflection", "shadow"),
        ('<ddm:outline from="mood"/>', "outline", "decoration"),
        ("<ddm:shadow/>", "shadow", "shadow"),
    ],
)
def test_what_is_laid_beneath_the_subject(operation: str, name: str, role: str) -> None:
    beneath, subject = shown(operation, "hero")
    assert (name in beneath.href, beneath.meta.role, subject.meta.role) == (True, role, "subject")


def test_an_outline_has_the_colour_of_its_role() -> None:
    beneath, _ = shown('<ddm:outline role="paper" from="mood"/>', "hero")
    assert "colourfcf4f1" in beneath.href.replace("#", "")


def direction(operation: str, **changes: Value) -> str:
    return shown(operation, "hero", **changes)[0].href.partition("direction")[2].partition("-kind")[0]


def test_a_shadow_falls_away_from_the_light() -> None:
    assert float(direction("<ddm:shadow/>", light__side="left")) > 0
    assert float(direction("<ddm:shadow/>", light__side="right")) < 0
    assert float(direction('<ddm:shadow light="right"/>', light__side="left")) < 0


def test_the_light_said_is_the_canvas_s_also_where_the_picture_is_mirrored() -> None:
    plain, mirrored = direction('<ddm:shadow light="left"/>'), direction('<ddm:mirror/><ddm:shadow light="left"/>')
    assert float(plain) == -float(mirrored)


def test_relight_does_nothing_where_the_light_is_right_already() -> None:
    (as_is,) = shown('<ddm:relight light="left"/>', "hero", light__side="left")
    assert "relit" not in as_is.href
    (lit,) = shown('<ddm:relight light="right"/>', "hero", light__side="left")
    assert "directionright" in lit.href


def test_relight_like_another_picture() -> None:
    (lit,) = shown('<ddm:relight like="scene"/>', "hero", light__side="right")
    assert "directionleft" in lit.href


def test_light_from_nobody_knows_where_is_light_from_the_front() -> None:
    layer = '<image id="p"><ddm:select object="hero"/><ddm:relight like="scene"/></image>'
    pool = [material(light__side="right"), backdrop().perception.with_attributes(light__side="unknown")]
    (lit,) = images(resolved(compiled(OBJECTS + SCENE, layer, name="unlit"), "square-800", pool).document)
    assert "directionfront" in lit.href


def test_only_so_many_changes_of_one_picture() -> None:
    assert shown("<ddm:blur/>" + '<ddm:tint from="mood" role="soft"/>' * 6)
    with pytest.raises(Unfit, match="'p' changes its picture 7 times"):
        shown('<ddm:tint from="mood" role="soft"/>' * 7)
