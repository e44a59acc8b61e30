"""Relations between objects: hard ones decide who may be a candidate, soft ones who is the best."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from ddm.match import Related
from ddm.match.relations import RELATIONS, Shown, set_off
from ddm.perceive.perception import Perception
from tests.support.matching import backdrop, best, chosen, refused
from tests.support.materials import Look, material, product
from tests.support.templates import compiled

NIGHT, SNOW = "#15171c", "#f4f4f2"


def lit(name: str, side: str, role: str = "scene") -> Perception:
    return material(name, "vase" if role == "product" else "", role=role, light__side=side)


# ------------------------------------------------------------------------------------------------ soft


def test_against_wants_a_backdrop_that_sets_the_subject_off() -> None:
    dark = material("d", look=Look(fill=NIGHT, band=NIGHT))
    walls = [backdrop("n", Look(ground=NIGHT, fill=NIGHT, band=NIGHT)), backdrop("s", Look(ground=SNOW, fill=SNOW))]
    objects = '<ddm:cutout id="hero"/><ddm:image id="wall" from="scenes" against="hero"/>'
    found = best(objects, [dark, *walls])
    assert chosen(found) == {"hero": "d", "wall": "s"}
    assert found.relations == (Related("wall", "against", "hero", round(set_off(walls[1], dark), 4)),)
    assert found.choices["wall"].why[-1].startswith("against 'hero': 0.9")


@pytest.mark.parametrize(("side", "winner"), [("left", "l"), ("right", "r"), ("front", "f")])
def test_light_comes_from_the_same_side(side: str, winner: str) -> None:
    pool = [lit("h", side, "product"), lit("l", "left"), lit("r", "right"), lit("f", "front")]
    objects = '<ddm:cutout id="hero"/><ddm:image id="wall" from="scenes" light="hero"/>'
    assert chosen(best(objects, pool))["wall"] == winner


def test_light_from_the_front_is_neither_right_nor_wrong() -> None:
    row, spec = RELATIONS["light"], compiled('<ddm:image id="x"/>').objects["x"]
    left, right, front = (Shown(spec, lit("a", side)) for side in ("left", "right", "front"))
    assert (row.value(left, left), row.value(left, front), row.value(left, right)) == (1.0, 0.5, 0.0)


def test_harmony_of_colours() -> None:
    red = material("h", look=Look(fill="#c0392b", band="#c0392b"))
    walls = [
        backdrop("o", Look(ground="#b03a2e", fill="#b03a2e")),
        backdrop("p", Look(ground="#2e8b3a", fill="#7d2eb0")),
    ]
    objects = '<ddm:cutout id="hero"/><ddm:image id="wall" from="scenes" harmony="hero"/>'
    assert chosen(best(objects, [red, *walls]))["wall"] == "o"


def test_wishes_and_relations_add_up() -> None:
    pool = [lit("h", "left", "product"), lit("l", "left").with_attributes(quality__sharpness=0.1), lit("r", "right")]
    scene = '<ddm:image id="wall" from="scenes" prefer="quality.sharpness desc" {}/>'
    hero = '<ddm:cutout id="hero"/>'
    assert chosen(best(hero + scene.format(""), pool))["wall"] == "r"
    assert chosen(best(hero + scene.format('light="hero"'), pool))["wall"] == "l"


# ------------------------------------------------------------------------------------------------ hard

HERO = '<ddm:image id="hero" prefer="quality.sharpness desc" from="products"/>'
TWO = HERO + '<ddm:image id="detail" from="products" {}/>'


def test_of_the_same_product() -> None:
    pool = [material("a"), material("b", "bowl", quality__sharpness=0.9), material("c", "bowl")]
    objects = TWO.format('same-product="hero"')
    assert chosen(best(objects, pool, others=[product("bowl")])) == {"hero": "b", "detail": "c"}


def test_the_declaring_object_may_come_first() -> None:
    hero = HERO.replace("/>", ' where="ratio ge 2"/>')
    objects = '<ddm:image id="detail" from="products" same-product="hero"/>' + hero
    pool = [material("a"), material("b", "bowl"), material("c", "bowl", ratio=3)]
    assert chosen(best(objects, pool)) == {"detail": "b", "hero": "c"}


def test_what_a_relation_removed_is_told() -> None:
    objects = '<ddm:image id="hero"/><ddm:image id="detail" from="scenes" same-product="hero"/>'
    assert refused(objects, [material("a"), backdrop("z")]) == (
        "no image for 'detail': 0 of 1 (same-product 'hero' removed 1)"
    )


def test_a_hero_is_taken_that_leaves_the_others_something() -> None:
    """The best hero has no second picture; the second best has."""
    pool = [material("a", "bowl", quality__sharpness=1.0), material("b"), material("c")]
    detail = TWO.format('same-product="hero" other-than="hero" otherwise="drop"')
    assert chosen(best(detail, pool)) == {"hero": "b", "detail": "c"}


def twin(name: str, like: Perception, **changes: float) -> Perception:
    """Another file of the same photograph."""
    return replace(material(name, **changes), embedding=like.embedding)


def seen(name: str, *direction: float, **changes: float) -> Perception:
    vector = np.array(direction, np.float32)
    return replace(material(name, **changes), embedding=vector / np.linalg.norm(vector))


OTHER = '<ddm:image id="x" prefer="quality.sharpness desc"/><ddm:image id="y" other-than="x" {}/>'


def test_other_than_is_another_photograph_not_another_file() -> None:
    first = seen("a", 1, 0, quality__sharpness=1.0)
    pool = [first, twin("b", first), seen("c", 0, 1)]
    assert chosen(best(OTHER.format(""), pool)) == {"x": "a", "y": "c"}


def test_other_than_lets_the_object_fall_back() -> None:
    assert best(OTHER.format('otherwise="drop"'), [material("a")]).dropped == {"y"}


def test_other_than_gives_way_before_the_creative_is_refused() -> None:
    found = best(OTHER.format(""), [material("a")])
    assert chosen(found) == {"x": "a", "y": "a"}
    assert found.choices["y"].why[:2] == (
        "no image for 'y': 0 of 1 (other-than 'x' removed 1)",
        "nothing else is left: taken all the same",
    )


def test_other_than_holds_for_every_item() -> None:
    objects = '<ddm:image id="hero"/><ddm:image id="next" from="products" other-than="hero" count="1..3"/>'
    alone = [material("a"), material("b", look=Look(1400, 1000))]
    assert refused(objects, alone) == "no image for 'next': 0 of at least 1, among 2 (other-than 'hero' removed 2)"


def test_other_than_among_all_products_is_another_product() -> None:
    objects = '<ddm:image id="hero"/><ddm:image id="next" from="products" other-than="hero" count="1..3"/>'
    pool = [material("a"), material("b"), material("c", "bowl"), material("d", "lamp")]
    assert chosen(best(objects, pool)) == {"hero": "a", "next.1": "c", "next.2": "d"}


def test_relations_hold_of_every_item() -> None:
    objects = '<ddm:image id="hero" from="products" where="ratio ge 2"/>'
    items = '<ddm:image id="item" from="products" same-product="hero" other-than="hero" count="2..3"/>'
    pool = [material("a"), material("b", "bowl", ratio=2), material("c", "bowl"), material("d", "bowl")]
    with_items = chosen(best(objects + items.replace('other-than="hero" ', ""), pool))
    assert with_items == {"hero": "b", "item.1": "c", "item.2": "d"}


@pytest.mark.parametrize(
    ("sort", "sure", "beside"),
    [
        ("electronics", 0.9, True),
        ("plant", 0.9, True),
        ("furniture", 0.9, False),
        ("sport", 0.9, False),
        ("electronics", 0.2, False),
    ],
)
def test_kin_are_goods_of_about_one_size(sort: str, sure: float, beside: bool) -> None:
    camera = material("c", "camera", subject__category="electronics", subject__category_sure=0.8)
    other = material("o", "other", look=Look(fill=NIGHT), subject__category=sort, subject__category_sure=sure)
    items = '<ddm:cutout id="item" from="products" count="1..2" other-than="hero" kin="hero"/>'
    objects, pool = '<ddm:cutout id="hero"/>' + items, [camera, other]
    own, others = product("camera"), [product("other")]
    if beside:
        assert chosen(best(objects, pool, product=own, others=others)) == {"hero": "c", "item.1": "o"}
    else:
        assert "kin 'hero' removed" in refused(objects, pool, product=own, others=others)
