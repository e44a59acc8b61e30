"""A disk without room: the writer is told and stops, what was stored stays, and with room it goes on."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from ddm.library import Library
from ddm.library.verify import HARMLESS, verify
from tests.library.faults.running import refused, stored, writer

COUNT = 40


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    """A file system of three megabytes."""
    folder = tmp_path / "small"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(folder)]
    if os.geteuid() != 0 or subprocess.run(command, capture_output=True).returncode != 0:
        pytest.skip("a file system of its own can be mounted by root only, where that is permitted")
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def test_what_was_stored_stays_and_the_rest_follows(small: Path) -> None:
    url = str(small / "library")
    said = writer(url, "shop", 0, COUNT).communicate()[0]
    kept = stored(said)
    assert kept
    assert refused(said)
    assert all("free some space" in line for line in refused(said))
    assert [fault for fault in verify(Library(url, migrating=False)) if fault.kind not in HARMLESS] == []
    subprocess.run(["mount", "-o", "remount,size=64m", str(small)], check=True)
    more = writer(url, "shop", 0, COUNT)
    assert len(stored(more.communicate()[0])) == COUNT
    assert more.returncode == 0
    library = Library(url)
    assert len(library.all()) == COUNT
    assert [fault for fault in verify(library) if fault.kind not in HARMLESS] == []
