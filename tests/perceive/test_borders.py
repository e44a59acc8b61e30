"""Borders are told apart by what lies along them."""

from __future__ import annotations

import numpy as np
import pytest

from ddm.colour import oklab_of_bytes
from ddm.perceive.borders import borders, kind

RNG = np.random.default_rng(1)
H, W = 300, 400


def _grainy(pixels: np.ndarray, grain: float = 3) -> np.ndarray:
    return np.clip(pixels + RNG.normal(0, grain, (H, W, 1)), 0, 255).astype(np.uint8)


def _wall() -> np.ndarray:
    return _grainy(np.full((H, W, 3), 180.0))


def _sweep() -> np.ndarray:
    y, x = np.mgrid[0 : 1 : H * 1j, 0 : 1 : W * 1j]
    return _grainy((90 + 120 * y + 20 * x)[..., None] * np.ones(3))


def _gravel() -> np.ndarray:
    return np.clip(RNG.normal(130, 45, (H, W, 1)) * np.ones(3), 0, 255).astype(np.uint8)


def _shelves() -> np.ndarray:
    y, x = np.mgrid[:H, :W]
    return np.where(((y // 40 + x // 60) % 2)[..., None] > 0, 220, 40).astype(np.uint8) * np.ones(3, np.uint8)


@pytest.mark.parametrize(
    ("pixels", "expected"), [(_wall(), "flat"), (_sweep(), "gradient"), (_gravel(), "texture"), (_shelves(), "complex")]
)
def test_kinds(pixels: np.ndarray, expected: str) -> None:
    found = borders(oklab_of_bytes(pixels), np.ones((H, W), bool))
    assert set(found) == {"left", "top", "right", "bottom"}
    assert found["left"] == expected


def test_the_subject_is_not_looked_at() -> None:
    pixels, background = _wall(), np.ones((H, W), bool)
    pixels[100:200, :50] = (200, 0, 0)
    background[95:205, :55] = False
    assert borders(oklab_of_bytes(pixels), background)["left"] == "flat"


def test_a_strip_full_of_subject_is_complex() -> None:
    assert kind(np.zeros((50, 10, 3), np.float32), np.zeros((50, 10), bool)) == "complex"
