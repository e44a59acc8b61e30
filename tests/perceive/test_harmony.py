"""Hues of known place are named by the scheme that they make."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ddm.perceive.harmony import colourfulness, harmony
from ddm.perceive.perception import Swatch
from ddm.perceive.schema import HARMONIES


def _swatches(*rows: tuple[float, float, float]) -> tuple[Swatch, ...]:
    """Of weight, chroma and hue in degrees."""
    return tuple(Swatch(w, 0.6, c * np.cos(np.radians(h)), c * np.sin(np.radians(h))) for w, c, h in rows)


GREYS = (0.8, 0.01, 90.0)


@given(st.floats(0, 360))
@pytest.mark.parametrize(
    ("hues", "expected"),
    [
        *(((0,), "monochrome"), ((0, 30), "monochrome"), ((0, 40, 80), "analogous"), ((0, 180), "complementary")),
        *(((0, 170, 20), "complementary"), ((0, 120, 240), "triadic"), ((0, 60, 130, 200, 300), "mixed")),
    ],
)
def test_schemes_whatever_their_turn(hues: tuple[float, ...], expected: str, turn: float) -> None:
    rows = [(0.2 / len(hues), 0.12, hue + turn) for hue in hues]
    assert harmony(_swatches(GREYS, *rows)) == expected


def test_greys_and_a_crumb_of_colour_are_neutral() -> None:
    assert harmony(()) == "neutral"
    assert harmony(_swatches(GREYS, (0.2, 0.02, 10))) == "neutral"
    assert harmony(_swatches(GREYS, (0.01, 0.2, 10))) == "neutral"


def test_a_small_accent_breaks_no_scheme() -> None:
    assert harmony(_swatches((0.9, 0.1, 30), (0.04, 0.12, 250))) == "monochrome"


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 0.4), st.floats(0, 360)), max_size=6))
def test_always_one_of_the_words(rows: list[tuple[float, float, float]]) -> None:
    assert harmony(_swatches(*rows)) in HARMONIES


def test_colourfulness_grows_with_the_colours() -> None:
    noise = np.random.default_rng(0).integers(0, 256, (64, 64, 3)).astype(np.float64)
    grey = noise.mean(2, keepdims=True)
    found = [colourfulness((grey + k * (noise - grey)).astype(np.uint8)) for k in (0, 0.3, 0.6, 1)]
    assert found[0] == 0
    assert found == sorted(found)


def test_colourfulness_is_the_published_sum() -> None:
    """Half pure red, half pure blue: rg is 255 and 0, yb is 127.5 and -255."""
    pixels = np.zeros((2, 2, 3), np.uint8)
    pixels[0, :, 0] = pixels[1, :, 2] = 255
    spread, middle = np.hypot(127.5, 191.25), np.hypot(127.5, -63.75)
    assert colourfulness(pixels) == pytest.approx(spread + 0.3 * middle, rel=1e-6)
