"""Sharpness falls with blur whatever the grain; exposure counts what is lost."""

from __future__ import annotations

import numpy as np
import pytest

from ddm.perceive.noise import FULL, noise
from ddm.perceive.pixels import blur
from ddm.perceive.scene import detail, exposure, sharpness
from tests.perceive.leaves import grained, leaves, photographs

BLURS = (0, 0.7, 1, 1.5, 2, 4)


def _blurred(pixels: np.ndarray, sigma: float) -> np.ndarray:
    return (blur(pixels.astype(np.float32), sigma) + 0.5).astype(np.uint8) if sigma else pixels


def _sharp(pixels: np.ndarray) -> float:
    return sharpness(detail(pixels), grain=noise(pixels) * FULL / 255)


@pytest.mark.parametrize("seed", range(2))
def test_blur_is_ranked_right(seed: int) -> None:
    found = [_sharp(_blurred(leaves(seed), sigma)) for sigma in BLURS]
    assert found == sorted(found, reverse=True)
    assert found[0] > 0.6
    assert found[-1] < 0.1


def test_blur_is_ranked_right_on_photographs() -> None:
    for photograph in photographs():
        found = [_sharp(_blurred(photograph, sigma)) for sigma in BLURS]
        assert found == sorted(found, reverse=True)


@pytest.mark.parametrize("sigma", [3, 8])
def test_grain_is_not_sharpness(sigma: float) -> None:
    assert _sharp(grained(_blurred(leaves(1), 4), sigma)) < 0.2 < 0.4 < _sharp(grained(leaves(1), sigma))


def test_it_is_the_subject_that_is_judged() -> None:
    pixels, subject = _blurred(leaves(1), 4), np.zeros((480, 640), np.float32)
    pixels[100:300, 100:300], subject[100:300, 100:300] = leaves(1)[100:300, 100:300], 1
    assert sharpness(detail(pixels), subject) > 0.6
    assert sharpness(detail(pixels), 1 - subject) < 0.4


def test_lost_pixels_are_counted() -> None:
    pixels = np.full((10, 20, 3), 128, np.uint8)
    pixels[:, :4], pixels[:5, 10:] = 255, 0
    pixels[9, 9] = (255, 128, 128)
    assert exposure(pixels) == pytest.approx(1 - 0.2 - 0.25)
