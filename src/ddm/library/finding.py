"""Questions about many materials -> perceptions: sifted in columns kept in memory, their records then read."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from ddm.errors import InputError
from ddm.language.expressions import Condition, conjuncts
from ddm.library.candidates import Candidates, Wish
from ddm.library.nearest import Near, measured, promising
from ddm.library.pinned import Pinned, RowIds
from ddm.library.records import PACKED, perception_of, unpacked
from ddm.library.store import Tables, equals
from ddm.library.vectors import Floats32
from ddm.library.working_set import Sifted, View, WorkingSet
from ddm.perceive.perception import Perception

ROWS = 4096
"""Perceptions of candidates kept in memory, about 10 kB each: the questions of a batch have many answers in common."""
ANSWERS = 16
"""Answers of `candidates` kept in memory: a batch asks the same few questions for one product after another."""


class Finding:
    """Over the tables of a library. Safe to use from several threads."""

    def __init__(self, tables: Tables, aside: Callable[[], Path]) -> None:
        """aside: a folder of this machine for what can be made anew."""
        self._tables = tables
        self._hot = WorkingSet(
            lambda: tables.version("materials"),
            lambda: tables.pinned("materials"),
            lambda: aside() / "columns" / tables.identity if tables.identity else None,
        )
        self._lock = threading.Lock()
        self._answers: OrderedDict[Any, Candidates] = OrderedDict()
        self._rows: dict[int, Perception] = {}

    def view(self) -> View:
        """What is kept of the materials in memory, as they are now, whoever wrote them."""
        return self._hot.view()

    def forget(self) -> None:
        """Answers: the tables were changed by other means."""
        with self._lock:
            self._answers.clear()

    def of_product(self, product: str) -> tuple[Perception, ...]:
        """In the order of the product's gallery."""
        found = self._hot.asked(lambda view: self._read(view, view.of_product(product)))
        return tuple(sorted(found, key=lambda one: (one.number("rank"), one.id)))

    def candidates(
        self, role: str, product: str | None, conditions: Sequence[Condition], limit: int, order: Sequence[Wish]
    ) -> Candidates:
        """See `Library.candidates`."""
        asked = (self._tables.version("materials"), role, product, tuple(conditions), limit, tuple(order))
        with self._lock:
            if asked in self._answers:
                self._answers.move_to_end(asked)
                return self._answers[asked]
        answer = self._surveyed(role, product, conditions, limit, order)
        with self._lock:
            self._answers[asked] = answer
            while len(self._answers) > ANSWERS:
                self._answers.popitem(last=False)
        return answer

    def nearest(
        self, embedding: Floats32, where: Condition | None, limit: int, role: str, product: str | None
    ) -> tuple[Near, ...]:
        """See `Library.nearest`."""

        def ask(view: View) -> tuple[Near, ...]:
            rows = promising(view, embedding, role, product, conjuncts(where), limit)
            return measured(self._read(view, rows), embedding, limit)

        return self._hot.asked(ask)

    def _surveyed(
        self, role: str, product: str | None, conditions: Sequence[Condition], limit: int, order: Sequence[Wish]
    ) -> Candidates:
        parts = tuple(dict.fromkeys(part for condition in conditions for part in conjuncts(condition)))

        def ask(view: View) -> Candidates:
            sifted = view.sift(role, product, parts, order, limit)
            removed = {str(part): number for part, number in zip(parts, sifted.removed, strict=True) if number}
            return Candidates(self._ranked(view, sifted, limit), sifted.total, removed)

        return self._hot.asked(ask)

    def _ranked(self, view: View, sifted: Sifted, limit: int) -> tuple[Perception, ...]:
        """Best first, ties by id."""
        found = zip(sifted.scores.tolist(), self._read(view, sifted.rows), strict=True)
        best = sorted(found, key=lambda pair: (-pair[0], pair[1].id, pair[1].product))
        return tuple(perception for _, perception in best[:limit])

    def _read(self, view: View, rows: RowIds) -> tuple[Perception, ...]:
        """Of these rows, in this order; those that were read lately from memory."""
        with self._lock:
            known = {row: self._rows[row] for row in rows.tolist() if row in self._rows}
        lacking = np.array([row for row in rows.tolist() if row not in known], np.uint64)
        known |= dict(zip(lacking.tolist(), self._unpacked(view.pinned, lacking), strict=True))
        with self._lock:
            self._rows |= known
            while len(self._rows) > ROWS:
                del self._rows[next(iter(self._rows))]  # the oldest
        return tuple(known[row] for row in rows.tolist())

    def _unpacked(self, pinned: Pinned, rows: RowIds) -> list[Perception]:
        if not len(rows):
            return []
        packed = zip(rows.tolist(), pinned.take(rows, PACKED).to_pylist(), strict=True)
        found = [unpacked(row, _Maps(self._hot, self._tables, at)) for at, row in packed]
        old = [place for place, perception in enumerate(found) if perception is None]
        if old:
            for place, row in zip(old, pinned.take(rows[old]).to_pylist(), strict=True):
                found[place] = perception_of(row)
        return [perception for perception in found if perception]


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
