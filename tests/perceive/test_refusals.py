"""Pictures that no creative should be made of are refused before the costly networks, each with its figure."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageFilter

from ddm import models
from ddm.acquire.product import Picture, Product
from ddm.errors import Unfit
from ddm.library import Library
from ddm.perceive.decode import decode
from ddm.perceive.refusals import REFUSALS, Refusal, refuse
from ddm.perceive.sight import Sight
from ddm.produce.ingest import Report, shelve

CHEAP = tuple(row for row in REFUSALS if row.name in ("size", "empty", "dark", "blurred"))


def picture_of(image: Image.Image, folder: Path, role: str = "product") -> Picture:
    path = folder / "made.png"
    image.save(path)
    return Picture(hashlib.sha256(path.read_bytes()).hexdigest(), path, path.name, 0, 0, "image/png", role=role)


def sight_of(image: Image.Image, folder: Path, role: str = "product") -> Sight:
    picture = picture_of(image, folder, role)
    return Sight(picture, decode(picture.path.read_bytes()))


def noise(level: float, spread: float, side: int = 400) -> Image.Image:
    values = np.random.default_rng(7).normal(level, spread, (side, side, 3))
    return Image.fromarray(np.clip(values, 0, 255).astype(np.uint8))


@pytest.mark.parametrize(
    ("image", "reason"),
    [
        (noise(128, 40, side=99), "shorter side has 99 pixels"),
        (Image.new("RGB", (400, 400), (200, 30, 40)), "nothing to see"),
        (noise(0, 1.2), "it is dark"),
        (noise(128, 60, side=8).resize((400, 400)).filter(ImageFilter.GaussianBlur(12)), "it is blurred"),
    ],
    ids=["small", "empty", "dark", "blurred"],
)
def test_each_reason_has_its_figure(image: Image.Image, reason: str, tmp_path: Path) -> None:
    with pytest.raises(Unfit, match=reason) as caught:
        refuse(sight_of(image, tmp_path), CHEAP)
    assert caught.value.where == "made.png"


def test_a_mark_is_never_refused(tmp_path: Path) -> None:
    refuse(sight_of(Image.new("RGB", (60, 40), (200, 30, 40)), tmp_path, role="logo"))


def test_the_first_reason_decides_and_later_tests_are_not_run(tmp_path: Path) -> None:
    asked: list[str] = []

    def row(name: str, reason: str) -> Refusal:
        return Refusal(name, lambda _: asked.append(name) or reason)

    with pytest.raises(Unfit, match="second"):
        refuse(sight_of(noise(128, 40), tmp_path), (row("a", ""), row("b", "second"), row("c", "third")))
    assert asked == ["a", "b"]


def test_the_cheapest_stand_first() -> None:
    names = [row.name for row in REFUSALS]
    assert names == ["size", "empty", "dark", "blurred", "unsafe", "watermark"]


@pytest.mark.models
def test_photographs_of_a_shop_are_not_refused() -> None:
    for path in sorted((models.pictures("vendure") / "images").glob("*.jpg"))[::9]:
        picture = Picture("", path, path.name, 0, 0, "image/jpeg")
        sight = Sight(picture, decode(path.read_bytes()))
        refuse(sight)
        assert "found" not in vars(sight), "no matte is drawn for it"


@pytest.mark.models
def test_a_batch_tells_what_was_refused(tmp_path: Path) -> None:
    picture = picture_of(noise(0, 1.2), tmp_path)
    report = Report(products=[Product("dark", "", "Dark", pictures=(replace(picture, rank=0),))])
    shelve(report, Library(tmp_path / "library"), tier="fast")
    (told,) = report.rejected
    assert "it is dark" in told.reason
    assert not told.fault
    assert report.errors == []
