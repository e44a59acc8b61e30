"""JPEG's blocks are seen by their borders, more the lower its quality, wherever the grid begins."""

from __future__ import annotations

import numpy as np
import pytest

from ddm.perceive.blocking import blocking
from tests.perceive.leaves import enlarged, grained, jpeg, leaves, photographs, sweep

QUALITIES = (95, 80, 60, 40, 20)


@pytest.mark.parametrize("scene", [leaves(1), grained(leaves(2), 4), grained(sweep(), 6)])
def test_lower_quality_shows_more_blocks(scene: np.ndarray) -> None:
    found = [blocking(scene), *(blocking(jpeg(scene, quality)) for quality in QUALITIES[1:])]
    assert found == sorted(found)
    assert found[0] < 0.06
    assert found[-1] > 0.4


def test_smooth_ground_shows_them_plainly() -> None:
    assert blocking(sweep()) < 0.06 < 0.5 < blocking(jpeg(sweep(), 40))


@pytest.mark.parametrize("seed", range(3))
def test_where_the_grid_begins_does_not_matter(seed: int) -> None:
    pixels = jpeg(leaves(seed), 50)
    assert blocking(pixels[3:, 5:]) == pytest.approx(blocking(pixels), abs=0.03)


def test_after_resizing_no_blocks_are_left() -> None:
    pixels = jpeg(leaves(4), 50)
    assert blocking(enlarged(pixels, 0.7)) < 0.1 < 0.3 < blocking(pixels)


@pytest.mark.parametrize("step", [5, 7, 13])
def test_other_grids_are_drawings(step: int) -> None:
    """Tiles of another side are no blocks."""
    y, x = np.mgrid[:480, :640]
    tiles = ((y // step + x // step) % 2 * 20 + 100).astype(np.uint8)
    assert blocking(np.repeat(tiles[..., None], 3, 2)) < 0.06


def test_quality_is_ranked_right_on_photographs() -> None:
    for photograph in photographs():
        found = [blocking(jpeg(photograph, quality)) for quality in QUALITIES]
        assert found == sorted(found)
        assert blocking(photograph) < found[1]


@pytest.mark.parametrize("shape", [(1, 1), (8, 8), (31, 500), (500, 9)])
def test_small_pictures_have_an_answer(shape: tuple[int, int]) -> None:
    assert blocking(np.full((*shape, 3), 90, np.uint8)) == 0
