"""What happens when nothing matches: a chain of steps, tried in order, each told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ddm.errors import Unfit
from ddm.language.template import Fallback
from ddm.match import Pool, bindings, match
from tests.support.matching import best, chosen, refused
from tests.support.materials import material, product
from tests.support.templates import compiled

BIG = 'where="width ge 9999px"'


def test_refuse_is_the_end_of_every_chain() -> None:
    reason = "no image for 'x': 0 of 1 (width ge 9999px removed 1)"
    assert refused(f'<ddm:image id="x" {BIG}/>', [material("a")]) == reason
    assert refused(f'<ddm:image id="x" {BIG} otherwise="refuse"/>', [material("a")]) == reason
    assert refused(f'<ddm:image id="x" {BIG} otherwise="where width ge 8888px"/>', [material("a")]) == reason


def test_a_weaker_condition() -> None:
    found = best(f'<ddm:image id="x" {BIG} otherwise="where width ge 99px | drop"/>', [material("a")]).choices["x"]
    assert found.material is not None
    assert found.why[:3] == (
        "no image for 'x': 0 of 1 (width ge 9999px removed 1)",
        "instead: width ge 99px",
        "width ge 99px holds",
    )


def test_it_is_not_asked_where_the_first_condition_finds_something() -> None:
    pool = [material("a", width=50), material("b", width=500)]
    weaker = '<ddm:image id="x" where="width ge 99px" prefer="width asc" otherwise="where width ge 1px"/>'
    assert chosen(best(weaker, pool)) == {"x": "b"}


def test_another_objects_choice() -> None:
    found = best(f'<ddm:image id="x" {BIG} otherwise="use y"/><ddm:image id="y"/>', [material("a")])
    assert chosen(found) == {"x": "a", "y": "a"}
    assert "uses what 'y' got" in found.choices["x"].why


def test_an_object_that_was_dropped_is_of_no_use() -> None:
    objects = f'<ddm:image id="x" {BIG} otherwise="use y | drop"/><ddm:image id="y" {BIG} otherwise="drop"/>'
    found = best(objects, [material("a")])
    assert found.dropped == {"x", "y"}
    assert "'y' has nothing to use" in found.choices["x"].why


def test_dropping_leaves_out_the_layers_that_select_it() -> None:
    found = best(f'<ddm:image id="x" {BIG} otherwise="drop"/>', [material("a")])
    assert (found.dropped, found.gone, found.material("x")) == ({"x"}, frozenset(), None)
    assert found.choices["x"].why == (
        "no image for 'x': 0 of 1 (width ge 9999px removed 1)",
        "its layers are dropped",
    )
    assert dict(found.choices["x"].removed) == {"width ge 9999px": 1}


def test_dropping_other_layers_with_it() -> None:
    objects = f'<ddm:image id="x" {BIG} otherwise="drop #frame #ribbon"/>'
    layers = '<rect id="frame" width="9" height="9"/><rect id="ribbon" width="9" height="9"/>'
    found = bindings(compiled(objects, layers), product(), [material("a")])[0]
    assert found.gone == {"frame", "ribbon"}
    assert found.dropped == {"x"}
    assert "its layers are dropped, and #frame #ribbon" in found.choices["x"].why


def test_copy_is_refused_or_dropped_or_replaced() -> None:
    none = product(copy={})
    line = '<ddm:copy id="line" from="copy.tagline"/>'
    assert refused(line, product=none) == "no copy for 'line': vase has none of copy.tagline that fits"
    assert best(line.replace("/>", ' otherwise="drop"/>'), product=none).dropped == {"line"}
    other = line.replace("/>", ' otherwise="use title"/>') + '<ddm:copy id="title" from="product.title"/>'
    found = best(other, product=none)
    assert chosen(found) == {"line": "Terracotta Vase", "title": "Terracotta Vase"}
    assert found.choices["line"].why[1] == "uses what 'title' got"


def test_two_that_would_use_each_other_come_to_an_end() -> None:
    """The checker finds such a circle; matching does not hang on one."""
    template = compiled('<ddm:copy id="a" from="copy.cta"/><ddm:copy id="b" from="copy.badge"/>')
    circle = {
        name: replace(spec, otherwise=(Fallback("use", use=other),))
        for (name, spec), other in zip(template.objects.items(), "ba", strict=True)
    }
    with pytest.raises(Unfit, match="no copy for 'a'"):
        match(replace(template, objects=circle), product(copy={}), Pool([]))


def test_numbers_by_their_value() -> None:
    number = '<ddm:number id="off" from="product.saving" where="value ge 20" otherwise="where value ge 10 | drop"/>'
    found = best(number).choices["off"]  # 52 - 39
    assert found.wording is not None
    assert found.wording.text == "$13"
    assert found.why[:2] == (
        "no number for 'off': product.saving is 13; value ge 20 does not hold",
        "instead: value ge 10",
    )
    assert best(number, product=product(list_price=None)).dropped == {"off"}
