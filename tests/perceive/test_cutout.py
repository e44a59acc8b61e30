"""The subject's own colours come back from under the background that mixed into its edge."""

from __future__ import annotations

import numpy as np

from ddm.perceive.cutout import cutout, extent, foreground

RED, GREEN = np.array([200, 40, 40.0]), np.array([20, 230, 60.0])


def _blended() -> tuple[np.ndarray, np.ndarray]:
    """A red disc with a soft edge on green."""
    y, x = np.mgrid[:160, :200]
    cover = np.clip((50 - np.hypot(x - 100, y - 80)) / 6 + 0.5, 0, 1).astype(np.float32)
    mixed = cover[..., None] * RED + (1 - cover[..., None]) * GREEN
    return (mixed + 0.5).astype(np.uint8), cover


def test_no_background_is_left_in_the_edge() -> None:
    pixels, cover = _blended()
    found = foreground(pixels, cover).astype(float)
    edge = (cover > 0.1) & (cover < 0.9)
    before = np.abs(pixels[edge] - RED).max(1).mean()
    after = np.abs(found[edge] - RED).max(1).mean()
    assert after < 0.1 * before


def test_solid_pixels_stay_exactly() -> None:
    pixels, cover = _blended()
    assert np.array_equal(foreground(pixels, cover)[cover == 1], pixels[cover == 1])


def test_cropped_to_the_matte_with_its_place() -> None:
    pixels, cover = _blended()
    found = cutout(pixels, cover)
    assert found.pixels.shape == (105, 105, 4)
    assert (found.x, found.y) == (48, 28)
    assert found.pixels[0, 0].tolist() == [0, 0, 0, 0]
    assert found.pixels[50, 50, 3] == 255


def test_nothing_found_is_the_whole_picture() -> None:
    assert extent(np.zeros((4, 6), bool)) == (0, 0, 6, 4)
