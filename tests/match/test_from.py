"""Where an object looks: at the product's own pictures, at the shop's other products too, at scenes, at logos."""

from __future__ import annotations

from tests.support.matching import backdrop, best, chosen, refused
from tests.support.materials import material, product

POOL = [
    material("a"),
    material("b", "bowl"),
    backdrop("z"),
    material("l", "", role="logo"),
]


def test_its_own_pictures_unless_said() -> None:
    found = best('<ddm:image id="x"/>', POOL).choices["x"]
    assert (found.total, chosen(best('<ddm:image id="x"/>', POOL))) == (1, {"x": "a"})


def test_scenes_and_logos() -> None:
    objects = '<ddm:image id="wall" from="scenes"/><ddm:logo id="sign"/>'
    assert chosen(best(objects, POOL)) == {"wall": "z", "sign": "l"}


def test_several_places_are_one_pool() -> None:
    assert best('<ddm:image id="any" from="product scenes"/>', POOL).choices["any"].total == 2


def test_other_products_too_but_the_own_first_on_a_tie() -> None:
    found = best('<ddm:image id="x" from="products"/>', POOL, product=product("vase"), others=[product("bowl")])
    assert chosen(found) == {"x": "a"}
    assert found.choices["x"].total == 2
    wished = best(
        '<ddm:image id="x" from="products" prefer="ratio desc"/>', [material("a"), material("b", "bowl", ratio=9)]
    )
    assert chosen(wished) == {"x": "b"}


def test_each_choice_knows_whose_it_is() -> None:
    bowl = product("bowl")
    assert best('<ddm:image id="x"/>', POOL).choices["x"].product == product("vase")
    found = best(
        '<ddm:image id="x" from="products" where="ratio ge 2"/>', [material("b", "bowl", ratio=2)], others=[bowl]
    )
    assert found.choices["x"].product == bowl
    assert best('<ddm:image id="x" from="scenes"/>', POOL).choices["x"].product is None


def test_a_picture_that_two_products_share_is_one_candidate() -> None:
    shared = [material("a"), material("a", "bowl")]
    found = best('<ddm:image id="x" from="products"/>', shared)
    assert len(found.choices["x"].candidates) == 1
    assert found.choices["x"].candidates[0].product == "vase"


def test_nothing_there() -> None:
    assert refused('<ddm:logo id="sign"/>', [material("a")]) == "no logo for 'sign': 0 of 0 (there is no material)"
