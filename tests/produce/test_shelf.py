"""The library and a pool in memory give the same bindings for the same material."""

from __future__ import annotations

import pytest

from ddm.library import Library
from ddm.match import Pool, match
from ddm.produce.shelf import LibraryShelf
from ddm.produce.workshop import Workshop
from tests.support.materials import Look, backdrop, perceived, product, shelf
from tests.support.templates import compiled

PRODUCTS = [product("vase"), product("bowl", title="Bowl")]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    found = shelf(Library(tmp_path_factory.mktemp("library")), *PRODUCTS)
    found.put(backdrop("y", Look(900, 1600)))
    found.put(perceived("l", "vase", role="logo"))
    found.put(perceived("m", "bowl", role="logo"))
    return found


@pytest.mark.parametrize(
    "objects",
    [
        '<ddm:image id="x" prefer="width desc 2, quality.sharpness asc"/>',
        '<ddm:image id="x" where="width ge 1300px"/><ddm:image id="y" from="scenes" against="x" prefer="ratio desc"/>',
        '<ddm:image id="x" from="products" count="2..3" prefer="subject.area desc, scene.kind = plain"/>'
        '<ddm:copy id="name" of="x" from="product.title"/>',
        '<ddm:image id="x"/><ddm:logo id="sign"/>',
        '<ddm:image id="x" where="width ge 9999px" otherwise="where width ge 1300px"/>',
    ],
)
def test_the_same_bindings(library: Library, objects: str) -> None:
    template, pool = compiled(objects), Pool(library.all(), PRODUCTS)
    for each in PRODUCTS:
        found, again = (match(template, each, place) for place in (LibraryShelf(library), pool))
        assert [b.score for b in found] == [b.score for b in again]
        for one, other in zip(found, again, strict=True):
            assert one.relations == other.relations
            for name, choice in one.choices.items():
                same = other.choices[name]
                assert (choice.material and choice.material.id) == (same.material and same.material.id)
                assert (choice.why, choice.runners_up, choice.wording) == (same.why, same.runners_up, same.wording)
                assert (choice.total, dict(choice.removed)) == (same.total, dict(same.removed))


def test_a_brands_mark_is_shown_with_its_own_products_only(library: Library) -> None:
    template = compiled('<ddm:logo id="sign"/>')
    names = [match(template, each, LibraryShelf(library))[0].material("sign") for each in PRODUCTS]
    assert [m and m.product for m in names] == ["vase", "bowl"]


def test_a_product_that_is_not_known(library: Library) -> None:
    assert LibraryShelf(library).product("nothing") is None
    assert LibraryShelf(library).product("bowl") == PRODUCTS[1]


def test_what_a_template_may_choose_from(library: Library) -> None:
    workshop, vase = Workshop(library), PRODUCTS[0]
    own = compiled('<ddm:image id="x" where="width ge 1300px"/>')
    assert {m.product for m in workshop.materials(own, vase)} == {"vase"}
    weaker = compiled('<ddm:image id="x" where="width ge 1300px" otherwise="where width ge 1px"/>')
    assert len(workshop.materials(weaker, vase)) > len(workshop.materials(own, vase))
    anyone = workshop.materials(compiled('<ddm:image id="x" from="products"/>'), vase)
    assert [p.id for p in workshop.others(vase, anyone)] == ["bowl"]


def test_bindings_hold_for_all_formats_and_are_kept(library: Library) -> None:
    workshop, vase = Workshop(library), PRODUCTS[0]
    template = compiled('<ddm:image id="x"/><ddm:copy id="title" from="product.title"/>')
    first = workshop.bind(template, vase)
    assert workshop.bind(template, library.product("vase")) is first
    other = workshop.bind(template, vase, {"title": "Given"})[0].choices["title"].wording
    assert other is not None
    assert other.text == "Given"
    assert workshop.bind(template, PRODUCTS[1])[0].choices["x"].product == PRODUCTS[1]
