"""Copy in other scripts: more leading where letters need it, ranged where reading starts."""

from __future__ import annotations

import pytest

from tests.support.copying import lines, result, stack, text, tops
from tests.support.materials import product
from tests.support.resolving import drawn, texts

FIT = '<ddm:fit lines="3"/>'


def leading(title: str) -> float:
    layer = stack(text("t", "title", 60, FIT), place='left="0px" width="300px"')
    first, second, *_ = lines(result(layer, title=title).document, "t")
    return (second[0].y - first[0].y) / first[0].size


def test_chinese_and_arabic_need_more_leading() -> None:
    latin = leading("A quiet vase for one")
    assert 1.05 < latin < 1.2
    assert leading("绿意自上而来，清新每一天") > latin
    assert leading("مزهرية هادئة لغصن واحد فقط") > latin


@pytest.mark.parametrize(("language", "ends"), [("en", False), ("ar", True), ("he-IL", True)])
def test_copy_is_ranged_where_reading_starts(language: str, ends: bool) -> None:
    layer = stack(text("a", "title", 60), text("b", "cta", 30))
    document = result(layer, title="مزهرية هادئة", language=language).document
    (long, *_), (short, *_) = lines(document, "a"), lines(document, "b")
    right = long[-1].x + long[-1].width, short[-1].x + short[-1].width
    left = long[0].x, short[0].x
    assert (right[0] == pytest.approx(right[1], abs=0.5)) is ends
    assert (left[0] == pytest.approx(left[1], abs=0.5)) is not ends


def test_rows_run_as_the_language_does() -> None:
    layer = stack(text("a", "title", 40), text("b", "cta", 40), stack='direction="across"')
    there, back = (tops(result(layer, language=language).document) for language in ("en", "ar"))
    assert there["a"][0] < there["b"][0]
    assert back["a"][0] > back["b"][0]


def test_old_prices_are_struck_through() -> None:
    layer = stack(text("t", "title", attributes='text-decoration="line-through"'))
    (line,) = lines(result(layer).document, "t")
    assert [run.decoration for run in line] == ["line-through"]


def test_signs_of_no_width_set_tight_are_no_narrower_than_nothing() -> None:
    copy = '<ddm:copy id="line" from="product.title"/>'
    layer = '<text id="t" letter-spacing="-0.19em" font-size="40"><ddm:select object="line"/></text>'
    found = drawn(copy, layer, product=product(title="i" + "\u200b" * 60 + "i"))
    assert [one.width for one in texts(found)] == [0.0]
