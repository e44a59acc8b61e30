"""Shadows lie where light cannot reach, and fade to nothing before their own border."""

from __future__ import annotations

import numpy as np
import pytest

from ddm.perceive.shadow import KINDS, shadow


def _vase() -> np.ndarray:
    y, x = np.mgrid[:600, :400]
    return ((np.abs(x - 200) < 60 + 80 * np.sin(y / 600 * np.pi)) * 255).astype(np.uint8)


@pytest.mark.parametrize("kind", KINDS)
def test_black_and_gone_at_its_border(kind: str) -> None:
    found = shadow(_vase(), 100, 50, kind, 1.0, 0.5, 0.5)
    alpha = found.pixels[..., 3]
    assert not found.pixels[..., :3].any()
    assert alpha.max() > 80
    assert max(alpha[0].max(), alpha[:, 0].max(), alpha[:, -1].max(), alpha[-1].max()) <= 2


def test_contact_is_darkest_at_the_foot() -> None:
    found = shadow(_vase(), 0, 0, "contact", 1.0, 0.5, 0.0)
    y, x = np.unravel_index(found.pixels[..., 3].argmax(), found.pixels.shape[:2])
    assert abs(y / found.scale + found.y - 600) < 30
    assert abs(x / found.scale + found.x - 200) < 110


def test_strength_and_softness() -> None:
    weak, strong = (shadow(_vase(), 0, 0, "contact", s, 0.5, 0.0).pixels[..., 3].max() for s in (0.2, 0.8))
    assert 3.5 < strong / weak < 4.5
    hard, soft = ((shadow(_vase(), 0, 0, "drop", 1, s, 0.0).pixels[..., 3] > 5).sum() for s in (0.0, 1.0))
    assert soft > hard


def test_cast_falls_to_the_named_side() -> None:
    left, right = (shadow(_vase(), 0, 0, "cast", 1.0, 0.5, d) for d in (-1.0, 1.0))
    middle = left.pixels.shape[1] // 2
    assert left.pixels[:, :middle, 3].sum() > left.pixels[:, middle:, 3].sum()
    assert right.pixels[:, :middle, 3].sum() < right.pixels[:, middle:, 3].sum()


def test_nothing_throws_no_shadow() -> None:
    assert shadow(np.zeros((50, 50), np.uint8), 0, 0, "contact", 1, 0.5, 0).pixels[..., 3].max() <= 1
