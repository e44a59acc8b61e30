"""What conditions mean of one record; evaluation keeps the laws of logic."""

import math
from typing import Any as Anything

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ddm.language import expressions
from ddm.language.expressions import All, Any, Condition, Not, compiled, conjuncts, holds, parse, settled
from ddm.perceive.schema import Value
from tests.support.conditions import ATTRIBUTE_CONDITION, RECORDS, Comparison

RECORD: dict[str, Value] = {
    "area": 0.12,
    "half": 0.5,
    "hue": 355.0,
    "cut": frozenset({"left"}),
    "cut-off": frozenset({"left", "top"}),
    "none-cut": frozenset(),
    "kind": "studio",
    "other.kind": "studio",
    "label": "Coffee mug",
    "greek": "ΟΔΟΣ",
    "yes": True,
    "no": False,
}


def true(text: str) -> bool:
    return holds(parse(text), RECORD.get)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("area = 12%", True),  # per cent are hundredths
        ("area = 0.12", True),
        ("area ne 12%", False),
        ("area in 12%..13%", True),  # the ends belong to it
        ("area in 13%..12%", False),
        ("hue in 350deg..10deg", True),  # through 0
        ("hue in 10deg..350deg", False),
        ("hue in 350..10", False),  # plain numbers do not go round
    ],
)
def test_numbers(text: str, expected: bool) -> None:
    assert true(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("kind = studio", True),
        ("kind ne studio", False),
        ("kind in {studio, plain}", True),
        ("kind in {plain}", False),
        ("label has mug", True),
        ("label has coffee", False),  # letter by letter
        ("label lacks coffee", True),
        ("label contains coffee", True),  # whatever its case
        ("greek contains 'οδος'", True),  # one sigma
        ("greek contains 'οδοσ'", True),
        ("label = 'Coffee mug'", True),
        ("label has ''", True),
    ],
)
def test_words_and_texts(text: str, expected: bool) -> None:
    assert true(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("cut = left", True),
        ("cut-off = left", False),  # it has another one
        ("cut-off has left", True),
        ("cut has top", False),
        ("cut lacks top", True),
        ("cut = none", False),
        ("none-cut = none", True),
        ("none-cut ne none", False),
        ("none-cut lacks left", True),
        ("cut in {left, top}", True),  # = with one of them
        ("none-cut in {left, none}", True),
        ("cut-off in {left, top}", False),
    ],
)
def test_sets(text: str, expected: bool) -> None:
    assert true(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("area lt half", True),
        ("half le area", False),
        ("half ge half", True),
        ("kind = other.kind", True),
        ("kind ne other.kind", False),
        ("area lt kind", False),  # of different kinds
        ("kind lt other.kind", False),  # words have no order
        ("area lt missing", False),
        ("missing lt area", False),
        ("kind ne no.such", False),
    ],
)
def test_two_names(text: str, expected: bool) -> None:
    assert true(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("missing", False),
        ("missing ne 3", False),  # nothing is known, so nothing holds
        ("missing lacks left", False),
        ("not missing = 3", True),
        ("not (missing gt 1)", True),
        ("missing is unknown", True),
        ("missing is known", False),
        ("area is known", True),
        ("no is known", True),
        ("none-cut is known", True),  # an empty set is a value
    ],
)
def test_names_without_a_value(text: str, expected: bool) -> None:
    assert true(text) is expected


@pytest.mark.parametrize(
    "text",
    ["kind lt 3", "kind ne 3", "area has left", "area lacks left", "area ne left", "area", "kind", "yes = 1", "cut = 1",
     "cut contains left", "yes = yes", "cut in 1..2"],
)  # fmt: skip
def test_what_does_not_suit_the_kind_is_false(text: str) -> None:
    assert not true(text)


def test_flags() -> None:
    assert true("yes and not no")


@given(st.floats(-5, 5), st.integers(-5, 5), st.integers(-5, 5))
def test_numbers_are_those_of_arithmetic(value: float, low: int, high: int) -> None:
    def true(text: str) -> bool:
        return holds(parse(text), {"n": value}.get)

    assert true(f"n in {low}..{high}") == (low <= value <= high)
    assert true(f"n lt {low}") == (value < low) == (not true(f"n ge {low}"))
    assert true(f"n gt {low}") == (value > low) == (not true(f"n le {low}"))
    assert true(f"n = {low}") == math.isclose(value, low, abs_tol=1e-9, rel_tol=0) == (not true(f"n ne {low}"))


@pytest.mark.parametrize("number", [np.float32(0.5), np.float64(0.5), np.int64(0), 0])
def test_numbers_of_any_make(number: Anything) -> None:
    assert holds(parse("n le 0.5 and n in 0..0.5 and not n gt 0.5"), {"n": number}.get) is True


@given(RECORDS, ATTRIBUTE_CONDITION, ATTRIBUTE_CONDITION)
def test_laws_of_logic(record: dict[str, Value | None], one: Condition, other: Condition) -> None:
    def true(condition: Condition) -> bool:
        return holds(condition, record.get)

    assert true(All((one, other))) == (true(one) and true(other))
    assert true(Any((one, other))) == (true(one) or true(other))
    assert true(Not(one)) != true(one)
    assert true(Not(All((one, other)))) == true(Any((Not(one), Not(other))))


@given(RECORDS, ATTRIBUTE_CONDITION)
def test_parts_and_settled_forms_mean_the_same(record: dict[str, Value | None], condition: Condition) -> None:
    whole = holds(condition, record.get)
    assert all(holds(part, record.get) for part in conjuncts(condition)) == whole
    assert holds(settled(condition), record.get) == whole
    assert holds(settled(condition, False), record.get) != whole
    assert set(expressions.tests(settled(condition))) == set(expressions.tests(condition))


def test_no_condition_always_holds() -> None:
    assert holds(None, {}.get)
    assert conjuncts(None) == ()


def test_conjuncts_are_counted_one_by_one() -> None:
    assert [str(part) for part in conjuncts(parse("a and (b or c) and (d and not e)"))] == ["a", "b or c", "d", "not e"]


def test_a_condition_is_compiled_once() -> None:
    condition = Comparison("a", "flag")
    assert compiled(condition) is compiled(condition)
