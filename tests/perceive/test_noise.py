"""Grain is measured in levels, and neither drawing nor texture passes for it."""

from __future__ import annotations

import numpy as np
import pytest

from ddm.perceive.noise import FULL, noise
from ddm.perceive.pixels import blur
from tests.perceive.leaves import grained, jpeg, leaves, photographs, sweep

SIGMAS = (0.0, 2.0, 4.0, 8.0, 16.0)


@pytest.mark.parametrize("sigma", SIGMAS[1:])
@pytest.mark.parametrize("scene", [sweep(), leaves(1)])
def test_the_deviation_is_found(scene: np.ndarray, sigma: float) -> None:
    assert noise(grained(scene, sigma)) * FULL == pytest.approx(sigma, rel=0.12)


@pytest.mark.parametrize("scene", [sweep(), leaves(2), np.full((300, 300, 3), 255, np.uint8)])
def test_clean_pictures_have_none(scene: np.ndarray) -> None:
    assert noise(scene) < 0.02


def test_it_is_a_share() -> None:
    assert noise(grained(sweep(), 60)) == 1


def _weave() -> np.ndarray:
    """Coarse cloth without an even place: soft random threads."""
    threads = blur(np.random.default_rng(5).normal(0, 1, (480, 640, 1)).astype(np.float32), 2.5)
    return np.repeat((128 + 30 * threads / threads.std())[..., None], 3, 2).clip(0, 255).astype(np.uint8)


def test_cloth_is_not_grain() -> None:
    assert noise(_weave()) < 0.02
    assert noise(grained(_weave(), 8)) > 0.05


def test_dark_and_bright_parts_that_are_clipped_do_not_hide_it() -> None:
    scene = sweep()
    scene[:, :400] = 255
    assert noise(grained(scene, 6)) * FULL == pytest.approx(6, rel=0.15)


def test_grain_is_ranked_right_on_photographs() -> None:
    for number, photograph in enumerate(photographs()):
        found = [noise(grained(photograph, sigma, number)) for sigma in SIGMAS]
        assert found == sorted(found)
        # grain of 2 levels and less does not outlive a JPEG
        saved = [noise(jpeg(grained(photograph, sigma, number), 90)) for sigma in SIGMAS[2:]]
        assert saved == sorted(saved)


@pytest.mark.parametrize("shape", [(1, 1), (3, 900), (17, 17), (64, 64)])
def test_small_pictures_have_an_answer(shape: tuple[int, int]) -> None:
    assert noise(np.full((*shape, 3), 90, np.uint8)) == 0
