"""Where light comes from is said only where something tells it."""

from __future__ import annotations

import numpy as np
import pytest

from ddm.perceive.light import scene_side, side

Y, X = np.mgrid[:400, :400].astype(np.float32) / 400
BALL = np.hypot(X - 0.5, Y - 0.5) < 0.3


def lit(towards: float) -> np.ndarray:
    """A grey ball on a light ground, lighter to one side."""
    lab = np.zeros((400, 400, 3), np.float32)
    lab[..., 0] = np.where(BALL, 0.5 + towards * (X - 0.5), 0.9)
    return lab


@pytest.mark.parametrize(("towards", "told"), [(-0.4, "left"), (0.0, "front"), (0.4, "right"), (0.05, "front")])
def test_shade_tells(towards: float, told: str) -> None:
    assert side(lit(towards), BALL, ~BALL) == told


def test_two_colours_are_no_shade() -> None:
    lab = lit(0.0)
    lab[BALL & (X < 0.5), 0] = 0.8
    assert side(lab, BALL, ~BALL) == "front"


def test_the_shadow_on_the_ground_tells() -> None:
    lab = lit(0.0)
    lab[(X > 0.7) & (X < 0.9) & (Y > 0.6) & ~BALL, 0] = 0.7
    assert side(lab, BALL, ~BALL) == "left"


def test_a_window_tells() -> None:
    lab = np.full((400, 400, 3), 0, np.float32)
    lab[..., 0] = 0.6
    assert scene_side(lab) == "front"
    lab[40:200, 20:120, 0] = 0.98
    assert scene_side(lab) == "left"
    assert scene_side(np.ascontiguousarray(lab[:, ::-1])) == "right"


def test_no_subject_is_lit_from_no_side() -> None:
    assert side(lit(0.4), np.zeros_like(BALL), ~BALL) == "front"
