"""The measures of extension: nothing for the photograph itself, more for what is less like it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from ddm.bench import extend
from ddm.bench.extend.cases import Case, chosen
from ddm.bench.extend.figures import frechet, psnr, seam
from ddm.bench.extend.ways import WAYS
from ddm.errors import InputError

RNG = np.random.default_rng(5)
TRUTH = np.clip(RNG.normal(128, 20, (200, 260, 3)), 0, 255).astype(np.uint8)
KINDS = dict.fromkeys(("left", "top", "right", "bottom"), "texture")
CASE = Case("noise", 0.2, TRUTH, {"left": 26, "right": 26}, KINDS, np.zeros((200, 208), np.float32), "")


@pytest.mark.parametrize("way", WAYS)
def test_every_way_keeps_what_remains(way: str) -> None:
    found = WAYS[way](CASE)
    assert found is not None
    assert found.shape == TRUTH.shape
    assert np.array_equal(found[CASE.own], CASE.remains)


def test_the_photograph_itself_has_no_seam() -> None:
    assert seam(TRUTH, TRUTH, 26) == 0
    assert psnr(TRUTH, TRUTH, 26) == 60


def test_a_step_is_a_seam_and_so_is_smoothness() -> None:
    stepped, smooth = TRUTH.copy(), TRUTH.copy()
    stepped[:, -26:] = 255
    smooth[:, -26:] = 128
    assert seam(stepped, TRUTH, 26) > 0.5
    assert seam(smooth, TRUTH, 26) > 0.5
    assert psnr(stepped, TRUTH, 26) < psnr(smooth, TRUTH, 26)


def test_frechet_is_the_distance_of_gaussians() -> None:
    one = RNG.normal(0, 1, (400, 3))
    assert frechet(one, one) == pytest.approx(0, abs=1e-6)
    assert frechet(one, one + np.array([3, 0, 0])) == pytest.approx(9, rel=1e-3)
    assert frechet(one, 2 * one) == pytest.approx(3, rel=0.2)  # (2 - 1)^2 in each direction


def test_a_folder_that_is_not_there_is_told() -> None:
    with pytest.raises(InputError, match="photographs are not there"):
        extend.run(Path("nowhere"))


def test_sets_keep_their_quota(tmp_path: Path) -> None:
    folder = tmp_path / "garments" / "train" / "dress"
    folder.mkdir(parents=True)
    for number in range(900):
        (folder / f"{'abcdefghijklmnopqrs'[number % 19]}x{number}z.jpg").touch()
    found = chosen(tmp_path, 20, held=True)
    assert 0 < sum(one.set == "garments" for one in found) <= 5
    assert all(one.held for one in found)
