"""What lies over a picture: the network is small and takes any shape, and groups of marked cells become boxes."""

from importlib.resources import files

import numpy as np
import pytest

from ddm.errors import Missing
from ddm.geometry import Box
from ddm.models import path
from ddm.perceive import overlaid
from ddm.perceive.overlaid import MARK, logos
from ddm.perceive.texture import CELL, texture

MOST_BYTES = 2_000_000


def test_weights_are_small() -> None:
    assert len(files("ddm.perceive").joinpath("weights", "marks.onnx").read_bytes()) < MOST_BYTES


def test_logos_are_groups_of_cells() -> None:
    plane = np.zeros((60, 90), np.float32)
    surer = (1 + MARK) / 2
    plane[3:9, 6:18] = surer
    plane[45:54, 60:66] = MARK + 0.01
    plane[30, 30] = 0.99  # a speck
    first, second = logos(plane, 0.8)
    assert first.box == Box.of_edges(6 / 90, 3 / 60, 18 / 90, 9 / 60)
    assert first.score == pytest.approx(0.8 * surer, abs=1e-3)
    assert second.score < first.score


def test_faint_logos_get_a_box_where_nothing_is_surer() -> None:
    plane = np.full((60, 90), 0.05, np.float32)
    plane[3:9, 6:18] = 0.3
    assert [one.box for one in logos(plane, 0.6)] == [Box.of_edges(6 / 90, 3 / 60, 18 / 90, 9 / 60)]


def test_what_covers_the_picture_is_no_logo() -> None:
    assert logos(np.full((60, 90), 0.9, np.float32), 0.9) == ()


@pytest.mark.models
@pytest.mark.parametrize("shape", [(16, 300), (300, 16), (700, 500)])
def test_pictures_of_any_shape(shape: tuple[int, int]) -> None:
    try:
        path("efficientnet-lite0-trunk")
    except Missing as error:
        pytest.skip(str(error))
    seen = texture(np.random.default_rng(1).integers(0, 256, (*shape, 3), np.uint8))
    assert seen.cells.shape == (seen.pixels.shape[0] // CELL, seen.pixels.shape[1] // CELL, 192)
    found = overlaid.look(seen)
    assert 0 <= found.watermark <= 1
    assert 0 <= found.logo <= 1


def test_sees_the_picture_and_where_its_middle_is() -> None:
    image = overlaid.image_of(np.full((64, 32, 3), 255, np.uint8))
    assert image.shape == (5, 64, 32)
    assert (image[:3] == 1).all()
    assert image[3, 0].tolist() == pytest.approx(np.abs(np.linspace(-1, 1, 32)).tolist(), abs=1e-6)
    assert image[4, 0].max() == pytest.approx(1)
    assert image[4, 32].max() < 0.05
