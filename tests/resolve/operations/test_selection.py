"""`pick` and `repeat`: more than one of an object's candidates."""

from __future__ import annotations

from decimal import Decimal

from ddm.acquire.product import Money
from ddm.svg.tree import Image
from tests.support.materials import material, product
from tests.support.resolving import images, resolved, texts
from tests.support.templates import compiled

POOL = [material("a", rank=0.0), material("b", rank=1.0), material("c", rank=2.0)]
PHOTO = '<ddm:image id="photo" prefer="rank asc"/>'


def picked(operation: str) -> list[Image]:
    layer = f'<image id="p"><ddm:select object="photo"/>{operation}</image>'
    return images(resolved(compiled(PHOTO, layer, name=f"t{hash(layer)}"), "square-800", POOL).document)


def test_pick_takes_the_nth_candidate() -> None:
    assert "61616161" in picked('<ddm:pick nth="1"/>')[0].href
    assert "62626262" in picked('<ddm:pick nth="2"/>')[0].href


def test_pick_may_rank_anew() -> None:
    assert "63636363" in picked('<ddm:pick nth="1" by="rank desc"/>')[0].href


def test_a_layer_without_a_candidate_is_left_out() -> None:
    assert picked('<ddm:pick nth="4"/>') == []


ITEMS = '<ddm:cutout id="items" count="2..3"/>'
ROW = '<g id="row"><ddm:repeat object="items" gap="0u"/><image id="item"><ddm:select object="items"/></image></g>'


def repeated(objects: str = ITEMS, row: str = ROW) -> object:
    return resolved(compiled(objects, row, name=f"t{hash(objects + row)}"), "square-800", POOL).document


def test_a_group_is_drawn_once_for_each_item() -> None:
    found = images(repeated())  # type: ignore[arg-type]
    assert [image.meta.id for image in found] == ["item-1", "item-2", "item-3"]
    assert len({image.href for image in found}) == 3


def test_items_share_the_frame() -> None:
    found = images(repeated())  # type: ignore[arg-type]
    thirds = [int(image.box.centre[0] // (800 / 3)) for image in found]
    assert thirds == [0, 1, 2]


def test_no_more_than_asked() -> None:
    row = ROW.replace("<ddm:repeat ", '<ddm:repeat most="2" ')
    assert len(images(repeated(row=row))) == 2  # type: ignore[arg-type]


def test_no_item_at_all_leaves_the_row_empty() -> None:
    objects = ITEMS.replace("/>", ' where="subject.area ge 99%" otherwise="drop"/>')
    row = ROW.replace('<image id="item">', '<image id="item" ddm:when="canvas.ratio gt 0">')
    for direction in ("across", "down", "grid"):
        drawn = repeated(objects, row.replace("gap=", f'direction="{direction}" gap='))
        assert images(drawn) == []  # type: ignore[arg-type]


def test_copy_of_each_item() -> None:
    objects = ITEMS + '<ddm:copy id="price" from="product.price" of="items"/>'
    row = ROW.replace(
        "</g>", '<text id="cost"><ddm:place height="20%" rise="bottom"/><ddm:select object="price"/></text></g>'
    )
    template = compiled(objects, row, name="copy-of-items")
    found = resolved(template, "square-800", POOL, product(price=Money(Decimal("39"), "USD"))).document
    assert [text.text for text in texts(found)] == ["$39"] * 3


def test_references_stay_within_the_item() -> None:
    objects = ITEMS + '<ddm:copy id="price" from="product.price" of="items"/>'
    inside = (
        '<image id="item"><ddm:place height="60%" rise="top"/><ddm:select object="items"/></image>'
        '<text id="cost"><ddm:place below="#item"/><ddm:select object="price"/></text>'
    )
    row = f'<g id="row"><ddm:repeat object="items" direction="down" gap="0u"/>{inside}</g>'
    found = resolved(compiled(objects, row, name="within"), "square-800", POOL).document
    thirds = [int(text.y // (800 / 3)) for text in texts(found)]
    assert thirds == [0, 1, 2]
