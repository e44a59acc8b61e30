"""Fitting by arithmetic against trying every scale: the same stacks, as large as they can be."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ddm.resolve.pieces import SetText, StackItem
from ddm.resolve.setting import SPARE, STEP, largest
from tests.support.copying import readied, stack, text

TITLES = st.sampled_from(["Vase", "A quiet vase for one stem", "Press once. Keep it forever.", "Stoneware"])
SIDES = st.integers(60, 700)


def tried(stack: StackItem, width: float, height: float) -> float | None:
    """The largest of all scales that fits, by trying each."""
    steps = math.ceil(math.log(stack.stack.least, STEP))
    for scale in (*(STEP**step for step in range(steps)), stack.stack.least):
        group = stack.sized(width, scale)
        if group and group.width <= width + SPARE and group.height <= height + SPARE:
            return scale
    return None


@given(TITLES, SIDES, SIDES, st.integers(1, 3), st.sampled_from(["down", "across"]))
@settings(deadline=None)
def test_the_scale_is_the_largest_of_all(title: str, width: int, height: int, most: int, direction: str) -> None:
    fit = f'<ddm:fit lines="{most}" least="60%"/>'
    children = text("a", "title", 90, fit), text("b", "tag", 40, '<ddm:fit lines="2"/>'), text("c", "cta", 30)
    item, _ = readied(stack(*children, stack=f'direction="{direction}" least="40%"'), title=title)
    found = largest(item, width, height)
    assert (found[1] if found else None) == tried(item, width, height)


@given(TITLES, SIDES, st.integers(1, 4))
@settings(deadline=None)
def test_a_text_is_as_large_as_its_width_allows(title: str, width: int, most: int) -> None:
    item, _ = readied(stack(text("t", "title", 90, f'<ddm:fit lines="{most}" least="30%"/>')), title=title)
    group = item.sized(width, 1.0)
    if group is None:
        return
    (piece,) = group.pieces
    assert isinstance(piece, SetText)
    assert piece.size == pytest.approx(90) or piece.width > width - 0.01
    assert piece.width <= width + 0.01
    assert len(piece.cut.way.lines) <= most


@pytest.mark.parametrize(
    ("title", "most", "width", "kept"),
    [
        ("绿意自上而来", 2, 300, ["绿意", "自上而来"]),
        ("绿意自上而来", 2, 215, ["绿意", "自上而来"]),
        ("一件裙子，整个夏天", 4, 190, ["一件", "裙子，", "整个", "夏天"]),  # three lines would be full, and tear words
    ],
)
def test_a_chinese_word_is_kept_whole_where_that_costs_little(
    title: str, most: int, width: float, kept: list[str]
) -> None:
    item, _ = readied(stack(text("t", "title", 60, f'<ddm:fit lines="{most}" least="40%"/>')), title=title)
    group = item.sized(width, 1.0)
    assert group
    (piece,) = group.pieces
    assert isinstance(piece, SetText)
    assert [line.text for line in piece.cut.way.lines] == kept


@pytest.mark.parametrize(("width", "shown"), [(640, 90), (560, 82)])
def test_words_do_not_stand_alone_for_the_sake_of_a_little_size(width: float, shown: float) -> None:
    item, _ = readied(stack(text("t", "title", 90, '<ddm:fit lines="3"/>')), title="Barely there. Always ahead.")
    group = item.sized(width, 1.0)
    assert group
    (piece,) = group.pieces
    assert isinstance(piece, SetText)
    assert [line.text for line in piece.cut.way.lines] == ["Barely there.", "Always ahead."]
    assert piece.size == pytest.approx(shown, abs=0.1)
