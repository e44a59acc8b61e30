"""Mutated templates through parse, check and resolve: only the documented errors.

`python -m tests.fuzz 100000` is the long run, with the time and the memory of the worst.
"""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz.run import outcome

OUTCOMES = {"unreadable", "wrong", "unfit", "resolved"}


@given(st.integers(0, 2**64))
@settings(max_examples=600, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_mutant_ends_in_a_documented_way(seed: int) -> None:
    assert outcome(seed) in OUTCOMES
