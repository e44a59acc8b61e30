"""Template x binding x format -> plain SVG: the same bytes always, nothing of the language left, every value told."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ddm import templates
from ddm.errors import InputError, Unfit
from ddm.formats.catalogue import Format, find
from ddm.geometry import Box
from ddm.language.compile import compile_text
from ddm.svg.tree import Text
from ddm.svg.writer import write
from tests.support.materials import BOWL, TEAL, TERRACOTTA, Look, backdrop, material, product
from tests.support.resolving import origins, resolved, texts, walk
from tests.support.templates import MOOD, PICTURE, TITLE, claimed, compiled, source

JUG = material("j", "jug", look=Look(fill=TEAL, band=TERRACOTTA))
POOL = [material(look=Look(1800, 1800, BOWL)), backdrop().perception, JUG]
SHIPPED = list(templates.shipped())
SOME = ("square-800", "story-1080x1920", "sky-160x600", "leader-728x90")
"""One format for each kind of arrangement."""


@pytest.mark.parametrize(("name", "format_"), claimed(SOME))
def test_a_creative_is_plain_and_told(name: str, format_: str) -> None:
    result = resolved(templates.find(name), format_, POOL)
    svg = write(result.document)
    assert "urn:ddm" not in svg
    assert "ddm:" not in svg
    assert svg == write(resolved(templates.find(name), format_, POOL).document)
    row = find(format_)
    assert (result.document.width, result.document.height) == (row.width, row.height)
    assert result.document.title == product().title
    told = {origin.element for origin in result.trace.origins}
    for node in walk(result.document):
        if isinstance(node, Text):
            assert origins(result, node.meta.id.rsplit("-", 2)[0], "ink"), f"why {node.meta.id} has its colour"
        elif node.meta.role in ("image", "subject"):
            assert node.meta.id.removesuffix("-frame") in told, f"why {node.meta.id} lies where it lies"
    assert all(choice.why for choice in result.binding.choices.values()), "why each object has what it has"
    assert all(origin.origin for origin in result.trace.origins)


@pytest.mark.parametrize(("name", "format_"), claimed(SOME))
def test_copy_stays_inside_the_safe_area_and_large_enough(name: str, format_: str) -> None:
    row = find(format_)
    for node in texts(resolved(templates.find(name), format_, POOL).document):
        assert node.x >= row.safe_box.x - 0.51
        assert node.x + node.width <= row.safe_box.right + 0.51
        assert node.y - 0.7 * node.size >= row.safe_box.y - 0.51
        assert node.y + 0.2 * node.size <= row.safe_box.bottom + 0.51
        assert node.size >= row.min_text - 1e-6


# ------------------------------------------------------------------------------------------------ hostile and odd input

HOSTILE = [
    "<script>alert(1)</script>",
    "]]>&amp;<!-- --",
    "\"quotes\" 'and' `ticks`",
    "\u202egnirts desrever",
    "a\u0000b\u0007c\ufffe",
    "e\u0301\u0323 🎉👨‍👩‍👧 \u200b\u2028",
    "W" * 300,
    "word " * 200,
    " ",
]
LAYERS = (
    '<rect id="wall" width="800" height="800" fill="#ffffff"/>'
    '<g id="g"><ddm:stack/><text id="t" font-size="60">x<ddm:select object="title"/>'
    '<ddm:fit lines="8" least="30%"/></text></g>'
)


@pytest.mark.parametrize("title", HOSTILE)
def test_copy_from_outside_is_only_ever_copy(title: str) -> None:
    try:
        document = resolved(compiled(PICTURE + TITLE, LAYERS), product=product(title=title)).document
    except Unfit:
        return
    svg = write(document)
    assert "<script" not in svg
    assert {type(node).__name__ for node in walk(document)} == {"Rect", "Text"}


@given(st.text(max_size=30), st.text(max_size=8))
def test_any_title_in_any_language_is_set_or_refused(title: str, language: str) -> None:
    with suppress(Unfit):
        resolved(compiled(PICTURE + TITLE, LAYERS), product=product(title=title, language=language))


@given(st.integers(1, 3000), st.integers(1, 3000), st.sampled_from(SHIPPED))
def test_any_canvas_is_served_or_refused(width: int, height: int, name: str) -> None:
    format_ = Format("any", "Any", width, height, min_text=8)
    with suppress(Unfit):
        document = resolved(templates.find(name), format_, POOL).document
        assert (document.width, document.height) == (width, height)


ODD = [
    '<image id="i"><ddm:select object="photo"/><ddm:place width="0%"/></image>',
    '<image id="i"><ddm:select object="photo"/><ddm:place left="9999%" right="9999%"/></image>',
    '<image id="i"><ddm:select object="photo"/><ddm:place subject="-500% 900%" subject-size="1%..400%"/></image>',
    '<image id="i" x="700" y="700" width="0" height="0"><ddm:select object="photo"/></image>',
    '<rect id="r"><ddm:place left="-9999u" right="-9999u"/></rect>',
    '<g id="g"><ddm:stack gap="-200%"/><text id="t" fill="#000000">A</text><text id="u" fill="#000000">B</text></g>',
    '<g id="g"><ddm:place width="0px"/><ddm:stack/><text id="t">A</text></g>',
    '<text id="t" font-size="0">A</text>',
    '<text id="t" font-size="999999">A</text>',
    '<text id="t"/>',
    '<g id="g"><ddm:stack/></g>',
    '<g id="g"><ddm:stack direction="across"/></g>',
    '<switch id="s"/>',
    '<g id="g"><ddm:rotate by="45"/></g>',
]


@pytest.mark.parametrize("layer", ODD)
def test_odd_templates_are_drawn_or_refused_in_words(layer: str) -> None:
    """Whatever the checker lets through must not crash; svg.check runs on all that is drawn."""
    with suppress(Unfit):
        resolved(compiled(PICTURE + TITLE + MOOD, layer))


def test_what_the_checker_would_have_found_is_still_no_crash() -> None:
    """A template that was compiled but not held to its findings."""
    layer = '<image id="i"/>'
    template, findings = compile_text(source(PICTURE, layer), "t")
    assert findings.errors
    with pytest.raises(InputError, match="is no picture"):
        resolved(template)


# ------------------------------------------------------------------------------------------------ the best of several


def test_a_better_binding_wins_over_a_better_score_only_by_its_worth() -> None:
    """The sharper picture cannot fill this frame, so the other is taken, and says how it ranked."""
    borders = {"border__left": "complex", "border__right": "complex"}
    narrow = material("b", look=Look(300, 1200, BOWL), quality__sharpness=0.9, **borders)
    fine = material("a", look=Look(subject=BOWL), quality__sharpness=0.5)
    template = compiled(
        '<ddm:image id="photo" prefer="quality.sharpness desc"/>',
        '<image id="i"><ddm:select object="photo"/><ddm:extend/></image>',
    )
    result = resolved(template, "link-1200x628", [narrow, fine])
    choice = result.binding.choices["photo"]
    assert choice.material is not None
    assert choice.material.id == fine.id
    assert "ranks 2 of 2" in choice.why[-1]
    with pytest.raises(Unfit):
        resolved(template, "link-1200x628", [narrow])


@pytest.mark.parametrize(("sharpness", "winner"), [((0.5, 0.5), "b"), ((0.51, 0.5), "b"), ((1.0, 0.0), "a")])
def test_the_place_wished_for_counts_beside_the_score(sharpness: tuple[float, float], winner: str) -> None:
    """In a, which comes first, the subject lies aside; in b it lies where it is wished."""
    aside = material("a", look=Look(subject=Box(0.05, 0.4, 0.3, 0.3)), quality__sharpness=sharpness[0])
    right = material("b", look=Look(subject=Box(0.35, 0.35, 0.3, 0.3)), quality__sharpness=sharpness[1])
    template = compiled(
        '<ddm:image id="photo" prefer="quality.sharpness desc"/>',
        '<image id="i"><ddm:select object="photo"/><ddm:place subject="50% 50%" subject-size="30%..40%"/></image>',
    )
    chosen = resolved(template, "square-800", [aside, right]).binding.choices["photo"].material
    assert chosen is {"a": aside, "b": right}[winner]


def test_the_refusal_is_that_of_the_best_binding() -> None:
    template = compiled(
        '<ddm:cutout id="hero" prefer="quality.sharpness desc"/>',
        '<image id="i"><ddm:select object="hero"/></image>',
    )
    pool = [
        material("a", quality__sharpness=0.9, subject__cut=frozenset({"left"})),
        material("b", quality__sharpness=0.1, subject__cut=frozenset({"top"})),
    ]
    with pytest.raises(Unfit, match="cut at the left"):
        resolved(template, pool=pool)


def test_optional_layers_are_left_out_and_the_rest_stays() -> None:
    template = templates.find("split")
    bare = product(price=None, list_price=None, copy={})
    whole, less = resolved(template, "square-800", POOL), resolved(template, "square-800", POOL, bare)
    assert less.binding.dropped == {"price", "was", "cta"}
    assert {t.meta.object for t in texts(less.document)} == {t.meta.object for t in texts(whole.document)} - {
        "price",
        "was",
        "cta",
        "name",  # the headline says it: there is no tagline
    }


def test_given_wordings_are_set() -> None:
    result = resolved(templates.find("split"), "square-800", POOL, overrides={"headline": "Words of mine"})
    said = " ".join(t.text for t in texts(result.document) if t.meta.object == "headline")
    assert said.split() == ["Words", "of", "mine"]


def test_another_product_gives_another_document() -> None:
    one, other = (resolved(templates.find("air"), "square-800", POOL, product(title=t)) for t in ("Vase", "Vases"))
    assert replace(one.document, title="") != replace(other.document, title="")
