"""Columns of many rows, kept on disk for the next process: faster, and never another answer."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from ddm.language.expressions import parse
from ddm.library import Library, kept, orders
from ddm.library.kept import Shelf
from ddm.library.pinned import Pinned
from ddm.library.records import perception_row
from tests.support.materials import Look, material

LOOK = Look(64, 64)
WHERE = parse("calm.area ge 40% and scene.kind in {studio, plain} and subject.cut has left")
ORDER = [("quality.sharpness", False, 1.0)]


@pytest.fixture(autouse=True)
def many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "LEAST", 10)


def put(library: Library, *numbers: int, calm: float | None = None) -> None:
    found = [
        material(
            f"{number:03}",
            f"product-{number % 7}",
            LOOK,
            calm__area=number % 10 / 10 if calm is None else calm,
            scene__kind=["studio", "plain", "outdoor"][number % 3],
            subject__cut=frozenset(["left", "top"][: number % 3]),
            quality__sharpness=number * 37 % 100 / 100,
        )
        for number in numbers
    ]
    library.tables.put("materials", [perception_row(one) for one in found])


def asked(library: Library) -> tuple[object, ...]:
    """What depends on columns, on the order by id, and on products."""
    wide = library.candidates("product", None, [WHERE], 5, ORDER)
    first = library.candidates("product", None, [], 3)
    own = library.candidates("product", "product-3", [WHERE], 5)
    return tuple(([one.id for one in some.found], some.total, some.removed) for some in (wide, first, own))


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """Columns that are read from the table."""
    found: list[tuple[str, ...]] = []
    read = Pinned.read
    monkeypatch.setattr(Pinned, "read", lambda self, rows, names: found.append(tuple(names)) or read(self, rows, names))
    return found


def test_the_next_process_reads_no_column(tmp_path: Path, reads: list[tuple[str, ...]]) -> None:
    put(Library(tmp_path), *range(60))
    first = asked(Library(tmp_path))
    assert reads
    reads.clear()
    assert asked(Library(tmp_path)) == first
    assert reads == []


def test_what_was_written_meanwhile_is_added(tmp_path: Path, reads: list[tuple[str, ...]]) -> None:
    library = Library(tmp_path)
    put(library, *range(60))
    asked(Library(tmp_path))
    put(library, 1, 2, 70, calm=0.9)
    library.tables.delete("materials", [f"product-4/{('303034' * 64)[:64]}"])
    reads.clear()
    now = asked(Library(tmp_path))
    columns = {name for names in reads for name in names}
    shutil.rmtree(tmp_path / "columns")
    assert asked(Library(tmp_path)) == now
    assert {"calm_area", "scene_kind"} <= columns  # of the three


def test_who_owns_what_comes_back() -> None:
    for names in (["", "", ""], ["vase", "", "käse", "vase", "a" * 300]):
        owners = orders.owners_of(pa.chunked_array([names]))
        again = orders.owners_from(owners.arrays)
        assert {name: again.of(name).tolist() for name in [*names, "b"]} == {
            name: [place for place, one in enumerate(names) if one == name] for name in [*names, "b"]
        }


@pytest.mark.parametrize("damage", ["cut", "changed", "gone"])
def test_what_is_damaged_is_read_anew(tmp_path: Path, damage: str) -> None:
    put(Library(tmp_path), *range(60))
    first = asked(Library(tmp_path))
    for path in tmp_path.glob("columns/*/*/*/*.npy"):
        body = path.read_bytes()
        if damage == "gone":
            path.unlink()
        else:
            path.write_bytes(body[:-1] if damage == "cut" else body[:-1] + bytes([body[-1] ^ 1]))
    assert asked(Library(tmp_path)) == first


def test_another_library_at_the_same_place_has_its_own(tmp_path: Path) -> None:
    """As in a bucket that was emptied: row ids begin anew, and what this machine kept of it is still there."""
    put(Library(tmp_path), *range(60))
    before = asked(Library(tmp_path))
    shutil.rmtree(tmp_path / "tables")
    put(Library(tmp_path), *range(60), calm=0.0)
    assert asked(Library(tmp_path)) != before


def test_a_folder_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "columns").write_text("no folder")
    put(Library(tmp_path), *range(60))
    assert asked(Library(tmp_path)) == asked(Library(tmp_path))


def test_the_oldest_sets_go(tmp_path: Path) -> None:
    for number in range(kept.SETS + 2):
        shelf = kept.shelf_of(tmp_path, np.arange(20, dtype=np.uint64) + number)
        assert shelf is not None
        shelf.put("rows", {"rows": np.arange(20)})
    assert len(list(tmp_path.iterdir())) == kept.SETS
    assert shelf.get("rows") is not None
    assert Shelf(tmp_path / "none").get("rows") is None
