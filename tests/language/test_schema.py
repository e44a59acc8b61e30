"""The schema for editors: generated from the tables, it takes what is right and refuses what a grammar can see."""

from functools import cache

import pytest
from lxml import etree

from ddm import templates
from ddm.language.operations import OPERATIONS
from ddm.language.parameters import PARSERS
from ddm.language.schema import PATTERNS, schema
from tests.language.test_parameters import RIGHT
from tests.support.templates import MOOD, PICTURE, SHOWN, TITLE, found, source


@cache
def grammar() -> etree.RelaxNG:
    return etree.RelaxNG(etree.fromstring(schema().encode()))


def valid(text: str) -> bool:
    return bool(grammar().validate(etree.fromstring(text.encode())))


@pytest.mark.parametrize("path", templates.shipped().values(), ids=list(templates.shipped()))
def test_shipped_templates_are_valid(path) -> None:
    assert valid(path.read_text("utf-8")), str(grammar().error_log)


WHOLE = (
    PICTURE
    + MOOD
    + TITLE
    + '<ddm:cutout id="hero" where="ratio ge 1" prefer="rank = 0" count="2..4" otherwise="use photo | drop #g"/>'
    + '<ddm:logo id="mark" from="logos"/><ddm:number id="off" from="product.reduction" where="value ge 9%"/>'
    + '<ddm:sequence id="soft"><ddm:shadow kind="cast"/><ddm:crop margin="4%"/></ddm:sequence>',
    SHOWN + '<g id="g" ddm:when="canvas.ratio ge 1"><ddm:repeat object="hero" gap="3u"/>'
    '<image id="i"><ddm:select object="hero"/><ddm:use sequence="soft" when="canvas.ratio ge 2"/></image></g>'
    '<text id="t" font-family="Inter">A<ddm:select object="title"/><ddm:place left="5% weak" below="#g 2u"/></text>'
    '<o:x xmlns:o="urn:other" o:y="1"><o:z/></o:x><metadata><a/></metadata>',
)


def test_the_whole_language_is_valid() -> None:
    assert valid(source(*WHOLE)), str(grammar().error_log)


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("<ddm:repeat", "<ddm:repat"),
        ('kind="cast"', 'kind="round"'),
        ('margin="4%"', 'margin="4"'),
        ('margin="4%"', 'margn="4%"'),
        ('count="2..4"', 'count="some"'),
        ('from="product.reduction"', 'from="product.title"'),
        ('region="', 'rigeon="'),
        ('gap="3u"', 'gap="3"'),
        ('left="5% weak"', 'left="5% loud"'),
        ('below="#g 2u"', 'below="g"'),
        ("<ddm:select", "<ddm:matte/><ddm:select"),  # on text
        (' id="mark"', ""),
        ("ddm:when", "ddm:wehn"),
        ("</svg>", "<path/></svg>"),
        ('<ddm:use sequence="soft"', "<ddm:use"),
        ('viewBox="0 0 800 800"', ""),
    ],
)
def test_mutants_are_refused(right: str, wrong: str) -> None:
    text = source(WHOLE[0].replace(' of="photo"', ' of="photo" region="whole"'), WHOLE[1])
    assert valid(text)
    at = text.rindex(right)
    assert not valid(text[:at] + wrong + text[at + len(right) :])


@pytest.mark.parametrize(("kind", "text", "_value"), RIGHT)
def test_what_the_checker_takes_is_valid(kind: str, text: str, _value: object) -> None:
    at = [(row, p) for row in OPERATIONS.values() for p in row.parameters if p.kind == kind and not p.choices]
    for row, parameter in at[:1]:
        needed = "".join(
            f' {p.name}="{p.choices[0] if p.choices else 1}"' for p in row.parameters if p.required and p != parameter
        )
        layer = f'<{row.on[0]} id="x"><ddm:{row.name} {parameter.name}="{text}"{needed}/></{row.on[0]}>'
        assert valid(source("", layer)), str(grammar().error_log)


def test_every_kind_has_a_shape_or_is_any_text() -> None:
    assert set(PATTERNS) <= set(PARSERS) | {"count", "id"}


def test_the_checker_refuses_what_the_schema_refuses() -> None:
    """The schema is a part of the check, never more."""
    assert found(*WHOLE).errors == []


def test_every_operation_is_explained_to_editors() -> None:
    assert all(row.meaning in schema().replace("&lt;", "<").replace("&gt;", ">") for row in OPERATIONS.values())
