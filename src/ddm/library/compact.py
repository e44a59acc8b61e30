"""A library -> the same, smaller and faster: fragments joined, old versions and unreferenced pixels gone.

Safe beside readers and writers: what nothing refers to is first only noted, and goes at a later run, when it has been
on the list for as long as old versions are kept. Writers touch what they find already stored, so that it is young.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from ddm.library.library import Library
from ddm.library.pixels import ASKED
from ddm.library.references import answers, live_seeds, older_stems, seed_in
from ddm.library.store import SCHEMAS
from ddm.library.verify import GRACE

KEPT = timedelta(days=7)
"""For which old versions and unreferenced pixels stay: a reader that holds an older answer is done by then."""
FOLDERS = (ASKED, "pixels/")
NOTED = "condemned.json"
"""Name -> when it was first seen that nothing refers to it, in seconds since 1970."""


@dataclass(frozen=True, slots=True)
class Compacted:
    """tables: those that were joined; one is left out where another writer was in the way. removed, freed: files and
    their bytes. noted: files that nothing refers to and that go later."""

    tables: tuple[str, ...]
    removed: int
    freed: int
    noted: int


def compact(library: Library, kept: timedelta = KEPT, grace: float = GRACE) -> Compacted:
    """kept: how long old versions and unreferenced files stay. grace: seconds for which a write may take."""
    aged = max(kept, timedelta(seconds=max(grace, 1)))  # somebody may still be reading the version before this one
    tidied = tuple(name for name in SCHEMAS if library.tables.tidy(name, aged))
    blobs = library.pixels.blobs
    sizes = {entry.name: entry.size for folder in FOLDERS for entry in blobs.list(folder) if entry.age >= grace}
    now, before = time.time(), _noted(library)
    noted = {name: before.get(name, now) for name in _useless(library, sizes)}
    due = [name for name, since in noted.items() if now - since >= kept.total_seconds()]
    gone = [name for name in (_useless(library, due) if due else ()) if blobs.age(name) >= grace]  # once more
    blobs.delete(gone)
    left = {name: since for name, since in noted.items() if name not in set(gone)}
    if left or before:
        blobs.put(NOTED, json.dumps(left).encode(), replace=True)
    return Compacted(tidied, len(gone), sum(sizes[name] for name in gone), len(left))


def _noted(library: Library) -> dict[str, float]:
    try:
        found: dict[str, float] = json.loads(library.pixels.blobs.get(NOTED))
        return found
    except (FileNotFoundError, ValueError):
        return {}


def _useless(library: Library, names: Iterable[str]) -> list[str]:
    """Of these names, those that nothing refers to."""
    stems = {name.rpartition(".")[0]: name for name in names}
    seeds = live_seeds(library)
    used = {answer.href.rpartition(".")[0] for answer in answers(library) if seed_in(answer.name) in seeds}
    used |= older_stems(library, stems)
    return [name for name in names if not (seed_in(name) in seeds or name.rpartition(".")[0] in used)]
