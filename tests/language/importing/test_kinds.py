"""What layers become, by the word behind the bar."""

import pytest

from ddm.language.operations import ROLES
from tests.language.importing.drawing import HERO, call, imported, layer, only, said, template, text

PHOTO = '<image id="room | photo" width="800" height="800" href="room.jpg"/>'


def picture(kind: str) -> str:
    return f'<image id="it | {kind}" x="40" y="40" width="200" height="200" href="a.png"/>'


@pytest.mark.parametrize(
    ("word", "kind", "source"),
    [
        ("cutout", "cutout", "product"),
        ("photo", "image", "product"),
        ("backdrop", "image", "scenes"),
        ("logo", "logo", "logos"),
    ],
)
def test_pictures(word: str, kind: str, source: str) -> None:
    spec = template(picture(word)).objects["it"]
    assert (spec.kind, spec.source) == (kind, (source,))


def test_a_photograph_grows_and_is_cropped() -> None:
    assert {"extend", "crop"} <= {each.name for each in only(PHOTO).calls}


def test_a_cutout_is_not() -> None:
    assert {each.name for each in only(HERO).calls} == {"select", "place"}


def test_a_backdrop_sets_off_the_hero() -> None:
    assert template(picture("scene") + HERO).objects["it"].relations == {"against": "hero"}


@pytest.mark.parametrize(
    ("word", "first"),
    [
        ("headline", "copy.headline"),
        ("title", "product.title"),
        ("price", "product.price"),
        ("was", "product.list_price"),
        ("list price", "product.list_price"),
        ("cta", "copy.cta"),
        ("badge", "copy.badge"),
        ("brand", "product.brand"),
        ("rating", "product.rating"),
        ("saving", "product.saving"),
        ("legal", "copy.legal"),
        ("product.sku", "product.sku"),
    ],
)
def test_copy(word: str, first: str) -> None:
    assert template(HERO + text(f"it | {word}")).objects["it"].source[0] == first


@pytest.mark.parametrize("role", ROLES)
def test_shapes_are_coloured_by_role(role: str) -> None:
    shape = f'<rect id="ground | {role}" width="800" height="800" fill="#fff"/>'
    assert call(layer(shape + HERO, "ground"), "recolour").parameters["role"] == role


def test_colours_are_those_of_the_first_cutout_else_of_the_first_photograph() -> None:
    shape = '<rect id="ground | surface" width="800" height="800"/>'
    moods = [template(shape + pictures).objects["mood"] for pictures in (PHOTO, PHOTO + HERO)]
    assert [(mood.of, mood.region) for mood in moods] == [("room", "whole"), ("hero", "subject")]


def test_without_a_picture_there_are_no_roles() -> None:
    assert any("no picture gives the colours" in line for line in said('<rect id="a | surface" width="9" height="9"/>'))


def test_a_shape_may_hold_the_place_of_a_picture() -> None:
    found = only('<rect id="hero | cutout" x="9" y="9" width="90" height="90" fill="#ccc"/>')
    assert (found.tag, "href" in found.attributes) == ("image", False)


def test_a_group_may_be_the_picture() -> None:
    found = only('<g id="hero | cutout"><path d="M10 10L60 90L110 10"/><path d="M10 100L110 200"/></g>')
    assert [found.attributes[key] for key in ("x", "y", "width", "height")] == ["10", "10", "100", "190"]


def test_plain_things_are_drawn_as_they_are() -> None:
    rule, words = template('<rect id="rule | plain" width="80" height="4" fill="#123456"/>' + text("by | plain")).layers
    assert (rule.attributes["fill"], [c.name for c in rule.calls]) == ("#123456", ["place"])
    assert (words.text, words.call("select")) == ("Sample", None)


def test_a_text_that_nobody_named_is_told() -> None:
    assert any("'Sample' is set on every creative as it is" in line for line in said(text("text12")))


def test_a_picture_that_nobody_named_is_left_out() -> None:
    layers = '<image id="image1" width="9" height="9" href="a.png"/>'
    assert any("it shows no object" in line for line in said(layers))
    assert "<image" not in imported(layers).template


def test_notes_are_skipped() -> None:
    assert imported('<g id="to do | note">' + text("x") + "</g>").findings == []


def test_a_kind_must_suit_what_is_drawn() -> None:
    assert any("it cannot be price" in line for line in said('<rect id="a | price" width="9" height="9"/>'))


def test_layers_of_one_name_share_an_object() -> None:
    found = template(HERO + HERO)
    assert list(found.objects) == ["hero"]
    assert [each.id for each in found.layers] == ["hero-image", "hero-image-n2"]


def test_an_object_is_called_so_that_conditions_can_name_it() -> None:
    assert "subject-object" in template(HERO.replace("hero", "subject")).objects
