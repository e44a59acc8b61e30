"""A library -> figures about it: what it holds, what it weighs, what is outdated."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ddm.library.library import Library
from ddm.library.migrations import anew
from ddm.library.records import column
from ddm.perceive.again import outdated

COUNTED = ("role", "scene.kind", "subject.category")
"""Attributes by which materials are counted."""
FOLDERS = ("tables/", "asked/", "pixels/", "raw/", "records/", "columns/")
"""What is weighed: records, descriptions of derived pixels, the pixels, pictures as they were fetched; and what is kept
to answer faster, of records and of columns."""


@dataclass(frozen=True, slots=True)
class Census:
    """materials, products: how many. by: attribute -> value -> materials. bytes: folder -> how much it holds.

    schema: of the library as stored. versions: how many different sets of networks and rows perceived it. outdated:
    row of the table of perceivers -> materials that it would see otherwise today.
    """

    materials: int
    products: int
    by: Mapping[str, Mapping[str, int]]
    bytes: Mapping[str, int]
    schema: int
    versions: int
    outdated: Mapping[str, int]


def census(library: Library) -> Census:
    """Reads some columns of every record, and the names of all files."""
    counts, makers = _counted(library)
    return Census(
        materials=sum(makers.values()),
        products=library.tables.count("products"),
        by={name: dict(found.most_common()) for name, found in counts.items()},
        bytes={folder: sum(one.size for one in library.pixels.blobs.list(folder)) for folder in FOLDERS},
        schema=library.tables.schema_version,
        versions=len({models for models, _, _ in makers}),
        outdated=dict(_outdated(makers).most_common()),
    )


def _counted(library: Library) -> tuple[dict[str, Counter[str]], Counter[tuple[str, str, int]]]:
    """By value of COUNTED; and by (models, role, schema)."""
    present = [name for name in COUNTED if column(name) not in library.tables.missing("materials")]
    counts: dict[str, Counter[str]] = {name: Counter() for name in present}
    makers: Counter[tuple[str, str, int]] = Counter()
    for batch in library.tables.batches("materials", sorted({"models", "schema", "role", *map(column, present)})):
        words: Mapping[str, Iterable[Any]] = batch.to_pydict()
        for name in present:
            counts[name].update(words[column(name)])
        makers.update(zip(words["models"], words["role"], words["schema"], strict=True))
    return counts, makers


def _outdated(makers: Mapping[tuple[str, str, int], int]) -> Counter[str]:
    found: Counter[str] = Counter()
    for (models, role, schema), number in makers.items():
        found.update(dict.fromkeys(outdated(json.loads(models), role, anew(schema)), number))
    return found
