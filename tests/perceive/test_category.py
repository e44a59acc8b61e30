"""The table from ImageNet classes to sorts of goods holds, and sums are what they should be."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from ddm.models import classes
from ddm.perceive.category import category, shows
from ddm.perceive.classify import classify
from ddm.perceive.schema import CATEGORIES
from tests.perceive.leaves import CORPORA


def _chances(**given: float) -> np.ndarray:
    names = [name.split(",")[0].replace(" ", "_") for name in classes()]
    found = np.zeros(1000, np.float32)
    for name, chance in given.items():
        found[names.index(name)] = chance
    return found


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        *(("tench", "animal"), ("pot", "plant"), ("hay", "plant"), ("jersey", "apparel"), ("Loafer", "footwear")),
        *(("crane", "animal"), ("purse", "bag"), ("necklace", "jewellery"), ("lipstick", "beauty")),
        *(("studio_couch", "furniture"), ("pizza", "food"), ("mouse", "electronics"), ("stupa", "other")),
    ],
)
def test_classes_belong_to_sorts(name: str, expected: str) -> None:
    assert category(_chances(**{name: 0.75})) == (expected, 0.75)


def test_chances_of_one_sort_are_summed() -> None:
    sort, sure = category(_chances(running_shoe=0.3, sandal=0.2, banana=0.4))
    assert sort == "footwear"
    assert sure == pytest.approx(0.5)


def test_every_sort_has_its_classes() -> None:
    found = Counter(category(row)[0] for row in np.eye(1000, dtype=np.float32))
    assert set(found) == set(CATEGORIES)
    assert found["other"] < 100


def test_what_is_likely_is_named_in_order() -> None:
    assert shows(_chances(vase=0.3, pot=0.5, banana=0.05)) == "pot, vase"
    assert shows(_chances(maillot=0.5)) == "maillot"
    assert shows(np.full(1000, 0.001, np.float32)) == ""


def _sort_of(path: Path) -> str:
    return category(classify(np.asarray(Image.open(path).convert("RGB"))).chances)[0]


@pytest.mark.models
def test_garments_are_apparel_and_shoes_footwear() -> None:
    """Of 250 of them 92 % were right."""
    folder = CORPORA / "garments" / "validation"
    if not folder.is_dir():
        pytest.skip("the corpus of garment photographs is not on this machine")
    found = [
        _sort_of(path) == ("footwear" if kind.name == "shoes" else "apparel")
        for kind in sorted(folder.iterdir())
        for path in sorted(kind.glob("*.jpg"))[:4]
    ]
    assert np.mean(found) > 0.8
