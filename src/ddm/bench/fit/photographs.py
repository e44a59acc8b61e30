"""Real photographs with a subject -> pixels, its matte as perceived, and two halves of one camera's work."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ddm import models
from ddm.colour import oklab_of_bytes
from ddm.derive.fitting.fitted import Taken
from ddm.derive.fitting.looks import look
from ddm.derive.fitting.optics import blur
from ddm.perceive import pixels as px
from ddm.perceive.decode import decode
from ddm.perceive.matte import draw, refined
from ddm.perceive.noise import noise
from ddm.perceive.perception import MAP_SIDE
from ddm.perceive.pixels import Bytes, Floats
from ddm.perceive.tiers import FAST

SIDE = 900
"""Longer side at which photographs are worked on: as large as subjects are in creatives."""
PRODUCTS, GARMENTS = 14, 26
"""Photographs looked at for `subjects`; about half of them have a matte that is sure enough."""
SURE = 0.85
"""Expected overlap with the true matte from which a perceived one is taken for the truth."""
AREA = (0.04, 0.7)
"""Part of the photograph that a subject fills: enough of it, and enough around it."""


@dataclass(frozen=True)
class Photograph:
    """pixels: uint8 (h, w, 3) sRGB. cover: float32 (h, w), its subject."""

    name: str
    pixels: Bytes
    cover: Floats

    @property
    def halves(self) -> tuple[tuple[slice, slice], tuple[slice, slice]]:
        """Two halves, side by side: the first holds more of the subject."""
        middle = self.pixels.shape[1] // 2
        left, right = (slice(None), slice(0, middle)), (slice(None), slice(middle, None))
        return (left, right) if self.cover[left].sum() >= self.cover[right].sum() else (right, left)


def products() -> list[Path]:
    return sorted(models.pictures("vendure").glob("images/*.jpg"))


def interiors() -> list[Path]:
    return sorted(models.pictures("interiors").glob("*.jpg"))


def garments(corpora: Path) -> list[Path]:
    return sorted((corpora / "garments").rglob("*.jpg"))


def some(files: Sequence[Path], most: int) -> list[Path]:
    """Evenly spread."""
    count = min(most, len(files))
    return [files[i * len(files) // count] for i in range(count)]


def opened(file: Path, side: int = SIDE) -> Bytes:
    """uint8 (h, w, 3) sRGB, upright."""
    return px.limited(decode(file.read_bytes(), file.name, side=side).pixels, side)


def subjects(corpora: Path) -> Iterator[Photograph]:
    """Those of products and garments at home whose subject is surely known."""
    for file in (*some(products(), PRODUCTS), *some(garments(corpora), GARMENTS)):
        pixels = opened(file)
        matte = refined(pixels, draw(pixels, FAST))
        if matte.quality >= SURE and matte.usable and AREA[0] < float(matte.coverage.mean()) < AREA[1]:
            yield Photograph(f"{file.parent.name}/{file.stem}", pixels, matte.coverage)


def taken(pixels: Bytes) -> Taken:
    """How it was taken, as perception tells it of a whole picture."""
    small = px.limited(pixels, MAP_SIDE)
    found = look(small, np.ones(small.shape[:2], np.float32))
    assert found is not None, "a photograph has pixels"
    light = np.ascontiguousarray(oklab_of_bytes(pixels)[..., 0])
    return Taken(found, noise(pixels), blur(light, np.ones_like(light)))
