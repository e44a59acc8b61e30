"""XML into marked elements: places are exact, and what could harm is refused."""

import gc

import pytest

from ddm.errors import InputError
from ddm.language.source import MAX_BYTES, MAX_DEPTH, MAX_ELEMENTS, Mark, parse

SVG = "http://www.w3.org/2000/svg"


def test_elements_know_their_places() -> None:
    root = parse(f'<svg xmlns="{SVG}" xmlns:d="urn:ddm:1">\n  <g\n d:when="x"/><d:place left="1%"/>\n</svg>', "a.svg")
    group, place = root.children
    assert (root.mark, group.mark, place.mark) == (Mark("a.svg", 1, 1), Mark("a.svg", 2, 3), Mark("a.svg", 3, 14))
    assert (root.space, group.space, place.space) == (SVG, SVG, "urn:ddm:1")
    assert group.attributes == {"urn:ddm:1 when": "x"}
    assert place.attributes == {"left": "1%"}
    assert str(place.mark) == "a.svg:3:14"


def test_text_is_gathered_around_children() -> None:
    assert parse("<t>A &amp; B<b>no</b> C</t>").text == "A & B C"


def test_columns_count_characters_not_bytes_of_ascii_lines() -> None:
    assert parse("<a>\n\t<b/></a>").children[0].mark == Mark("template", 2, 2)


@pytest.mark.parametrize(
    ("text", "what", "where"),
    [
        ("<a>\n <b></a>", "mismatched tag", "f.svg:2:7"),
        ("", "no element found", "f.svg:1:1"),
        ("<a/><b/>", "junk", "f.svg:1:5"),
        ("<a>&nbsp;</a>", "undefined entity", "f.svg:1:4"),
        ("<a>\0</a>", "not well-formed", "f.svg:1:4"),
        ("<x:a/>", "unbound prefix", "f.svg:1:1"),
        ("<a b='1' b='2'/>", "duplicate attribute", "f.svg:1:10"),
    ],
)
def test_broken_xml_has_a_place(text: str, what: str, where: str) -> None:
    with pytest.raises(InputError, match=what) as caught:
        parse(text, "f.svg")
    assert caught.value.where == where


LAUGHS = '<!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;&x;">]><a>&y;</a>'
OUTSIDE = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'


@pytest.mark.parametrize("text", [LAUGHS, OUTSIDE, "<!DOCTYPE svg><svg/>"])
def test_document_types_and_with_them_entities_are_refused(text: str) -> None:
    with pytest.raises(InputError, match="document type") as caught:
        parse(text, "f.svg")
    assert caught.value.where.startswith("f.svg:1:")
    assert "DOCTYPE" in caught.value.mend


def nested(depth: int) -> str:
    return "<g>" * depth + "</g>" * depth


def many(count: int) -> str:
    return "<a>" + "<b/>" * (count - 1) + "</a>"


def long(size: int) -> str:
    return "<a>" + "x" * (size - 7) + "</a>"


@pytest.mark.parametrize(
    ("make", "limit", "what"),
    [(nested, MAX_DEPTH, "nested deeper"), (many, MAX_ELEMENTS, "elements"), (long, MAX_BYTES, "larger than")],
)
def test_limits_hold_exactly(make, limit: int, what: str) -> None:
    parse(make(limit))
    with pytest.raises(InputError, match=what):
        parse(make(limit + 1))


def test_bytes_are_counted_not_characters() -> None:
    with pytest.raises(InputError, match="larger than"):
        parse("<a>" + "图" * (MAX_BYTES // 3) + "</a>")


def test_a_lone_surrogate_is_refused() -> None:
    with pytest.raises(InputError, match="surrogate at character 5"):
        parse("<a>x\ud800</a>")


def test_nothing_is_left_for_the_search_for_garbage() -> None:
    """The parser and what it builds hold one another; templates by the thousand would pile up."""
    gc.collect()
    parse("<svg><g/></svg>")
    assert gc.collect() == 0
