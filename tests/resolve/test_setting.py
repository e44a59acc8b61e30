"""Copy into its place: whole, in order, as large as fits, never under the format's minimum, dropped by priority."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ddm.errors import Unfit
from ddm.formats.catalogue import Format
from ddm.geometry import Box
from ddm.resolve import Resolved
from ddm.svg.tree import Document, Text
from tests.support.materials import product
from tests.support.resolving import named, origins, resolved, texts
from tests.support.templates import PICTURE, TITLE, compiled

COPY = TITLE + '<ddm:copy id="tag" from="copy.tagline"/><ddm:copy id="cta" from="copy.cta"/>'
SQUARE = Format("square", "Square", 800, 800, min_text=12)


def text(name: str, object: str, size: int = 60, inside: str = "") -> str:
    return f'<text id="{name}" font-size="{size}">x<ddm:select object="{object}"/>{inside}</text>'


def stack(*children: str, place: str = "", stack: str = "") -> str:
    return f'<g id="g"><ddm:place {place}/><ddm:stack {stack}/>{"".join(children)}</g>'


def result(layers: str, format_: Format = SQUARE, title: str = "Vase") -> Resolved:
    return resolved(compiled(PICTURE + COPY, layers), format_, product=product(title=title))


def lines(document: Document, id: str) -> list[list[Text]]:
    """Runs by line of one text, from the ids 'text-line-run'."""
    found: dict[str, list[Text]] = {}
    for node in texts(document):
        name, line, _ = node.meta.id.rsplit("-", 2)
        if name == id:
            found.setdefault(line, []).append(node)
    return list(found.values())


def size(document: Document, id: str) -> float:
    (found,) = {run.size for line in lines(document, id) for run in line}
    return found


# ------------------------------------------------------------------------------------------------ any copy in any place

LATIN = st.text("abcdefghijklmnop ÄéQg-", min_size=1, max_size=40)
CHINESE = st.text("新品上市立减五十，。", min_size=1, max_size=12)
ARABIC = st.text("سعرخاصليوم ", min_size=1, max_size=20)
TITLES = st.one_of(LATIN, CHINESE, ARABIC)


@given(TITLES.filter(str.strip), st.integers(60, 900), st.integers(45, 600), st.integers(1, 4))
def test_copy_is_whole_and_inside_or_refused(title: str, width: int, height: int, most: int) -> None:
    format_ = Format("any", "Any", width, height, min_text=11)
    fit = f'<ddm:fit lines="{most}" least="40%"/>'
    try:
        document = result(stack(text("t", "title", 120, fit), place='left="5%" right="5%"'), format_, title).document
    except Unfit as reason:
        assert str(reason).startswith("the copy 'g' does not fit")  # noqa: PT017
        return
    found = lines(document, "t")
    said = "".join(sorted(run.text for line in found for run in line)).replace(" ", "")
    assert sorted(said) == sorted("".join(title.split())), "no letter is lost or made"
    assert len(found) <= most
    assert size(document, "t") >= 11
    for run in texts(document):
        assert width * 0.05 - 0.51 <= run.x
        assert run.x + run.width <= width * 0.95 + 0.51
        assert run.y - 0.8 * run.size >= -0.51 or height < 2 * run.size
        assert run.y <= height


@given(st.integers(120, 700), st.integers(10, 200))
def test_more_room_never_makes_copy_smaller(width: int, more: int) -> None:
    def at(side: int) -> float:
        fit = '<ddm:fit lines="2" least="30%"/>'
        format_ = Format("any", "Any", 800, 800, min_text=8)
        place = f'left="0px" width="{side}px" height="{side}px"'
        return size(result(stack(text("t", "title", 90, fit), place=place), format_, "A quiet vase").document, "t")

    assert at(width + more) >= at(width) - 1e-6


# ------------------------------------------------------------------------------------------------ sizes and lines


def test_with_room_copy_has_the_size_of_the_sample() -> None:
    assert size(result(stack(text("t", "title", 60))).document, "t") == 60
    double = Format("double", "Double", 1600, 1600)
    assert size(result(stack(text("t", "title", 60)), double).document, "t") == 120, "by the canvas's mean side"


def test_the_format_has_the_last_word_on_small_type() -> None:
    assert size(result(stack(text("t", "title", 5))).document, "t") == 12


@pytest.mark.parametrize(("least", "fits"), [("100%", False), ("30%", True)])
def test_a_text_shrinks_no_further_than_it_may(least: str, fits: bool) -> None:
    layer = stack(text("t", "title", 100, f'<ddm:fit least="{least}"/>'), place='width="20%"', stack='least="100%"')
    if fits:
        assert 30 <= size(result(layer, title="Quiet vase").document, "t") < 100
    else:
        with pytest.raises(Unfit, match="does not fit 160x800"):
            result(layer, title="Quiet vase")


def test_lines_are_balanced_if_asked() -> None:
    def widths(balance: str) -> list[float]:
        fit = f'<ddm:fit lines="2" balance="{balance}"/>'
        layer = stack(text("t", "title", 60, fit), place='left="0%" width="500px"')
        return [
            sum(run.width for run in line) for line in lines(result(layer, title="A quiet vase for one").document, "t")
        ]

    even, greedy = widths("yes"), widths("no")
    assert len(even) == len(greedy) == 2
    assert max(even) - min(even) < max(greedy) - min(greedy)


def test_one_line_unless_more_are_allowed() -> None:
    layer = stack(text("t", "title", 60, '<ddm:fit least="100%"/>'), place='width="200px"', stack='least="100%"')
    with pytest.raises(Unfit):
        result(layer, title="A quiet vase for one")


def test_families_weights_and_spacing_reach_the_output() -> None:
    style = 'font-family="Manrope, Noto Sans CJK SC" font-weight="800" letter-spacing="0.1em"'
    layer = stack(text("t", "title").replace("<text", f"<text {style}"))
    (run,) = texts(result(layer).document)
    assert (run.family, run.weight, run.letter_spacing) == ("Manrope", 800, pytest.approx(6))
    (run, *_) = texts(result(layer, title="新品").document)
    assert run.family == "Noto Sans CJK SC", "the family that has the characters"


def test_old_prices_are_struck_through() -> None:
    layer = stack(text("t", "title").replace("<text", '<text text-decoration="line-through"'))
    assert [run.decoration for run in texts(result(layer).document)] == ["line-through"]


# ------------------------------------------------------------------------------------------------ stacks


def tops(document: Document) -> dict[str, tuple[float, float]]:
    return {run.meta.id.rsplit("-", 2)[0]: (run.x, run.y) for run in texts(document)}


def test_children_stand_one_below_the_other_in_order() -> None:
    found = tops(result(stack(text("a", "title"), text("b", "tag"), text("c", "cta"))).document)
    assert found["a"][1] < found["b"][1] < found["c"][1]
    assert found["a"][0] == found["b"][0] == found["c"][0], "ranged left"


def test_or_one_beside_the_other() -> None:
    found = tops(result(stack(text("a", "title", 30), text("b", "cta", 30), stack='direction="across"')).document)
    assert found["a"][0] < found["b"][0]
    assert found["a"][1] == pytest.approx(found["b"][1], abs=6)


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


def test_all_shrink_together_before_any_is_dropped() -> None:
    layer = stack(text("a", "title", 90), text("b", "cta", 45, '<ddm:fit priority="3"/>'), place='height="110px"')
    found = result(layer)
    assert size(found.document, "a") < 90
    assert size(found.document, "a") / size(found.document, "b") == pytest.approx(2, rel=0.1)
    (told,) = origins(found, "g", "scale")
    assert float(told.partition(":")[0]) < 1


def test_the_highest_priority_goes_first_and_nought_never() -> None:
    def left(height: str) -> list[str]:
        layer = stack(
            text("a", "title", 60),
            text("b", "tag", 60, '<ddm:fit priority="2" least="40%"/>'),
            text("c", "cta", 60, '<ddm:fit priority="5"/>'),
            place=f'height="{height}"',
            stack='least="90%"',
        )
        return list(tops(result(layer).document))

    assert left("400px") == ["a", "b", "c"]
    assert left("140px") == ["a", "b"]
    assert left("60px") == ["a"]
    with pytest.raises(Unfit, match="does not fit 800x10 at 12 px"):
        left("10px")


def test_what_was_dropped_is_told_and_costs() -> None:
    def at(height: str) -> Resolved:
        offer = text("c", "cta", 60, '<ddm:fit priority="5"/>')
        layer = stack(text("a", "title"), offer, place=f'height="{height}"', stack='least="90%"')
        return result(layer)

    assert origins(at("60px"), "c", "dropped")[0].startswith("yes: no room at the least scale")
    assert origins(at("300px"), "c", "dropped") == []
    assert at("60px").cost > at("300px").cost


def test_a_dropped_object_leaves_no_gap() -> None:
    objects = COPY + '<ddm:copy id="none" from="copy.badge" otherwise="drop"/>'
    layer = stack(text("a", "title"), text("n", "none"), text("b", "cta"))
    plain = stack(text("a", "title"), text("b", "cta"))
    without = product(copy={"tagline": "T", "cta": "C"}, title="Vase")
    found = [tops(resolved(compiled(PICTURE + objects, x), SQUARE, product=without).document) for x in (layer, plain)]
    assert found[0] == found[1]


@pytest.mark.parametrize("shape", ["pill", "box", "disc"])
def test_badges_hold_their_copy(shape: str) -> None:
    objects = PICTURE + COPY + '<ddm:palette id="mood" of="photo"/>'
    badge = f'<ddm:badge from="mood" shape="{shape}"/>'
    document = resolved(compiled(objects, stack(text("t", "cta", 40, badge))), SQUARE).document
    (run,) = texts(document)
    box: Box = named(document, "t-badge").box  # type: ignore[union-attr]
    assert box.contains(Box(run.x, run.y - 0.75 * run.size, run.width, 0.75 * run.size))
    assert run.x + run.width / 2 == pytest.approx(box.centre[0], abs=0.6)
    assert (box.ratio == pytest.approx(1)) is (shape == "disc")


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
    assert found["a"][1] < found["b"][1] == pytest.approx(found["c"][1], abs=3)
    assert found["b"][0] < found["c"][0]


def test_a_text_alone_is_a_stack_of_one() -> None:
    (run,) = texts(result('<text id="t" font-size="40">Sample<ddm:place left="10%" align="start"/></text>').document)
    assert run.text == "Sample"
    assert run.x == pytest.approx(80, abs=1)


def test_leading_of_neighbouring_lines() -> None:
    fit = '<ddm:fit lines="4"/>'
    layer = stack(text("t", "title", 60, fit), place='left="0%" width="260px"')
    found = lines(result(layer, title="A quiet vase for one stem").document, "t")
    assert len(found) >= 3
    steps = {round((below[0].y - above[0].y) / above[0].size, 2) for above, below in pairwise(found)}
    assert len(steps) == 1
    assert 1 < steps.pop() < 1.4
