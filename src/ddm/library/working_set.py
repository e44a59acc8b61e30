"""The hot columns of the materials in memory: who fits a condition, what each part removed, who is best.

A column is read when it is first asked for, and kept. What is written later, by whichever process, is told by its new
row ids, and comes as a segment of its own; segments of like size are joined, so that there are few of them, and a row
is read again only some few times however many follow it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from ddm.language.expressions import Condition
from ddm.library.candidates import Wish
from ddm.library.columns import Floats
from ddm.library.kept import latest
from ddm.library.pinned import FEW, Pinned, RowIds, among
from ddm.library.ranking import best
from ddm.library.segments import Loaded, Segment

T = TypeVar("T")

NO_ROWS: RowIds = np.zeros(0, np.uint64)
JOINED = 2
"""A segment is joined with what is new where it has at most so many times as many rows."""


@dataclass(frozen=True, slots=True)
class Sifted:
    """total: materials of the pool. removed: for each part, those that failed it and none before. rows, scores: the
    best of each segment, which hold the best of all; in no order."""

    total: int
    removed: tuple[int, ...]
    rows: RowIds
    scores: Floats


@dataclass(frozen=True, slots=True)
class View:
    """All materials at one version."""

    pinned: Pinned
    segments: tuple[Segment, ...]

    def sift(
        self, role: str, product: str | None, parts: Sequence[Condition], order: Sequence[Wish], limit: int
    ) -> Sifted:
        """Of a role, '' for any, of a product, None for any: counted part by part, ranked by the wishes."""
        left, found = np.zeros(len(parts) + 1, np.intp), [(NO_ROWS, np.zeros(0))]
        for segment in self.segments:
            counts, fitting = segment.sift(role, product, parts)
            places, scores = best(segment, fitting, order, limit)
            left += counts
            found.append((segment.loaded.rows[places], scores))
        rows, scores = (np.concatenate(parts) for parts in zip(*found, strict=True))
        return Sifted(int(left[0]), tuple((-np.diff(left)).tolist()), rows, scores)

    def of_product(self, product: str) -> RowIds:
        return np.concatenate([NO_ROWS, *(s.loaded.rows[s.of_product(product)] for s in self.segments)])

    def digests(self, rows: RowIds) -> npt.NDArray[np.uint64]:
        """Of rows that are there: (n, 2), see `orders.Digests`."""
        found = np.zeros((len(rows), 2), np.uint64)
        for segment in self.segments:
            own = segment.loaded.rows
            places = np.minimum(np.searchsorted(own, rows), segment.size - 1)
            here = own[places] == rows
            if here.any():
                found[here] = segment.digests.first[places[here]]
        return found

    @property
    def nbytes(self) -> int:
        """Memory that columns and indices take."""
        return sum(segment.loaded.nbytes for segment in self.segments)


class WorkingSet:
    """Views of a table as it grows. Safe to use from several threads."""

    def __init__(
        self, version: Callable[[], int], pin: Callable[[], Pinned], folder: Callable[[], Path | None] = lambda: None
    ) -> None:
        """folder: where columns of many rows are kept for other processes."""
        self._version, self._pin, self._folder = version, pin, folder
        self._lock = threading.Lock()
        self._view: View | None = None

    def view(self) -> View:
        """As the table is now, whoever wrote to it."""
        view = self._view
        if view is not None and view.pinned.version == self._version():
            return view
        return self.renewed()

    def renewed(self) -> View:
        """As `view`, of a table that is opened anew."""
        with self._lock:
            pinned = self._pin()
            if self._view is None or self._view.pinned.version != pinned.version:
                folder = self._folder()
                self._view = view_of(pinned, self._view.segments if self._view else _before(pinned, folder), folder)
            return self._view

    def asked(self, ask: Callable[[View], T]) -> T:
        """The answer of a view as the table is now; of the next one where another process dropped the files of that
        version while they were read."""
        try:
            return ask(self.view())
        except (RuntimeError, OSError):
            return ask(self.renewed())


def _before(pinned: Pinned, folder: Path | None) -> tuple[Segment, ...]:
    """What an earlier process kept."""
    rows = latest(folder)
    return () if rows is None else (Segment(Loaded(rows, (), folder), pinned),)


def view_of(pinned: Pinned, known: Sequence[Segment], folder: Path | None = None) -> View:
    """What is known already is kept, what is gone marked, what is new added; what is mostly gone is read anew."""
    segments, fresh = _grown(pinned, known) or _compared(pinned, known)
    if not len(fresh):
        return View(pinned, tuple(segments))
    together = segments[0].loaded.names if segments else ()
    while segments and segments[-1].count <= JOINED * len(fresh):
        fresh = np.sort(np.concatenate([segments.pop().live, fresh]))
    return View(pinned, (*segments, Segment(Loaded(fresh, together, folder), pinned)))


def _grown(pinned: Pinned, known: Sequence[Segment]) -> tuple[list[Segment], RowIds] | None:
    """What is left and what is new, from the new rows alone: a row that is written anew, or moved, is gone from where
    it was. None where much is new, or more is gone than that, which the number of all rows tells; and where the files
    of the version that is known were dropped."""
    if not known or not all(segment.loaded.ordered or segment.size <= FEW for segment in known):
        return None
    fresh, ids = pinned.after(max(int(segment.loaded.rows[-1]) for segment in known), FEW)
    try:
        segments = [segment.without(ids, pinned) for segment in known]
    except (RuntimeError, OSError):
        return None
    whole = len(fresh) < FEW and sum(segment.count for segment in segments) + len(fresh) == pinned.count()
    return (segments, fresh) if whole and all(segment.lively for segment in segments) else None


def _compared(pinned: Pinned, known: Sequence[Segment]) -> tuple[list[Segment], RowIds]:
    """The same, from all row ids."""
    ids = np.sort(pinned.row_ids(), kind="stable")  # in order as a rule, which is seen at once
    segments = [now for segment in known if (now := segment.at(pinned, ids)).lively]
    return segments, ids[~among(ids, np.sort(np.concatenate([NO_ROWS, *(segment.live for segment in segments)])))]
