"""Conditions on layers and operations: of whom they speak, and that they can hold and can fail."""

import pytest

from ddm.language.reading import MAX_WRITTEN
from tests.support.templates import PICTURE, SHOWN, TITLE, found, told


def image(attributes: str = "", inside: str = "") -> str:
    return f'<image id="i" {attributes}><ddm:select object="photo"/>{inside}</image>'


def rect(when: str, name: str = "r") -> str:
    return f'<rect id="{name}" ddm:when="{when}"/>'


MISTAKES = [
    # on a layer with a picture, names are of the canvas, of its own picture, or of a named one
    (image(inside='<ddm:mirror when="canvas.ratoi ge 2"/>'), "unknown-name", "canvas.ratoi", "'canvas.ratio'"),
    (image(inside='<ddm:keep where="photo.raito ge 2"/>'), "unknown-name", "photo.raito", "'photo.ratio'"),
    (image('ddm:when="text.aera ge 2%"'), "unknown-name", "text.aera", "'text.area'"),
    # a group has no picture of its own
    ('<g id="g"><ddm:keep where="text.area ge 2%"/></g>', "unknown-name", "text.area", "'photo.text.area'"),
    (rect("subject.area ge 2%"), "unknown-name", "subject.area", "'photo.subject.area'"),
    # copy has no attributes
    (rect("title.width ge 2"), "unknown-name", "title.width", "did you mean"),
    (rect("value ge 2"), "unknown-name", "value", ""),
    (image(inside='<ddm:mirror when="ratio and"/>'), "wrong-condition", "", "such as"),
    (image(inside='<ddm:mirror when="subject.facing = up"/>'), "wrong-type", "subject.facing", ""),
    (image(inside='<ddm:mirror when="text.area ge 2px"/>'), "wrong-type", "text.area", ""),
    (rect("photo.ratio lt canvas.width"), "wrong-type", "photo.ratio", ""),
    (rect("canvas.ratio lt photo.width.x"), "unknown-name", "photo.width.x", ""),
    (rect("format.kind = stroy"), "wrong-type", "format.kind", ""),
    (rect("canvas.ratio ge 2 and canvas.ratio lt 1"), "never", "canvas.ratio ge 2 and canvas.ratio lt 1", ""),
]


@pytest.mark.parametrize(("layer", "code", "offending", "mend"), MISTAKES)
def test_a_mistake_is_found(layer: str, code: str, offending: str, mend: str) -> None:
    (error,) = found(PICTURE + TITLE, layer).errors
    assert (error.code, error.text) == (code, offending)
    assert mend in error.mend


@pytest.mark.parametrize(
    "when",
    [
        "canvas.ratio ge 1",
        "format.kind = story",
        "product.reduction ge 20%",
        "photo.ratio lt canvas.ratio",
        "photo.ratio is known",
    ],
)
def test_what_is_right(when: str) -> None:
    assert told(PICTURE, SHOWN + rect(when)) == []


def test_each_unknown_name_is_told_at_its_own_place() -> None:
    errors = found(PICTURE, image('ddm:when="widht ge 2 and (widht le 9 or raito = 1)"')).errors
    assert [(e.text, e.mark.column) for e in errors] == [("widht", 25), ("widht", 41), ("raito", 55)]


def test_a_condition_that_always_holds_is_a_warning() -> None:
    assert told(layers=rect("canvas.ratio ge 0")) == [("always", "canvas.ratio ge 0")]


def test_a_layer_can_contradict_its_group() -> None:
    group = '<g id="g" ddm:when="canvas.ratio ge 2">' + rect("canvas.ratio lt 1") + "</g>"
    (error,) = found(layers=group).errors
    assert (error.code, error.text) == ("never", "canvas.ratio lt 1")
    assert error.what.startswith("this never holds with what encloses this layer: ")


def test_an_operation_can_contradict_its_layer() -> None:
    layer = image('ddm:when="canvas.ratio ge 2"', '<ddm:mirror when="canvas.ratio lt 1"/>')
    (error,) = found(PICTURE, layer).errors
    assert (error.code, error.text) == ("never", "canvas.ratio lt 1")


def test_a_layer_can_contradict_the_arrangements_asked_before_its_own() -> None:
    arm = '<g id="rest">' + rect("canvas.ratio ge 3") + "</g>"
    layers = f'<switch id="s"><g id="wide" ddm:when="canvas.ratio ge 2"/>{arm}</switch>'
    assert told(layers=layers) == [("never", "canvas.ratio ge 3")]


def test_a_use_can_contradict_its_sequence() -> None:
    sequence = '<ddm:sequence id="s"><ddm:mirror when="canvas.ratio lt 1"/></ddm:sequence>'
    layer = image('ddm:when="canvas.ratio ge 2"', '<ddm:use sequence="s"/>')
    (error,) = found(PICTURE + sequence, layer).errors
    assert (error.code, error.used.line if error.used else 0) == ("never", 3)


def test_all_conditions_together_have_a_limit() -> None:
    many = [rect(f"canvas.width ge {n}", f"r{n}") for n in range(100, 100 + MAX_WRITTEN // 15)]
    assert found(layers="".join(many)).errors[0].what == "more than 20,000 characters of conditions"
    same = [rect("canvas.width ge 100", f"r{n}") for n in range(MAX_WRITTEN // 15)]
    assert told(layers="".join(same)) == []
