"""What follows the kind: operations and parameters by their table, attributes of objects, and a few words more."""

import pytest

from ddm.language.findings import Findings
from ddm.language.importing.said import Said
from ddm.language.importing.words import is_word, known
from ddm.language.operations import OPERATIONS
from ddm.language.source import Mark
from tests.language.importing.drawing import HERO, call, layer, said, template, text, written


def hero(arguments: str) -> str:
    return HERO.replace("cutout", f"cutout; {arguments}")


def title(arguments: str) -> str:
    return HERO + text(f"t | title; {arguments}")


@pytest.mark.parametrize("name", sorted(OPERATIONS))
def test_every_operation_is_a_word(name: str) -> None:
    assert is_word(name)


def test_an_operation_takes_its_values_in_any_order() -> None:
    expected = {"kind": "drop", "strength": "0.3"}
    for way in ("shadow drop 30%", "shadow 30% drop", "shadow kind=drop strength=30%", "Shadow DROP 0.3"):
        assert written(layer(hero(way), "hero-image"), "shadow", "kind", "strength") == expected


def test_an_operation_without_values_has_its_defaults() -> None:
    assert written(layer(hero("shadow"), "hero-image"), "shadow", "kind") == {"kind": "contact"}


def test_an_operation_may_have_a_condition() -> None:
    found = call(layer(hero("shadow cast when canvas.ratio >= 2"), "hero-image"), "shadow")
    assert str(found.when) == "canvas.ratio ge 2"


def test_a_parameter_goes_to_the_operation_that_has_it() -> None:
    found = layer(title("lines 3; min 50%; contrast 7; priority 4"), "t-text")
    assert written(found, "fit", "lines", "least", "priority") == {"lines": "3.0", "least": "0.5", "priority": "4.0"}
    assert written(found, "ink", "contrast") == {"contrast": "7.0"}


def test_a_parameter_may_be_written_with_a_sign() -> None:
    assert written(layer(title("lines=3"), "t-text"), "fit", "lines") == {"lines": "3.0"}


def test_palettes_are_filled_in() -> None:
    found = layer(title("badge box night"), "t-text")
    assert written(found, "badge", "shape", "role", "from") == {"shape": "box", "role": "night", "from": "mood"}


def test_attributes_of_the_object_are_words() -> None:
    objects = template(title("max-chars 20; upper; otherwise drop")).objects
    assert (objects["t"].max_chars, objects["t"].style, objects["t"].otherwise[0].kind) == (20, "upper", "drop")


def test_a_wish_is_added_to_those_there_are() -> None:
    plain, more = (
        len(template(layers).objects["hero"].prefer) for layers in (HERO, hero("prefer quality.exposure desc"))
    )
    assert more == plain + 1


def test_a_condition_is_added_to_the_one_there_is() -> None:
    assert "subject.ratio le 1" in str(template(hero("where subject.ratio &lt;= 1")).objects["hero"].where)
    assert "matte.usable" in str(template(hero("where subject.ratio &lt;= 1")).objects["hero"].where)


@pytest.mark.parametrize(("side", "other"), [("left", "right"), ("right", "left")])
def test_face_mirrors_what_faces_the_other_way(side: str, other: str) -> None:
    found = template(hero(f"face {side}"))
    assert str(call(found.layers[0], "mirror").when) == f"subject.facing = {other}"
    assert str(found.objects["hero"].prefer[-1].condition) == f"subject.facing = {side}"


@pytest.mark.parametrize(("word", "kind"), [("drop", "drop"), ("optional", "drop"), ("required", "refuse")])
def test_what_happens_without_material(word: str, kind: str) -> None:
    assert template(title(word)).objects["t"].otherwise[0].kind == kind


def test_drop_with_a_condition_is_the_operation() -> None:
    found = layer(title("drop when ratio ge 5"), "t-text")
    assert str(call(found, "drop").parameters["where"]) == "canvas.ratio ge 5"


def test_when_is_of_the_layer() -> None:
    assert str(layer(title("when ratio > 2 and width &lt; 900"), "t-text").when) == (
        "canvas.ratio gt 2 and canvas.width lt 900"
    )


def test_layers_are_called_by_their_names() -> None:
    layers = title("below Hero") + text("p | price; above t")
    assert written(layer(layers, "t-text"), "place")["below"].startswith("Beside(layer='hero-image'")


def test_a_price_that_is_formatted_is_a_number() -> None:
    objects = template(HERO + text("p | price; format currency digits=0; where value ge 20")).objects
    assert (objects["p"].kind, objects["p"].source) == ("number", ("product.price",))


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ("shadw contact", "did you mean 'shadow'?"),
        ("shadow contct", "did you mean 'contact'?"),
        ("shadow drop strength=300%", "outside 0 to 1"),
        ("shadow strenth=30%", "did you mean 'strength'?"),
        ("lines 2", "'lines 2' is not known"),
        ("face up", "face left or right"),
        ("pin diagonally", "left, right, top"),
        ("stretch sideways", "across, down or both"),
        ("rotate", "rotate needs 'by'"),
        ("fit 2", "fit cannot act on a <image>"),
        ("upper", "'upper' is for copy"),
        ("where subject.aera le 1%", "did you mean 'subject.area'?"),
        ("below nobody", "no layer is called 'nobody'"),
    ],
)
def test_what_is_not_understood_is_told(arguments: str, told: str) -> None:
    findings = [line for line in said(hero(arguments)) if line.startswith("error")]
    assert any(told in line for line in findings), findings


def test_an_unknown_kind_is_told_with_the_nearest() -> None:
    assert any("did you mean 'cutout'?" in line for line in said(HERO.replace("cutout", "cutuot")))


def test_the_words_that_a_layer_may_have_follow_its_kind() -> None:
    words = known(Said("image", Mark("t", 1, 1), "hero", Findings(), "cutout"))
    assert {"shadow", "against", "face", "radius"} <= set(words)
    assert "lines" not in words
