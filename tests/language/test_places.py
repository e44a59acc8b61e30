"""Places: every value, name and part of a value is found in the file as it was written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ddm.language.source import Mark, parse

DDM = 'xmlns:ddm="urn:ddm:1" xmlns:o="urn:other"'


def column(text: str, key: str, part: str = "") -> int:
    return parse(text).place(key, part).mark.column


def test_a_tag_is_at_its_bracket() -> None:
    (inner,) = parse("<a>\n  <b/></a>").children
    assert inner.place() == (Mark("template", 2, 3), "<b")


def test_a_value_is_after_its_quote() -> None:
    assert column('<a x="1"/>', "x") == 7
    assert column("<a x = '1'/>", "x") == 9


def test_a_name_is_where_it_is_written() -> None:
    assert parse(f'<a {DDM} ddm:when="x"/>').key("urn:ddm:1 when").text == "ddm:when"


def test_a_part_of_a_value() -> None:
    assert column('<a when="a ge 1 and b"/>', "when", "b") == 21


def test_prefixes_are_told_apart() -> None:
    text = f'<a {DDM} o:when="1" ddm:when="2"/>'
    assert parse(text).place("urn:ddm:1 when").text == "2"
    assert column(text, "urn:ddm:1 when") == text.index('"2"') + 2


def test_brackets_and_quotes_inside_values() -> None:
    text = """<a b="x>y" c='"q" d="0"' d="1"/>"""
    assert column(text, "d") == text.index('"1"') + 2


def test_lines_inside_a_tag() -> None:
    place = parse('<a\n  x="1"\r\n\ty="a\nbc"/>').place("y", "c")
    assert (place.mark.line, place.mark.column) == (4, 2)


@pytest.mark.parametrize(("written", "column"), [("&lt;b", 11), ("&#x41;b", 13), ("\U0001f600b", 8), ("图b", 8)])
def test_entities_and_wide_characters_before_a_part(written: str, column: int) -> None:
    assert parse(f'<a x="{written}"/>').place("x", "b").mark.column == column


def test_what_is_not_there_is_at_the_tag() -> None:
    assert parse("<a/>").place("x") == (Mark("template", 1, 1), "<a")


SAFE = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"], exclude_characters="<&\"'"), max_size=6)


@given(st.lists(SAFE, min_size=1, max_size=5, unique=True), st.sampled_from(["\n", " ", "\t", "\r\n  "]))
def test_what_is_written_is_found(values: list[str], space: str) -> None:
    text = "<a" + "".join(f'{space}k{n}="{value}"' for n, value in enumerate(values)) + "/>"
    root, lines = parse(text), text.replace("\r\n", "\n").split("\n")
    for n, value in enumerate(values):
        mark, found = root.place(f"k{n}")
        assert found == value
        assert lines[mark.line - 1][mark.column - 1 :].startswith(value + '"')
