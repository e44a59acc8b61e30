"""`format`: numbers as their language writes them, with words around them, never cut."""

from __future__ import annotations

import pytest

from ddm.resolve.wording import set_off
from tests.support.copying import result, said, stack, text
from tests.support.materials import product
from tests.support.resolving import drawn, texts

PRICE = '<ddm:number id="price" from="product.price"/>'
STARS = '<ddm:number id="off" from="product.reduction"/>'


def shown(format_: str, object: str = "price", **changes: object) -> str:
    layer = stack(text("t", object, 40, f"<ddm:format {format_}/>"))
    return said(result(layer, objects=PRICE + STARS, **changes).document, "t")  # type: ignore[arg-type]


def test_money_is_written_as_currency() -> None:
    assert shown('as="currency"') == "$39"
    assert shown('as="currency" digits="2"') == "$39.00"


def test_and_as_the_language_writes_it() -> None:
    assert shown('as="percent"', "off", language="de") == "25\N{NO-BREAK SPACE}%"


def test_words_stand_around_it() -> None:
    assert shown('as="currency" before="only" after="each"') == "only $39 each"


@pytest.mark.parametrize(
    ("before", "after", "whole"),
    [("from", "", "from 39"), ("-", "+", "-39+"), ("(", ")", "(39)"), ("仅", "元", "仅39元"), ("", "each", "39 each")],
)
def test_only_words_are_set_off_by_a_space(before: str, after: str, whole: str) -> None:
    assert set_off(before, "39", after) == whole


def test_a_day_is_written_as_the_language_does() -> None:
    objects = '<ddm:copy id="until" from="copy.until"/>'
    layer = '<text id="t" font-size="40">x<ddm:select object="until"/><ddm:format as="date" before="Until"/></text>'
    until = {"until": "2026-12-24"}
    (english,) = texts(drawn(objects, layer, product=product(copy=until)))
    assert english.text == "Until Dec 24, 2026"
    (german,) = texts(drawn(objects, layer.replace("Until", "Bis"), product=product(copy=until, language="de")))
    assert german.text == "Bis 24.12.2026"
