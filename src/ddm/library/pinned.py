"""A table as it was at one version: what is read of it stays consistent while others write."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa

RowIds: TypeAlias = npt.NDArray[np.uint64]
ROW = "_rowid"
FEW = 4096
"""Rows that are fetched one by one; to scan a column of a million takes as long as some thousand single rows."""
SCAN = 65_536
"""Rows of a batch of a scan: LanceDB's own thousand cost a million rows a thousand hops between threads, which is
most of the time (a column of floats 260 instead of 80 ms)."""
SCANNED = 8
"""A part of a table that is larger than one in so many is read with all the rest, which is faster by the row."""


class Pinned:
    """Over an open LanceDB table that nobody else moves to another version.

    A row id is the place of one written row: what it holds never changes, and a row that is written anew, or moved by
    compaction, has a new one.
    """

    def __init__(self, opened: Any) -> None:
        self._opened = opened
        self.version = int(opened.version)

    def row_ids(self) -> RowIds:
        """Of all rows, in the order in which they lie."""
        return ids_of(_scanned(self._opened.search().with_row_id(True).select([ROW])))

    def after(self, row: int, most: int) -> tuple[RowIds, pa.Array]:
        """Row ids beyond one, ascending, and the ids of their materials; at most so many. What is written or moved
        later lies there."""
        query = self._opened.search().where(f"{ROW} > {row}").with_row_id(True).select([ROW, "id"]).limit(most)
        found = query.to_arrow().sort_by(ROW)
        return ids_of(found), found["id"].combine_chunks()

    def count(self) -> int:
        """Of all rows."""
        return int(self._opened.count_rows())

    def rows_where(self, sql: str) -> RowIds:
        """Of the rows for which an SQL condition holds."""
        return ids_of(_scanned(self._opened.search().where(sql).with_row_id(True).select([ROW])))

    def read(self, rows: RowIds, columns: Sequence[str]) -> pa.Table:
        """These columns of many rows that are still there, in the order asked for; by a scan of the whole columns."""
        if len(rows) <= FEW:
            return self.take(rows, columns)
        found = _scanned(self._opened.search().with_row_id(True).select([ROW, *columns]))
        ids = ids_of(found)
        return found if np.array_equal(ids, rows) else found.take(pa.array(places_in(ids, rows)))

    def take(self, rows: RowIds, columns: Sequence[str] | None = None) -> pa.Table:
        """These columns, or all, of a few rows, in the order asked for; none may be asked for twice."""
        found = self.still(rows, columns)
        return found.take(pa.array(places_in(ids_of(found), rows)))

    def still(self, rows: RowIds, columns: Sequence[str] | None = None) -> pa.Table:
        """As `take`, with their row ids, of those of the rows that are there, in any order."""
        query = self._opened.take_row_ids(rows.tolist()).with_row_id()
        found: pa.Table = (query.select(list(columns)) if columns else query).to_arrow()
        return found

    def stream(self, rows: RowIds, columns: Sequence[str]) -> Iterator[pa.Table]:
        """These columns of rows that are still there, with their row ids, in any order and some thousands at a time."""
        if len(rows) * SCANNED < self.count():
            yield from (self.take(rows[at : at + FEW], columns) for at in range(0, len(rows), FEW))
            return
        wanted, query = np.sort(rows), self._opened.search().with_row_id(True).select([ROW, *columns]).limit(None)
        for batch in query.to_batches(FEW):
            found = pa.table(batch)
            yield found.filter(pa.array(among(ids_of(found), wanted)))


def _scanned(query: Any) -> pa.Table:
    """All that a query finds."""
    found: pa.Table = query.limit(None).to_batches(SCAN).read_all()
    return found


def places_in(ids: RowIds, wanted: RowIds) -> npt.NDArray[np.intp]:
    """Where in `ids` the wanted ones are; all of them must be."""
    order = np.argsort(ids, kind="stable")
    return order[np.searchsorted(ids, wanted, sorter=order)]


def among(ids: RowIds, others: RowIds) -> npt.NDArray[np.bool_]:
    """Which ids are among the others, which are in order."""
    if not len(others):
        return np.zeros(len(ids), np.bool_)
    at = np.minimum(np.searchsorted(others, ids), len(others) - 1)
    found: npt.NDArray[np.bool_] = others[at] == ids
    return found


def ids_of(table: pa.Table) -> RowIds:
    """The row ids that came with a table."""
    found: RowIds = table[ROW].to_numpy()
    return found
