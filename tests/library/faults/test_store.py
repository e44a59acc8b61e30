"""An object store that answers late, wrong, or not at all: nothing is lost, and going on repeats nothing."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from ddm.errors import Unavailable
from ddm.library import Library
from ddm.library.compact import compact
from ddm.library.verify import HARMLESS, verify
from tests.library.faults.running import refused, stored, writer
from tests.support import s3
from tests.support.materials import Look, perceived

LOOK = Look(160, 120)
URL = f"s3://{s3.BUCKET}/library"


@pytest.fixture
def door(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[s3.Door]:
    monkeypatch.setenv("DDM_HOME", str(tmp_path / "home"))
    with s3.s3_server(tmp_path / "store") as port, s3.door(port) as found:
        s3.use(monkeypatch, found.port)
        yield found


def damaged(library: Library) -> list[str]:
    return [fault.what for fault in verify(library) if fault.kind not in HARMLESS]


@pytest.mark.parametrize("fault", ["late", "cut", "lost", "broken"])
def test_every_fifth_answer(door: s3.Door, fault: str) -> None:
    door.faults = s3.every(5, fault)
    library = Library(URL)
    kept = {library.put(perceived(name, look=LOOK)).id for name in "ab"}
    assert {suffered for _, suffered in door.seen} == {"pass", fault}
    door.faults = lambda line: "pass"
    again = Library(URL)
    assert [one.id for one in again.all()] == sorted(kept)
    assert damaged(again) == []


def test_a_picture_with_another_byte_is_fetched_again(
    door: s3.Door, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    library = Library(URL)
    vase = library.put(perceived(look=LOOK))
    href = library.derive(vase, "picture", {}).href
    door.faults = s3.every(2, "spoilt", "GET /library-tests/library/pixels/")
    right = Library(URL).load(href)
    monkeypatch.setenv("DDM_HOME", str(tmp_path / "another"))
    door.faults = s3.every(1, "spoilt", "GET /library-tests/library/pixels/")
    with pytest.raises(Unavailable, match="other bytes than were stored"):
        Library(URL).load(href)
    assert right.shape == (120, 160, 3)


def test_what_is_wrong_in_the_store_is_told(door: s3.Door, tmp_path: Path) -> None:
    library = Library(URL)
    vase = library.put(perceived(look=LOOK))
    path = tmp_path / "store" / s3.BUCKET / "library" / library.derive(vase, "picture", {}).href
    path.write_bytes(path.read_bytes()[:-9])
    assert [fault.material for fault in verify(Library(URL))] == [vase.id]


def test_a_writer_beside_which_the_store_falls_silent_goes_on_later(door: s3.Door) -> None:
    """Two writers, one of which is killed while every third answer is lost; the other finishes."""
    door.faults = s3.every(3, "lost", "PUT")
    first, second = (writer(URL, name, 0, 4, "both") for name in ("one", "two"))
    assert first.stdout is not None
    said = first.stdout.readline()
    first.kill()
    kept = stored(said + first.communicate()[0]) | stored(second.communicate()[0])
    assert second.returncode == 0
    door.faults = lambda line: "pass"
    done = writer(URL, "one", 0, 4, "both").communicate()[0]
    assert not refused(done)
    keys = [row["key"] for row in Library(URL).tables.find("materials", columns=["key"])]
    assert kept | stored(done) == set(keys)
    assert len(keys) == len(set(keys)) == 6
    assert damaged(Library(URL)) == []


def test_compacting_reads_each_description_once(door: s3.Door, tmp_path: Path) -> None:
    """And none of a material that is gone."""
    library = Library(URL)
    library.put(perceived(look=LOOK))
    gone = library.put(perceived("b", look=LOOK))
    library.tables.delete("materials", [f"vase/{gone.id}"])
    for path in (tmp_path / "store" / s3.BUCKET / "library").rglob("*"):
        if path.is_file() and "tables" not in path.parts:
            os.utime(path, (time.time() - 7200,) * 2)
    door.seen.clear()
    assert compact(library, kept=timedelta(0)).removed == 3
    assert sum(line.startswith(f"GET /{s3.BUCKET}/library/asked/") for line, _ in door.seen) == 3
    assert damaged(library) == []
