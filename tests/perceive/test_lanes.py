"""What is found side by side is what is found one after the other."""

from __future__ import annotations

import hashlib

import numpy as np
import pytest

from ddm import models
from ddm.acquire.product import Picture
from ddm.perceive import Perceived, perceive

CACTUS = "charles-deluvio-695736-unsplash.jpg"


def seen(threads: str, tier: str, monkeypatch: pytest.MonkeyPatch) -> Perceived:
    monkeypatch.setenv("DDM_THREADS", threads)
    path = models.pictures("vendure") / "images" / CACTUS
    return perceive(
        Picture(hashlib.sha256(path.read_bytes()).hexdigest(), path, path.name, 0, 0, "image/jpeg"), "", tier
    )


@pytest.mark.models
@pytest.mark.parametrize("tier", ["fast", "best"])
def test_both_find_the_same(tier: str, monkeypatch: pytest.MonkeyPatch) -> None:
    one, two = seen("1", tier, monkeypatch), seen("2", tier, monkeypatch)
    assert one.perception.attributes == two.perception.attributes
    assert one.perception.elements == two.perception.elements
    np.testing.assert_array_equal(one.matte, two.matte)
    np.testing.assert_array_equal(one.cutout.pixels, two.cutout.pixels)
