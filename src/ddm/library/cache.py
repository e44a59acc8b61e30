"""Objects of a remote library -> files of this machine, read through once, within a limit."""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Callable
from pathlib import Path

from ddm.errors import InputError, Unavailable
from ddm.files import write_whole
from ddm.home import home
from ddm.library.content import named_rightly

LIMIT_MB = 4096
"""About 2,000 materials with what is derived from them; DDM_CACHE_MB changes it."""
SPARED = 0.9
"""What is left of the limit after files were removed, so that not every new file removes one."""
RECORDS = 0.5
"""Share of the limit for copies of records, which are whole or useless: `copies.py` drops them by itself."""
COPIES = "records"
"""Their folder."""
ATTEMPTS = 3
"""Times a body is fetched whose bytes are not those that its name promises."""


class Cache:
    """Files below a folder, the least lately used removed first. Several processes may share it."""

    def __init__(self, folder: Path, limit: int) -> None:
        self.folder = folder
        self.limit = limit
        self._size: int | None = None
        self._lock = threading.Lock()

    def path(self, name: str, fetch: Callable[[str], bytes]) -> Path:
        """The file, fetched where it is not there. Raises what `fetch` raises; Unavailable where bytes are wrong."""
        path = self.folder / name
        try:
            os.utime(path)  # used just now
        except FileNotFoundError:
            body = _right(name, fetch)
            write_whole(path, body)
            self._added(len(body), path)
        return path

    def forget(self, name: str) -> None:
        (self.folder / name).unlink(missing_ok=True)

    def _added(self, size: int, kept: Path) -> None:
        with self._lock:
            self._size = self._measured() if self._size is None else self._size + size
            if self._size > self.limit:
                self._size = self._reduced(kept)

    def _measured(self) -> int:
        return sum(path.stat().st_size for path in self.folder.rglob("*") if path.is_file())

    def _reduced(self, kept: Path) -> int:
        """Other processes may remove the same files at the same time."""
        files = [(found.st_mtime, found.st_size, path) for path, found in _files(self.folder)]
        size = sum(row[1] for row in files)
        for _, bytes_, path in sorted(files):
            if size <= self.limit * SPARED:
                break
            if path != kept and path.relative_to(self.folder).parts[0] != COPIES:
                path.unlink(missing_ok=True)
                size -= bytes_
        return size


def _files(folder: Path) -> list[tuple[Path, os.stat_result]]:
    found = []
    for path in folder.rglob("*"):
        try:
            found.append((path, path.stat()))
        except FileNotFoundError:
            continue
    return [(path, row) for path, row in found if not path.is_dir()]


def _right(name: str, fetch: Callable[[str], bytes]) -> bytes:
    for _ in range(ATTEMPTS):
        body = fetch(name)
        if named_rightly(name, body):
            return body
    raise Unavailable("the store gives other bytes than were stored", name, "ddm library verify tells what is damaged")


def cache_of(url: str) -> Cache:
    """The cache of a library by its URL, below `ddm.home`."""
    given = os.environ.get("DDM_CACHE_MB", "")
    if given and not given.isdecimal():
        raise InputError(f"DDM_CACHE_MB is '{given}'", mend="a whole number of megabytes")
    folder = home() / "libraries" / hashlib.sha256(url.encode()).hexdigest()[:16]
    return Cache(folder, int(given or LIMIT_MB) * 2**20)
