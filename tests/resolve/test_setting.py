"""Copy into its place: whole, as large as fits, never under the format's minimum."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ddm.errors import Unfit
from ddm.formats.catalogue import Format
from tests.support.copying import lines, result, size, stack, text
from tests.support.resolving import texts

LATIN = st.text("abcdefghijklmnop ÄéQg-", min_size=1, max_size=40)
CHINESE = st.text("新品上市立减五十，。", min_size=1, max_size=12)
ARABIC = st.text("سعرخاصليوم ", min_size=1, max_size=20)
TITLES = st.one_of(LATIN, CHINESE, ARABIC)


@given(TITLES.filter(str.strip), st.integers(60, 900), st.integers(45, 600), st.integers(1, 4))
def test_copy_is_whole_and_inside_or_refused(title: str, width: int, height: int, most: int) -> None:
    format_ = Format("any", "Any", width, height, min_text=11)
    fit = f'<ddm:fit lines="{most}" least="40%" shorter="no"/>'
    try:
        document = result(stack(text("t", "title", 120, fit), place='left="5%" right="5%"'), format_, title).document
    except Unfit as reason:
        assert str(reason).startswith("the copy 'g' does not fit")  # noqa: PT017
        return
    found = lines(document, "t")
    letters = "".join(run.text for line in found for run in line).replace(" ", "")
    assert sorted(letters) == sorted("".join(title.split())), "no letter is lost or made"
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
        fit = '<ddm:fit lines="2" least="30%" shorter="no"/>'
        format_ = Format("any", "Any", 800, 800, min_text=8)
        place = f'left="0px" width="{side}px" height="{side}px"'
        return size(result(stack(text("t", "title", 90, fit), place=place), format_, "A quiet vase").document, "t")

    assert at(width + more) >= at(width) - 1e-6


def test_with_room_copy_has_the_size_of_the_sample() -> None:
    assert size(result(stack(text("t", "title", 60))).document, "t") == 60
    double = Format("double", "Double", 1600, 1600)
    assert size(result(stack(text("t", "title", 60)), double).document, "t") == 120, "by the canvas's mean side"


def test_the_format_has_the_last_word_on_small_type() -> None:
    assert size(result(stack(text("t", "title", 5))).document, "t") == 12


def test_nor_does_the_template_let_it_shrink_below_its_own_minimum() -> None:
    fit = '<ddm:fit min-size="48" least="30%"/>'
    with pytest.raises(Unfit, match="does not fit 160x800"):
        result(stack(text("t", "title", 60, fit), place='width="20%"', stack='least="30%"'), title="Stoneware")
    assert size(result(stack(text("t", "title", 20, fit))).document, "t") == 48


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
    layer = stack(
        text("t", "title", 60, '<ddm:fit least="100%" shorter="no"/>'), place='width="200px"', stack='least="100%"'
    )
    with pytest.raises(Unfit):
        result(layer, title="A quiet vase for one")


def test_families_weights_and_spacing_reach_the_output() -> None:
    style = 'font-family="Manrope, Noto Sans CJK SC" font-weight="800" letter-spacing="0.1em"'
    layer = stack(text("t", "title").replace("<text", f"<text {style}"))
    (run,) = texts(result(layer).document)
    assert (run.family, run.weight) == ("Manrope", 800)
    assert run.letter_spacing == pytest.approx(6)
    (run, *_) = texts(result(layer, title="新品").document)
    assert run.family == "Noto Sans CJK SC", "the family that has the characters"


def test_old_prices_are_struck_through() -> None:
    layer = stack(text("t", "title").replace("<text", '<text text-decoration="line-through"'))
    assert [run.decoration for run in texts(result(layer).document)] == ["line-through"]


def test_leading_of_neighbouring_lines() -> None:
    fit = '<ddm:fit lines="4" shorter="no"/>'
    layer = stack(text("t", "title", 60, fit), place='left="0%" width="260px"')
    found = lines(result(layer, title="A quiet vase for one stem").document, "t")
    assert len(found) >= 3
    steps = {round((below[0].y - above[0].y) / above[0].size, 2) for above, below in pairwise(found)}
    assert len(steps) == 1
    assert 1 < steps.pop() < 1.4
