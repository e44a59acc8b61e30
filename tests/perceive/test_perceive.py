"""Whole perceptions of real photographs, with the real networks."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from ddm import models
from ddm.acquire.product import Picture
from ddm.demo.shop.shop import brand
from ddm.library import Library
from ddm.perceive import Perceived, model_versions, perceive
from ddm.perceive.perceivers import TABLE
from ddm.perceive.perception import MAP_SIDE
from ddm.perceive.schema import ATTRIBUTES

pytestmark = pytest.mark.models

CACTUS = "charles-deluvio-695736-unsplash.jpg"


def _picture(path: Path) -> Picture:
    return Picture(hashlib.sha256(path.read_bytes()).hexdigest(), path, path.name, 0, 0, "image/jpeg")


@pytest.fixture(scope="module")
def cactus() -> Perceived:
    return perceive(_picture(models.pictures("vendure") / "images" / CACTUS), "cactus")


def test_every_attribute_is_given_within_its_range(cactus: Perceived) -> None:
    given = cactus.perception.attributes
    assert set(given) == set(ATTRIBUTES)
    for name, value in given.items():
        row = ATTRIBUTES[name]
        if row.choices and isinstance(value, str):
            assert value in row.choices, name
        if isinstance(value, float):
            assert row.low <= value <= row.high, name


def test_a_cactus_in_a_pot(cactus: Perceived) -> None:
    given = cactus.perception.attributes
    assert given["scene.kind"] in {"plain", "studio"}  # a wall of one colour, in light that falls off
    assert given["subject.count"] == 1
    assert given["subject.cut"] == frozenset()
    assert given["class.name"] == "pot"
    assert cactus.perception.number("matte.quality") > 0.95
    assert {given[f"border.{side}"] for side in ("left", "top", "right")} == {"flat"}
    assert cactus.perception.number("calm.area") > 0.7
    assert abs(cactus.perception.number("subject.hue") - 38) < 15
    assert cactus.perception.palettes["background"][0].lightness > 0.7


def test_a_mark_is_matted_by_its_own_transparency(tmp_path: Path) -> None:
    brand().save(tmp_path / "brand.png")
    found = perceive(replace(_picture(tmp_path / "brand.png"), role="logo"), "")
    assert found.perception.attributes["role"] == "logo"
    assert not {"isnet-int8", "u2net-int8"} & set(found.perception.models)
    assert found.perception.models == model_versions("logo") != model_versions()
    cover = np.asarray(brand().getchannel("A"))
    assert np.abs(found.matte.astype(int) - cover).max() <= 1
    assert (found.cutout.pixels[found.cutout.pixels[..., 3] == 255][:, :3] == (0x1F, 0x5C, 0x4D)).all()


def test_maps_and_pixels_agree(cactus: Perceived) -> None:
    maps, (width, height) = cactus.perception.maps, cactus.perception.size
    assert cactus.pixels.shape == (height, width, 3)
    assert cactus.matte.shape == (height, width)
    assert maps.thumb.shape[2] == 3
    assert max(maps.matte.shape) == MAP_SIDE
    assert maps.matte.shape == maps.saliency.shape == maps.busy.shape == maps.thumb.shape[:2]
    assert abs(float(maps.matte.mean()) - float(cactus.matte.mean())) < 2
    assert np.linalg.norm(cactus.perception.embedding) == pytest.approx(1, abs=1e-4)


def test_seen_once_is_not_seen_again(cactus: Perceived, tmp_path: Path) -> None:
    library = Library(tmp_path)
    library.put(cactus)
    gone = Picture(cactus.perception.id, tmp_path / "gone.jpg", "", 0, 0, "image/jpeg")
    again = Library(tmp_path).perceive(gone, "cactus")
    assert again.attributes == cactus.perception.attributes


def test_the_table_gives_each_attribute_once() -> None:
    names = [name for row in TABLE for name in row.attributes]
    assert sorted(names) == sorted(ATTRIBUTES)
    rows = {f"row.{row.name}" for row in TABLE}
    assert set(model_versions()) == {name for row in TABLE for name in row.models} | {"perceive", "tier"} | rows
