"""Spoilt pictures at the doors of acquisition and perception: pixels within the limits, or a documented refusal.

`python -m tests.fuzz.pictures 10000` is the long run, with the time and the memory of the worst.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.fuzz.pictures import CORPORA, KINDS, mutant, outcome

NOWHERE = Path("no-corpora")
COUNT = 300


def test_a_spoilt_picture_ends_in_a_documented_way() -> None:
    ends = Counter(outcome(mutant(seed, NOWHERE)) for seed in range(COUNT))
    assert ends.total() == COUNT
    assert ends["refused, refused"] > COUNT / 10  # else nothing was spoilt
    assert ends["looked at, decoded"] > COUNT / 20  # else all of them were


def test_the_same_seed_is_the_same_picture() -> None:
    assert [mutant(seed, NOWHERE) for seed in range(20)] == [mutant(seed, NOWHERE) for seed in range(20)]


def test_every_kind_is_a_picture_before_it_is_spoilt() -> None:
    from tests.fuzz.pictures import _seed

    assert [outcome(_seed(kind, NOWHERE)) for kind in range(len(KINDS))] == ["looked at, decoded"] * len(KINDS)


HOSTILE = sorted((CORPORA / "hostile-pictures").glob("*"))


@pytest.mark.skipif(not HOSTILE, reason="the corpora of hostile pictures are not beside the repository")
def test_hostile_pictures_of_others() -> None:
    ends = Counter(outcome(path.read_bytes()) for path in HOSTILE if path.is_file())
    assert set(ends) <= {"refused, refused", "looked at, decoded", "looked at, refused", "refused, decoded"}
