"""What lies over a picture: the network is small and takes any shape, and what its cells say becomes boxes."""

from importlib.resources import files

import numpy as np
import pytest

from ddm.errors import Missing
from ddm.geometry import Box
from ddm.models import path
from ddm.perceive import overlaid
from ddm.perceive.overlaid import LEAST, MOST, logos
from ddm.perceive.texture import CELL, texture

MOST_BYTES = 2_000_000


def test_weights_are_small() -> None:
    assert len(files("ddm.perceive").joinpath("weights", "marks.onnx").read_bytes()) < MOST_BYTES


def told(*boxes: tuple[int, int, int, int, float]) -> np.ndarray:
    """What cells of a map of 60 by 90 say of boxes: their edges in cells, and the chance that this is right."""
    cells = np.zeros((5, 60, 90), np.float32)
    cells[4] = -9
    x, y = np.arange(90) + 0.5, np.arange(60)[:, None] + 0.5
    for left, top, right, bottom, chance in boxes:
        inside = (slice(top, bottom), slice(left, right))
        away = np.broadcast_arrays(x - left, y - top, right - x, bottom - y)
        cells[(slice(4), *inside)] = np.log(np.stack(away)[(slice(4), *inside)])
        cells[(4, *inside)] = np.log(chance / (1 - chance))
    return cells


def test_cells_of_one_logo_make_one_box() -> None:
    first, second = logos(told((60, 45, 66, 54, 0.6), (6, 3, 18, 9, 0.9)))
    assert first.box == pytest.approx(Box.of_edges(6 / 90, 3 / 60, 18 / 90, 9 / 60), abs=1e-5)
    assert first.score == pytest.approx(0.9, abs=1e-3)
    assert second.box == pytest.approx(Box.of_edges(60 / 90, 45 / 60, 66 / 90, 54 / 60), abs=1e-5)
    assert second.score == pytest.approx(0.6, abs=1e-3)


def test_a_part_of_a_logo_is_no_second_one() -> None:
    cells = told((6, 3, 30, 9, 0.9))
    cells[:, 4:8, 7:15] = told((7, 4, 15, 8, 0.8))[:, 4:8, 7:15]
    assert [one.score for one in logos(cells)] == [pytest.approx(0.9, abs=1e-3)]


def test_boxes_end_at_the_picture() -> None:
    cells = told((0, 0, 12, 6, 0.9))
    cells[:2] += 2
    box = logos(cells)[0].box
    assert (box.x, box.y) == (0, 0)
    assert box.right == pytest.approx(12 / 90, abs=1e-5)


def test_faint_cells_have_no_say() -> None:
    assert logos(told((6, 3, 18, 9, LEAST - 0.05))) == ()


def test_boxes_are_few() -> None:
    assert len(logos(told(*((6 * i, 6, 6 * i + 4, 10, 0.7) for i in range(2 * MOST - 2))))) == MOST


@pytest.mark.models
@pytest.mark.parametrize("shape", [(16, 300), (300, 16), (700, 500)])
def test_pictures_of_any_shape(shape: tuple[int, int]) -> None:
    try:
        path("efficientnet-lite0-trunk")
    except Missing as error:
        pytest.skip(str(error))
    pixels = np.random.default_rng(1).integers(0, 256, (*shape, 3), np.uint8)
    seen = texture(pixels)
    assert seen.cells.shape == (seen.pixels.shape[0] // CELL, seen.pixels.shape[1] // CELL, 192)
    found = overlaid.look(seen, pixels)
    assert 0 <= found.watermark <= 1
    assert 0 <= found.logo <= 1


def test_sees_the_picture_and_where_its_middle_is() -> None:
    image = overlaid.image_of(np.full((64, 32, 3), 255, np.uint8), np.zeros((128, 64), np.uint8))
    assert image.shape == (12, 64, 32)
    assert (image[:3] == 0.5).all()
    assert image[3, 0].tolist() == pytest.approx((np.abs(np.linspace(-1, 1, 32)) - 0.5).tolist(), abs=1e-6)
    assert image[4, 0].max() == pytest.approx(0.5)
    assert image[4, 32].max() < 0.05 - 0.5
    assert (image[5:] == 0).all()


def test_sees_strokes_of_one_pixel() -> None:
    """At half the size the stroke is a grey shade; here one of four planes has it."""
    large = np.zeros((128, 64), np.uint8)
    large[:, 31] = 255
    image = overlaid.image_of(np.zeros((64, 32, 3), np.uint8), large)
    assert image[(9, 11), :, 15].min() == pytest.approx(overlaid.GAIN * 0.8, abs=0.01)
    assert image[(8, 10), :, 15].max() < 0


def test_brightness_is_twice_as_large() -> None:
    small = np.zeros((48, 32, 3), np.uint8)
    assert overlaid.twice(np.full((70, 50, 3), 90, np.uint8), small).shape == (96, 64)
