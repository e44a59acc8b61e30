"""Operations as written: what they may act on, what they must say, and what is found wrong in their parameters."""

import pytest

from tests.support.templates import MOOD, PICTURE, SHOWN, TITLE, found, told

GROUP = '<g id="g">{}</g>'
TEXT = '<text id="t">Sample{}</text>'
CUTOUT = '<ddm:cutout id="hero"/>'
NUMBER = '<ddm:number id="price" from="product.price"/>'


def image(inside: str = "", object: str = "photo") -> str:
    return f'<image id="i"><ddm:select object="{object}"/>{inside}</image>'


def rect(inside: str = "") -> str:
    return f'<rect id="r">{inside}</rect>'


MISTAKES = [
    (GROUP.format("<ddm:stak/>"), "unknown-operation", "<ddm:stak", "did you mean 'stack'?"),
    (GROUP.format("<ddm:matte/>"), "wrong-element", "<ddm:matte", "it acts on image"),
    (image("<ddm:crop><ddm:mirror/></ddm:crop>"), "wrong-place", "<ddm:mirror", "move it out"),
    (image('<ddm:crop margn="1%"/>'), "unknown-attribute", "margn", "did you mean 'margin'?"),
    (image('<ddm:crop wehn="canvas.ratio ge 1"/>'), "unknown-attribute", "wehn", "did you mean 'when'?"),
    (image("<ddm:rotate/>"), "missing", "<ddm:rotate", "Clockwise."),
    (image('<ddm:rotate by="60"/>'), "wrong-value", "60", ""),
    (image('<ddm:crop margin="1"/>'), "wrong-value", "1", ""),
    (image('<ddm:place left="1"/>'), "wrong-value", "1", ""),
    (image('<ddm:place left="5% loudly"/>'), "wrong-value", "5% loudly", ""),
    (image('<ddm:place subject="left"/>'), "wrong-value", "left", ""),
    (image('<ddm:extend sides="left up"/>'), "wrong-value", "left up", ""),
    (rect('<ddm:recolour from="mood" role="acent"/>'), "wrong-value", "acent", ""),
    (rect('<ddm:recolour from="photo" role="accent"/>'), "unknown-reference", "photo", "one of mood"),
    (rect('<ddm:recolour role="accent"/>'), "missing", "<ddm:recolour", "The palette's id."),
    (image(object="title"), "unknown-reference", "title", "one of hero, photo"),
    (TEXT.format('<ddm:select object="photo"/>'), "unknown-reference", "photo", "one of price, title"),
    (TEXT.format('<ddm:select object="titel"/>'), "unknown-reference", "titel", "did you mean 'title'?"),
    ('<image id="i"/>', "missing", "<image", 'add <ddm:select object="…"/>'),
    (image('<ddm:pick nth="2" by="sharpness desc"/>'), "unknown-name", "sharpness", "'quality.sharpness'"),
    (image('<ddm:pick nth="2" by="scene.kind desc"/>'), "wrong-type", "scene.kind", "take a number"),
    (image('<ddm:pick nth="2" by="ratio"/>'), "wrong-value", "ratio", ""),
    (image("<ddm:tone/>"), "missing", "<ddm:tone", "give one of them"),
    (image('<ddm:tone like="hero" from="mood"/>'), "missing", "<ddm:tone", "give one of them"),
    (image('<ddm:tone like="mood"/>'), "unknown-reference", "mood", "one of hero, photo"),
    (image("<ddm:relight/>", "hero"), "missing", "<ddm:relight", "give one of them"),
    (GROUP.format('<ddm:place subject="50% 50%"/>'), "wrong-element", "subject", "put it on an image"),
    (rect('<ddm:size subject="40%..60%"/>'), "wrong-element", "subject", "put it on an image"),
    (GROUP.format('<ddm:repeat object="photo"/>'), "unknown-reference", "photo", "there is none"),
    (image("<ddm:shadow/>"), "needs-cutout", "<ddm:shadow", "select a cutout, or put <ddm:matte/> before it"),
    (image("<ddm:shadow/><ddm:matte/>"), "too-late", "<ddm:shadow", "put it first"),
    ("<ddm:mirror/>", "stray", "<ddm:mirror", "put it into the element it acts on"),
]


@pytest.mark.parametrize(("layer", "code", "offending", "mend"), MISTAKES)
def test_a_mistake_is_found(layer: str, code: str, offending: str, mend: str) -> None:
    (error,) = found(PICTURE + MOOD + TITLE + CUTOUT + NUMBER, layer).errors
    assert (error.code, error.text, error.mark.line) == (code, offending, 3)
    assert mend in error.mend


@pytest.mark.parametrize(
    "layer",
    [
        image("<ddm:matte/><ddm:shadow/>"),
        image("<ddm:shadow/>", "hero"),
        image('<ddm:relight light="left"/>', "hero"),
        image('<ddm:relight like="photo"/>', "hero"),
        image('<ddm:tone from="mood"/>'),
        image('<ddm:pick nth="2" by="quality.sharpness desc"/>'),
        image('<ddm:outline from="mood"/>', "hero"),
        TEXT.format('<ddm:select object="price"/><ddm:format as="currency"/>'),
        rect('<ddm:place width="30%..60% medium" left="2u weak"/>'),
    ],
)
def test_what_is_right(layer: str) -> None:
    used = SHOWN + image(object="hero").replace('"i"', '"k"') + rect('<ddm:recolour from="mood" role="soft"/>')
    text = TEXT.format('<ddm:select object="title"/>') + TEXT.format(
        '<ddm:select object="price"/><ddm:format as="number"/>'
    )
    others = used.replace('"r"', '"s"') + text.replace('"t"', '"u"', 1).replace('"t"', '"v"')
    assert told(PICTURE + MOOD + TITLE + CUTOUT + NUMBER, layer + others) == []


def test_all_mistakes_of_one_operation_are_told() -> None:
    layer = image('<ddm:crop margn="1%" radius="2"/>')
    assert told(PICTURE, layer) == [("unknown-attribute", "margn"), ("wrong-value", "2")]
