"""Several processes write to one library at the same time: each record is there, and there once."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from pathlib import Path

from ddm.library import Library
from ddm.library.compact import compact
from ddm.library.verify import verify
from tests.library.faults.running import refused, stored, writer

COUNT = 12


def test_every_record_is_there_once(tmp_path: Path) -> None:
    """Two writers of new and of the same materials, into a library that neither has made, while a third clears up."""
    url = str(tmp_path / "library")
    running = [writer(url, name, 0, COUNT, "both") for name in ("one", "two")]
    library = Library(url)
    while any(process.poll() is None for process in running):
        compact(library, kept=timedelta(0))
    said = [process.communicate()[0] for process in running]
    assert not any(map(refused, said))
    keys = Counter(row["key"] for row in Library(url).tables.find("materials", columns=["key"]))
    assert set(keys) == stored(said[0]) | stored(said[1])
    assert len(keys) == COUNT + COUNT // 2
    assert set(keys.values()) == {1}
    assert list(verify(Library(url))) == []
