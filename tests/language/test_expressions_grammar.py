"""What is written is what is read; what cannot be read has a column."""

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
    ConditionError,
    Not,
    holds,
    parse,
    position,
)
from tests.support.conditions import ANY_CONDITION, KEYWORDS, Comparison

A, B, C = (Comparison(name, "flag") for name in "abc")


@given(ANY_CONDITION)
def test_what_is_written_is_read_back(condition: Condition) -> None:
    assert parse(str(condition)) == condition


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("a", A),
        ("subject.area le 1%", Comparison("subject.area", "le", (Amount(1, "%"),))),
        ("a le 1 %", Comparison("a", "le", (Amount(1, "%"),))),
        ("a in 10%..45%", Comparison("a", "within", (Amount(10, "%"), Amount(45, "%")))),
        ("a in -1..1.5", Comparison("a", "within", (Amount(-1), Amount(1.5)))),
        ("a in 350deg..10deg", Comparison("a", "within", (Amount(350, "deg"), Amount(10, "deg")))),
        ("a in {b, 'c d'}", Comparison("a", "among", words=("b", "c d"))),
        ("a = in-stock", Comparison("a", "=", words=("in-stock",))),  # begins like an operator
        ("a = 'and'", Comparison("a", "=", words=("and",))),
        ("a = 'it''s'", Comparison("a", "=", words=("it's",))),
        ("a = ''", Comparison("a", "=", words=("",))),
        ("a contains mug", Comparison("a", "contains", words=("mug",))),
        ("a is known", Comparison("a", "known")),
        ("a is unknown", Comparison("a", "unknown")),
        ("known is known", Comparison("known", "known")),
        ("a lt b", Comparison("a", "lt", other="b")),
        ("a.b ge c.d.e", Comparison("a.b", "ge", other="c.d.e")),
        ("a = b.c", Comparison("a", "=", other="b.c")),  # a dot makes it a name
        ("a = b", Comparison("a", "=", words=("b",))),
        ("a = 'b.c'", Comparison("a", "=", words=("b.c",))),  # in quotes it is a word
        ("a has b.c", Comparison("a", "has", words=("b.c",))),
        ("notable = b", Comparison("notable", "=", words=("b",))),
        ("a or b and not c", Any((A, All((B, Not(C)))))),
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
        ("a\n= = b", 5),
        ("a le 5 furlongs", 8),
        ("a in 1..", 9),
        ("a in 1, 2", 7),
        ("a is red", 6),
        ("(a", 3),
        ("a) or b", 2),
        ("a & b", 3),
        ("and", 1),
        ("a = 'open", 5),
        ("a le 1.2.3", 9),
        ("a le 1234567890123456", 21),  # more digits than any measure has
    ],
)
def test_what_cannot_be_read_has_a_column(text: str, column: int) -> None:
    with pytest.raises(ConditionError, match=rf"at its column {column} \(") as caught:
        parse(text, "t.svg:3:4")
    assert caught.value.where == "t.svg:3:4"
    assert position(caught.value) == caught.value.column == column
    assert parse(caught.value.mend.partition(": ")[2])  # the example given is itself right


def test_other_errors_have_no_column() -> None:
    assert position(InputError("something else")) is None


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("a < 5", "write lt for <"),
        ("a >= 5", "write ge for >="),
        ("a != b", "write ne for !="),
        ("a && b", "write and for &&"),
        ("a == b", "write = for =="),
        ('a = "b"', "write ' for \""),
    ],
)
def test_signs_of_other_languages_are_translated(text: str, says: str) -> None:
    with pytest.raises(InputError) as caught:
        parse(text)
    assert caught.value.mend.startswith(says + ",")


@given(
    st.text()
    | st.lists(st.sampled_from([*KEYWORDS, "a", "b.c", "5%", "..", "{", "}", "(", ")", ",", "'", "="])).map(" ".join)
)
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        condition = parse(text)
    except ConditionError as error:
        refused = error.column
    else:
        refused = 1
        assert parse(str(condition)) == condition
    assert 1 <= refused <= len(text) + 1


def test_each_comparison_knows_where_it_stands() -> None:
    text = "a.b and not (c le 5%\n or d has 'x')"
    assert [text[test.at - 1 :].startswith(test.name) for test in expressions.tests(parse(text))] == [True] * 3


def test_length_is_limited() -> None:
    assert parse("a" * MAX_LENGTH)
    with pytest.raises(ConditionError, match="longer than"):
        parse("a" * (MAX_LENGTH + 1))


def test_nesting_is_limited() -> None:
    deep = parse("not " * MAX_NESTING + "a")
    assert holds(deep, {"a": True}.get)
    assert str(deep).startswith("not not")
    for text in ("not " * (MAX_NESTING + 1) + "a", "(" * (MAX_NESTING + 1) + "a" + ")" * (MAX_NESTING + 1)):
        with pytest.raises(ConditionError, match="brackets and nots"):
            parse(text)


def test_brackets_in_words_do_not_count() -> None:
    assert parse(f"a has '{'(' * 40}'")
