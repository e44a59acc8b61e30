"""The ranking is Spearman's, and all damages are measured where there are pictures."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from ddm.bench.perceive import quality
from ddm.errors import Missing
from tests.perceive.leaves import leaves


def test_ties_share_their_rank() -> None:
    assert quality.correlation([1, 2, 3], [10, 20, 25]) == pytest.approx(1)
    assert quality.correlation([1, 2, 3], [3, 2, 1]) == pytest.approx(-1)
    assert quality.correlation([1, 1, 2, 2], [1, 2, 3, 4]) == pytest.approx(2 / 5**0.5)


def test_composed_pictures_are_ranked_right(tmp_path: Path) -> None:
    (tmp_path / "cutouts").mkdir()
    for seed in range(2):
        Image.fromarray(leaves(seed, 600, 800)).save(tmp_path / "cutouts" / f"{seed}.png")
    found = quality.measure(tmp_path)
    assert found["pictures"] == 2
    assert found["noise"]["each"] > 0.95
    assert found["upscaled"]["each"] > 0.95
    assert found["jpeg"]["each"] < -0.9


def test_without_pictures_it_says_so(tmp_path: Path) -> None:
    with pytest.raises(Missing):
        quality.measure(tmp_path)
