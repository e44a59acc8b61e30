"""Hostile templates: refused, or told in bounded space; none takes long (the time is watched by hand)."""

import pytest

from ddm.errors import InputError
from ddm.language.compile import compile_text
from ddm.language.findings import MOST
from ddm.language.source import MAX_ATTRIBUTES, MAX_BYTES, MAX_VALUE
from tests.support.templates import OPEN, PICTURE, found, source


def codes(objects: str = "", layers: str = "") -> set[str]:
    return {finding.code for finding in found(objects, layers)}


MANY = " ".join(f"a{n}='1'" for n in range(MAX_ATTRIBUTES + 1))


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (f"{OPEN}>" + "<g/>" * 200_000 + "</svg>", "more than 5000 elements"),
        (f"{OPEN}>" + "<g/>" * 1_000_000 + "</svg>", f"larger than {MAX_BYTES:,} bytes"),
        (f"{OPEN}>" + "<g>" * 100_000, "nested deeper than 40"),
        (f"{OPEN}><g {MANY}/></svg>", "more than 64 attributes"),
        (f'{OPEN}><g ddm:when="{"a" * (MAX_VALUE + 1)}"/></svg>', "'when' is longer than 4000 characters"),
        ('<!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;&x;">]><a>&y;</a>', "a document type declaration"),
    ],
)
def test_refused_at_the_door(text: str, what: str) -> None:
    with pytest.raises(InputError, match=what):
        compile_text(text)


def test_a_sample_may_hold_its_picture() -> None:
    image = f'<image id="i" href="data:image/png;base64,{"A" * 100_000}"><ddm:select object="photo"/></image>'
    assert found(PICTURE, image) == []


def test_no_more_findings_are_told_than_are_read() -> None:
    findings = found(layers="".join(f"<g><ddm:stak{n}/></g>" for n in range(1_000)))
    assert len(findings) == MOST + 1
    assert findings[-1].code == "too-many"


def test_laughing_sequences() -> None:
    """Nine levels of sixty uses each would be sixty to the ninth."""
    levels = "".join(
        f'<ddm:sequence id="s{n}">' + f'<ddm:use sequence="s{n + 1}"/>' * 60 + "</ddm:sequence>" for n in range(9)
    )
    assert "too-many" in codes(levels, '<g id="g"><ddm:use sequence="s0"/></g>')


def test_wide_sequences_in_many_layers() -> None:
    wide = '<ddm:sequence id="s">' + '<ddm:keep where="canvas.ratio ge 1"/>' * 60 + "</ddm:sequence>"
    assert "too-many" in codes(wide, '<g><ddm:use sequence="s"/></g>' * 1_000)


def test_one_circle_of_thousands() -> None:
    count = 1_500
    layers = "".join(f'<rect id="a{n}"><ddm:size of="#a{(n + 1) % count}"/></rect>' for n in range(count))
    cycle, many = found(layers=layers)
    assert (cycle.code, many.code) == ("cycle", "too-many")
    assert len(cycle.what) < 200


def test_a_condition_of_very_many_ways() -> None:
    ways = " and ".join(f"(canvas.width ge {n} or canvas.height ge {n})" for n in range(100, 125))
    assert codes(layers=f'<g ddm:when="{ways}"/>') == set()


def test_thousands_of_wishes() -> None:
    assert "too-many" in codes(f'<ddm:image id="a" prefer="{"ratio ge 1," * 360}"/>')


def test_names_are_shortened_where_they_are_told() -> None:
    name = "x" * 3_000
    findings = found(
        f'<ddm:image id="a" where="{name[:1900]} ge 1" against="{name}"/>', f"<g><ddm:{name}/></g><{name}/>"
    )
    assert len(findings.errors) == 4
    assert all(len(f.what) < 200 for f in findings)


@pytest.mark.parametrize(
    "text", [source("", '<g id="&#10;&#9;x"/>'), source("", '<g id="\u202eevil"/>'), "<svg/>\ufeff"]
)
def test_strange_characters(text: str) -> None:
    try:
        findings = compile_text(text)[1]
    except InputError:
        return
    assert all("\n" not in str(f) for f in findings)


def test_a_text_that_no_picture_could_hold() -> None:
    assert "too-many" in codes(layers=f"<text>{'ha ' * 400}</text>")
