"""What one even colour was laid over is had back; an opaque ink hides it for good."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ddm.derive.erasing.veil import veil

SIDE = 60
PLACES = np.argwhere(np.ones((SIDE, SIDE), bool)).astype(np.float32)


def ground(seed: int) -> np.ndarray:
    """A photograph's pixels (n, 3), by waves that no plane explains."""
    rng = np.random.default_rng(seed)
    waves = np.sin(PLACES @ rng.uniform(0.1, 0.4, (2, 3)) + rng.uniform(0, 6, 3))
    return np.clip(0.5 + 0.25 * waves, 0, 1).astype(np.float32)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 999), st.floats(0.3, 0.85), st.tuples(*[st.floats(0, 1)] * 3))
def test_a_mark_is_lifted(seed: int, through: float, colour: tuple[float, float, float]) -> None:
    beneath = ground(seed)
    seen = through * beneath + (1 - through) * np.asarray(colour, np.float32)
    found = veil(seen, beneath, PLACES)
    assert found is not None
    assert found.slope == pytest.approx(through, abs=0.01)
    assert np.abs(found.lifted(seen) - beneath).max() < 0.02


def test_an_opaque_ink_is_no_veil() -> None:
    noise = np.random.default_rng(1).normal(0, 0.01, (SIDE**2, 3))
    assert veil((0.2 + noise).astype(np.float32), ground(1), PLACES) is None


def test_an_even_ground_tells_nothing() -> None:
    flat = np.full((SIDE**2, 3), 0.6, np.float32)
    assert veil(0.5 * flat + 0.5, flat, PLACES) is None


def test_a_gradient_of_the_ink_is_none_of_the_grounds() -> None:
    slope = np.repeat(PLACES[:, :1] / SIDE, 3, 1).astype(np.float32)
    assert veil(0.4 * slope + 0.3, slope, PLACES) is None


def test_too_few_pixels_tell_nothing() -> None:
    assert veil(ground(1)[:9], ground(1)[:9], PLACES[:9]) is None
