"""Fingerprints stay near for what is the same picture to people, and far for what is not."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ddm.perceive.fingerprint import ALIKE, alike, apart, fingerprint
from ddm.perceive.pixels import blur, resize
from tests.perceive.leaves import jpeg, photographs


def _scene(seed: int) -> np.ndarray:
    """Soft shapes and grain, no two alike."""
    rng = np.random.default_rng(seed)
    soft = blur(rng.random((300, 400, 3)).astype(np.float32), 25)
    soft = (soft - soft.min()) / np.ptp(soft) * 230
    return np.clip(soft + rng.normal(0, 4, soft.shape), 0, 255).astype(np.uint8)


@pytest.mark.parametrize("seed", range(8))
def test_changed_a_little_it_is_alike(seed: int) -> None:
    pixels = _scene(seed)
    changed = (
        jpeg(pixels, 30),
        resize(pixels, 173, 120),
        resize(pixels, 800, 600),
        (pixels * 0.8 + 20).astype(np.uint8),
        pixels[3:-3, 4:-4],
    )
    assert all(alike(fingerprint(pixels), fingerprint(other)) for other in changed)


def test_other_pictures_are_not() -> None:
    prints = [fingerprint(_scene(seed)) for seed in range(30)]
    found = [apart(a, b) for n, a in enumerate(prints) for b in prints[:n]]
    assert 26 < np.mean(found) < 36
    assert np.mean(np.array(found) <= ALIKE) < 0.01


@given(st.integers(0, 2**64 - 1), st.integers(0, 2**64 - 1))
def test_apart_counts_bits(one: int, other: int) -> None:
    assert apart(f"{one:016x}", f"{other:016x}") == bin(one ^ other).count("1")


@pytest.mark.parametrize("shape", [(1, 1, 3), (1, 900, 3), (40, 3, 3)])
def test_any_shape_has_sixteen_digits(shape: tuple[int, ...]) -> None:
    found = fingerprint(np.full(shape, 77, np.uint8))
    assert len(found) == 16
    assert int(found, 16) >= 0


def test_photographs_are_alike_only_to_themselves() -> None:
    found = [(fingerprint(p), fingerprint(resize(jpeg(p, 60), 120, 150))) for p in photographs(12)]
    assert all(alike(one, other) for one, other in found)
    assert not any(alike(a, b) for n, (a, _) in enumerate(found) for b, _ in found[:n])
