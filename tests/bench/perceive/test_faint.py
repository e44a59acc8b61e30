"""Marks stand out of their ground by what it hides: not by bytes alone."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from ddm.bench.perceive.faint import SEEN, standing_out
from ddm.perceive.pixels import Bytes, Floats

SIDE = 160


def ground(noise: float, grain: int = 1) -> Bytes:
    rng = np.random.default_rng(1)
    small = rng.normal(128, noise, (SIDE // grain, SIDE // grain))
    plane = np.clip(np.kron(small, np.ones((grain, grain))), 0, 255)
    return np.repeat(plane[..., None], 3, -1).astype(np.uint8)


def bars(width: int) -> Floats:
    cover = np.zeros((SIDE, SIDE), np.float32)
    for left in range(20, SIDE - 20, 4 * width):
        cover[20:-20, left : left + width] = 1
    return cover


def laid(on: Bytes, cover: Floats, by: float) -> Bytes:
    return np.clip(on + by * cover[..., None], 0, 255).astype(np.uint8)


def stands(noise: float, by: float, width: int = 3, grain: int = 1) -> float:
    on, cover = ground(noise, grain), bars(width)
    return standing_out(on, laid(on, cover, by), cover)


def test_what_is_plain_on_a_wall_is_lost_on_gravel() -> None:
    assert stands(0, 14) > SEEN > stands(40, 14)


@given(st.floats(4, 60), st.floats(1, 50))
def test_stronger_marks_stand_out_more(by: float, noise: float) -> None:
    assert stands(noise, by + 8) >= stands(noise, by)


def test_fine_grain_hides_thin_strokes_more_than_wide_ones() -> None:
    assert stands(40, 30, width=8) > 1.5 * stands(40, 30, width=1)


def test_a_quarter_on_a_calm_place_is_enough() -> None:
    on, cover = ground(50), bars(3)
    on[:, : SIDE // 2] = 128
    assert standing_out(on, laid(on, cover, 20), cover) > SEEN > stands(50, 20)


def test_no_mark_does_not_stand_out() -> None:
    on = ground(10)
    assert standing_out(on, on, np.zeros((SIDE, SIDE), np.float32)) == 0
