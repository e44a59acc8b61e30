"""Copies of records on this machine: read instead of the tables, and never another answer."""

from __future__ import annotations

import shutil
import subprocess
import sys
import threading
import time
from datetime import timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from ddm.library import Library, copies
from ddm.library.compact import compact
from ddm.library.copies import ENTRY, Copies
from ddm.library.orders import digests_of
from ddm.library.pinned import Pinned, RowIds
from ddm.library.records import PACKED, body_of, perception_row
from ddm.library.store import MATERIALS
from ddm.perceive.perception import Perception
from ddm.perceive.schema import VERSION
from tests.library.test_records import same
from tests.support.materials import Look, material

LOOK = Look(64, 64)


def one(number: int, calm: float = 0.5, schema: int = VERSION) -> Perception:
    made = material(f"{number:03}", f"product-{number % 7}", LOOK, calm__area=calm, rank=float(number))
    return type(made)(**{**vars(made), "schema": schema})


def rows(*materials: Perception) -> pa.Table:
    return pa.Table.from_pylist(list(map(perception_row, materials)), schema=MATERIALS).select(PACKED)


def put(library: Library, *materials: Perception) -> None:
    library.tables.put("materials", list(map(perception_row, materials)))


def asked(folder: Path) -> list[tuple[str, float, object]]:
    """By a process of its own."""
    found = Library(folder).candidates("product", None, [], 99).found
    return [(one.id, one.number("calm.area"), one.palettes) for one in found]


@pytest.fixture
def taken(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many records were read from the tables, each time."""
    found: list[int] = []
    take = Pinned.take

    def counted(self: Pinned, rows: RowIds, columns: object = None) -> pa.Table:
        table = take(self, rows, columns)  # type: ignore[arg-type]
        if columns is None or "details" in columns:  # type: ignore[operator]
            found.append(len(rows))
        return table

    monkeypatch.setattr(Pinned, "take", counted)
    return found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    put(Library(tmp_path), *map(one, range(30)))
    return tmp_path


def bodies(folder: Path) -> Path:
    return folder / "records" / copies.FORM / copies.BODIES


def test_what_was_written_is_read_from_its_copy(folder: Path, taken: list[int]) -> None:
    found = Library(folder).candidates("product", None, [], 99).found
    assert taken == []
    for again, first in zip(found, sorted(map(one, range(30)), key=lambda m: m.id), strict=True):
        same(again, first)


def test_what_another_machine_wrote_is_copied_when_it_is_found(folder: Path, taken: list[int]) -> None:
    shutil.rmtree(folder / "records")
    first = asked(folder)
    assert taken == [30]
    assert asked(folder) == first
    assert taken == [30]


def test_all_is_copied_at_once(folder: Path, taken: list[int]) -> None:
    expected = asked(folder)
    shutil.rmtree(folder / "records")
    compact(Library(folder))
    taken.clear()
    assert asked(folder) == expected
    assert taken == []


def test_what_is_written_anew_moved_or_deleted_is_seen(folder: Path, taken: list[int]) -> None:
    reader, writer = Library(folder), Library(folder)
    assert len(reader.candidates("product", None, [], 99).found) == 30
    put(writer, one(3, 0.9), one(40, 0.8))
    writer.tables.delete("materials", [f"product-5/{one(5).id}"])
    writer.tables.tidy("materials", timedelta(milliseconds=1))
    found = {m.id: m.number("calm.area") for m in reader.candidates("product", None, [], 99).found}
    assert len(found) == 30
    assert (found[one(3).id], found[one(40).id], one(5).id in found) == (0.9, 0.8, False)
    assert taken == []


@pytest.mark.parametrize("name", [copies.INDEX, copies.BODIES])
@pytest.mark.parametrize("damage", ["cut", "changed", "gone", "huge"])
def test_what_is_damaged_is_read_from_the_tables_and_copied_anew(
    folder: Path, taken: list[int], name: str, damage: str
) -> None:
    expected, path = asked(folder), bodies(folder).with_name(name)
    body = path.read_bytes()
    match damage:
        case "gone":
            path.unlink()
        case "huge":
            path.write_bytes(b"\xff" * len(body))
        case "cut":
            path.write_bytes(body[: len(body) // 2 - 1])
        case _:
            path.write_bytes(bytes(byte ^ (place % 97 == 0) for place, byte in enumerate(body)))
    library = Library(folder)
    assert [m.id for m in library.candidates("product", None, [], 99).found] == [row[0] for row in expected]
    assert sum(taken) > 0
    taken.clear()
    assert asked(folder) == expected
    assert taken == []


def test_another_process_whose_files_are_replaced_meanwhile(folder: Path) -> None:
    known, digests = Copies(lambda: folder), digests_of(rows(*map(one, range(30)))["digest"]).first
    assert all(known.get(digests))
    Copies(lambda: folder).clear()
    assert known.count() == 0
    Copies(lambda: folder).add(rows(*map(one, reversed(range(30)))))
    assert all(known.get(digests))
    bodies(folder).write_bytes(b"")
    assert known.get(digests) == [None] * 30
    known.add(rows(*map(one, range(30))), anew=True)
    assert all(known.get(digests))


def test_a_folder_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "records").write_text("no folder")
    put(Library(tmp_path), *map(one, range(5)))
    assert len(asked(tmp_path)) == 5


def test_of_another_vocabulary_there_is_no_copy(tmp_path: Path) -> None:
    put(Library(tmp_path), one(1), one(2, schema=VERSION - 1))
    library = Library(tmp_path)
    assert [m.schema for m in library.candidates("product", None, [], 9).found] == [VERSION, VERSION - 1]
    assert Copies(lambda: tmp_path).count() == 1
    library.copy()
    assert Copies(lambda: tmp_path).count() == 1


def test_copies_of_what_is_gone_are_dropped(folder: Path) -> None:
    library = Library(folder)
    for calm in (0.1, 0.2):
        put(library, *(one(number, calm) for number in range(30)))
    assert Copies(lambda: folder).count() == 90
    library.copy()
    assert Copies(lambda: folder).count() == 30
    assert bodies(folder).with_name(copies.INDEX).stat().st_size == 30 * ENTRY.itemsize
    assert {row[1] for row in asked(folder)} == {0.2}


def test_one_digest_many_parts() -> None:
    """Of a part, of several, of one digest written twice: the last counts; what is not there is not found."""
    rng = np.random.default_rng(0)
    known = Copies(lambda: Path("none"))
    digests = rng.integers(0, 2**63, (500, 2), dtype=np.uint64)
    digests[200:300, 0] = digests[100, 0]  # heads alike, which never happens: one of them counts
    for number, start in enumerate([0, 0, 100, 300, 310, 320, 400], 1):
        entries = np.zeros(100, ENTRY)
        entries["head"], entries["tail"] = digests[start : start + 100].T
        entries["size"] = number
        known._add(entries)
    found = known._known(digests)["size"].tolist()
    assert found[:100] == [2] * 100
    assert found[300:] == [4] * 10 + [5] * 10 + [6] * 80 + [7] * 100


def test_a_record_that_a_disk_damaged_is_copied_anew_when_it_is_mended(folder: Path) -> None:
    right, wrong = (perception_row(one(3, calm)) for calm in (0.5, 0.9))
    library = Library(folder)
    library.tables.put("materials", [{**right, "details": wrong["details"]}])  # its digest stays
    assert 0.9 in [row[1] for row in asked(folder)]
    library.tables.put("materials", [right])
    assert {row[1] for row in asked(folder)} == {0.5}


def test_an_entry_that_points_nowhere(folder: Path, taken: list[int]) -> None:
    expected, index = asked(folder), bodies(folder).with_name(copies.INDEX)
    for at in (-1, -(2**63), 2**63 - 1):
        entries = np.fromfile(index, ENTRY)
        entries["at"][5:] = at
        entries.tofile(index)
        assert asked(folder) == expected
    assert taken


def test_a_disk_that_is_nearly_full_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copies, "RESERVE", 2**62)
    put(Library(tmp_path), *map(one, range(5)))
    assert len(asked(tmp_path)) == 5
    assert Copies(lambda: tmp_path).count() == 0


def test_within_a_limit(tmp_path: Path) -> None:
    known, other = (Copies(lambda: tmp_path, lambda: 20_000) for _ in range(2))
    for number in range(40):
        row = rows(one(number))
        known.add(row)
        for copies_ in (known, other):
            assert all(copies_.get(digests_of(row["digest"]).first))
        assert bodies(tmp_path).stat().st_size <= 20_000
    assert 0 < known.count() == other.count() < 40
    known.add(rows(*map(one, range(100, 140))))  # together more than the limit
    assert bodies(tmp_path).stat().st_size <= 20_000


def test_what_is_read_while_others_write_and_drop_is_right(tmp_path: Path) -> None:
    wanted = rows(*map(one, range(12)))
    digests = digests_of(wanted["digest"]).first
    right = list(map(body_of, wanted.to_pylist()))

    def written(number: int) -> None:
        own = Copies(lambda: tmp_path, lambda: 6 * len(right[0]))
        for start in range(0, 200, 3):
            own.add(wanted.slice((start + number) % 12, 3))

    writers = [threading.Thread(target=written, args=[number]) for number in range(2)]
    for writer in writers:
        writer.start()
    reader = Copies(lambda: tmp_path)
    while any(writer.is_alive() for writer in writers):
        assert all(body in (None, whole) for body, whole in zip(reader.get(digests), right, strict=True))


WRITING = """
import sys
from pathlib import Path
from ddm.library.copies import Copies
from tests.library.test_copies import one, rows
known = Copies(lambda: Path(sys.argv[1]))
for number in range(int(sys.argv[2]), 10_000, 2):
    known.add(rows(one(number)))
    print(number, flush=True)
"""


def test_writers_that_are_killed_leave_what_is_whole(tmp_path: Path) -> None:
    def begun(number: int) -> subprocess.Popen[str]:
        asked = [sys.executable, "-c", WRITING, str(tmp_path), str(number)]
        return subprocess.Popen(asked, stdout=subprocess.PIPE, text=True)

    writers = [begun(0), begun(1)]
    lines = [process.stdout.readline() for process in writers if process.stdout]
    time.sleep(0.2)
    for process in writers:
        process.kill()
    said = "".join(lines + [process.communicate()[0].rpartition("\n")[0] + "\n" for process in writers]).split()
    known = Copies(lambda: tmp_path)
    wanted = rows(*(one(int(number)) for number in said))
    assert all(known.get(digests_of(wanted["digest"]).first))
    known.add(rows(one(20_000)))
    assert all(known.get(digests_of(rows(one(20_000))["digest"]).first))
