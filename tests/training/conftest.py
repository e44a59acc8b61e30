"""A few pictures of every kind that compositions need, made here."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image


def picture(rng: np.random.Generator, alpha: bool) -> Image.Image:
    """A few rectangles, or one on nothing."""
    pixels = np.full((160, 120, 4), 255, np.uint8)
    pixels[..., :3] = rng.integers(0, 256, 3)
    pixels[..., 3] = 0 if alpha else 255
    for _ in range(1 if alpha else 5):
        top, left = rng.integers(10, 90, 2) // 2
        pixels[top : top + 100, left : left + 60] = (*rng.integers(0, 256, 3), 255)
    return Image.fromarray(pixels if alpha else np.ascontiguousarray(pixels[..., :3]))


@pytest.fixture
def corpora(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    rng = np.random.default_rng(5)
    for folder, alpha in (("garments/train/dress", False), ("pack-shots", False), ("cutouts", True)):
        (tmp_path / folder).mkdir(parents=True)
        for number in range(140 if "garments" in folder else 24):
            name = "".join(rng.choice(list("bdkmnpstvz"), 9))
            picture(rng, alpha).save(tmp_path / folder / f"{name}{number}x.png")
    monkeypatch.setattr("ddm.bench.perceive.pictures.fetched", lambda: tmp_path / "nothing")
    monkeypatch.setattr("ddm.bench.perceive.pictures._picture_sets", lambda: iter(()))
    return tmp_path
