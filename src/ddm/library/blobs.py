"""Bytes by name, in a folder; `ddm.library.bucket` keeps the same promises in an object store.

A name is written whole or not at all. What is named by its own content is put only where it is absent, so that several
writers never disturb one another.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from ddm.files import write_whole


@dataclass(frozen=True, slots=True)
class Entry:
    """One stored name. size: bytes. age: seconds since it was written."""

    name: str
    size: int
    age: float


class Blobs(Protocol):
    """Names are relative, with slashes."""

    def get(self, name: str) -> bytes:
        """Raises FileNotFoundError where nothing has that name, Unavailable where the store does not answer."""

    def put(self, name: str, body: bytes, replace: bool = False) -> None:
        """Where the name is there already it only becomes young, unless it shall be replaced."""

    def age(self, name: str) -> float:
        """Seconds since it was last put; below 0 where it is gone."""

    def path(self, name: str) -> Path:
        """A file of this machine with these bytes; raises as `get`."""

    def list(self, prefix: str) -> Iterator[Entry]:
        """All below a prefix that ends with a slash."""

    def delete(self, names: Iterable[str]) -> None:
        """Names that are gone already are no error."""


class Folder:
    """Files below a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def get(self, name: str) -> bytes:
        return (self.folder / name).read_bytes()

    def put(self, name: str, body: bytes, replace: bool = False) -> None:
        """A file of another size is no whole one (a machine that lost power leaves such), and is written again."""
        path = self.folder / name
        if replace or _size(path) != len(body):
            write_whole(path, body)
            return
        try:
            os.utime(path)
        except FileNotFoundError:  # removed between the two
            write_whole(path, body)

    def age(self, name: str) -> float:
        try:
            return time.time() - (self.folder / name).stat().st_mtime
        except FileNotFoundError:
            return -1.0

    def path(self, name: str) -> Path:
        return self.folder / name

    def list(self, prefix: str) -> Iterator[Entry]:
        now = time.time()
        for path in sorted((self.folder / prefix).rglob("*")):
            if path.is_file():
                found = path.stat()
                yield Entry(path.relative_to(self.folder).as_posix(), found.st_size, now - found.st_mtime)

    def delete(self, names: Iterable[str]) -> None:
        for name in names:
            (self.folder / name).unlink(missing_ok=True)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return -1
