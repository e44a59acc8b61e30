"""Conditions: which layers and operations take part, by canvas, product, named and own material."""

from __future__ import annotations

from decimal import Decimal

import pytest

from ddm.acquire.product import Money
from ddm.errors import Unfit
from tests.support.materials import derive, material, product
from tests.support.resolving import drawn, images, origins, rect, resolved, texts, walk
from tests.support.templates import MOOD, PICTURE, SHOWN, TITLE, compiled

RECT = '<rect id="r" width="800" height="800" {}/>'


def shows(when: str, format_: str = "square-800", **changes: object) -> bool:
    grown = SHOWN.replace("</image>", '<ddm:extend most="90%"/></image>')
    layers = grown + RECT.format(f'ddm:when="{when}"')
    document = drawn(PICTURE, layers, format_, product=product(**changes))
    return "r" in {node.meta.id for node in walk(document)}


@pytest.mark.parametrize(
    ("when", "format_", "expected"),
    [
        ("canvas.ratio ge 5", "leader-728x90", True),
        ("canvas.ratio ge 5", "square-800", False),
        ("canvas.height ge 1500", "story-1080x1920", True),
        ("free.ratio in 0.75..0.76 and free.area lt 60%", "story-1080x1920", True),
        ("free.lines lt 7", "dable-1200x1200", True),
        ("free.lines lt 7", "square-800", False),
        ("canvas.width = 800px and canvas.area = 640000", "square-800", True),
        ("format.id = square-800", "square-800", True),
        ("photo.scene.kind = plain and photo.subject.count = 1", "square-800", True),
        ("photo.scene.kind = studio", "square-800", False),
        ("not photo.scene.kind = studio", "square-800", True),
    ],
)
def test_canvas_and_named_material(when: str, format_: str, expected: bool) -> None:
    assert shows(when, format_) is expected


def test_products() -> None:
    assert shows("product.reduction ge 20% and product.price lt 40")
    assert not shows("product.reduction ge 1%", list_price=None)
    assert not shows("product.price gt 0", price=None), "without a price nothing holds of it"
    assert shows("product.language = en and product.brand has Erde")
    assert shows("product.price = 5.5", price=Money(Decimal("5.50"), "EUR"))


@pytest.mark.parametrize(("operation", "expected"), [("keep", True), ("drop", False)])
def test_keep_and_drop(operation: str, expected: bool) -> None:
    def kept(where: str) -> bool:
        layers = SHOWN + RECT.replace("/>", f'><ddm:{operation} where="{where}"/></rect>').format("")
        return "r" in {node.meta.id for node in walk(drawn(PICTURE, layers))}

    assert kept("canvas.ratio = 1") is expected
    assert kept("canvas.ratio = 2") is not expected


def pictured(inside: str = "", attributes: str = "", **changes: object) -> list[str]:
    """The href of what is shown of a picture."""
    layer = f'<image id="p" {attributes}><ddm:select object="photo"/>{inside}</image>'
    return [i.href for i in images(drawn(PICTURE, layer, pool=[material(**changes)]))]


def test_a_layer_with_a_picture_may_speak_of_it() -> None:
    plain, busy = {"text__area": 0.0}, {"text__area": 0.2}
    for operation, attributes in (('<ddm:drop where="text.area ge 5%"/>', ""), ("", 'ddm:when="text.area lt 5%"')):
        assert len(pictured(operation, attributes, **plain)) == 1
        assert pictured(operation, attributes, **busy) == []
    assert "blurred" in pictured('<ddm:blur when="text.area ge 5%"/>', **busy)[0]
    assert "blurred" not in pictured('<ddm:blur when="text.area ge 5%"/>', **plain)[0]


def test_an_object_may_be_called_like_part_of_an_attribute() -> None:
    layer = '<image id="p" ddm:when="scene.kind = plain and scene.ratio = 1"><ddm:select object="scene"/></image>'
    assert len(images(drawn('<ddm:image id="scene"/>', layer))) == 1


NEVER, ALWAYS = 'when="canvas.ratio ge 9"', 'when="canvas.ratio = 1"'
STACK = '<g id="g"><ddm:stack/>{}<text id="t" font-size="60">x<ddm:select object="title"/>{}</text></g>'


def stack(group: str = "", text: str = "") -> list[str]:
    """What there is, and how the copy is set."""
    wall = '<rect id="wall" width="800" height="800" fill="#ffffff"/>'
    document = drawn(PICTURE + MOOD + TITLE, wall + STACK.format(group, text))
    return [node.meta.id for node in walk(document)] + [f"{t.fill} {t.size} {t.x} {t.y}" for t in texts(document)]


@pytest.mark.parametrize(
    ("group", "text"),
    [
        ("", '<ddm:badge {} from="mood"/>'),
        ('<ddm:ink {} from="mood" role="accent" contrast="2"/>', ""),
        ("", '<ddm:ink {} from="mood" role="accent" contrast="2"/>'),
        ('<ddm:place {} left="30%"/>', ""),
        ('<ddm:place {} top="50%"/>', ""),
    ],
)
def test_every_operation_on_copy_heeds_its_condition(group: str, text: str) -> None:
    without = stack()
    assert stack(group.format(NEVER), text.format(NEVER)) == without
    assert stack(group.format(ALWAYS), text.format(ALWAYS)) != without


def test_of_several_calls_the_last_that_holds_counts() -> None:
    def left(*conditions: str) -> float:
        calls = "".join(f'<ddm:place left="{n}0%" {when}/>' for n, when in enumerate(conditions, 1))
        return rect(drawn("", f'<rect id="r" width="8" height="8">{calls}</rect>'), "r").box.x

    assert left(ALWAYS, NEVER) == 80
    assert left(ALWAYS, ALWAYS) == 160
    assert left(NEVER, NEVER) == 0


def test_switches_take_the_first_arrangement_whose_condition_holds() -> None:
    layers = (
        '<switch id="s"><g id="wide" ddm:when="canvas.ratio ge 2"><rect id="a" width="8" height="8"/></g>'
        '<g id="tall" ddm:when="canvas.ratio le 1"><rect id="b" width="8" height="8"/></g>'
        '<g id="other"><rect id="c" width="8" height="8"/></g></switch>'
    )
    template = compiled("", layers)
    for format_, shown, chosen in (
        ("billboard-970x250", "a", "wide"),
        ("square-800", "b", "tall"),
        ("mrec-300x250", "c", "other"),
    ):
        result = resolved(template, format_)
        assert [node.meta.id for node in walk(result.document)] == [shown]
        assert origins(result, "s", "arrangement")[0].startswith(chosen)


def test_a_switch_without_an_arrangement_for_the_format_is_unfit() -> None:
    layers = '<switch id="s"><g ddm:when="canvas.ratio ge 2"/></switch>'
    with pytest.raises(Unfit, match="no arrangement of 's' is for 800x800"):
        resolved(compiled("", layers))


def test_a_template_serves_its_ratios_and_no_others() -> None:
    template = compiled("", RECT.format(""), root='ddm:ratios="0.9..1.1"')
    resolved(template, "square-800")
    with pytest.raises(Unfit, match=r"serves ratios 0\.9 to 1\.1; leader-728x90 is 8\.09"):
        resolved(template, "leader-728x90")


def test_the_palette_of_a_dropped_picture_is_unfit() -> None:
    objects = '<ddm:image id="photo" where="width ge 9999px" otherwise="drop"/>' + MOOD
    layers = SHOWN + RECT.replace("/>", '><ddm:recolour from="mood" role="soft"/></rect>').format("")
    with pytest.raises(Unfit, match="the palette 'mood' is of 'photo', which was dropped"):
        resolved(compiled(objects, layers), derive=derive)
