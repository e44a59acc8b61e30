"""A library in an object store answers as one in a folder does."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from ddm.errors import InputError, Unavailable
from ddm.language.expressions import parse
from ddm.library import Library
from ddm.library.compact import compact
from ddm.library.copies import BODIES
from ddm.library.pinned import Pinned, RowIds
from ddm.library.records import perception_row
from ddm.library.verify import verify
from ddm.perceive.schema import VERSION
from tests.support import s3
from tests.support.materials import Look, perceived, product, shelf

LOOK = Look(160, 120)
URL = f"s3://{s3.BUCKET}/shop/library"


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder in which the server keeps the objects of the bucket."""
    monkeypatch.setenv("DDM_HOME", str(tmp_path / "home"))
    with s3.s3_server(tmp_path / "store") as port:
        s3.use(monkeypatch, port)
        yield tmp_path / "store" / s3.BUCKET


def test_what_is_stored_is_found_by_another_process(store: Path) -> None:
    vase = Library(URL).put(perceived(look=LOOK))
    again = Library(URL)
    assert again.get(vase.id).attributes == vase.attributes
    assert [one.id for one in again.candidates("product", None, [parse("calm.area ge 40%")], 5).found] == [vase.id]
    raster = again.derive(vase, "shadow", {"kind": "drop"})
    assert again.load(raster.href).shape == (raster.height, raster.width, 4)
    assert (store / "shop" / "library" / raster.href).is_file()


def test_products_too(store: Path) -> None:
    shelf(Library(URL), product("vase"))
    assert [one.id for one in Library(URL).products()] == ["vase"]


def test_pictures_are_fetched_once(store: Path) -> None:
    library = Library(URL)
    vase = library.put(perceived(look=LOOK))
    raster = library.derive(vase, "picture", {})
    before = Library(URL).load(raster.href)
    (store / "shop" / "library" / raster.href).unlink()
    assert np.array_equal(Library(URL).load(raster.href), before)


def test_records_are_fetched_once(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = perceived(look=LOOK)
    Library(URL).put(replace(found, perception=replace(found.perception, schema=VERSION)))
    shutil.rmtree(Path(os.environ["DDM_HOME"]) / "libraries")  # as on another machine
    first = Library(URL).candidates("product", None, [], 5).found
    still = Pinned.still

    def refused(self: Pinned, rows: RowIds, columns: Sequence[str] | None = None) -> Any:
        assert "details" not in (columns or ["details"])
        return still(self, rows, columns)

    monkeypatch.setattr(Pinned, "still", refused)
    again = Library(URL).candidates("product", None, [], 5).found
    assert [one.attributes for one in again] == [one.attributes for one in first]


def test_copies_of_records_keep_to_a_share_of_the_cache(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    library, found = Library(URL), perceived(look=LOOK).perception
    shelf = Path(os.environ["DDM_HOME"]) / "libraries"
    for megabytes, kept in (("0", 0), ("1", 1)):
        monkeypatch.setenv("DDM_CACHE_MB", megabytes)
        library.tables.put("materials", [perception_row(replace(found, product=megabytes, schema=VERSION))])
        assert len([file for file in shelf.rglob(BODIES) if file.stat().st_size]) == kept


def test_it_is_verified_and_compacted(store: Path) -> None:
    library = Library(URL)
    library.put(perceived(look=LOOK))
    other = library.put(perceived("b", look=LOOK))
    assert list(verify(library, grace=0)) == []
    library.tables.delete("materials", [f"vase/{other.id}"])
    assert {fault.kind for fault in verify(library, grace=0)} == {"orphan"}
    done = compact(library, kept=timedelta(0), grace=0)
    assert set(done.tables) == {"materials", "products", "about"}
    assert done.removed == 3
    assert list(verify(library, grace=0)) == []


def test_a_folder_is_asked_for_where_only_a_folder_will_do(store: Path) -> None:
    with pytest.raises(InputError, match="a library in a folder"):
        _ = Library(URL).pixels_dir


def test_a_bucket_that_is_not_there_is_told(store: Path) -> None:
    with pytest.raises(Unavailable):
        Library("s3://another-bucket/library")
