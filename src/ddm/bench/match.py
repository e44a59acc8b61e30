"""`ddm bench match`: the questions of the shipped templates to a library of a million materials.

The materials are grown from those of a real library. Each question is asked with its shares a little moved, as no
other is. The candidates' records are read, but unpacked when matching looks at one (`look_ms`), and their maps are read
when a template shows one (`maps_ms`). A million take 36 GB of disk, smaller ones 4, and 6 more while they are written.
"""

from __future__ import annotations

import gc
import json
import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any as Anything

import numpy as np
import pyarrow as pa

from ddm import templates
from ddm.bench.floors import clocked, floors, percentiles
from ddm.bench.grown import PICTURES, Seeds, grow, seeds_of
from ddm.bench.near import near, queries
from ddm.errors import InputError
from ddm.language.expressions import All, Amount, Any, Condition, Not, Test, conjuncts
from ddm.language.template import AbstractObject
from ddm.library import Library
from ddm.library.candidates import Wish, pool_of
from ddm.library.filters import filter_of
from ddm.library.nearest import VECTORS
from ddm.library.store import MATERIALS, Tables
from ddm.match.shortlist import KEPT

BATCH = 5_000
"""Records grown at once, about 150 MB."""
WRITTEN = 200_000
"""Records of one write, which makes one fragment; LanceDB puts them all on disk once more while it writes."""
ASKED = 600
"""Questions for the percentiles."""
MOVED = 0.05
"""Shares of a question are moved by up to so much of themselves."""
NEAR = 200
"""Questions about what looks alike."""
SIFTED = 5
"""Times that each question is asked without reading what was found."""
SEEN = 5
LOOKED_UP = 40
"""Materials that are looked up by id, and whose maps are read."""
FEWEST, SMALLEST = 10, 10_000
ROLES = {"one": "product", "all": "product", "scenes": "scene"}


@dataclass(frozen=True, slots=True)
class Question:
    """What a template's object asks of one pool: one (product), all (products) or scenes."""

    pool: str
    where: Condition | None
    order: tuple[Wish, ...]


def questions() -> tuple[Question, ...]:
    """Of every object of the shipped templates that wants material, without repetitions."""
    objects = [one for name in templates.shipped() for one in templates.find(name).objects.values() if one.source]
    return tuple(dict.fromkeys(question for one in objects for question in _questions(one)))


def _questions(one: AbstractObject) -> Iterator[Question]:
    if one.kind not in ("image", "cutout"):
        return
    order = tuple((wish.condition or wish.attribute, wish.rising, wish.weight) for wish in one.prefer)
    for where in (one.where, *(fallback.where for fallback in one.otherwise if fallback.where)):
        for pool in ("scenes",) if "scenes" in one.source else ("one", "all"):
            yield Question(pool, where, order)


def moved(condition: Condition, rng: np.random.Generator) -> Condition:
    """The same with other shares."""
    match condition:
        case Test():
            return replace(condition, amounts=tuple(_moved(amount, rng) for amount in condition.amounts))
        case Not():
            return Not(moved(condition.part, rng))
        case All():
            return All(tuple(moved(part, rng) for part in condition.parts))
        case Any():
            return Any(tuple(moved(part, rng) for part in condition.parts))


def _moved(amount: Amount, rng: np.random.Generator) -> Amount:
    return Amount(amount.value * float(rng.uniform(1 - MOVED, 1 + MOVED)), "%") if amount.unit == "%" else amount


def ask(library: Library, question: Question, products: int, rng: np.random.Generator) -> str:
    """One question, moved; of the pool `one`, about any of the products."""
    product = f"product-{rng.integers(0, products)}" if question.pool == "one" else None
    wanted = [moved(question.where, rng)] if question.where else []
    library.candidates(ROLES[question.pool], product, wanted, KEPT, question.order)
    return question.pool


# ------------------------------------------------------------------------------------------------ one size


def ingest(folder: Path, seeds: Seeds, materials: int) -> dict[str, Anything]:
    """Grown records into the library of a folder, by few writes: what of the time was writing, and what it takes on
    disk, copies included (`copied_per_record`). Once: a folder where that was done keeps its figures."""
    told = folder / "ingested.json"
    if not told.exists():
        tables = Library(folder).tables
        parts = [(start, min(start + WRITTEN, materials)) for start in range(0, materials, WRITTEN)]
        spent = sum(_written(tables, _Growing(seeds, start, stop)) for start, stop in parts)
        spent += clocked(partial(tables.index, "materials")) / 1000
        size, copied = (_weight(at) / materials for at in (folder, folder / "records"))
        figures = {"ingest_per_second": materials / spent, "disk_per_record": size, "copied_per_record": copied}
        told.write_text(json.dumps({name: round(value) for name, value in figures.items()}))
    found: dict[str, Anything] = json.loads(told.read_text())
    return found


def _weight(folder: Path) -> int:
    """Bytes."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def _written(tables: Tables, growing: _Growing) -> float:
    """Seconds, without those in which records grew; the two may run side by side, so that the processor counts, too."""
    busy = time.process_time()
    wall = clocked(lambda: tables.put_batches("materials", growing)) / 1000
    return max(wall - growing.wall, time.process_time() - busy - growing.busy)


@dataclass(slots=True)
class _Growing:
    """Records in batches, by number. wall, busy: seconds that they took to grow, and those of the processor."""

    seeds: Seeds
    start: int
    stop: int
    wall: float = 0.0
    busy: float = 0.0

    def __call__(self) -> Iterator[pa.RecordBatch]:
        for start in range(self.start, self.stop, BATCH):
            begun, busy = time.perf_counter(), time.thread_time()
            batches = grow(self.seeds, start, min(self.stop, start + BATCH)).to_batches()
            self.wall += time.perf_counter() - begun
            self.busy += time.thread_time() - busy
            yield from batches


def resident() -> int:
    """Bytes of memory of this process."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096


def where(folder: Path, materials: int) -> dict[str, Anything]:
    """The questions, to a library that is opened for them; all of them once where nothing is kept of its columns
    (`first_ms`), and once as the next process finds it (`again_ms`)."""
    for part in folder.glob("columns/*/*/*"):
        if part.name != VECTORS:
            shutil.rmtree(part)
    gc.collect()
    before, rng, asked, products = resident(), np.random.default_rng(7), questions(), materials // PICTURES
    start = time.perf_counter()
    library = Library(folder)
    opened = (time.perf_counter() - start) * 1000
    first = clocked(lambda: [ask(library, question, products, rng) for question in asked])
    library = Library(folder)
    again = clocked(lambda: [ask(library, question, products, rng) for question in asked])
    spent: dict[str, list[float]] = {}
    for at in rng.integers(0, len(asked), ASKED):
        spent.setdefault(asked[at].pool, []).append(clocked(partial(ask, library, asked[at], products, rng)))
    return {
        "where_ms": percentiles([one for some in spent.values() for one in some]),
        "where_by_pool": {pool: percentiles(some) for pool, some in sorted(spent.items())},
        "sift_ms": percentiles([_sifted(library, question, rng) for question in asked * SIFTED]),
        **near(library, queries(library, _looking(asked, rng), rng)),
        "questions": len(asked),
        "open_ms": round(opened, 1),
        "first_ms": round(first),
        "again_ms": round(again),
        "memory_per_record": round(library.view().nbytes / materials, 1),
        "resident_mb": round((resident() - before) / 1e6),
        "by_id_ms": percentiles(_by_id(library, rng)),
        "put_ms": percentiles([_put(folder, rng) for _ in range(SEEN)]),
        **{f"{name}_ms": percentiles(spent) for name, spent in _looked(library).items()},
        "seen_ms": round(float(np.median([_seen(folder, library, rng) for _ in range(SEEN)])), 1),
    }


def _sifted(library: Library, question: Question, rng: np.random.Generator) -> float:
    """As asked of all products or of scenes, without reading records."""
    view, parts = library.view(), _parts(question, rng)
    return clocked(lambda: view.sift(ROLES[question.pool], None, parts, question.order, KEPT))


def _looking(asked: Sequence[Question], rng: np.random.Generator) -> list[tuple[str, Condition | None]]:
    """Roles and conditions, of all products and of scenes, for questions about what looks alike."""
    wide = [question for question in asked if question.pool != "one"]
    some = [wide[at] for at in rng.integers(0, len(wide), NEAR)]
    return [(ROLES[one.pool], moved(one.where, rng) if one.where else None) for one in some]


def _parts(question: Question, rng: np.random.Generator) -> tuple[Condition, ...]:
    return conjuncts(moved(question.where, rng)) if question.where else ()


def _by_id(library: Library, rng: np.random.Generator) -> list[float]:
    pinned = library.view().pinned
    ids = pinned.take(rng.choice(pinned.row_ids(), LOOKED_UP, replace=False), ["id"])["id"].to_pylist()
    return [clocked(partial(library.get, id)) for id in ids]


def _looked(library: Library) -> dict[str, list[float]]:
    """Candidates that are looked at for the first time, and whose maps are read, as a template that shows one wants."""
    found = library.candidates("", None, [questions()[0].where or All(())], LOOKED_UP).found
    parts = {"look": "attributes", "maps": "maps"}
    return {name: [clocked(partial(getattr, one, part)) for one in found] for name, part in parts.items()}


def _put(folder: Path, rng: np.random.Generator) -> float:
    """A record written anew, by another writer."""
    tables = Tables(folder / "tables")
    pinned = tables.pinned("materials")
    row = pinned.take(rng.choice(pinned.row_ids(), 1)).select(MATERIALS.names)
    return clocked(partial(tables.put_table, "materials", row))


def _seen(folder: Path, library: Library, rng: np.random.Generator) -> float:
    """The first question after that."""
    _put(folder, rng)
    condition = next(question.where for question in questions() if question.where)
    return clocked(lambda: library.candidates("product", None, [condition], 0))


def _counted() -> Iterator[str]:
    """What is asked of all products and of scenes, as SQL."""
    rng = np.random.default_rng(11)
    for one in questions() * 2:
        if one.pool != "one" and one.where:
            yield f"{pool_of(ROLES[one.pool], None)} and ({filter_of(moved(one.where, rng))})"


# ------------------------------------------------------------------------------------------------ all sizes


def run(library: Path, materials: int, folder: Path | None = None) -> dict[str, Anything]:
    """The figures as plain data, with those of a tenth, a hundredth ... down to SMALLEST as `growth`.

    folder: where the grown libraries are written and left, so that they need not be grown again; None for a temporary
    one. InputError where the library has too few materials to grow from.
    """
    pinned = Tables(library / "tables").pinned("materials")
    if len(pinned.row_ids()) < FEWEST:
        raise InputError("the library has too few materials to grow from", str(library), "run `ddm demo` first")
    seeds = seeds_of(pinned.read(pinned.row_ids(), MATERIALS.names))
    if folder is not None:
        return _measured(folder, seeds, materials)
    with tempfile.TemporaryDirectory() as made:
        return _measured(Path(made), seeds, materials)


def _measured(folder: Path, seeds: Seeds, materials: int) -> dict[str, Anything]:
    growth = {}
    for size in sizes(materials):
        at = folder / str(size)
        growth[str(size)] = {**ingest(at, seeds, size), **where(at, size)}
    floor = floors(folder / str(materials) / "tables", materials, _counted())
    ratio = round(growth[str(materials)]["where_ms"]["p50"] / floor["scan_ms"], 1)
    return {"materials": materials, **growth[str(materials)], "floor": floor, "ratio": ratio, "growth": growth}


def sizes(materials: int) -> list[int]:
    """Ascending, each ten times the one before, to the one wanted."""
    found = [materials]
    while found[0] >= 10 * SMALLEST:
        found.insert(0, found[0] // 10)
    return found
