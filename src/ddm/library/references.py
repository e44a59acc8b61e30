"""Records -> what they refer to: the folders of their answers, and the pixels that these name."""

from __future__ import annotations

import json
from collections.abc import Container, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from typing import Any

from ddm.library.deriving import PERCEIVED, Keys, older_keys, seed_of
from ddm.library.library import Library
from ddm.library.pixels import ASKED
from ddm.perceive.perception import Perception


@dataclass(frozen=True, slots=True)
class Answer:
    """A description: where it lies, and what it says; None where it cannot be read."""

    name: str
    row: Mapping[str, Any] | None

    @property
    def href(self) -> str:
        return str(self.row["href"]) if self.row else ""


HANDS, AT_A_TIME = 32, 4096
"""Requests to a store under way at once, each of some 30 ms; and names handed out to them."""


def seed_in(name: str) -> str:
    """The folder of answers in which a description lies; '' for other names."""
    parts = name.split("/")
    return parts[2] if len(parts) == 4 and name.startswith(ASKED) else ""


def live_seeds(library: Library) -> frozenset[str]:
    """Folders of answers about materials as they are recorded now."""
    return frozenset(seed_of(id, models) for id, models in _made(library))


def older_stems(library: Library, among: Container[str]) -> set[str]:
    """Of these, the stems of pixels that versions before the third stored with materials."""
    stems = (f"pixels/{key[:2]}/{key}" for id, models in _made(library) for key in older_keys(id, models))
    return {stem for stem in stems if stem in among}


def _made(library: Library) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Each record's id, and what perceived it."""
    for batch in library.tables.batches("materials", ["id", "models"]):
        rows = batch.to_pydict()
        yield from zip(rows["id"], map(json.loads, rows["models"]), strict=True)


def answers(library: Library, folder: str = ASKED) -> Iterator[Answer]:
    """All descriptions below a folder; those that go meanwhile are left out."""
    return read_all(library, (entry.name for entry in library.pixels.blobs.list(folder)))


def read_all(library: Library, names: Iterable[str]) -> Iterator[Answer]:
    """Of these names, the descriptions that are there; many at a time where each must be waited for."""
    described, hands = (name for name in names if name.endswith(".json")), 1 if library.place.folder else HANDS
    with ThreadPoolExecutor(hands) as pool:
        while some := list(islice(described, AT_A_TIME)):
            yield from (found for found in pool.map(lambda name: _first(library, name), some) if found)


def read(library: Library, name: str) -> Answer:
    """Raises FileNotFoundError."""
    try:
        row = json.loads(library.pixels.blobs.get(name))
        return Answer(name, row if isinstance(row.get("href"), str) else None)
    except (ValueError, AttributeError):
        return Answer(name, None)


def perceived_answers(library: Library, material: Perception) -> Iterator[tuple[str, Answer | None]]:
    """What was stored when it was perceived, by name of PERCEIVED; None where the description is gone."""
    keys = Keys(material)
    for name in PERCEIVED:
        key, older = keys.of(name), keys.older(name)
        yield name, _first(library, f"{ASKED}{key[:2]}/{key}.json", f"pixels/{older[:2]}/{older}.json")


def _first(library: Library, *names: str) -> Answer | None:
    for name in names:
        try:
            return read(library, name)
        except FileNotFoundError:
            continue
    return None
