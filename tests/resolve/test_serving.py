"""Formats that a template cannot serve, and why: known before there is any material."""

from __future__ import annotations

from ddm.formats.catalogue import Format
from ddm.geometry import Box
from ddm.resolve.serving import unserved
from ddm.typeset import typesetter
from tests.support.templates import TITLE, compiled

TEXT = '<text id="t" font-size="40">Terracotta Vase<ddm:place safe="yes"/><ddm:select object="title"/>{}</text>'


def why(layers: str, format_: Format, root: str = "") -> str | None:
    template = compiled(TITLE, layers, root, name=f"s{abs(hash(layers + root))}")
    return unserved(template, [format_], typesetter()).get(format_.id)


def test_a_format_that_is_served_is_not_told() -> None:
    assert why(TEXT.format(""), Format("roomy", "Roomy", 800, 800)) is None


def test_copy_that_finds_no_room_at_the_least_type() -> None:
    found = why(TEXT.format(""), Format("tiny", "Tiny", 60, 20, min_text=12))
    assert found
    assert "does not fit" in found


def test_room_that_reserved_regions_take() -> None:
    rail = Format("rail", "Rail", 300, 100, min_text=20, reserved=(Box(0, 0, 250, 100),))
    assert "does not fit" in (why(TEXT.format(""), rail) or "")


def test_a_ratio_that_is_not_claimed() -> None:
    found = why(TEXT.format(""), Format("strip", "Strip", 900, 90), 'ddm:ratios="0.5..2"')
    assert found == "the template serves ratios 0.5 to 2; strip is 10.00"


def test_no_arrangement() -> None:
    layers = f'<switch id="s"><g id="a" ddm:when="canvas.ratio lt 1">{TEXT.format("")}</g></switch>'
    assert why(layers, Format("wide", "Wide", 900, 300)) == "no arrangement of 's' is for 900x300"


def test_a_format_without_text_wants_none() -> None:
    format_ = Format("bare", "Bare", 800, 800, text="none")
    assert "allows no text" in (why(TEXT.format(""), format_) or "")
    assert why(TEXT.format('<ddm:drop where="format.text = none"/>'), format_) is None


def test_what_only_material_can_decide_is_tried_both_ways() -> None:
    dropped = TEXT.format('<ddm:drop where="product.price gt 5"/>')
    assert why(dropped, Format("tiny", "Tiny", 60, 20, min_text=12)) is None
