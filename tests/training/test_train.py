"""From pictures to a file of weights, end to end, on a few pictures made here."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from training.train import pools, samples, weights

from ddm.bench.perceive.pictures import real
from ddm.errors import Missing
from ddm.models import path
from ddm.perceive.heads import CELLS, OUTPUTS


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


@pytest.mark.models
def test_ends_in_the_same_bytes(corpora: Path, tmp_path: Path) -> None:
    try:
        path("efficientnet-lite0-trunk")
    except Missing as error:
        pytest.skip(str(error))
    fit, tune = pools(real(corpora))
    counts = {"scene": 8, "watermark": 8, "collage": 0, "logo": 8}
    found = samples(fit, counts, "fit"), samples(tune, counts, "tune")
    one, other = (weights(*found, heads=("scene", "watermark", "logo")) for _ in range(2))
    assert one == other
    (tmp_path / "heads.npz").write_bytes(one)
    with np.load(tmp_path / "heads.npz") as archive:
        assert archive["cells.second"].shape[1] == len(CELLS)
        assert archive["scene.second"].shape[1] == len(OUTPUTS["scene"])
