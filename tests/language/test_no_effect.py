"""What is written rightly but does nothing."""

import pytest

from tests.support.templates import MOOD, PICTURE, TITLE, found, told

NUMBER = '<ddm:number id="price" from="product.price"/>'
CUTOUT = '<ddm:cutout id="hero"/>'


def image(inside: str, object: str = "photo") -> str:
    return f'<image id="i"><ddm:select object="{object}"/>{inside}</image>'


@pytest.mark.parametrize(
    "inside",
    [
        '<ddm:blur sigma="1%"/><ddm:blur sigma="2%"/>',
        '<ddm:crop when="canvas.ratio ge 1"/><ddm:crop/>',  # the second applies wherever the first does
        '<ddm:place left="1%"/><ddm:place left="2%"/>',
        '<ddm:place subject="50% 50%"/><ddm:place subject="40% 40%"/>',
    ],
)
def test_of_two_that_apply_the_first_has_no_effect(inside: str) -> None:
    (warning,) = found(PICTURE, image(inside))
    assert (warning.code, warning.mark.column) == ("no-effect", len('<image id="i"><ddm:select object="photo"/>') + 1)
    assert warning.what.endswith("has no effect: another one follows in line 3")


@pytest.mark.parametrize(
    ("inside", "object"),
    [
        ('<ddm:crop/><ddm:crop margin="9%" when="canvas.ratio ge 1"/>', "photo"),  # one for most, one for some
        ('<ddm:place subject="50% 50%"/><ddm:place left="2%"/>', "photo"),  # where the subject is stays
        ('<ddm:shadow kind="contact"/><ddm:shadow kind="cast"/>', "hero"),  # each adds one
        ('<ddm:keep where="ratio ge 1"/><ddm:keep where="width ge 600"/>', "photo"),  # both must hold
    ],
)
def test_two_may_both_have_an_effect(inside: str, object: str) -> None:
    assert told(PICTURE if object == "photo" else CUTOUT, image(inside, object)) == []


def test_a_margin_is_for_the_search_alone() -> None:
    text = '<text id="t">A<ddm:select object="title"/><ddm:place left="1%" margin="5%"/></text>'
    (warning,) = found(TITLE, text)
    assert (warning.code, warning.text, warning.mend) == ("no-effect", "margin", 'add in="calm"')


def test_a_number_wants_a_format() -> None:
    (warning,) = found(NUMBER, '<text id="t">1<ddm:select object="price"/></text>')
    assert (warning.code, warning.text, warning.mend) == ("unformatted", "price", 'add <ddm:format as="…"/>')


def test_copy_has_no_format() -> None:
    text = '<text id="t">A<ddm:select object="title"/><ddm:format as="number"/></text>'
    assert told(TITLE, text) == [("no-effect", "<ddm:format")]


@pytest.mark.parametrize(
    ("layer", "attribute"),
    [
        ('<rect id="r" transform="scale(2)"/>', "transform"),
        ('<rect id="r" style="fill:#ffffff"/>', "style"),
        ('<g id="g" opacity="0.5"/>', "opacity"),
        ('<image id="i" rx="4"><ddm:select object="photo"/></image>', "rx"),
    ],
)
def test_what_creatives_will_not_show_is_a_warning(layer: str, attribute: str) -> None:
    layer += '<image id="j"><ddm:select object="photo"/></image>'
    layer += '<rect id="s"><ddm:recolour from="mood" role="soft"/></rect>'
    assert told(PICTURE + MOOD, layer) == [("unread", attribute)]
