"""Small heads: their weights are whole and small, and chances are chances."""

from importlib.resources import files

import numpy as np
import pytest

from ddm.errors import InputError, Missing
from ddm.geometry import Box
from ddm.models import path
from ddm.perceive import heads
from ddm.perceive.heads import OUTPUTS, layers
from ddm.perceive.perception import Element
from ddm.perceive.schema import SCENES

MOST_BYTES = 2_000_000


@pytest.mark.parametrize("name", [*OUTPUTS, "cells"])
def test_weights_fit_together(name: str) -> None:
    net = layers(name)
    assert net.first.shape[0] == len(net.mean) == len(net.scale)
    assert net.first.shape[1] == net.second.shape[0]
    assert net.second.shape[1] == len(OUTPUTS.get(name, "1"))
    assert net.temperature > 0
    assert all(np.isfinite(value).all() for value in (net.mean, net.scale, net.first, net.second))


def test_weights_are_small() -> None:
    assert len(files("ddm.perceive").joinpath("heads.npz").read_bytes()) < MOST_BYTES


def test_unknown_heads_are_named() -> None:
    with pytest.raises(InputError, match="moon"):
        layers("moon")


def test_persons_and_faces_in_numbers() -> None:
    person = Element("person", Box(0, 0, 0.5, 1), 0.9, "person")
    assert heads.things_seen([person, person], []).tolist() == pytest.approx([2, 0.9, 0.5, 1, 0, 0, 0, 0])


def test_nobody_is_in_clothes_that_lie_flat() -> None:
    person, cup = (Element(kind, Box(0, 0, 0.5, 1), 0.7, kind) for kind in ("person", "object"))
    assert heads.doubted([person, cup], {"flat-lay": 0.9}) == (cup,)
    assert [one.score for one in heads.doubted([person, cup], {"flat-lay": 0.1})] == pytest.approx([0.63, 0.7])


@pytest.mark.models
@pytest.mark.parametrize("shape", [(16, 300), (300, 16), (700, 500)])
def test_chances_for_pictures_of_any_shape(shape: tuple[int, int]) -> None:
    try:
        path("efficientnet-lite0-trunk")
    except Missing as error:
        pytest.skip(str(error))
    pixels = np.random.default_rng(1).integers(0, 256, (*shape, 3), np.uint8)
    judged = heads.judge(pixels, np.full(1280, 1280**-0.5, np.float32), [], [])
    assert set(judged.scene) == set(SCENES)
    assert sum(judged.scene.values()) == pytest.approx(1, abs=1e-5)
    assert all(0 <= value <= 1 for value in (judged.watermark, judged.collage, judged.logo))
