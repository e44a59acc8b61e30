"""The checker: every mistake is found, all at once, each with its place and what would be right."""

from pathlib import Path

import pytest

from ddm.errors import InputError
from ddm.language.compile import compile_text, load
from ddm.language.lengths import Length
from ddm.language.parameters import Range
from tests.support.templates import MOOD, PICTURE, SHOWN, TITLE, compiled, found, source

GROUP = '<g id="g">{}</g>'
TEXT = '<text id="t">Sample{}</text>'
SELECT = '<ddm:select object="title"/>'


def image(inside: str, attributes: str = "") -> str:
    return f'<image id="i" {attributes}><ddm:select object="photo"/>{inside}</image>'


def rect(inside: str = "", attributes: str = "") -> str:
    return f'<rect id="r" {attributes}>{inside}</rect>'


OPERATIONS = [
    (GROUP.format("<ddm:stak/>"), "unknown operation 'stak'", "did you mean 'stack'?"),
    (GROUP.format("<ddm:matte/>"), "matte cannot act on <g>", "it acts on image"),
    (image('<ddm:crop margn="1%"/>'), "crop has no parameter 'margn'", "did you mean 'margin'?"),
    (image("<ddm:rotate/>"), "rotate needs 'by'", "Clockwise."),
    (image('<ddm:rotate by="60"/>'), "rotate by: 60 is outside -45 to 45", ""),
    (image('<ddm:crop margin="1"/>'), "crop margin: '1' is not a share; write 45%", ""),
    (image('<ddm:place left="1"/>'), "place left: '1' is not a length", ""),
    (image('<ddm:place subject="left"/>'), "place subject: 'left' is not a place", ""),
    (image('<ddm:place subject-size="0%"/>'), "place subject-size: '0%' is not a range", ""),
    (rect('<ddm:recolour from="mood" role="acent"/>'), "recolour role: 'acent' is not one of", ""),
    (rect('<ddm:recolour from="photo" role="accent"/>'), "no palette is called 'photo'", "one of mood"),
    (image('<ddm:select object="title"/>'), "no image or cutout is called 'title'", "one of photo"),
    (TEXT.format('<ddm:select object="photo"/>'), "no copy is called 'photo'", "one of title"),
    (TEXT.format('<ddm:select object="titel"/>'), "no copy is called 'titel'", "did you mean 'title'?"),
    (image("<ddm:crop><ddm:mirror/></ddm:crop>"), "crop holds nothing, but here it holds 'mirror'", "move it out"),
    ('<image id="i"/>', "this image selects no object", 'add <ddm:select object="…"/>'),
    (GROUP.format("<ddm:stack/>" + SHOWN), "<image> cannot stand in a stack", "put it beside the group"),
    (GROUP.format("<ddm:stack/><switch/>"), "<switch> cannot stand in a stack", "put it beside the group"),
    (GROUP.format('<ddm:stack/><g id="h"/>'), "this group stands in a stack, but is none", "add <ddm:stack/>"),
    (GROUP.format("<ddm:stack/>" + TEXT.format('<ddm:place top="9%"/>')), "place has no effect in a stack", "group"),
    (GROUP.format("<ddm:stack/>" + rect('<ddm:rotate by="9"/>')), "rotate has no effect in a stack", "group"),
    (GROUP.format('<ddm:place in="calm"/>'), "<g> has no copy to place in calm", "add <ddm:stack/>"),
    ("<ddm:mirror/>", "'mirror' does not stand at the top", "put it into the element it acts on"),
    ("<ddm:object/>", "'object' does not stand at the top", "did you mean 'objects'?"),
    ('<x xmlns="urn:ddm:2"/>', "the language 'urn:ddm:2' is not known", "write urn:ddm:1"),
]
CONDITIONS = [
    # on a layer with a picture, names are of the canvas, of its own picture, or of a named one
    (image('<ddm:mirror when="canvas.ratoi ge 2"/>'), "unknown name 'canvas.ratoi'", "did you mean 'canvas.ratio'?"),
    (image('<ddm:mirror when="ratio &amp; 2"/>'), "cannot read the condition 'ratio & 2' at its column 7", "such as"),
    (image('<ddm:mirror when="subject.facing = up"/>'), "in 'subject.facing = up': subject.facing is one of", ""),
    (image('<ddm:mirror when="text.area ge 2px"/>'), "text.area is in %, not in px", ""),
    (image('<ddm:mirror when="ratio in 2..1"/>'), "nothing lies between 2 and 1", ""),
    (image('<ddm:keep where="photo.raito ge 2"/>'), "unknown name 'photo.raito'", "did you mean 'photo.ratio'?"),
    (image("", 'ddm:when="text.aera ge 2%"'), "unknown name 'text.aera'", "did you mean 'text.area'?"),
    # a group has no picture of its own, so such a condition could never hold
    (GROUP.format('<ddm:keep where="text.area ge 2%"/>'), "unknown name 'text.area' for a layer without a picture", ""),
    (rect("", 'ddm:when="subject.area ge 2%"'), "unknown name 'subject.area'", "'photo.subject.area'"),
    # copy has no attributes
    (GROUP.format('<ddm:keep where="title.width ge 2"/>'), "unknown name 'title.width'", "did you mean"),
    (rect("", 'ddm:wehn="canvas.ratio ge 2"'), "<rect> has no attribute 'ddm:wehn'", "only ddm:when"),
]
ATTRIBUTES = [
    (rect(attributes='width="100%"'), "width: '100%' cannot be read", "write a plain number"),
    (rect(attributes='height="-1"'), "height: '-1' cannot be read", "0 or more"),
    (rect(attributes='x="1e9"'), "x: '1e9' cannot be read", "a plain number"),
    (rect(attributes='fill="red"'), "fill: 'red' cannot be read", "write #rrggbb"),
    (rect(attributes='opacity="1.5"'), "opacity: '1.5' cannot be read", "a number from 0 to 1"),
    (TEXT.replace("<text", '<text font-weight="bold"').format(""), "font-weight: 'bold' cannot be read", "100, 200"),
    (TEXT.replace("<text", '<text font-size="2em"').format(""), "font-size: '2em' cannot be read", "a plain number"),
    (TEXT.replace("<text", '<text letter-spacing="2"').format(""), "letter-spacing: '2' cannot be read", "0.02em"),
    (TEXT.replace("<text", '<text font-family="Intre"').format(""), "no font family 'Intre'", "did you mean 'Inter'?"),
    ('<rect id="a b"/>', "id: 'a b' cannot be read", "one word"),
    ('<g id="a"/><g id="a"/>', "the id 'a' is used twice", "an id of its own"),
    ('<path id="p" d="M0 0"/>', "<path> does not resolve to plain SVG", "use one of circle, ellipse"),
    (TEXT.format("<tspan>x</tspan>"), "<tspan> does not resolve to plain SVG", "use one of"),
]


@pytest.mark.parametrize(("layer", "what", "mend"), OPERATIONS + CONDITIONS + ATTRIBUTES)
def test_a_mistake_in_a_layer_is_found(layer: str, what: str, mend: str) -> None:
    errors = found(PICTURE + MOOD + TITLE, layer).errors
    assert any(what in error.what and mend in error.mend for error in errors), [str(error) for error in errors]
    assert {(error.mark.file, error.mark.line) for error in errors} == {("t.svg", 3)}


@pytest.mark.parametrize("layer", [layer for layer, *_ in OPERATIONS + CONDITIONS + ATTRIBUTES])
def test_one_mistake_is_one_error(layer: str) -> None:
    assert len(found(PICTURE + MOOD + TITLE, layer).errors) == 1


ROOTS = [
    ('viewBox=""', "needs a viewBox"),
    ('viewBox="0 0 800"', "needs a viewBox"),
    ('viewBox="0 0 0 800"', "needs a viewBox"),
    ('viewBox="0 0 nan 800"', "needs a viewBox"),
    ('viewBox="0 0 1e200 1e200"', "needs a viewBox"),
    ('viewBox="0 0 8 8" ddm:ratios="wide"', "'wide' is not a range of ratios"),
    ('viewBox="0 0 8 8" ddm:ratios="2..1"', "'2..1' is not a range of ratios"),
    ('viewBox="0 0 8 8" ddm:ratio="1..2"', "no attribute 'ddm:ratio'"),
]


@pytest.mark.parametrize(("attributes", "what"), ROOTS)
def test_a_mistake_in_the_root_is_found(attributes: str, what: str) -> None:
    text = f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:ddm="urn:ddm:1" {attributes}/>'
    (error,) = compile_text(text, "t", "t.svg")[1].errors
    assert what in error.what
    assert error.mend
    assert str(error.mark) == "t.svg:1:1"


@pytest.mark.parametrize(
    ("layer", "what"),
    [
        (rect(attributes='transform="scale(2)"'), "'transform' of <rect> is not resolved"),
        (rect(attributes='style="fill:red"'), "'style' of <rect> is not resolved"),
        ('<g id="g" opacity="0.5"/>', "'opacity' of <g> is not resolved"),
        (image("", 'rx="4"'), "'rx' of <image> is not resolved"),
    ],
)
def test_what_creatives_will_not_show_is_a_warning(layer: str, what: str) -> None:
    findings = found(PICTURE, layer + SHOWN)
    assert [f.what for f in findings if what in f.what and f.severity == "warning"]
    assert findings.errors == []


def test_an_unused_object_is_a_warning() -> None:
    (warning,) = found(PICTURE)
    assert (warning.severity, warning.what) == ("warning", "the object 'photo' is never used")
    assert found(PICTURE + MOOD, rect('<ddm:recolour from="mood" role="soft"/>')) == []  # its palette uses it
    assert found(PICTURE, rect("", 'ddm:when="photo.ratio ge 1"')) == []  # a condition uses it


def test_a_good_template_has_no_findings() -> None:
    assert (
        found(PICTURE + MOOD + TITLE, SHOWN + rect('<ddm:recolour from="mood" role="soft"/>') + TEXT.format(SELECT))
        == []
    )


def test_all_findings_come_at_once_with_their_columns() -> None:
    text = source('<ddm:image id="a" where="widht ge 1"/>', '<g id="x"><ddm:stak/></g><rect id="x" fill="red"/>')
    with pytest.raises(InputError) as caught:
        compile_text(text, "t", "t.svg")[1].raise_errors()
    told = str(caught.value)
    for place in (
        "t.svg:2:14: unknown name 'widht'",
        "t.svg:3:11: error: unknown operation",
        "t.svg:3:26: error: the id",
    ):
        assert place in told
    assert "did you mean 'width'?" in told
    assert "fill: 'red'" in told


def test_another_root_is_refused() -> None:
    for text in ("<html/>", '<svg viewBox="0 0 8 8"/>', '<g xmlns="http://www.w3.org/2000/svg"/>'):
        with pytest.raises(InputError, match="the root is <"):
            compile_text(text)


def test_foreign_namespaces_are_left_alone() -> None:
    assert found("", '<o:thing xmlns:o="urn:other" o:when="?"/><g id="g"><o:x xmlns:o="urn:other"/></g>') == []


# ------------------------------------------------------------------------------------------------ what is compiled


def test_calls_are_typed_and_have_their_defaults() -> None:
    template = compiled(
        PICTURE, image('<ddm:place subject-size="40%..60%" left="2u" when="canvas.ratio ge 2"/><ddm:crop/>')
    )
    place = template.layers[0].call("place")
    assert place is not None
    assert place.parameters["subject-size"] == Range(0.4, 0.6)
    assert place.parameters["left"] == Length(2, "u")
    assert place.parameters["safe"] is False
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
    text = source(PICTURE, SHOWN + "<desc>For\n all</desc><metadata>x</metadata>", 'ddm:ratios="0.5..2"')
    template, _ = compile_text(text.replace("<ddm:objects>", "<title> The  T </title><ddm:objects>"), "name")
    assert (template.id, template.title, template.description) == ("name", "The T", "For all")
    assert template.ratios == (0.5, 2)
    assert tuple(template.canvas) == (0, 0, 800, 800)
    assert [element.tag for element in template.elements()] == ["image"]


def test_layers_without_id_are_named_by_their_line() -> None:
    assert [e.id for e in compiled("", '<g>\n<rect width="2" height="2"/></g>').elements()] == ["g-3", "rect-4"]


def test_the_same_text_compiles_to_the_same_template() -> None:
    one, other = (compiled(PICTURE + MOOD + TITLE, SHOWN) for _ in range(2))
    assert one == other
    assert one.sha256 == other.sha256
    assert compiled(PICTURE + MOOD, SHOWN).sha256 != one.sha256


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
