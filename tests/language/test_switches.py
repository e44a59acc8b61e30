"""Arrangements: each must be reached somewhere, and every ratio that is served must have one."""

import pytest

from ddm.language.expressions import parse
from ddm.language.ratios import Coverage, verdict
from ddm.language.sense import MAX_ARMS
from tests.support.templates import found, told


def switch(*conditions: str) -> str:
    arms = (f'<g id="arm{n}"' + (f' ddm:when="{c}"' if c else "") + "/>" for n, c in enumerate(conditions, 1))
    return f'<switch id="s">{"".join(arms)}</switch>'


def warnings(*conditions: str, root: str = "") -> list[str]:
    return [f"{w.code}: {w.what}" for w in found(layers=switch(*conditions), root=root)]


def test_the_last_arrangement_may_go_without_a_condition() -> None:
    assert warnings("canvas.ratio ge 2", "canvas.ratio lt 0.5", "") == []


def test_arrangements_may_cover_all_ratios_together() -> None:
    assert warnings("canvas.ratio ge 1", "canvas.ratio lt 1") == []


def test_ratios_without_an_arrangement_are_told() -> None:
    assert warnings("canvas.ratio ge 1.1", "canvas.ratio lt 0.9") == ["uncovered: no arrangement for ratio 0.9..1.1"]


def test_a_single_ratio_without_an_arrangement_is_told() -> None:
    assert warnings("canvas.ratio gt 1", "canvas.ratio lt 1") == ["uncovered: no arrangement for ratio 1"]


def test_each_gap_is_told() -> None:
    assert warnings("canvas.ratio in 1..2", "canvas.ratio in 4..5") == [
        "uncovered: no arrangement for ratio 0.05..1",
        "uncovered: no arrangement for ratio 2..4",
        "uncovered: no arrangement for ratio 5..20",
    ]


def test_ratios_that_the_template_does_not_serve_need_none() -> None:
    assert warnings("canvas.ratio ge 1.1", "canvas.ratio lt 0.9", root='ddm:ratios="1.2..4"') == [
        "not-reached: the arrangement 'arm2' is never taken: earlier ones hold wherever it would"
    ]


def test_where_more_than_the_ratio_decides_that_is_told() -> None:
    assert warnings("canvas.ratio ge 1", "canvas.height ge 1500") == [
        "uncovered: for ratio 0.05..1, whether there is an arrangement depends on more than the ratio"
    ]


def test_an_arrangement_after_one_that_always_holds_is_never_taken() -> None:
    assert told(layers=switch("", "canvas.ratio ge 2")) == [("not-reached", "canvas.ratio ge 2")]


def test_an_arrangement_that_earlier_ones_cover_is_never_taken() -> None:
    assert told(layers=switch("canvas.ratio ge 1", "canvas.ratio lt 1", "canvas.width ge 600", "")) == [
        ("not-reached", "canvas.width ge 600"),
        ("not-reached", "<g"),
    ]


def test_arrangements_that_depend_on_more_are_not_judged() -> None:
    assert warnings("canvas.height ge 1500", "canvas.ratio ge 2", "") == []


def test_a_switch_without_arrangements_serves_nothing() -> None:
    assert warnings() == ["uncovered: no arrangement for ratio 0.05..20"]


def test_an_arrangement_is_no_switch() -> None:
    assert ("wrong-place", "<switch") in told(layers=f'<switch id="t">{switch("")}</switch>')


def test_arrangements_have_a_limit() -> None:
    many = [f"canvas.ratio ge {20 - n / 10:g}" for n in range(MAX_ARMS)]
    assert told(layers=switch(*many, "")) == [("too-many", "<switch")]


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        ("canvas.ratio ge 1", True),
        ("canvas.ratio lt 1", False),
        ("canvas.width ge 1", None),
        ("not canvas.width ge 1", None),
        ("canvas.ratio ge 1 or canvas.width ge 1", True),
        ("canvas.ratio ge 1 and canvas.width ge 1", None),
        ("canvas.ratio lt 1 and canvas.width ge 1", False),
        ("canvas.ratio lt 1 or canvas.width ge 1", None),
        ("canvas.ratio lt photo.ratio", None),
    ],
)
def test_what_the_ratio_alone_says(condition: str, holds: bool | None) -> None:
    assert verdict(parse(condition), 1.0) is holds


def test_no_condition_always_holds() -> None:
    assert verdict(None, 1.0) is True
    assert Coverage([None], (0.5, 2)).reached() == [True]
    assert list(Coverage([None], (0.5, 2)).gaps()) == []
