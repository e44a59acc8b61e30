"""Copy side by side: on one baseline whatever its size, shapes and badges centred on the capitals."""

from __future__ import annotations

import pytest

from tests.support.copying import lines, result, stack, text, tops
from tests.support.resolving import named, texts

ACROSS = 'direction="across" gap="20px"'


def test_copy_stands_side_by_side_in_order() -> None:
    found = tops(result(stack(text("a", "title", 30), text("b", "cta", 30), stack=ACROSS)).document)
    assert found["a"][0] < found["b"][0]


def test_texts_of_any_size_share_their_baseline() -> None:
    found = tops(result(stack(text("a", "title", 90), text("b", "cta", 24), stack=ACROSS)).document)
    assert found["a"][1] == pytest.approx(found["b"][1])


def test_beside_a_text_of_several_lines_all_are_centred() -> None:
    fit = '<ddm:fit lines="3"/>'
    layer = stack(text("a", "title", 60), text("b", "tag", 40, fit), place='width="400px"', stack=ACROSS)
    document = result(layer).document
    several = [line[0] for line in lines(document, "b")]
    assert len(several) > 1
    (alone,) = lines(document, "a")[0]
    middle = (several[0].y - 0.727 * several[0].size + several[-1].y) / 2
    assert alone.y - 0.727 * alone.size / 2 == pytest.approx(middle, abs=0.5)


def test_a_badge_is_centred_on_the_capitals() -> None:
    badge = '<ddm:badge from="mood"/>'
    document = result(stack(text("a", "title", 90), text("b", "cta", 24, badge), stack=ACROSS)).document
    middle = named(document, "b-badge").box.centre[1]  # type: ignore[union-attr]
    capitals = next(run for run in texts(document) if run.meta.id == "a-1-1")
    assert middle == pytest.approx(capitals.y - 0.727 * 90 / 2, abs=0.5)


def test_so_is_a_shape() -> None:
    rule = '<rect id="rule" width="4" height="60" fill="#333333"/>'
    document = result(stack(text("a", "title", 60), rule, stack=ACROSS)).document
    middle = named(document, "rule").box.centre[1]  # type: ignore[union-attr]
    assert middle == pytest.approx(tops(document)["a"][1] - 0.727 * 60 / 2, abs=0.5)


def test_texts_of_several_lines_take_the_room_that_is_left() -> None:
    fit = '<ddm:fit lines="4"/>'
    layer = stack(text("a", "cta", 40), text("b", "tag", 40, fit), place='width="420px" left="0px"', stack=ACROSS)
    document = result(layer).document
    (fixed,) = lines(document, "a")[0]
    for line in lines(document, "b"):
        assert line[0].x == pytest.approx(fixed.x + fixed.width + 20, abs=0.1)
        assert line[-1].x + line[-1].width <= 420.5


def test_a_row_that_is_spread_takes_all_its_room() -> None:
    layer = stack(
        text("a", "title", 30),
        text("b", "cta", 30),
        text("c", "title", 30),
        place='left="50px" width="700px"',
        stack=f'{ACROSS} spread="yes"',
    )
    a, b, c = (lines(result(layer).document, name)[0] for name in "abc")
    assert a[0].x == pytest.approx(50, abs=0.5)
    assert c[-1].x + c[-1].width == pytest.approx(750, abs=0.5)
    gaps = b[0].x - (a[-1].x + a[-1].width), c[0].x - (b[-1].x + b[-1].width)
    assert gaps[0] == pytest.approx(gaps[1], abs=0.5)
    assert gaps[0] > 20
