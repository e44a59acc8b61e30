"""Light from another side changes how light the subject is, not its colour, and nothing around it."""

from __future__ import annotations

import numpy as np
import pytest

from ddm.perceive.relight import relit
from tests.perceive.views import mean_lab, view


def sides(direction: str, strength: float = 0.8) -> tuple[float, float]:
    """Gain of lightness of the subject's left and right half."""
    seen = view()
    found = relit(seen, {"direction": direction, "strength": strength})
    middle = seen.matte.shape[1] // 2
    halves = (slice(0, middle), slice(middle, None))
    gains = (
        mean_lab(found[:, half], seen.cover[:, half])[0] - mean_lab(seen.pixels[:, half], seen.cover[:, half])[0]
        for half in halves
    )
    left, right = gains
    return float(left), float(right)


def test_the_side_in_the_light_is_lighter() -> None:
    left, right = sides("left")
    assert left > 0.02 > -0.02 > right
    assert sides("right")[1] > 0.02


def test_light_from_the_front_favours_no_side() -> None:
    left, right = sides("front")
    assert left == pytest.approx(right, abs=0.01)


def test_strength_says_how_far() -> None:
    assert sides("left", 0.4)[0] == pytest.approx(sides("left", 0.8)[0] / 2, abs=0.01)
    assert sides("left", 0.0)[0] == pytest.approx(0, abs=1e-3)


def test_colours_and_surroundings_stay() -> None:
    seen = view()
    found = relit(seen, {"direction": "left", "strength": 0.8})
    assert np.abs(found[seen.matte == 0].astype(int) - seen.pixels[seen.matte == 0]).max() <= 1
    assert mean_lab(found, seen.cover)[1:] == pytest.approx(mean_lab(seen.pixels, seen.cover)[1:], abs=0.01)
