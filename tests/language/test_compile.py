"""What is compiled: a Template in which no condition and no parameter is left to parse."""

from pathlib import Path

import pytest

from ddm.errors import InputError
from ddm.language.compile import compile_text, load
from ddm.language.lengths import Length
from ddm.language.parameters import Range, Span
from tests.support.templates import MOOD, PICTURE, SHOWN, TITLE, compiled, source


def image(inside: str) -> str:
    return f'<image id="i"><ddm:select object="photo"/>{inside}</image>'


def test_calls_are_typed_and_have_their_defaults() -> None:
    template = compiled(
        PICTURE, image('<ddm:place subject-size="40%..60%" left="2u" when="canvas.ratio ge 2"/><ddm:crop/>')
    )
    place = template.layers[0].call("place")
    assert place is not None
    assert place.parameters["subject-size"] == Range(0.4, 0.6)
    assert place.parameters["left"] == Span(Length(2, "u"))
    assert place.parameters["safe"] == "no"
    assert "top" not in place.parameters
    assert str(place.when) == "canvas.ratio ge 2"
    crop = template.layers[0].call("crop")
    assert crop is not None
    assert crop.parameters["margin"] == 0.03


def test_the_last_call_of_a_name_counts() -> None:
    template = compiled(PICTURE, image('<ddm:blur sigma="1%"/><ddm:blur sigma="2%"/>'))
    call = template.layers[0].call("blur")
    assert call is not None
    assert call.parameters["sigma"] == 0.02
    assert template.layers[0].call("crop") is None


def test_presentation_attributes_are_inherited_as_in_svg() -> None:
    template = compiled(
        "",
        '<g id="g" fill="#111111" font-weight="700" rx="9"><text id="a">A</text>'
        '<g id="h" fill="#222222"><text id="b" font-weight="400">B</text></g></g>',
        root='font-family="Manrope" fill="#333333"',
    )
    attributes = {element.id: element.attributes for element in template.elements()}
    assert attributes["a"]["fill"] == "#111111"
    assert attributes["b"]["fill"] == "#222222"
    assert (attributes["a"]["font-weight"], attributes["b"]["font-weight"]) == ("700", "400")
    assert attributes["a"]["font-family"] == attributes["b"]["font-family"] == "Manrope"
    assert "rx" not in attributes["a"], "not a property that SVG inherits"


def test_the_head_of_a_template() -> None:
    text = source(PICTURE, SHOWN + "<desc>For\n all</desc><metadata>x</metadata>")
    template, _ = compile_text(text.replace("<ddm:objects>", "<title> The  T </title><ddm:objects>"), "name")
    assert (template.id, template.title, template.description) == ("name", "The T", "For all")
    assert tuple(template.canvas) == (0, 0, 800, 800)
    assert [element.tag for element in template.elements()] == ["image"]


def test_the_same_text_compiles_to_the_same_template() -> None:
    one, other = (compiled(PICTURE + MOOD + TITLE, SHOWN) for _ in range(2))
    assert one == other
    assert one.sha256 == other.sha256
    assert compiled(PICTURE + MOOD, SHOWN).sha256 != one.sha256


def test_all_findings_come_at_once_in_the_order_of_their_places() -> None:
    text = source('<ddm:image id="a" where="widht ge 1"/>', '<g id="x"><ddm:stak/></g><rect id="x" fill="red"/>')
    findings = compile_text(text, "t", "t.svg")[1]
    assert [str(f.mark) for f in findings] == ["t.svg:2:14", "t.svg:2:39", "t.svg:3:11", "t.svg:3:36", "t.svg:3:45"]
    with pytest.raises(InputError) as caught:
        findings.raise_errors()
    told = str(caught.value)
    assert "t.svg:2:39: unknown name 'widht'" in told
    assert "t.svg:3:11: error: unknown operation" in told
    assert "fill: 'red'" in told


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "latin.svg").write_bytes(b"<svg>\xe9</svg>")
    for name in ("none.svg", "latin.svg", "."):
        with pytest.raises(InputError, match="cannot read the template") as caught:
            load(tmp_path / name)
        assert caught.value.where == str(tmp_path / name)


def test_a_file_is_named_in_its_findings(tmp_path: Path) -> None:
    path = tmp_path / "bad.svg"
    path.write_text(source("", "<ddm:mirror/>"))
    with pytest.raises(InputError) as caught:
        load(path)
    assert caught.value.where == f"{path}:3:1"
