"""Harmony of two palettes by Cohen-Or's templates on the hue wheel."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ddm.match.harmony import NEUTRAL, TEMPLATES, leaning
from ddm.match.harmony import harmony as of_leanings
from ddm.perceive.perception import Swatch

HUES = st.floats(0, 360)


def palette(*hues: float, chroma: float = 0.15) -> tuple[Swatch, ...]:
    turned = [math.radians(hue) for hue in hues]
    return tuple(Swatch(1 / len(hues), 0.6, chroma * math.cos(t), chroma * math.sin(t)) for t in turned)


def harmony(one: tuple[Swatch, ...], other: tuple[Swatch, ...]) -> float:
    return of_leanings(leaning(one), leaning(other))


def test_there_are_seven_templates() -> None:
    assert "".join(TEMPLATES) == "iVLITYX"


def test_the_closer_the_schemes_the_better() -> None:
    one_hue, opposite, neighbours, askew = (harmony(palette(30), palette(30 + turn)) for turn in (0, 180, 60, 130))
    assert one_hue > opposite > neighbours > askew


def test_many_hues_are_in_no_harmony() -> None:
    assert harmony(palette(0, 72, 144), palette(216, 288)) < harmony(palette(0, 20, 40), palette(20, 30))


@given(HUES, HUES, HUES)
def test_symmetric_bounded_and_blind_to_turning(one: float, other: float, turn: float) -> None:
    found = harmony(palette(one), palette(other))
    assert 0 <= found <= 1
    assert found == pytest.approx(harmony(palette(other), palette(one)))
    assert found == pytest.approx(harmony(palette(one + turn), palette(other + turn)), abs=0.1)


def test_grey_goes_with_everything() -> None:
    assert harmony(palette(0, chroma=0.001), palette(100)) == NEUTRAL
    assert harmony((), palette(100)) == NEUTRAL
