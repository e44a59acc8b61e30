"""Light from elsewhere changes how light the subject is, not its colour, and nothing around it."""

from __future__ import annotations

import numpy as np
import pytest

from ddm.colour import delta_e, oklab_of_bytes
from ddm.derive.fitting.fitted import MOST
from ddm.derive.fitting.relight import relit
from tests.derive.views import mean_lab, view


def gains(direction: float, strength: float = 0.4) -> tuple[float, float, float, float]:
    """Gain of lightness of the subject's left, right, upper and lower half."""
    seen = view()
    found = relit(seen, {"direction": direction, "strength": strength})
    rows, columns = np.nonzero(seen.matte > 127)
    y, x = (int(values.min() + values.max()) // 2 for values in (rows, columns))
    halves = np.s_[:, :x], np.s_[:, x:], np.s_[:y], np.s_[y:]
    left, right, top, bottom = (
        float(mean_lab(found[half], seen.cover[half])[0] - mean_lab(seen.pixels[half], seen.cover[half])[0])
        for half in halves
    )
    return left, right, top, bottom


def test_the_side_in_the_light_is_lighter() -> None:
    left, right, _, _ = gains(270)
    assert left > 0.01 > -0.01 > right
    assert gains(90)[1] > 0.01


def test_light_from_above_lightens_the_upper_half() -> None:
    left, right, top, bottom = gains(0)
    assert top > 0.01 > -0.01 > bottom
    assert left == pytest.approx(right, abs=0.01)


def test_opposite_lights_shade_oppositely() -> None:
    assert gains(40)[0] == pytest.approx(-gains(220)[0], abs=0.01)


def test_strength_says_how_far() -> None:
    assert gains(270, 0.2)[0] == pytest.approx(gains(270, 0.4)[0] / 2, abs=0.01)
    assert gains(270, 0.0)[0] == pytest.approx(0, abs=1e-3)


@pytest.mark.parametrize("direction", [0, 75, 270])
def test_a_product_s_colour_is_known_again(direction: float) -> None:
    seen = view()
    found = relit(seen, {"direction": direction, "strength": 1.0})
    inside = seen.matte > 127
    assert np.median(delta_e(oklab_of_bytes(found[inside]), oklab_of_bytes(seen.pixels[inside]))) <= MOST + 0.3


def test_colours_and_surroundings_stay() -> None:
    seen = view()
    found = relit(seen, {"direction": 300, "strength": 0.8})
    assert np.abs(found[seen.matte == 0].astype(int) - seen.pixels[seen.matte == 0]).max() <= 1
    assert mean_lab(found, seen.cover)[1:] == pytest.approx(mean_lab(seen.pixels, seen.cover)[1:], abs=0.01)
