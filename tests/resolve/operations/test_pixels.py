"""Operations that ask the perception room for other pixels: by name and parameters, in their order."""

from __future__ import annotations

import re

import pytest

from ddm.errors import Unfit
from ddm.perceive.light import SURE as SURE_TO_PERCEPTION
from ddm.perceive.perception import Perception
from ddm.perceive.schema import Value
from ddm.resolve.operations.shadow import SURE as SURE_TO_SHADOWS
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
    (marked,) = shown('<ddm:erase what="logo"/>', logo__count=1.0)
    assert "erased" in marked.href
    (lettered,) = shown('<ddm:erase what="text"/>', logo__count=1.0)
    assert "erased" not in lettered.href


def test_a_shadow_is_erased_only_where_there_is_a_subject_to_throw_one() -> None:
    (bright,) = shown('<ddm:erase what="shadow"/>', subject__count=1.0)
    assert "unshadowed" in bright.href
    (empty,) = shown('<ddm:erase what="shadow"/>', subject__count=0.0)
    assert "unshadowed" not in empty.href


@pytest.mark.parametrize(
    ("operation", "name"),
    [
        ('<ddm:tint role="deep" from="mood"/>', "tinted"),
        ('<ddm:tone from="mood"/>', "toned"),
        ('<ddm:tone like="scene"/>', "fitted"),
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


def asked(operation: str, name: str = "direction", **changes: Value) -> float:
    """A parameter of the shadow's, out of what was asked of the perception room."""
    found = re.search(rf"-{name}([\d.]+)", shown(operation, "hero", **changes)[0].href)
    assert found
    return float(found[1])


SURE = {"light__sure": 0.8, "light__direction": 62.0, "light__softness": 0.23}


def test_a_shadow_falls_as_the_perceived_light_says() -> None:
    assert asked("<ddm:shadow/>", **SURE) == 60
    assert asked("<ddm:shadow/>", "softness", **SURE) == pytest.approx(0.2)
    assert asked('<ddm:shadow softness="70%"/>', "softness", **SURE) == pytest.approx(0.7)


def test_a_light_below_the_horizon_stands_just_above() -> None:
    assert asked("<ddm:shadow/>", **{**SURE, "light__direction": 170.0}) == 80
    assert asked("<ddm:shadow/>", **{**SURE, "light__direction": 190.0}) == 280


def test_where_nobody_knows_the_light_it_comes_from_the_upper_left() -> None:
    assert asked("<ddm:shadow/>", light__sure=0.2, light__direction=62.0) == 310
    assert asked("<ddm:mirror/><ddm:shadow/>", light__sure=0.2) == 50


def test_what_is_unsure_to_perception_is_unsure_to_a_shadow() -> None:
    assert SURE_TO_PERCEPTION == SURE_TO_SHADOWS


def test_a_long_shadow_has_a_low_light() -> None:
    low, high = (asked(f'<ddm:shadow kind="cast" length="{length}"/>', "height") for length in ("200%", "50%"))
    assert low == pytest.approx(27)
    assert high == pytest.approx(63)


def test_the_light_said_is_the_canvas_s_also_where_the_picture_is_mirrored() -> None:
    plain, mirrored = asked('<ddm:shadow light="left"/>'), asked('<ddm:mirror/><ddm:shadow light="left"/>')
    assert plain == 360 - mirrored


def test_a_shadow_has_the_hue_of_what_it_falls_on() -> None:
    on = '<rect width="800" height="800" fill="#e8a070"/>'
    layer = '<image id="p"><ddm:select object="hero"/><ddm:shadow/></image>'
    pool = [material(), backdrop().perception]
    found = images(resolved(compiled(OBJECTS, on + layer, name="warm"), "square-800", pool).document)[0]
    red, green, blue = (int(found.href.partition("-colour")[2][i : i + 2], 16) for i in (0, 2, 4))
    assert red > green > blue == 0
    assert found.blend == "multiply"


LEFT = {"light__sure": 0.8, "light__direction": 310.0}


def test_relight_does_nothing_where_the_light_is_right_already() -> None:
    (as_is,) = shown('<ddm:relight light="left"/>', "hero", **LEFT)
    assert "relit" not in as_is.href
    (lit,) = shown('<ddm:relight light="right"/>', "hero", **LEFT)
    assert "direction90" in lit.href, "from 310 to 50 degrees light moves to the right"


def test_a_light_that_is_not_known_is_none_to_be_moved() -> None:
    (lit,) = shown('<ddm:relight light="right"/>', "hero", light__sure=0.2)
    assert "direction50" in lit.href
    (as_is,) = shown('<ddm:relight light="front"/>', "hero", light__sure=0.2)
    assert "relit" not in as_is.href


def test_light_on_the_canvas_is_light_in_a_mirrored_picture() -> None:
    (plain,) = shown('<ddm:relight light="right"/>', "hero", light__sure=0.2)
    (mirrored,) = shown('<ddm:mirror/><ddm:relight light="right"/>', "hero", light__sure=0.2)
    assert ("direction50" in plain.href, "direction310" in mirrored.href) == (True, True)
    (as_is,) = shown('<ddm:mirror/><ddm:relight light="right"/>', "hero", **LEFT)
    assert "relit" not in as_is.href


def laid_in(operation: str, scene: Perception, **changes: Value) -> Image:
    layer = f'<image id="p"><ddm:select object="hero"/>{operation}</image>'
    template = compiled(OBJECTS + SCENE, layer, name=f"in{hash(layer)}")
    found = images(resolved(template, "square-800", [material(**changes), scene]).document)
    return next(i for i in found if i.meta.id == "p")


def test_relight_like_another_picture_where_its_light_is_known() -> None:
    scene = backdrop().perception
    known = scene.with_attributes(light__sure=0.5, light__direction=272.0)
    assert "direction270" in laid_in('<ddm:relight like="scene"/>', known, light__sure=0.2).href
    unknown = scene.with_attributes(light__sure=0.0)
    assert "relit" not in laid_in('<ddm:relight like="scene"/>', unknown).href


def test_a_scene_s_grain_is_coarser_on_a_subject_that_is_drawn_smaller() -> None:
    scene = backdrop().perception.with_attributes(quality__noise=0.2)
    grain = re.search(r"-grain([\d.]+)", laid_in('<ddm:tone like="scene"/>', scene).href)
    assert grain
    assert 0 < float(grain[1]) <= 1


def test_a_picture_is_not_made_like_itself() -> None:
    (as_is,) = shown('<ddm:tone like="photo"/>')
    assert "fitted" not in as_is.href


def test_only_so_many_changes_of_one_picture() -> None:
    assert shown("<ddm:blur/>" + '<ddm:tint from="mood" role="soft"/>' * 6)
    with pytest.raises(Unfit, match="'p' changes its picture 7 times"):
        shown('<ddm:tint from="mood" role="soft"/>' * 7)
