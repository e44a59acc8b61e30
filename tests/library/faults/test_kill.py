"""A writer is killed at any moment: what it said it had stored is whole, and going on repeats nothing."""

from __future__ import annotations

import random
import time
from datetime import timedelta
from pathlib import Path

from ddm.library import Library
from ddm.library.compact import compact
from ddm.library.verify import HARMLESS, verify
from tests.library.faults.running import stored, writer

ROUNDS, COUNT = 4, 400


def test_nothing_that_was_stored_is_lost(tmp_path: Path) -> None:
    url, kept, rnd = str(tmp_path / "library"), set[str](), random.Random(5)
    for number in range(ROUNDS):
        process = writer(url, "shop", number * COUNT, COUNT)
        assert process.stdout is not None
        said = process.stdout.readline()  # it has begun
        time.sleep(rnd.uniform(0, 0.3))
        process.kill()
        kept |= stored(said + process.communicate()[0].rpartition("\n")[0])
        library = Library(url)
        found = {row["key"] for row in library.tables.find("materials", columns=["key"])}
        assert kept <= found
        assert [fault for fault in verify(library) if fault.kind not in HARMLESS] == []
    assert len(kept) >= ROUNDS
    library = Library(url)
    compact(library, kept=timedelta(0), grace=0)
    assert list(verify(library, grace=0)) == []
    assert kept <= {f"{one.product}/{one.id}" for one in library.all()}
