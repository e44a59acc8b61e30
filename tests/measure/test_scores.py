"""The table of measures: grades fall from 1 at the target to 0 at the reach."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ddm.measure import TABLE, Measure

rows = st.sampled_from(list(TABLE.values()))
values = st.floats(0, 30)


@given(rows, values, values)
def test_grades_lie_in_range_and_never_rise_with_excess(row: Measure, one: float, other: float) -> None:
    assert 0 <= row.grade(one) <= 1
    if row.excess(one) <= row.excess(other):
        assert row.grade(one) >= row.grade(other)


@pytest.mark.parametrize("name", TABLE)
def test_the_target_itself_is_met(name: str) -> None:
    row = TABLE[name]
    beyond = row.target - row.reach if row.wanted == "at least" else row.target + row.reach
    assert (row.grade(row.target), row.grade(beyond)) == (1, 0)


@pytest.mark.parametrize("name", TABLE)
def test_each_row_has_a_sentence_and_writes_its_values(name: str) -> None:
    row = TABLE[name]
    assert row.meaning[0].isupper()
    assert row.meaning.endswith(".")
    assert row.written(row.target)
