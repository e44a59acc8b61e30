"""Objects that stand for several items: 'id.1', 'id.2' …, as many as there are, within the count."""

from __future__ import annotations

from ddm.perceive.perception import Perception
from tests.support.matching import best, chosen, matched, refused
from tests.support.materials import material, product

ITEMS = '<ddm:image id="item" count="2..3" prefer="quality.sharpness desc"/>'


def gallery(letters: str, product: str = "vase") -> list[Perception]:
    """Sharper the earlier."""
    return [material(name, product, quality__sharpness=1 - place / 10) for place, name in enumerate(letters)]


def test_items_are_numbered_by_rank() -> None:
    found = best(ITEMS, gallery("bca"))
    assert chosen(found) == {"item.1": "b", "item.2": "c", "item.3": "a"}
    assert found.counts == {"item": 3}
    assert found.choices["item.2"].why[-1] == "ranks 2 of 3 with 0.90"


def test_no_more_than_the_count() -> None:
    assert best(ITEMS, gallery("abcdef")).counts == {"item": 3}


def test_fewer_where_there_are_fewer() -> None:
    assert chosen(best(ITEMS, gallery("ab"))) == {"item.1": "a", "item.2": "b"}


def test_too_few_are_refused_with_a_figure() -> None:
    assert refused(ITEMS, gallery("a")) == "no image for 'item': 1 of at least 2, among 1 (too few pictures)"
    where = '<ddm:image id="item" count="3..4" where="quality.sharpness ge 85%"/>'
    assert refused(where, gallery("abcd")) == (
        "no image for 'item': 2 of at least 3, among 4 (quality.sharpness ge 85% removed 2)"
    )


def test_too_few_may_be_dropped() -> None:
    found = best(ITEMS.replace("/>", ' otherwise="drop"/>'), gallery("a"))
    assert (found.dropped, found.counts) == ({"item"}, {"item": 0})


def test_items_from_all_products_show_each_product_once() -> None:
    pool = [*gallery("ab"), *gallery("cd", "bowl"), *gallery("ef", "lamp")]
    items = ITEMS.replace("/>", ' from="products"/>')
    found = best(items, pool, others=[product("bowl"), product("lamp")])
    assert sorted(filter(None, chosen(found).values())) == ["a", "c", "e"]
    assert {c.product.id for c in found.choices.values() if c.product} == {"vase", "bowl", "lamp"}


def test_one_product_twice_rather_than_too_few() -> None:
    assert best(ITEMS.replace("/>", ' from="products"/>'), gallery("ab")).counts == {"item": 2}


def test_other_sets_are_tried_too() -> None:
    sets = {frozenset(filter(None, chosen(b).values())) for b in matched(ITEMS, gallery("abcdef"))}
    assert len(sets) == len(matched(ITEMS, gallery("abcdef"))) > 1


def test_items_leave_other_objects_their_pictures() -> None:
    found = chosen(best('<ddm:image id="hero"/>' + ITEMS, gallery("abc")))
    assert len(set(found.values())) == 3


def test_of_all_products_the_creative_s_own_comes_first() -> None:
    items = ITEMS.replace(" count", ' from="products" count')
    pool = [material("z", quality__sharpness=0.1), *(material(c, c * 4, quality__sharpness=0.9) for c in "abcd")]
    assert {binding["item.1"] for binding in map(chosen, matched(items, pool))} == {"z"}


def test_without_it_there_are_no_items() -> None:
    items = ITEMS.replace(" count", ' from="products" where="quality.sharpness ge 50%" count')
    pool = [material("z", quality__sharpness=0.1), *(material(c, c * 4, quality__sharpness=0.9) for c in "abcd")]
    assert "no image for 'item'" in refused(items, pool)


def test_all_are_of_one_language_and_currency() -> None:
    items = ITEMS.replace(" count", ' from="products" count')
    pool = [material("z"), material("a", "aaaa"), material("b", "bbbb")]
    others = [product("aaaa"), product("bbbb", language="zh-CN")]
    assert chosen(best(items, pool, others=others)) == {"item.1": "z", "item.2": "a"}
