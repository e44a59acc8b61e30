"""A button beneath a line is found whole; a wall, which runs on, is none."""

from __future__ import annotations

import numpy as np

from ddm.colour import oklab_of_bytes
from ddm.derive.erasing.plates import plate

LINE = np.s_[40:60, 60:180]
BUTTON = np.s_[30:70, 45:195]


def picture() -> np.ndarray:
    return np.full((100, 240, 3), 180, np.uint8)


def lettered(pixels: np.ndarray) -> np.ndarray:
    for left in range(64, 176, 12):
        pixels[42:58, left : left + 4] = 20
    return pixels


def line() -> np.ndarray:
    found = np.zeros((100, 240), bool)
    found[LINE] = True
    return found


def test_a_button_is_found_with_its_letters() -> None:
    pixels = picture()
    pixels[BUTTON] = (240, 60, 90)
    found = plate(oklab_of_bytes(lettered(pixels)), line())
    truth = np.zeros((100, 240), bool)
    truth[BUTTON] = True
    assert found is not None
    assert (found & truth).sum() / (found | truth).sum() > 0.88


def test_a_wall_runs_on() -> None:
    assert plate(oklab_of_bytes(lettered(picture())), line()) is None
