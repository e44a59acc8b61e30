"""Stacks of copy: one below or beside the other, in order, ranged and spaced as asked."""

from __future__ import annotations

import pytest

from ddm.geometry import Box
from tests.support.copying import lines, result, stack, text, tops
from tests.support.materials import product
from tests.support.resolving import named, texts


def test_children_stand_one_below_the_other_in_order() -> None:
    found = tops(result(stack(text("a", "title"), text("b", "tag"), text("c", "cta"))).document)
    assert found["a"][1] < found["b"][1] < found["c"][1]
    assert found["a"][0] == found["b"][0] == found["c"][0], "ranged left"


def test_gaps_grow() -> None:
    def distance(gap: str) -> float:
        found = tops(result(stack(text("a", "title"), text("b", "cta"), stack=f'gap="{gap}"')).document)
        return found["b"][1] - found["a"][1]

    assert distance("60px") - distance("20px") == pytest.approx(40)
    assert distance("5u") - distance("0u") == pytest.approx(40)


@pytest.mark.parametrize(("align", "share"), [("start", 0), ("centre", 0.5), ("end", 1)])
def test_alignment(align: str, share: float) -> None:
    document = result(stack(text("a", "tag", 60), text("b", "cta", 40), stack=f'align="{align}"')).document
    (long,), (short,) = lines(document, "a")[0], lines(document, "b")[0]
    assert short.x - long.x == pytest.approx((long.width - short.width) * share, abs=0.5)


@pytest.mark.parametrize(("rise", "align", "x", "y"), [("top", "start", 0, 0), ("bottom", "end", 1, 1)])
def test_a_stack_sits_where_its_frame_says(rise: str, align: str, x: float, y: float) -> None:
    document = result(stack(text("t", "cta"), place=f'rise="{rise}" align="{align}"')).document
    (run,) = texts(document)
    assert run.x == pytest.approx((800 - run.width) * x, abs=1)
    assert run.y == pytest.approx(0.73 * 60 if not y else 800 - 0.2 * 60, abs=2)


def test_shapes_keep_their_place_in_a_stack() -> None:
    rule = '<rect id="rule" width="80" height="4" fill="#333333"/>'
    document = result(stack(text("a", "title"), rule, text("b", "cta"))).document
    box: Box = named(document, "rule").box  # type: ignore[union-attr]
    found = tops(document)
    assert (box.width, box.height) == pytest.approx((80, 4))
    assert found["a"][1] < box.y < box.bottom < found["b"][1]
    assert box.x == pytest.approx(found["a"][0])


def test_stacks_in_stacks() -> None:
    inner = f'<g id="h"><ddm:stack direction="across"/>{text("b", "cta", 30)}{text("c", "title", 30)}</g>'
    found = tops(result(stack(text("a", "tag"), inner)).document)
    assert found["a"][1] < found["b"][1] == found["c"][1]
    assert found["b"][0] < found["c"][0]


def test_a_text_alone_is_a_stack_of_one() -> None:
    (run,) = texts(result('<text id="t" font-size="40">Sample<ddm:place left="10%" align="start"/></text>').document)
    assert run.text == "Sample"
    assert run.x == pytest.approx(80, abs=1)


@pytest.mark.parametrize("missing", ["dropped", "empty"])
def test_what_says_nothing_leaves_no_gap(missing: str) -> None:
    none = '<ddm:copy id="none" from="copy.badge" otherwise="drop"/>'
    words = {"tagline": "T", "cta": "C"} | ({"badge": "\u200e"} if missing == "empty" else {})
    plain = stack(text("a", "title"), text("b", "cta"))
    layer = stack(text("a", "title"), text("n", "none"), text("b", "cta"))
    found = [tops(result(x, objects=none, copy=words).document) for x in (layer, plain)]
    assert found[0] == found[1]


def test_nothing_to_say_is_nothing_to_draw() -> None:
    none = '<ddm:copy id="none" from="copy.badge" otherwise="drop"/>'
    layer = stack(text("n", "none"), place='in="calm"')
    assert texts(result(layer, objects=none, copy=dict(product().copy) | {"badge": ""}).document) == []
