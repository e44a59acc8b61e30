"""Mutants through parse, check, match and resolve: only the documented errors.

`python -m tests.fuzz 100000` is the long run, with the time and the memory of the worst.
"""

from __future__ import annotations

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ddm.errors import InputError
from ddm.language.compile import compile_text
from tests.fuzz.grown import grown
from tests.fuzz.hostile import TEXTS
from tests.fuzz.run import OUTCOMES, outcome

LARGE_BUT_RIGHT = ("aligned", "chained", "written", "uses")


@given(st.integers(0, 2**64))
@settings(max_examples=300, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_a_mutant_ends_in_a_documented_way(seed: int) -> None:
    assert outcome(seed) in OUTCOMES


def test_the_same_seed_is_the_same_mutant() -> None:
    assert [outcome(seed) for seed in range(20)] == [outcome(seed) for seed in range(20)]


def test_most_templates_that_are_grown_compile() -> None:
    """Else what lies behind the checker would hardly be reached."""
    wrong = [seed for seed in range(50) if compile_text(grown(random.Random(seed)))[1].errors]
    assert len(wrong) < 15


@pytest.mark.parametrize("name", [name for name in TEXTS if name not in LARGE_BUT_RIGHT])
def test_too_much_of_anything_is_refused(name: str) -> None:
    """The largest of each lies beyond a limit, or is a circle; it is told, and nothing else happens."""
    made, sizes = TEXTS[name]
    try:
        errors = compile_text(made(sizes[-1]))[1].errors
    except InputError:
        return
    assert errors
