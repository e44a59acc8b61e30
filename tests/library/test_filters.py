"""Conditions as the library's SQL: true of the same records as their evaluation, on real tables."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ddm.errors import InputError
from ddm.language.expressions import MAX_NESTING, Condition, Not, holds, parse
from ddm.library.filters import filter_of
from ddm.library.records import perception_of, perception_row
from ddm.library.store import Tables
from ddm.perceive.perception import Perception
from ddm.perceive.schema import Value
from tests.support.conditions import ATTRIBUTE_CONDITION, NASTY, RECORDS
from tests.support.materials import Look, material

PLAIN = material("a", look=Look(width=64, height=64))


def with_values(key: int, record: dict[str, Value | None]) -> Perception:
    """A perception that has these values, and no others of these names."""
    attributes = {**PLAIN.attributes, **record}
    return replace(PLAIN, id=str(key), attributes={n: v for n, v in attributes.items() if v is not None})


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Tables:
    return Tables(tmp_path_factory.mktemp("library") / "tables")


def put(tables: Tables, records: list[dict[str, Value | None]]) -> None:
    tables.put("materials", [perception_row(with_values(key, record)) for key, record in enumerate(records)])


def found(tables: Tables, condition: Condition, most: int) -> list[int]:
    rows = tables.find("materials", filter_of(condition), ["id"])
    return sorted(key for row in rows if (key := int(row["id"])) < most)


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(RECORDS, min_size=8, max_size=8), st.lists(ATTRIBUTE_CONDITION, min_size=12, max_size=12))
def test_both_back_ends_agree(
    tables: Tables, records: list[dict[str, Value | None]], conditions: list[Condition]
) -> None:
    put(tables, records)
    for condition in conditions:
        expected = [
            key for key, record in enumerate(records) if holds(condition, with_values(key, record).attributes.get)
        ]
        assert found(tables, condition, len(records)) == expected, f"{condition}: {filter_of(condition)}"


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Tables:
    """A table with the nastiest texts, and one without."""
    tables = Tables(tmp_path_factory.mktemp("texts") / "tables")
    put(tables, [{"class.name": text} for text in (*NASTY, None)])
    return tables


@pytest.mark.parametrize("word", [*NASTY, "x' or 'a' = 'a", "σ", "A%", "0); drop table materials; --"])
@pytest.mark.parametrize("operator", ["=", "ne", "has", "lacks", "contains"])
def test_texts_of_any_content(texts: Tables, operator: str, word: str) -> None:
    quoted = word.replace("'", "''")
    condition = parse(f"class.name {operator} '{quoted}'")
    for asked in (condition, Not(condition)):
        expected = [key for key, text in enumerate((*NASTY, None)) if holds(asked, {"class.name": text}.get)]
        assert found(texts, asked, len(NASTY) + 1) == expected


def test_names_that_are_no_attributes_have_no_value(texts: Tables) -> None:
    assert found(texts, parse("no.such = 1 or subject.area lt no.such"), 99) == []
    assert len(found(texts, parse("no.such is unknown and not no.such"), 99)) == len(NASTY) + 1


def test_no_condition_is_true_of_all(texts: Tables) -> None:
    assert filter_of(None) == "true"


@pytest.mark.parametrize(
    "text",
    [
        "not " * MAX_NESTING + "width gt 1",
        "(" * MAX_NESTING + "width gt 1" + ")" * MAX_NESTING,
        "not (width gt 1 and (width lt 2 or " * (MAX_NESTING // 3) + "width gt 1" + "))" * (MAX_NESTING // 3),
        " or ".join(["width = 1"] * 150),
        " and ".join(["(width gt 0 or ratio gt 0)"] * MAX_NESTING),
    ],
)
def test_the_longest_conditions_are_read(texts: Tables, text: str) -> None:
    condition = parse(text)
    expected = len(NASTY) + 1 if holds(condition, PLAIN.attributes.get) else 0
    assert len(found(texts, condition, 99)) == expected


def test_what_has_no_value_stays_so() -> None:
    there = with_values(1, {"class.name": None, "subject.area": None, "subject.cut": None})
    again = perception_of(perception_row(there))
    assert again.attributes == there.attributes
    assert "subject.area" not in again.attributes


def test_other_sql_is_refused(texts: Tables) -> None:
    with pytest.raises(InputError, match="cannot answer"):
        texts.count("materials", "no such thing")
