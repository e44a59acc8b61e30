"""Borders are told apart by what lies along them."""

from __future__ import annotations

import numpy as np
import pytest

from ddm.colour import oklab_of_bytes
from ddm.perceive.borders import Border, border, borders

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
    assert found["left"].kind == expected
    assert found["left"].sure > 0.3


def test_the_subject_is_not_looked_at() -> None:
    pixels, background = _wall(), np.ones((H, W), bool)
    pixels[100:200, :50] = (200, 0, 0)
    background[95:205, :55] = False
    assert borders(oklab_of_bytes(pixels), background)["left"].kind == "flat"


def test_a_strip_full_of_subject_is_complex() -> None:
    assert border(np.zeros((50, 10, 3), np.float32), np.zeros((50, 10), bool)) == Border("complex", 1)


def _slope(height: float) -> np.ndarray:
    """A strip that grows lighter along, by so much OKLab lightness in all."""
    lab = np.zeros((40, 400, 3), np.float32)
    lab[..., 0] = 0.5 + np.linspace(0, height, 400)
    return lab


def test_on_the_verge_it_is_less_sure() -> None:
    """Flat at first, then a gradient; between the two nobody knows."""
    found = [border(_slope(height), np.ones((40, 400), bool)) for height in (0.01, 0.06, 0.075, 0.09, 0.3)]
    assert [each.kind for each in found] == ["flat", "flat", "gradient", "gradient", "gradient"]
    sure = [each.sure for each in found]
    assert sure[0] == sure[4] == 1
    assert max(sure[1:4]) < 0.5


def test_little_background_is_less_sure() -> None:
    background = np.ones((40, 400), bool)
    background[:, 80:] = False
    assert border(_slope(0), background).sure < border(_slope(0), np.ones((40, 400), bool)).sure == 1
