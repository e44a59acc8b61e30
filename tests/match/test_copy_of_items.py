"""Copy and numbers `of` a picture object: those of the product that each of its items shows."""

from __future__ import annotations

from decimal import Decimal

from ddm.acquire.product import Money
from tests.support.matching import backdrop, best, chosen, refused
from tests.support.materials import material, product

BOWL = product("bowl", title="Bowl", price=Money(Decimal(12), "USD"), list_price=None)
NAMELESS = product("lamp", title="", price=None)
POOL = [material("a"), material("b", "bowl"), material("c", "lamp")]
ITEMS = '<ddm:image id="item" from="products" count="1..3"/>'


def test_each_item_has_its_own() -> None:
    objects = ITEMS + '<ddm:copy id="name" of="item" from="product.title"/>'
    found = chosen(best(objects, POOL[:2], others=[BOWL]))
    assert found == {"item.1": "a", "item.2": "b", "name.1": "Terracotta Vase", "name.2": "Bowl"}


def test_numbers_too() -> None:
    objects = ITEMS + '<ddm:number id="cost" of="item" from="product.price"/>'
    found = best(objects, POOL[:2], others=[BOWL])
    assert found.choices["cost.2"].wording is not None
    assert found.choices["cost.2"].wording.amount == BOWL.price


def test_products_without_the_copy_are_no_candidates() -> None:
    objects = ITEMS + '<ddm:copy id="name" of="item" from="product.title"/>'
    found = best(objects, POOL, others=[BOWL, NAMELESS])
    assert found.counts == {"item": 2}
    assert refused(objects, POOL[2:], others=[NAMELESS]) == (
        "no image for 'item': 0 of at least 1, among 1 (its product lacks the copy removed 1)"
    )


def test_copy_that_may_be_dropped_is_dropped_for_that_item_alone() -> None:
    objects = ITEMS + '<ddm:copy id="name" of="item" from="product.title" otherwise="drop"/>'
    found = best(objects, POOL, others=[BOWL, NAMELESS])
    assert found.counts == {"item": 3}
    assert found.dropped == {"name.3"}


def test_copy_goes_with_items_that_are_dropped() -> None:
    objects = '<ddm:image id="item" count="3..4" otherwise="drop"/><ddm:copy id="name" of="item" from="product.title"/>'
    assert best(objects, POOL).dropped == {"item", "name"}


def test_of_backdrops_it_is_the_creatives_own() -> None:
    scenes = [backdrop("y"), backdrop("z")]
    objects = ITEMS.replace("products", "scenes") + '<ddm:copy id="name" of="item" from="product.title"/>'
    assert chosen(best(objects, scenes))["name.2"] == "Terracotta Vase"


def test_wording_from_outside_for_one_item() -> None:
    objects = ITEMS + '<ddm:copy id="name" of="item" from="product.title"/>'
    found = chosen(best(objects, POOL[:2], others=[BOWL], overrides={"name.2": "Given"}))
    assert (found["name.1"], found["name.2"]) == ("Terracotta Vase", "Given")
