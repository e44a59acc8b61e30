"""A mark stands alone by its own transparency, or by what differs from the paper beneath it."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from ddm.perceive.decode import decode
from ddm.perceive.logo import logo_matte

RED, BLUE, WHITE = (200, 30, 30), (30, 60, 200), (255, 255, 255)


def stamp(ink: tuple[int, int, int], ground: tuple[int, int, int]) -> np.ndarray:
    """A ring."""
    y, x = np.mgrid[:200, :300]
    away = np.hypot(x - 150, y - 100)
    return np.where(((away > 40) & (away < 80))[..., None], ink, ground).astype(np.uint8)


def test_its_own_transparency_is_its_matte() -> None:
    alpha = np.tile(np.arange(256, dtype=np.uint8), (40, 1))
    found = logo_matte(np.zeros((40, 256, 3), np.uint8), alpha)
    assert found.coverage[0, [0, 128, 255]] == pytest.approx([0, 128 / 255, 1])


@pytest.mark.parametrize("ground", [WHITE, (0, 0, 0), (235, 235, 235)])
def test_paper_goes_inside_of_letters_too(ground: tuple[int, int, int]) -> None:
    cover = logo_matte(stamp(RED, ground), None).coverage
    assert cover[100, 150] == cover[5, 5] == 0
    assert cover[100, 90] == 1


@pytest.mark.parametrize(
    "pixels", [stamp(WHITE, BLUE), np.random.default_rng(1).integers(0, 255, (90, 90, 3), np.uint8)]
)
def test_a_coloured_or_busy_ground_belongs_to_the_mark(pixels: np.ndarray) -> None:
    assert (logo_matte(pixels, None).coverage == 1).all()


def test_white_marks_keep_their_transparency_when_decoded() -> None:
    mark = Image.new("RGBA", (100, 60), (255, 255, 255, 255))
    mark.putpixel((0, 0), (255, 255, 255, 0))
    buffer = io.BytesIO()
    mark.save(buffer, "PNG")
    assert decode(buffer.getvalue()).alpha is None
    kept = decode(buffer.getvalue(), keep_alpha=True).alpha
    assert kept is not None
    assert kept[0, 0] == 0
