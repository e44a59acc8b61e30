"""Questions about many materials -> perceptions: sifted in columns kept in memory, then read from their copies."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ddm.errors import InputError
from ddm.language.expressions import Condition, conjuncts
from ddm.library.candidates import Candidates, Wish
from ddm.library.copies import Copies
from ddm.library.nearest import Near, measured, promising
from ddm.library.pinned import RowIds
from ddm.library.records import PACKED, body_of, perception_of, unpacked
from ddm.library.store import Tables, equals
from ddm.library.vectors import Floats32
from ddm.library.working_set import Sifted, View, WorkingSet
from ddm.perceive.perception import Perception
from ddm.perceive.schema import VERSION

ROWS = 4096
"""Perceptions of candidates kept in memory, about 10 kB each: the questions of a batch have many answers in common."""
DEAD = 2
"""Copies for each record, at most."""


class Finding:
    """Over the tables of a library. Safe to use from several threads."""

    def __init__(self, tables: Tables, copies: Copies, aside: Callable[[], Path]) -> None:
        """aside: a folder of this machine for what can be made anew."""
        self._copies = copies
        self._tables = tables
        self._hot = WorkingSet(
            lambda: tables.version("materials"),
            lambda: tables.pinned("materials"),
            lambda: aside() / "columns" / tables.identity if tables.identity else None,
        )
        self._lock = threading.Lock()
        self._rows: dict[int, Perception] = {}

    def view(self) -> View:
        """What is kept of the materials in memory, as they are now, whoever wrote them."""
        return self._hot.view()

    def copy(self) -> None:
        """All records; first all copies are dropped where most are of what is gone."""
        self._hot.asked(self._copied)

    def _copied(self, view: View) -> None:
        if self._copies.count() > DEAD * sum(segment.count for segment in view.segments):
            self._copies.clear()
        for segment in view.segments:
            rows = segment.loaded.rows[self._copies.lacking(segment.digests.first)]
            for part in view.pinned.stream(rows, PACKED):
                self._copies.add(part)

    def of_product(self, product: str) -> tuple[Perception, ...]:
        """In the order of the product's gallery."""
        found = self._hot.asked(lambda view: self._read(view, view.of_product(product)))
        return tuple(sorted(found, key=lambda one: (one.number("rank"), one.id)))

    def candidates(
        self, role: str, product: str | None, conditions: Sequence[Condition], limit: int, order: Sequence[Wish]
    ) -> Candidates:
        """See `Library.candidates`."""
        parts = tuple(dict.fromkeys(part for condition in conditions for part in conjuncts(condition)))

        def ask(view: View) -> Candidates:
            sifted = view.sift(role, product, parts, order, limit)
            removed = {str(part): number for part, number in zip(parts, sifted.removed, strict=True) if number}
            return Candidates(*self._ranked(view, sifted, limit), sifted.total, removed)

        return self._hot.asked(ask)

    def nearest(
        self, embedding: Floats32, where: Condition | None, limit: int, role: str, product: str | None
    ) -> tuple[Near, ...]:
        """See `Library.nearest`."""

        def ask(view: View) -> tuple[Near, ...]:
            rows = promising(view, embedding, role, product, conjuncts(where), limit)
            return measured(self._read(view, rows), embedding, limit)

        return self._hot.asked(ask)

    def _ranked(self, view: View, sifted: Sifted, limit: int) -> tuple[tuple[Perception, ...], tuple[float, ...]]:
        """Best first, ties by id; and their scores."""
        found = zip(sifted.scores.tolist(), self._read(view, sifted.rows), strict=True)
        best = sorted(found, key=lambda pair: (-pair[0], pair[1].id, pair[1].product))[:limit]
        return tuple(perception for _, perception in best), tuple(score for score, _ in best)

    def _read(self, view: View, rows: RowIds) -> tuple[Perception, ...]:
        """Of these rows, in this order; those that were read lately from memory."""
        with self._lock:
            known = {row: self._rows[row] for row in rows.tolist() if row in self._rows}
        lacking = np.array([row for row in rows.tolist() if row not in known], np.uint64)
        if len(lacking):
            known |= zip(lacking.tolist(), self._recorded(view, lacking), strict=True)
            with self._lock:
                self._rows |= known
                while len(self._rows) > ROWS:
                    del self._rows[next(iter(self._rows))]  # the oldest
        return tuple(known[row] for row in rows.tolist())

    def _recorded(self, view: View, rows: RowIds) -> list[Perception]:
        """From their copies; those that have none from the tables, and then they have."""
        bodies = self._copies.get(view.digests(rows))
        lacking = rows[[body is None for body in bodies]]
        taken = self._taken(view, lacking) if len(lacking) else {}
        return [self._unpacked(body, at) if body else taken[at] for at, body in zip(rows.tolist(), bodies, strict=True)]

    def _taken(self, view: View, rows: RowIds) -> dict[int, Perception]:
        table = view.pinned.take(rows, PACKED)
        self._copies.add(table, anew=True)
        packed = zip(rows.tolist(), table.to_pylist(), strict=True)
        found = {at: self._unpacked(body_of(row), at) for at, row in packed if row["schema"] == VERSION}
        older = np.array([at for at in rows.tolist() if at not in found], np.uint64)
        if len(older):
            found |= zip(older.tolist(), map(perception_of, view.pinned.take(older).to_pylist()), strict=True)
        return found

    def _unpacked(self, body: bytes, row: int) -> Perception:
        return unpacked(body, _Maps(self._hot, self._tables, row))


@dataclass(frozen=True, slots=True)
class _Maps:
    """The maps of a row, read when they are wanted: most candidates are never looked at, and maps are most of a row."""

    hot: WorkingSet
    tables: Tables
    row: int

    def __call__(self, id: str, product: str) -> bytes:
        """Of the same material, where the row was written anew or moved. InputError where it is gone."""
        try:
            row = np.array([self.row], np.uint64)
            found = self.hot.asked(lambda view: view.pinned.still(row, ["maps"])).to_pylist()
        except (RuntimeError, OSError):
            found = []
        found = found or self.tables.find("materials", equals({"id": id, "product": product}), ["maps"])
        if not found:
            raise InputError(f"the material '{id[:80]}' is gone from the library", mend="ask the library again")
        maps: bytes = found[0]["maps"]
        return maps
