"""Enlarged pictures have more pixels than detail; smooth ones are not said to."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from ddm.perceive.upscaling import upscaled
from tests.perceive.leaves import enlarged, grained, jpeg, leaves, photographs, sweep

FACTORS = (1, 2, 3)
METHODS = (Image.Resampling.BICUBIC, Image.Resampling.LANCZOS)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("seed", range(2))
def test_the_factor_is_about_found(seed: int, method: Image.Resampling) -> None:
    found = [upscaled(enlarged(leaves(seed), factor, method)) for factor in FACTORS]
    assert found[0] < 0.05
    assert found[1:] == pytest.approx([1 / 2, 2 / 3], abs=0.15)


def test_neither_grain_nor_jpeg_hides_it() -> None:
    for change in (lambda pixels: grained(pixels, 4), lambda pixels: jpeg(pixels, 75)):
        assert upscaled(change(leaves(3))) < 0.15
        assert upscaled(change(enlarged(leaves(3), 2))) > 0.3


@pytest.mark.parametrize("scene", [sweep(), grained(sweep(), 4), np.full((300, 300, 3), 255, np.uint8)])
def test_without_edges_nothing_is_said(scene: np.ndarray) -> None:
    assert upscaled(scene) == 0


def test_a_sharp_thing_before_a_smooth_ground_is_not_enlarged() -> None:
    scene = sweep(700, 900)
    scene[200:480, 150:550] = leaves(5)[:280, :400]
    assert upscaled(scene) < 0.05


def test_photographs_are_ranked_right() -> None:
    for photograph in photographs():
        found = [upscaled(enlarged(photograph, factor)) for factor in FACTORS]
        assert found == sorted(found)
        assert found[0] < 0.25
        assert found[-1] > 0.5


@pytest.mark.parametrize("shape", [(1, 1), (63, 64), (64, 64), (200, 5)])
def test_small_pictures_have_an_answer(shape: tuple[int, int]) -> None:
    assert upscaled(np.full((*shape, 3), 90, np.uint8)) == 0
