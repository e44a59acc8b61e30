"""Boxes of persons and objects out of the network's cells."""

import numpy as np
import pytest

from ddm.errors import Missing
from ddm.geometry import Box
from ddm.models import path
from ddm.perceive import things as module
from ddm.perceive.things import BINS, CONFIDENT, SIDE, STRIDES, names, things

CELLS = sum((SIDE // step) ** 2 for step in STRIDES)


def test_eighty_classes_the_person_first() -> None:
    assert len(names()) == len(set(names())) == 80
    assert names()[0] == "person"
    assert all(names())


def test_distances_are_means_of_distributions() -> None:
    distances = np.full(((SIDE // 32) ** 2, 4 * BINS), -50.0)
    distances.reshape(-1, 4, BINS)[..., 2] = 50.0  # two strides to each side
    left, top, right, bottom = module._edges(distances, 32)[0]
    assert (left, top, right, bottom) == pytest.approx((16 - 64, 16 - 64, 16 + 64, 16 + 64))


def test_one_thing_is_told_once() -> None:
    scores = np.zeros((CELLS, 80))
    edges = np.zeros((CELLS, 4))
    edges[:4] = ((0.1, 0.1, 0.5, 0.5), (0.11, 0.1, 0.5, 0.5), (0.6, 0.6, 0.9, 0.9), (0.1, 0.1, 0.5, 0.5))
    scores[0, 0], scores[1, 0], scores[2, 0], scores[3, 56] = 0.7, 0.9, CONFIDENT - 0.01, 0.6
    found = module._kept(scores, edges)
    assert [(one.kind, one.label, one.score) for one in found] == [("person", "person", 0.9), ("object", "chair", 0.6)]
    assert found[0].box == Box.of_edges(0.11, 0.1, 0.5, 0.5)


@pytest.mark.models
@pytest.mark.parametrize("shape", [(16, 400), (400, 16), (30, 30), (900, 700)])
def test_boxes_lie_inside_pictures_of_any_shape(shape: tuple[int, int]) -> None:
    try:
        path("nanodet")
    except Missing as error:
        pytest.skip(str(error))
    pixels = np.random.default_rng(1).integers(0, 256, (*shape, 3), np.uint8)
    for one in things(pixels):
        assert -1e-6 <= one.box.x <= one.box.right <= 1 + 1e-6
        assert -1e-6 <= one.box.y <= one.box.bottom <= 1 + 1e-6
