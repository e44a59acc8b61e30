"""Pictures become canvases with hidden sides, held-back ones apart; figures are right where the answer is known."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from training.outpaint.canvases import SEEN, batch, known, shape
from training.outpaint.check import frechet, mirrored, replicated, views
from training.outpaint.pictures import Archive, gather

from ddm.derive.extension.outpaint import STEP


@pytest.fixture
def pictures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Archive:
    """Twelve garments of one colour each."""
    monkeypatch.setattr("ddm.bench.perceive.pictures.fetched", lambda: tmp_path / "nothing")
    monkeypatch.setattr("ddm.bench.perceive.pictures._picture_sets", lambda: iter(()))
    rng, folder = np.random.default_rng(3), tmp_path / "garments" / "train" / "hat"
    folder.mkdir(parents=True)
    for name in "abcdefghijkl":
        Image.new("RGB", (90, 120), tuple(int(n) for n in rng.integers(40, 200, 3))).save(folder / f"{name * 4}.jpg")
    return gather(tmp_path, tmp_path / "kept")


def test_every_picture_is_on_one_side(pictures: Archive) -> None:
    fit, kept = pictures.side(False)["garments"], pictures.side(True)["garments"]
    assert len(fit) + len(kept) == len(pictures) == 12
    assert not set(fit) & set(kept)
    assert len(kept) > 0
    assert pictures.picture(3).shape == (120, 90, 3)


def test_a_batch_is_the_same_for_the_same_seed(pictures: Archive) -> None:
    one, other = (batch(np.random.default_rng(5), pictures, False, 3, 64) for _ in range(2))
    assert np.array_equal(one.truth, other.truth)
    assert np.array_equal(one.inputs, other.inputs)
    assert one.inputs.shape[:2] == (3, 6)
    assert np.abs(one.truth - one.inputs[:, :3]).max() < 0.02  # one colour each: the nearest pixel is the truth


@pytest.mark.parametrize("seed", range(40))
def test_something_is_hidden_and_enough_is_shown(seed: int) -> None:
    rng = np.random.default_rng(seed)
    size = shape(rng, 128)
    assert all(n % STEP == 0 for n in size)
    shown = known(rng, size)
    assert 0 < shown.mean() < 1
    rows, columns = shown.any(1).mean(), shown.any(0).mean()
    assert min(rows, columns) > 0.8 * SEEN


def test_views_come_from_the_held_back_side(pictures: Archive) -> None:
    colours = {tuple(pictures.picture(int(n))[0, 0]) for n in pictures.side(True)["garments"]}
    found = list(views(pictures))
    assert {tuple(np.uint8(v.truth[0, 0] * 255 + 0.5)) for v in found} <= colours
    assert all(0 < v.known.mean() < 1 for v in found)


def test_frechet_of_like_and_shifted_clouds() -> None:
    cloud = np.random.default_rng(1).normal(size=(500, 6)).astype(np.float32)
    assert frechet(cloud, cloud) == pytest.approx(0, abs=1e-6)
    assert frechet(cloud, cloud + 2) == pytest.approx(24, rel=1e-5)


def test_simple_ways_keep_what_is_known() -> None:
    picture = np.random.default_rng(2).random((20, 30, 3)).astype(np.float32)
    shown = np.zeros((20, 30), bool)
    shown[:, 4:12] = True
    for way in (replicated, mirrored):
        assert np.array_equal(way(picture, shown)[shown], picture[shown])
    assert np.array_equal(mirrored(picture, shown)[:, 12], picture[:, 11])
    assert np.array_equal(mirrored(picture, shown)[:, 3], picture[:, 4])
    assert np.array_equal(mirrored(picture, shown)[:, 20], picture[:, 4])
