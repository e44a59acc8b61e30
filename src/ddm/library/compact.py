"""A library -> the same, smaller and faster: fragments joined, old versions and unreferenced pixels gone.

Safe beside readers and writers: what nothing refers to is first only noted, and goes at a later run, when it has been
on the list for as long as old versions are kept. Writers touch what they find already stored, so that it is young.
"""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from ddm.library.blobs import Entry
from ddm.library.library import Library
from ddm.library.pixels import ASKED
from ddm.library.references import live_seeds, older_stems, read_all, seed_in
from ddm.library.store import SCHEMAS
from ddm.library.verify import GRACE

KEPT = timedelta(days=7)
"""For which old versions and unreferenced pixels stay: a reader that holds an older answer is done by then."""
FOLDERS = (ASKED, "pixels/")
SKEW = 900.0
"""Seconds by which clocks of stores and of this machine may differ."""
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
    if library.place.folder:  # of one in an object store, what is asked for is copied then: all is much to fetch
        library.copy()
    before, now = _noted(library), time.time()
    seen = _seen(library)
    noted = {name: before.get(name, now) for name in _useless(library, seen, grace)}
    due = {name for name, since in noted.items() if now - since >= kept.total_seconds()}
    gone = [name for name in _useless(library, _seen(library, seen, now), grace) if name in due] if due else []
    library.pixels.blobs.delete(gone)
    left = {name: since for name, since in noted.items() if name not in set(gone)}
    if left or before:
        library.pixels.blobs.put(NOTED, json.dumps(left).encode(), replace=True)
    return Compacted(tidied, len(gone), sum(seen.entries[name].size for name in gone), len(left))


@dataclass(frozen=True, slots=True)
class _Seen:
    """entries: all files, by name. seeds: folders of live answers. used: stems of the pixels that these name."""

    entries: Mapping[str, Entry]
    seeds: frozenset[str]
    used: frozenset[str]


def _seen(library: Library, before: _Seen | None = None, since: float = 0.0) -> _Seen:
    """before: what was seen at that time, of which only what is new is read once more."""
    entries = {entry.name: entry for folder in FOLDERS for entry in library.pixels.blobs.list(folder)}
    seeds, youth = live_seeds(library), time.time() - since + SKEW
    live = (entry for entry in entries.values() if seed_in(entry.name) in seeds)
    fresh = (e.name for e in live if not before or e.age < youth or seed_in(e.name) not in before.seeds)
    used = {answer.href.rpartition(".")[0] for answer in read_all(library, fresh)}
    return _Seen(entries, seeds, before.used | used if before else frozenset(used))


def _noted(library: Library) -> dict[str, float]:
    try:
        found: dict[str, float] = json.loads(library.pixels.blobs.get(NOTED))
        return found
    except (FileNotFoundError, ValueError):
        return {}


def _useless(library: Library, seen: _Seen, grace: float) -> list[str]:
    """Files that nothing refers to, and that are older than a write may take."""
    old = {name: name.rpartition(".")[0] for name, entry in seen.entries.items() if entry.age >= grace}
    left = {name: stem for name, stem in old.items() if seed_in(name) not in seen.seeds and stem not in seen.used}
    used = older_stems(library, set(left.values())) if left else set()
    return [name for name, stem in left.items() if stem not in used]
