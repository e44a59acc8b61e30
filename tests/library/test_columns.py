"""Conditions over columns in memory: true of the same materials as their evaluation and as the library's SQL."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ddm.language.expressions import Amount, Condition, Not, holds, parse
from ddm.language.expressions import Test as Comparison
from ddm.library import columns, loading
from ddm.library.columns import truth
from ddm.library.filters import filter_of
from ddm.library.records import perception_row
from ddm.library.segments import Segment
from ddm.library.store import Tables
from ddm.library.working_set import view_of
from ddm.perceive.schema import Value
from tests.library.test_filters import with_values
from tests.support.conditions import ATTRIBUTE_CONDITION, NASTY, RECORDS


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Tables:
    return Tables(tmp_path_factory.mktemp("library") / "tables")


def put(tables: Tables, records: list[dict[str, Value | None]]) -> None:
    tables.put("materials", [perception_row(with_values(key, record)) for key, record in enumerate(records)])


def segment(tables: Tables) -> Segment:
    (only,) = view_of(tables.pinned("materials"), ()).segments
    return only


def found(of: Segment, condition: Condition) -> list[int]:
    """By all at once, which is the same as place by place."""
    ids = [int(id) for id in of.pinned.take(of.loaded.rows, ["id"])["id"].to_pylist()]
    fits, every = truth(condition, of, slice(None)), np.arange(of.size)
    assert (truth(condition, of, every[::-1]) == fits[::-1]).all()
    return sorted(id for id, fit in zip(ids, fits, strict=True) if fit)


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(RECORDS, min_size=8, max_size=8), st.lists(ATTRIBUTE_CONDITION, min_size=24, max_size=24))
def test_three_back_ends_agree(
    tables: Tables, records: list[dict[str, Value | None]], conditions: list[Condition]
) -> None:
    put(tables, records)
    of = segment(tables)
    for condition in conditions:
        expected = [key for key, one in enumerate(records) if holds(condition, with_values(key, one).attributes.get)]
        by_sql = tables.find("materials", filter_of(condition), ["id"])
        assert sorted(int(row["id"]) for row in by_sql) == expected
        assert found(of, condition) == expected, str(condition)


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Tables:
    tables = Tables(tmp_path_factory.mktemp("texts") / "tables")
    put(tables, [{"class.name": text, "text.content": text} for text in (*NASTY, None)])
    return tables


TEXTS = ["class.name contains 'a'", "class.name = ''", "class.name is unknown", "class.name = text.content"]


@pytest.mark.parametrize("text", TEXTS)
def test_what_is_not_kept_is_asked_of_the_tables(texts: Tables, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    condition = parse(text)
    expected = [found(segment(texts), asked) for asked in (condition, Not(condition))]
    assert sum(map(len, expected)) == len(NASTY) + 1
    monkeypatch.setattr(loading, "MOST_WORDS", 3)
    assert [found(segment(texts), asked) for asked in (condition, Not(condition))] == expected


def test_pairs_of_many_words_are_asked_of_the_tables(texts: Tables, monkeypatch: pytest.MonkeyPatch) -> None:
    condition = parse("class.name = text.content")
    monkeypatch.setattr(columns, "MOST_PAIRS", 3)
    assert len(found(segment(texts), condition)) == len(NASTY)


def test_names_that_are_no_attributes_have_no_value(texts: Tables) -> None:
    assert found(segment(texts), parse("no.such = 1 or subject.area lt no.such")) == []
    assert len(found(segment(texts), parse("no.such is unknown and not no.such"))) == len(NASTY) + 1


NUMBERS = st.lists(st.one_of(st.none(), st.sampled_from([0.0, 0.25, 1.0]), st.floats(-2, 2)), min_size=0, max_size=60)
AMOUNTS = st.one_of(st.sampled_from([0.0, 0.25, 1.0]), st.floats(-2, 2))
SIGNS = st.sampled_from(["=", "ne", "lt", "le", "gt", "ge", "within", "known", "unknown"])


@pytest.mark.parametrize(("cuts", "sample"), [(1, 60), (5, 6), (5, 60), (127, 60)])
@given(NUMBERS, SIGNS, AMOUNTS, AMOUNTS, st.booleans(), st.data())
def test_ranges_say_the_same_as_each_number(
    cuts: int,
    sample: int,
    numbers: list[float | None],
    sign: str,
    one: float,
    other: float,
    own: bool,
    data: st.DataObject,
) -> None:
    """own: the amount is one of the numbers."""
    known = [number for number in numbers if number is not None]
    amount = data.draw(st.sampled_from(known)) if own and known else one
    test = Comparison("calm.area", sign, (Amount(amount, ""), Amount(other, "")))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(columns, "CUTS", cuts)
        patch.setattr(columns, "SAMPLE", sample)
        of = columns.numbers_of(np.array([np.nan if one is None else one for one in numbers], np.float64))
    expected = [holds(test, {"calm.area": number}.get) for number in numbers]
    places = np.arange(len(numbers))[::2]
    assert of.truth(test, columns.ALL).tolist() == expected
    assert of.truth(test, places).tolist() == expected[::2]
    assert [None if np.isnan(number) else number for number in of.at(columns.ALL)] == numbers


def test_only_what_was_asked_for_is_read(texts: Tables) -> None:
    of = segment(texts)
    before = of.loaded.nbytes
    asked = parse("calm.area ge 10% and calm.area le 90%")
    truth(asked, of, columns.ALL)
    assert of.loaded.nbytes == before + 2 * of.size  # the codes, and one answer
    truth(parse("scene.kind = studio"), of, columns.ALL)
    assert of.loaded.nbytes == before + 4 * of.size
    truth(asked, of, columns.ALL)
    assert of.loaded.nbytes == before + 4 * of.size


def test_many_runs_of_codes(tmp_path: Path) -> None:
    tables = Tables(tmp_path)
    put(tables, [{"class.name": f"{'x' * (key % 2)}{key}"} for key in range(20)])
    assert found(segment(tables), parse("class.name has 'x'")) == list(range(1, 20, 2))


def test_more_words_than_a_byte_can_tell(tmp_path: Path) -> None:
    tables = Tables(tmp_path)
    put(tables, [{"class.name": None if key == 9 else f"word {key}"} for key in range(300)])
    of = segment(tables)
    assert found(of, parse("class.name = 'word 299'")) == [299]
    assert found(of, parse("class.name is unknown")) == [9]
