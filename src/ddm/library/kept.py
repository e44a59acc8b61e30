"""Arrays that took long to make of some rows of a table -> files of this machine, mapped into memory the next time.

Below a folder each state of the rows has a set of its own, and in it a part for each column, order or index. Processes
share what they map. Nothing here is needed: what is damaged, or was dropped, is made anew.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import zlib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from ddm.perceive.schema import VERSION

Arrays: TypeAlias = Mapping[str, npt.NDArray[Any]]

FORM = f"{VERSION}-1"
"""Changes with the vocabulary, and with what the files mean."""
LEAST = 20_000
"""Rows of a set; of fewer all is read faster than a person notices (0.2 s)."""
SETS = 3
"""Sets left: other processes may use those of other versions for a while. Of a million materials each has some 300 MB,
half of that embeddings."""
ROWS, SUMS = "rows", "sums.json"
_HALF = ".part-"


@dataclass(frozen=True, slots=True)
class Shelf:
    """One set."""

    folder: Path

    def get(self, part: str) -> Arrays | None:
        """What `put` left, read-only; None where it is not there whole."""
        at = self.folder / part
        try:
            sums = json.loads((at / SUMS).read_bytes())
            found = {name: np.load(at / f"{name}.npy", mmap_mode="r").view(np.ndarray) for name in sums}
        except (OSError, ValueError, TypeError):
            return None
        return found if {name: _sum(one) for name, one in found.items()} == sums else None

    def put(self, part: str, arrays: Arrays) -> None:
        """Whole or not at all; the oldest sets are dropped. A disk that refuses is no error. None may be empty."""
        with suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            with TemporaryDirectory(dir=self.folder, prefix=_HALF) as half:
                _write(Path(half) / part, arrays)
                shutil.rmtree(self.folder / part, ignore_errors=True)
                (Path(half) / part).rename(self.folder / part)
            for old in _sets(self.folder.parent)[:-SETS]:
                shutil.rmtree(old, ignore_errors=True)


def _write(at: Path, arrays: Arrays) -> None:
    at.mkdir()
    for name, one in arrays.items():
        np.save(at / f"{name}.npy", one)
    (at / SUMS).write_text(json.dumps({name: _sum(one) for name, one in arrays.items()}))


def shelf_of(folder: Path | None, rows: npt.NDArray[np.uint64]) -> Shelf | None:
    """For what is made of these rows, which are many; None for few."""
    if folder is None or len(rows) < LEAST:
        return None
    return Shelf(folder / f"{hashlib.sha256(rows.tobytes()).hexdigest()[:24]}-{FORM}")


def latest(folder: Path | None) -> npt.NDArray[np.uint64] | None:
    """The rows of which something was last made."""
    sets = [at for at in _sets(folder) if at.name.endswith(f"-{FORM}")] if folder else []
    found = Shelf(sets[-1]).get(ROWS) if sets else None
    return found[ROWS] if found else None


def _sets(folder: Path) -> list[Path]:
    """The oldest first."""
    try:
        return sorted(folder.iterdir(), key=lambda one: one.stat().st_mtime)
    except OSError:
        return []


def _sum(array: npt.NDArray[Any]) -> int:
    return zlib.crc32(np.ascontiguousarray(array).reshape(-1).view(np.uint8).data)
