"""How closely is asked by name, kept where it is closer, and told in a record's versions."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from ddm import models
from ddm.acquire.product import Picture
from ddm.errors import InputError
from ddm.library import Library
from ddm.perceive import Perceived, model_versions, perceive
from ddm.perceive.again import outdated
from ddm.perceive.perceivers import TABLE
from ddm.perceive.schema import ATTRIBUTES
from ddm.perceive.tiers import BEST, FAST, KEY, TIERS, higher, tier_of

CACTUS = "charles-deluvio-695736-unsplash.jpg"
EVERY_ROW = frozenset(row.name for row in TABLE)


def cactus() -> Picture:
    path = models.pictures("vendure") / "images" / CACTUS
    return Picture(hashlib.sha256(path.read_bytes()).hexdigest(), path, path.name, 0, 0, "image/jpeg")


@pytest.fixture(scope="module")
def fast() -> Perceived:
    return perceive(cactus(), "cactus", "fast")


def test_a_tier_that_is_none_names_those_that_are() -> None:
    with pytest.raises(InputError, match="no tier 'quick'") as caught:
        tier_of("quick")
    assert caught.value.mend == "one of fast, best"


def test_versions_tell_the_tier_and_only_its_networks() -> None:
    best, quick = model_versions(), model_versions(tier="fast")
    assert (best[KEY], quick[KEY]) == ("best", "fast")
    assert set(best) - set(quick) == FAST.without


def test_the_closer_look_stays() -> None:
    assert higher("fast", {KEY: "best"}) == "best"
    assert higher("best", {KEY: "fast"}) == "best"
    assert higher("fast", {KEY: "unheard of"}) == "fast"
    assert higher("best", {}) == "best"


def test_upwards_all_is_outdated_and_downwards_nothing() -> None:
    assert outdated(model_versions(tier="fast"), "product", tier="best") == EVERY_ROW
    assert outdated(model_versions(tier="best"), "product", tier="fast") == frozenset()
    assert outdated(model_versions(tier="fast"), "product", tier="fast") == frozenset()


def test_quicker_tiers_look_no_closer_and_claim_no_more() -> None:
    assert list(TIERS.values()) == [FAST, BEST]
    assert all(getattr(FAST, side) <= getattr(BEST, side) for side in ("fine", "coarse", "text", "faces"))
    assert all(name in ATTRIBUTES and 0 < part < 1 for name, part in FAST.trust.items())
    assert not BEST.trust


@pytest.mark.models
def test_in_haste_every_attribute_is_given_too(fast: Perceived) -> None:
    assert set(fast.perception.attributes) == set(ATTRIBUTES)
    assert fast.perception.models == model_versions(tier="fast")
    assert fast.matte.shape == fast.pixels.shape[:2]
    assert fast.perception.attributes["class.name"] == "pot"


@pytest.mark.models
def test_in_haste_confidences_are_lower(fast: Perceived) -> None:
    assert fast.perception.number("text.sure") == FAST.trust["text.sure"]
    assert fast.perception.number("matte.quality") < 1


@pytest.mark.models
def test_a_library_looks_again_only_upwards(fast: Perceived, tmp_path: Path) -> None:
    library = Library(tmp_path)
    library.put(fast)
    assert library.perceive(cactus(), "cactus", "fast").models[KEY] == "fast"
    closer = library.perceive(cactus(), "cactus", "best")
    assert closer.models == model_versions()
    assert library.perceive(cactus(), "cactus", "fast") == closer
