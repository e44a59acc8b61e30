"""What a host covers stays free of all but backgrounds and decoration, and text keeps to its share of the canvas."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ddm.geometry import Box
from ddm.measure import Scores
from ddm.measure.free import covered
from ddm.svg.tree import Clip, Group, Image, Meta, Node, Rect
from tests.measure.test_measures import FORMAT, HERO, creative, headline, judged

SKIP = Box(600, 0, 200, 140)  # a button in the right upper corner
HOST: dict[str, Any] = {"format": replace(FORMAT, reserved=(SKIP,), reasons=("skip button",))}


def of_safe(*nodes: Node, **changes: Any) -> tuple[float, str]:
    scores = judged(creative(*nodes), **{**HOST, **changes})
    return scores.values["safe"], " ".join(failure for failure in scores.failures if failure.startswith("safe"))


def test_copy_beside_a_region_in_a_corner_is_safe() -> None:
    assert of_safe(HERO, headline())[0] == 0


def test_copy_in_a_region_is_covered() -> None:
    found, told = of_safe(HERO, headline("Made by hand, in Wales", size=60))
    assert found == 1
    assert "'Made by hand, in Wales' is covered by the host" in told


def test_a_badge_in_a_region_is_covered() -> None:
    badge = Rect(Box(600, 50, 120, 60), "#b0402a", meta=Meta("sale", "copy"))
    assert "sale is covered by the host" in of_safe(badge)[1]


def test_a_logo_in_a_region_is_covered_and_one_in_the_margin_leaves_the_safe_area() -> None:
    mark = Image("plain.webp", Box(600, 50, 120, 40), meta=Meta("mark", "subject", "mark"))
    known: dict[str, Any] = {"mattes": {}}
    assert "mark is covered by the host" in of_safe(mark, **known)[1]
    assert "mark leaves the safe area" in of_safe(replace(mark, box=Box(0, 700, 120, 40)), **known)[1]


def test_a_subject_in_a_region_is_covered_whether_cut_out_or_in_a_photograph() -> None:
    high = replace(HERO, box=Box(400, 0, 400, 400))
    photo = Image("photo.webp", Box(400, 0, 400, 400), meta=Meta("photo", "image"))
    for node, name in ((high, "hero"), (photo, "photo")):
        scores = judged(creative(node), **HOST)
        assert f"of {name} is covered by the host" in " ".join(scores.failures)
        assert 0.05 < scores.values["subject_seen"] < 0.5


def test_a_subject_may_enter_the_margins() -> None:
    scores = judged(creative(replace(HERO, box=Box(0, 250, 500, 500))), **HOST)
    assert (scores.values["safe"], scores.values["subject_seen"]) == (0, 0)


def test_what_a_clip_hides_of_a_subject_is_not_in_a_region() -> None:
    high = Image("photo.webp", Box(400, 0, 400, 400), meta=Meta("photo", "image"))
    cut = Group((high,), clip=Clip(Box(400, 150, 400, 250)))
    assert judged(creative(cut), **HOST).values["subject_seen"] == 0


def test_decoration_and_backgrounds_may_lie_in_a_region() -> None:
    ground = Image("plain.webp", Box(0, 0, 800, 800), meta=Meta("ground", "background"))
    assert of_safe(ground, Rect(Box(500, 0, 300, 200), "#b0402a"), mattes={})[0] == 0


def test_type_under_the_formats_smallest_does_not_fit() -> None:
    small = headline(size=20, y=200)
    assert judged(creative(small), format=replace(FORMAT, min_text=20)).values["fits"] == 0
    scores = judged(creative(small), format=replace(FORMAT, min_text=21))
    assert "set at 20.0, less than 21" in " ".join(scores.failures)


# ------------------------------------------------------------------------------------------------ share


def shared(text: str, share: float, *nodes: Node) -> Scores:
    return judged(creative(*nodes), format=replace(FORMAT, text=text, text_share=share))


def test_the_share_of_text_is_asked_only_where_a_format_limits_it() -> None:
    assert "text_share" not in judged(creative(headline())).values
    assert shared("little", 0.3, headline()).values["text_share"] == 0


def test_text_beyond_the_share_fails_with_both_figures() -> None:
    scores = shared("little", 0.05, headline())
    assert scores.values["text_share"] == pytest.approx(0.02, abs=0.02)
    assert "of the canvas, 5% allowed" in " ".join(scores.failures)


def test_where_no_text_is_allowed_any_fails() -> None:
    assert shared("none", 0.0).values["text_share"] == 0
    assert shared("none", 0.0, headline("A", size=30)).values["text_share"] > 0


def test_a_button_and_its_words_count_once() -> None:
    button = Rect(Box(40, 40, 700, 120), "#ffffff", meta=Meta("button", "copy"))
    assert shared("none", 0.0, button, headline()).values["text_share"] == pytest.approx(700 * 120 / 640_000)


boxes = st.builds(Box, st.integers(-5, 12), st.integers(-5, 12), st.integers(0, 9), st.integers(0, 9))


@given(st.lists(boxes, max_size=5))
def test_the_covered_area_is_that_of_the_union(found: list[Box]) -> None:
    canvas = Box(0, 0, 10, 10)
    cells = {
        (x, y) for x in range(10) for y in range(10) if any(b.x <= x < b.right and b.y <= y < b.bottom for b in found)
    }
    assert covered(canvas, found) == len(cells)
