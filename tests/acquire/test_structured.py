"""Structured data, whole and broken."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as some

from ddm.acquire.page import parse
from ddm.acquire.structured import build, load_json, local, read

JSON = some.recursive(
    some.none() | some.booleans() | some.integers() | some.text(),
    lambda inner: some.lists(inner, max_size=4) | some.dictionaries(some.text(max_size=8), inner, max_size=4),
    max_leaves=20,
)


@pytest.mark.parametrize(
    "text",
    [
        '{"a": [1, 2,], }',
        '//<![CDATA[\n{"a": [1, 2]}\n//]]>',
        '<!-- {"a": [1, 2]} -->',
        '{"a": /* two */ [1, 2]} // done',
        "{&quot;a&quot;: [1, 2]}",
        '{"a": [1, 2]};',
        '\n\t{"a":\n[1,\n2]}',
    ],
)
def test_broken_json_is_mended(text: str) -> None:
    assert load_json(text) == [{"a": [1, 2]}]


def test_wrong_escapes_and_raw_line_breaks_are_mended() -> None:
    assert load_json('{"a": "it\\\'s\nhere"}') == [{"a": "it's\nhere"}]


def test_text_inside_strings_is_left_alone() -> None:
    assert load_json('{"a": "http://x.de/*,]*/", }') == [{"a": "http://x.de/*,]*/"}]


def test_documents_in_a_row_are_all_read() -> None:
    assert load_json('{"a": 1}\n{"b": 2}') == [{"a": 1}, {"b": 2}]


@pytest.mark.parametrize("text", ["", "{", "nonsense", "[" * 100_000, '{"a": ' * 50_000])
def test_the_hopeless_is_nothing(text: str) -> None:
    assert load_json(text) == []


@given(JSON)
def test_sound_json_is_read_as_it_is(value: object) -> None:
    assert load_json(json.dumps(value)) == [value]


@given(some.text())
def test_no_text_makes_it_fail(text: str) -> None:
    load_json(text)


@given(JSON)
def test_any_json_becomes_nodes(value: object) -> None:
    for node in build([value]):
        node.text("name", "@type", "a")


def test_names_are_local() -> None:
    assert {
        local(name) for name in ("http://schema.org/Offer", "schema:Offer", "https://schema.org/Offer/", "Offer")
    } == {"Offer"}


def test_references_are_followed() -> None:
    nodes = build(
        [{"@graph": [{"@type": "Product", "offers": {"@id": "#o"}}, {"@id": "#o", "@type": "Offer", "price": 5}]}]
    )
    product = next(node for node in nodes if "product" in node.types)
    assert product.nodes("offers")[0].scalars("price") == [5]


def test_references_in_a_circle_are_harmless() -> None:
    nodes = build([{"@id": "#a", "brand": {"@id": "#b"}}, {"@id": "#b", "brand": {"@id": "#a"}}])
    assert nodes[0].nodes("brand")[0].nodes("brand")[0].id == "#a"


MICRODATA = """<div itemscope itemtype="http://schema.org/Product"><h1 itemprop="name">Cup</h1>
  <img itemprop="image" src="cup.jpg"><div itemprop="offers" itemscope itemtype="http://schema.org/Offer">
  <meta itemprop="price" content="12.50"><meta itemprop="priceCurrency" content="EUR"></div></div>"""
RDFA = """<div vocab="https://schema.org/" typeof="Product"><h1 property="name">Cup</h1>
  <img property="image" src="cup.jpg"><div property="offers" typeof="Offer">
  <meta property="price" content="12.50"><meta property="priceCurrency" content="EUR"></div></div>"""


@pytest.mark.parametrize(("syntax", "body"), [("microdata", MICRODATA), ("RDFa", RDFA)])
def test_all_syntaxes_give_the_same_nodes(syntax: str, body: str) -> None:
    nodes = read(parse(body.encode(), "http://x.de/"), "http://x.de/")[syntax]
    product = next(node for node in nodes if "product" in node.types)
    offer = product.nodes("offers")[0]
    assert (product.text("name"), offer.text("price"), offer.text("priceCurrency")) == ("Cup", "12.50", "EUR")
