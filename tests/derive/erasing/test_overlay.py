"""Copy laid over a subject is level, and sharper than the photograph or outlined or on a plate; print is not."""

from __future__ import annotations

import numpy as np
import pytest

from ddm.colour import oklab_of_bytes
from ddm.derive.erasing.overlay import laid_over, outlined
from ddm.derive.erasing.strokes import Spot
from ddm.perceive import pixels as px

WHITE, NAVY, RED = (255, 255, 255), (20, 30, 90), (200, 30, 40)
SIZE = 40


def strokes() -> np.ndarray:
    found = np.zeros((120, 320), bool)
    for left in range(70, 250, 24):
        found[40:80, left : left + 10] = True
    return found


def spot(*layers: tuple[np.ndarray, tuple[int, int, int]], size: float = SIZE) -> Spot:
    """A line on a brown cloth with grain."""
    grain = np.random.default_rng(2).normal(0, 6, (120, 320, 1))
    pixels = np.clip(np.array([150, 110, 80]) + grain, 0, 255).astype(np.uint8)
    for mask, colour in layers:
        pixels[mask] = colour
    line, room = np.zeros((120, 320), bool), np.zeros((120, 320), bool)
    line[38:82, 66:252] = True
    room[24:96, 52:266] = True
    return Spot(oklab_of_bytes(pixels), line, room, ~room, size)


def test_an_outline_shows_that_a_line_was_laid_over() -> None:
    assert outlined(spot((px.grown(strokes(), 4), NAVY), (strokes(), WHITE)))


@pytest.mark.parametrize("ink", [WHITE, NAVY, RED])
def test_type_that_is_sharper_than_the_photograph_was_laid_over(ink: tuple[int, int, int]) -> None:
    printed = spot((strokes(), ink))
    assert laid_over(printed, printed, sharper=1.3)
    assert not laid_over(printed, printed, sharper=1.0)


def test_what_is_askew_was_seen_by_the_camera() -> None:
    shear = np.array([[1, 0, 0], [0.06, 1, -8]], np.float32)
    askew = px.affine(strokes().astype(np.float32), shear, 320, 120) > 0.5
    assert not laid_over(spot((askew, NAVY)), spot((askew, NAVY)), sharper=1.3)


def test_two_inks_side_by_side_are_no_outline() -> None:
    half = np.arange(320) < 160
    assert not outlined(spot((strokes() & half, RED), (strokes() & ~half, WHITE)))


def test_small_print_is_in_doubt_and_stays() -> None:
    assert not outlined(spot((px.grown(strokes(), 4), NAVY), (strokes(), WHITE), size=15))


def test_a_plate_shows_it() -> None:
    under = np.zeros((120, 320), bool)
    under[20:100, 40:280] = True
    plated = spot((under, RED), (strokes(), RED[::-1]))
    assert laid_over(plated, plated, sharper=1.0)
    assert not laid_over(plated, plated, sharper=0.7)
