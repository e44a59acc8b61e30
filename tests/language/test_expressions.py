"""Conditions: what is written is what is read, evaluation keeps the laws of logic, wrong types are said."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ddm.errors import InputError
from ddm.language import expressions
from ddm.language.expressions import (
    MAX_LENGTH,
    MAX_NESTING,
    All,
    Amount,
    Any,
    Condition,
    Not,
    conjuncts,
    holds,
    mistyped,
    parse,
)
from ddm.perceive.schema import ATTRIBUTES, Attribute

Comparison = expressions.Test  # pytest would collect it by its own name

PART = st.from_regex(r"[a-z][a-z0-9_-]{0,5}", fullmatch=True)
KEYWORDS = ("and", "or", "not", "in", "ne", "lt", "le", "gt", "ge", "has", "lacks")
NAMES = st.lists(PART, min_size=1, max_size=3).map(".".join).filter(lambda name: name.partition(".")[0] not in KEYWORDS)
AMOUNTS = st.builds(
    Amount, st.integers(-(10**12), 10**12).map(lambda thousandths: thousandths / 1000), st.sampled_from(["", "%", "px"])
)
WORDS = st.text(st.characters(codec="utf-8", exclude_characters="'"), max_size=8) | PART | st.sampled_from(KEYWORDS)
TESTS = st.one_of(
    st.builds(Comparison, NAMES, st.just("flag")),
    st.builds(Comparison, NAMES, st.sampled_from(["=", "ne", "lt", "le", "gt", "ge"]), st.tuples(AMOUNTS)),
    st.builds(Comparison, NAMES, st.sampled_from(["=", "ne", "has", "lacks"]), st.just(()), st.tuples(WORDS)),
    st.builds(Comparison, NAMES, st.just("within"), st.tuples(AMOUNTS, AMOUNTS)),
    st.builds(Comparison, NAMES, st.just("among"), st.just(()), st.lists(WORDS, min_size=1, max_size=3).map(tuple)),
)


def parts(inner: st.SearchStrategy[Condition]) -> st.SearchStrategy[tuple[Condition, ...]]:
    return st.lists(inner, min_size=2, max_size=3).map(tuple)


def composed(leaves: st.SearchStrategy[Comparison]) -> st.SearchStrategy[Condition]:
    return st.recursive(
        leaves,
        lambda inner: st.one_of(st.builds(All, parts(inner)), st.builds(Any, parts(inner)), st.builds(Not, inner)),
        max_leaves=8,
    )


@given(composed(TESTS))
def test_what_is_written_is_read_back(condition: Condition) -> None:
    assert parse(str(condition)) == condition


A, B, C = (Comparison(name, "flag") for name in "abc")


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("a", Comparison("a", "flag")),
        ("subject.area le 1%", Comparison("subject.area", "le", (Amount(1, "%"),))),
        ("a in 10%..45%", Comparison("a", "within", (Amount(10, "%"), Amount(45, "%")))),
        ("a in -1..1.5", Comparison("a", "within", (Amount(-1), Amount(1.5)))),
        ("a in {b, 'c d'}", Comparison("a", "among", words=("b", "c d"))),
        ("a = in-stock", Comparison("a", "=", words=("in-stock",))),  # begins like an operator
        ("a = 'and'", Comparison("a", "=", words=("and",))),
        ("notable = b", Comparison("notable", "=", words=("b",))),
        (
            "a or b and not c",
            Any((Comparison("a", "flag"), All((Comparison("b", "flag"), Not(Comparison("c", "flag")))))),
        ),
        ("(a or b) and c", All((Any((A, B)), C))),
        (" a\n=\tb ", Comparison("a", "=", words=("b",))),
    ],
)
def test_grammar(text: str, means: Condition) -> None:
    assert parse(text) == means


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("", 1),
        ("a =", 4),
        ("a = = b", 5),
        ("a le 5 furlongs", 8),
        ("a in 1..", 9),
        ("(a", 3),
        ("a) or b", 2),
        ("a & b", 3),
        ("and", 1),
        ("a = 'open", 5),
    ],
)
def test_what_cannot_be_read_has_a_column(text: str, column: int) -> None:
    with pytest.raises(InputError, match=rf"at its column {column} \(") as caught:
        parse(text, "t.svg:3:4")
    assert caught.value.where == "t.svg:3:4"
    assert parse(caught.value.mend.partition(": ")[2])  # the example given is itself right


def test_limits() -> None:
    assert parse("a" * MAX_LENGTH)
    with pytest.raises(InputError, match="longer than"):
        parse("a" * (MAX_LENGTH + 1))
    deep = parse("not " * MAX_NESTING + "a")
    assert holds(deep, {"a": True}.get)
    assert str(deep).startswith("not not")
    for text in ("not " * (MAX_NESTING + 1) + "a", "(" * (MAX_NESTING + 1) + "a" + ")" * (MAX_NESTING + 1)):
        with pytest.raises(InputError, match="brackets and nots"):
            parse(text)


# ------------------------------------------------------------------------------------------------ evaluation

RECORD = st.fixed_dictionaries(
    {
        "n": st.none() | st.floats(-5, 5),
        "w": st.none() | st.sampled_from(["left", "right", "none", "lefty"]),
        "s": st.none() | st.frozensets(st.sampled_from(["left", "top"])),
        "f": st.none() | st.booleans(),
    }
)
SMALL = st.builds(Amount, st.integers(-5, 5).map(float))
SIMPLE = st.one_of(
    st.just(Comparison("f", "flag")),
    st.builds(Comparison, st.just("n"), st.sampled_from(["=", "ne", "lt", "le", "gt", "ge"]), st.tuples(SMALL)),
    st.builds(Comparison, st.just("n"), st.just("within"), st.tuples(SMALL, SMALL)),
    st.builds(
        Comparison,
        st.sampled_from("ws"),
        st.sampled_from(["=", "ne", "has", "lacks"]),
        st.just(()),
        st.tuples(st.sampled_from(["left", "none", "top"])),
    ),
)
LOGIC = composed(SIMPLE)


@given(RECORD, LOGIC, LOGIC)
def test_laws_of_logic(record: dict, one: Condition, other: Condition) -> None:
    def true(condition: Condition) -> bool:
        return holds(condition, record.get)

    assert true(All((one, other))) == (true(one) and true(other))
    assert true(Any((one, other))) == (true(one) or true(other))
    assert true(Not(one)) != true(one)
    assert true(Not(All((one, other)))) == true(Any((Not(one), Not(other))))


@given(RECORD, LOGIC)
def test_conjuncts_and_text_mean_the_same(record: dict, condition: Condition) -> None:
    whole = holds(condition, record.get)
    assert all(holds(part, record.get) for part in conjuncts(condition)) == whole
    assert holds(parse(str(condition)), record.get) == whole
    assert {test.name for test in expressions.tests(condition)} <= {"n", "w", "s", "f"}


@given(st.floats(-5, 5), st.integers(-5, 5), st.integers(-5, 5))
def test_numbers(value: float, low: int, high: int) -> None:
    def true(text: str) -> bool:
        return holds(parse(text), {"n": value}.get)

    assert true(f"n in {low}..{high}") == (low <= value <= high)
    assert true(f"n lt {low}") == (value < low) == (not true(f"n ge {low}"))
    assert true(f"n gt {low}") == (value > low) == (not true(f"n le {low}"))
    assert true(f"n = {low}") == math.isclose(value, low, abs_tol=1e-9, rel_tol=0) == (not true(f"n ne {low}"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("area = 12%", True),  # per cent are hundredths
        ("area = 0.12", True),
        ("cut = none", False),
        ("cut has left", True),
        ("cut has top", False),
        ("cut lacks top", True),
        ("cut = left", True),
        ("none-cut = none", True),
        ("none-cut ne none", False),
        ("kind in {studio, plain}", True),
        ("kind in {studio}", False),
        ("label has mug", True),  # part of a text
        ("label = 'coffee mug'", True),
        ("yes", True),
        ("missing", False),
        ("missing ne 3", False),  # nothing is known, so nothing holds
        ("not missing = 3", True),
        ("kind lt 3", False),
        ("area has left", False),
    ],
)
def test_evaluation(text: str, expected: bool) -> None:
    record = {
        "area": 0.12,
        "cut": frozenset({"left"}),
        "none-cut": frozenset(),
        "kind": "plain",
        "label": "coffee mug",
        "yes": True,
    }
    assert holds(parse(text), record.get) is expected


def test_no_condition_always_holds() -> None:
    assert holds(None, {}.get)
    assert conjuncts(None) == ()


def test_conjuncts_are_counted_one_by_one() -> None:
    assert [str(part) for part in conjuncts(parse("a and (b or c) and (d and not e)"))] == ["a", "b or c", "d", "not e"]


# ------------------------------------------------------------------------------------------------ types

FLAG = Attribute("new", "flag", "Whether it is new.")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("subject.area le 12%", None),
        ("subject.area le 0.12", None),
        ("subject.area le 120%", "120% is outside the range of subject.area (0 to 1)"),
        ("subject.area le 12", "outside the range"),  # meant as per cent
        ("subject.area le 12px", "subject.area is in %, not in px"),
        ("subject.area in 45%..10%", "nothing lies between 45% and 10%"),
        ("subject.area = large", "compare it with a number, not 'large'"),
        ("subject.area", "compare it with a value"),
        ("width ge 800px", None),
        ("width ge 800", None),
        ("width ge 80%", "width is in px, not in %"),
        ("ratio ge 2px", "ratio is in plain numbers, not in px"),
        ("subject.hue in 10deg..40deg", None),
        ("subject.hue = 400deg", "outside the range"),
        ("subject.facing = left", None),
        ("subject.facing = up", "one of left, front, right; not 'up'"),
        ("subject.facing in {left, up}", "not 'up'"),
        ("subject.facing = none", "not 'none'"),  # it always faces somewhere
        ("subject.facing lt left", "'lt' never holds of it"),
        ("subject.facing = 3", "compare it with a word, not 3"),
        ("subject.cut = none", None),
        ("subject.cut has left", None),
        ("subject.cut has middle", "not 'middle'"),
        ("subject.area has 3%", "'has' never holds of it"),
        ("class.name has mug", None),
    ],
)
def test_wrong_types_are_said(text: str, says: str | None) -> None:
    test = parse(text)
    assert isinstance(test, Comparison)
    found = mistyped(test, ATTRIBUTES[test.name])
    assert found is None if says is None else says in (found or "")


def test_flags() -> None:
    assert mistyped(Comparison("new", "flag"), FLAG) is None
