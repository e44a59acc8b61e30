"""Packed records of a library -> a file of this machine, from which they are read again in microseconds.

LanceDB takes 2 ms to find any rows, and some 50 us more for each; from an object store a request for each. A copy is
named by the digest of what its record holds, so that none is ever out of date, whoever wrote, moved or deleted rows.
Bodies lie one after the other in one file, and in another where each begins. Both are appended to, or emptied, under a
lock; readers need none. Nothing here is needed: what is damaged, cut short or dropped is read from the table again.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import sys
import threading
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from ddm.library.orders import digests_of
from ddm.library.records import PACKED, body_of
from ddm.perceive.schema import VERSION

First: TypeAlias = npt.NDArray[np.uint64]
"""(n, 2), see `orders.Digests`."""
Entries: TypeAlias = npt.NDArray[Any]
"""(n,) of ENTRY; of size 0 where there is none."""

FORM = f"{VERSION}-1"
"""Changes with the vocabulary, and with what the files mean."""
ENTRY = np.dtype([("head", "<u8"), ("tail", "<u8"), ("at", "<i8"), ("size", "<u4"), ("sum", "<u4")])
"""Where the body of a digest is, and its CRC-32. at: signed, as a place in a file is to the system."""
INDEX, BODIES = "index", "bodies"
LARGEST = 2**24
"""Bytes of a body, which has some 8,000: a damaged entry must not ask for gigabytes."""
RESERVE = 2**30
"""Bytes of a disk that copies leave free, for what cannot be made anew."""
JOINED = 2
"""Sorted entries are sorted together with those that follow where they are at most so many times as many."""


@dataclass(frozen=True, slots=True)
class _Part:
    """Entries by their heads, of one head in the order in which they were written."""

    heads: npt.NDArray[np.uint64]
    entries: Entries

    @classmethod
    def of(cls, entries: Entries) -> _Part:
        entries = entries[np.argsort(entries["head"], kind="stable")]
        return cls(np.ascontiguousarray(entries["head"]), entries)

    def find(self, digests: First, found: Entries) -> None:
        """Into `found`, those that are here: of each the last that was written."""
        some = self.entries[np.searchsorted(self.heads, digests[:, 0], "right") - 1]
        same = (some["head"] == digests[:, 0]) & (some["tail"] == digests[:, 1])
        found[same] = some[same]


class _File:
    """Open for reading until nobody has it any more: another thread may still read when it is dropped."""

    def __init__(self, path: Path) -> None:
        self.number = os.open(path, os.O_RDONLY)

    def __del__(self) -> None:
        with suppress(AttributeError):
            os.close(self.number)

    def read(self, entries: Entries) -> list[bytes | None]:
        """None for what is damaged or cut. The system is told of all first, so that it fetches them side by side."""
        places = entries[["at", "size", "sum"]].tolist()
        if hasattr(os, "posix_fadvise"):
            for at, size, _ in places:
                os.posix_fadvise(self.number, at, size, os.POSIX_FADV_WILLNEED)
        bodies = ((os.pread(self.number, min(size, LARGEST), at), sum) for at, size, sum in places)
        return [body if body and zlib.crc32(body) == sum else None for body, sum in bodies]


class Copies:
    """Safe to use from several threads and processes."""

    def __init__(self, folder: Callable[[], Path], limit: Callable[[], int] = lambda: sys.maxsize) -> None:
        """folder: of this machine. limit: bytes; where they do not suffice, all copies are dropped and begun anew."""
        self._where, self._limit = folder, limit
        self._lock = threading.Lock()
        self._forget()

    def _forget(self) -> None:
        self._read, self._node = 0, 0
        self._bodies: _File | None = None
        self._parts: list[_Part] = []

    @property
    def _folder(self) -> Path:
        return self._where() / "records" / FORM

    def count(self) -> int:
        """Copies, whether of records that there are or of those that there were."""
        with self._lock:
            self._renew()
            return sum(len(part.entries) for part in self._parts)

    def get(self, digests: First) -> list[bytes | None]:
        """Bodies; None where there is no copy."""
        entries, file = self._found(digests)
        bodies: list[bytes | None] = [None] * len(digests)
        there = np.flatnonzero(entries["size"])
        try:
            found = file.read(entries[there]) if file else []
        except OSError:
            found = []
        for place, body in zip(there.tolist(), found, strict=False):
            bodies[place] = body
        if len(there) and not (found and all(found)):
            with self._lock:
                self._forget()  # damaged; or these are other files than before, and are opened anew
        return bodies

    def lacking(self, digests: First) -> npt.NDArray[np.bool_]:
        """Which have no copy, but could."""
        found: npt.NDArray[np.bool_] = (self._found(digests)[0]["size"] == 0) & digests.any(axis=1)
        return found

    def _found(self, digests: First) -> tuple[Entries, _File | None]:
        with self._lock:
            found = self._known(digests)
            if (found["size"] == 0).any() and self._renew():
                found = self._known(digests)
            return found, self._bodies

    def _known(self, digests: First) -> Entries:
        found = np.zeros(len(digests), ENTRY)
        for part in self._parts:
            part.find(digests, found)
        return found

    def _renew(self) -> bool:
        """Whether there is more than before, whoever wrote it."""
        try:
            now = (self._folder / INDEX).stat()
            if now.st_ino != self._node or now.st_size < self._read * ENTRY.itemsize:
                self._forget()
                self._bodies, self._node = _File(self._folder / BODIES), now.st_ino
            fresh = np.fromfile(self._folder / INDEX, ENTRY, offset=self._read * ENTRY.itemsize)
        except (OSError, ValueError):  # the latter where it is emptied at this moment
            self._forget()
            return False
        self._read += len(fresh)
        if len(fresh):
            self._add(fresh)
        return len(fresh) > 0

    def _add(self, fresh: Entries) -> None:
        while self._parts and len(self._parts[-1].entries) <= JOINED * len(fresh):
            fresh = np.concatenate([self._parts.pop().entries, fresh])
        self._parts.append(_Part.of(fresh))

    def add(self, rows: pa.Table | pa.RecordBatch, anew: bool = False) -> None:
        """Of rows with all columns of `records.PACKED`, those of today's vocabulary that have none, or all of them
        anew: of one digest the last is read. A disk that refuses, or is nearly full, is no error."""
        digests = digests_of(rows["digest"]).first
        wanted = digests.any(axis=1) if anew else self.lacking(digests)
        wanted &= pc.equal(rows["schema"], VERSION).to_numpy(zero_copy_only=False)
        if wanted.any():
            bodies = list(map(body_of, rows.select(PACKED).filter(pa.array(wanted)).to_pylist()))
            small = [place for place, body in enumerate(bodies) if len(body) <= LARGEST]
            with suppress(OSError):
                _append(self._folder, digests[wanted][small], [bodies[place] for place in small], self._limit())

    def copied(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """The same, each copied as it passes; anew, since a record that a disk damaged may have been copied so."""
        for batch in batches:
            self.add(batch, anew=True)
            yield batch

    def clear(self) -> None:
        """Drops all."""
        with suppress(OSError), _locked(self._folder) as (index, file):
            _empty(index, file)
        with self._lock:
            self._forget()


def _append(folder: Path, digests: First, bodies: Sequence[bytes], limit: int) -> None:
    if not folder.is_dir():
        shutil.rmtree(folder.parent, ignore_errors=True)  # of another form
        folder.mkdir(parents=True, exist_ok=True)
    body = b"".join(bodies)
    if len(body) > min(limit, shutil.disk_usage(folder).free - RESERVE):
        return
    with _locked(folder) as (index, file):
        if _size(file) + len(body) > limit:
            _empty(index, file)
        index.truncate(_size(index) // ENTRY.itemsize * ENTRY.itemsize)  # what a full disk cut short
        start = _size(file)
        file.write(body)
        file.flush()
        index.write(_entries(digests, bodies, start).tobytes())


@contextmanager
def _locked(folder: Path) -> Iterator[tuple[BinaryIO, BinaryIO]]:
    """INDEX and BODIES, to append to."""
    with (folder / INDEX).open("ab") as index, (folder / BODIES).open("ab") as file:
        fcntl.flock(index, fcntl.LOCK_EX)
        yield index, file


def _empty(index: BinaryIO, file: BinaryIO) -> None:
    """Not removed: another process may have them open, and what it holds would stay on the disk."""
    index.truncate(0)
    file.truncate(0)


def _size(file: BinaryIO) -> int:
    return os.fstat(file.fileno()).st_size


def _entries(digests: First, bodies: Sequence[bytes], start: int) -> Entries:
    found = np.zeros(len(bodies), ENTRY)
    found["head"], found["tail"] = digests.T
    found["size"] = list(map(len, bodies))
    found["sum"] = list(map(zlib.crc32, bodies))
    found["at"] = start + np.cumsum(found["size"], dtype=np.uint64) - found["size"]
    return found
