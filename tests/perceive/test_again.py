"""Only what a changed row or network touches is perceived again; everything else is remembered."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from ddm import models
from ddm.acquire.product import Picture
from ddm.library import Library
from ddm.perceive import Perceived, model_versions, perceive
from ddm.perceive.again import MATTE_ROW, outdated, stale
from ddm.perceive.perceivers import MATTING, TABLE
from ddm.perceive.perception import Perception
from tests.support.materials import Look, drawn

ROWS = {row.name: row for row in TABLE}


def changed(versions: Mapping[str, str], *names: str) -> dict[str, str]:
    return {**versions, **dict.fromkeys(names, "older")}


def test_nothing_is_outdated_today() -> None:
    assert outdated(model_versions(), "product") == frozenset()
    assert outdated(model_versions("logo"), "logo") == frozenset()


def test_a_row_by_its_own_revision() -> None:
    assert outdated(changed(model_versions(), "row.light"), "product") == {"light"}


def test_rows_by_their_network() -> None:
    found = outdated(changed(model_versions(), "centerface"), "product")
    assert found == {row.name for row in TABLE if "centerface" in row.models}


def test_all_that_need_the_matte_by_its_row() -> None:
    found = outdated(changed(model_versions(), f"row.{MATTE_ROW}"), "product")
    assert found == {row.name for row in TABLE if MATTING & set(row.models)} | {MATTE_ROW}


def test_all_by_the_room_and_by_a_migration() -> None:
    assert outdated(changed(model_versions(), "perceive"), "product") == set(ROWS)
    assert outdated(model_versions(), "product", {"*"}) == set(ROWS)
    assert outdated(model_versions(), "product", {"text"}) == {"text"}


def test_a_picture_that_became_a_mark() -> None:
    assert outdated(model_versions("product"), "logo") >= {MATTE_ROW}


# ------------------------------------------------------------------------------------------------ with the networks


@pytest.fixture(scope="module")
def picture(tmp_path_factory: pytest.TempPathFactory) -> Picture:
    buffer = io.BytesIO()
    Image.fromarray(drawn(Look(640, 640))[0]).save(buffer, "JPEG", quality=92)
    path = tmp_path_factory.mktemp("raw") / "vase.jpg"
    path.write_bytes(buffer.getvalue())
    return Picture(hashlib.sha256(buffer.getvalue()).hexdigest(), path, "vase.jpg", 640, 640, "image/jpeg")


@pytest.fixture(scope="module")
def seen(picture: Picture) -> Perceived:
    return perceive(picture, "vase")


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The networks that run, in order."""
    names: list[str] = []
    session = models.session

    def told(name: str, *more: object, **named: object) -> object:
        names.append(name)
        return session(name, *more, **named)

    monkeypatch.setattr(models, "session", told)
    return names


def as_older(seen: Perceived, *names: str, **attributes: object) -> Perceived:
    """As an older version would have perceived it."""
    found = replace(seen.perception, models=changed(seen.perception.models, *names))
    return replace(seen, perception=found.with_attributes(**attributes))  # type: ignore[arg-type]


def same(one: Perception, other: Perception) -> bool:
    plain = ("attributes", "palettes", "elements", "models", "schema")
    return all(getattr(one, name) == getattr(other, name) for name in plain) and np.array_equal(
        one.maps.matte, other.maps.matte
    )


@pytest.mark.models
def test_a_changed_row_runs_no_network_of_others(
    seen: Perceived, picture: Picture, asked: list[str], tmp_path: Path
) -> None:
    Library(tmp_path).put(as_older(seen, "row.pixels", quality__noise=0.77))
    found = Library(tmp_path).perceive(picture, "vase")
    assert same(found, seen.perception)
    assert asked == []
    assert stale(Library(tmp_path).get(picture.sha256), "product") == frozenset()


@pytest.mark.models
def test_the_stored_matte_serves_rows_that_need_one(
    seen: Perceived, picture: Picture, asked: list[str], tmp_path: Path
) -> None:
    library = Library(tmp_path)
    library.put(as_older(seen, "row.colour", colour__lightness=0.123))
    before = library.derive(library.get(picture.sha256), "cutout", {})
    found = Library(tmp_path).perceive(picture, "vase")
    now, then = found.attributes, seen.perception.attributes
    assert abs(float(now["colour.lightness"]) - float(then["colour.lightness"])) < 0.01  # type: ignore[arg-type]
    assert not set(asked) & MATTING
    assert Library(tmp_path).derive(found, "cutout", {}) == before


@pytest.mark.models
def test_without_its_raw_picture_the_library_s_copy_is_looked_at(
    seen: Perceived, picture: Picture, tmp_path: Path
) -> None:
    """What measures the file itself stays as it was, and outdated."""
    Library(tmp_path).put(as_older(seen, "row.pixels", "row.light", quality__noise=0.77))
    found = Library(tmp_path).perceive(replace(picture, path=tmp_path / "gone.jpg"), "vase")
    assert found.attributes["quality.noise"] == 0.77
    assert stale(found, "product") == {"pixels"}
    assert stale(Library(tmp_path).perceive(picture, "vase"), "product") == frozenset()


@pytest.mark.models
def test_a_new_picture_asks_them_all(picture: Picture, asked: list[str], tmp_path: Path) -> None:
    """Else the tests above would count nothing."""
    Library(tmp_path).perceive(picture, "vase")
    assert MATTING & set(asked)
    assert {"centerface", "efficientnet-lite0"} <= set(asked)
