"""Tables on disk: the only file that knows LanceDB."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import lancedb
import pyarrow as pa
import pyarrow.compute as pc

from ddm.errors import InputError
from ddm.library.filters import quoted
from ddm.library.records import TEXT_KINDS, Row, column
from ddm.perceive.schema import ATTRIBUTES

_TYPES = {"words": pa.list_(pa.string()), "flag": pa.bool_(), **dict.fromkeys(TEXT_KINDS, pa.string())}

MATERIALS = pa.schema(
    [
        ("key", pa.string()),
        ("id", pa.string()),
        ("product", pa.string()),
        ("schema", pa.int32()),
        ("models", pa.string()),
        ("maps", pa.binary()),
        ("details", pa.string()),
        ("embedding", pa.binary()),
        *((column(name), _TYPES.get(row.kind, pa.float64())) for name, row in ATTRIBUTES.items()),
    ]
)
PRODUCTS = pa.schema([("key", pa.string()), ("json", pa.string())])
SCHEMAS = {"materials": MATERIALS, "products": PRODUCTS}
_ADDABLE = frozenset(map(column, ATTRIBUTES))
_EMPTY = {
    pa.string(): "''",
    pa.float64(): "cast(0 as double)",
    pa.bool_(): "false",
    pa.list_(pa.string()): "arrow_cast(make_array(), 'List(Utf8)')",
}
"""What stands in an added column, as SQL: nothing that a condition would take for an answer."""
_ORDER = (("score", "descending"), ("id", "ascending"), ("key", "ascending"))
_TIDY = 64
"""Writes after which small fragments are joined: reading stays fast, and writing cheap."""


@dataclass(frozen=True, slots=True)
class Survey:
    """total: rows of the pool. removed: for each part, rows that failed it and none before. rows: the best that fit."""

    total: int
    removed: tuple[int, ...]
    rows: list[Row]


class Tables:
    """Rows by key in the tables of SCHEMAS. Several threads and processes may read while one writes."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._base = lancedb.connect(str(folder))
        self._lock = threading.RLock()
        self._writes = 0
        self._tables = {name: self._opened(name, schema) for name, schema in SCHEMAS.items()}

    def put(self, table: str, rows: Sequence[Row]) -> None:
        """Inserted, or replaced where the key exists; all rows or none."""
        with self._lock:
            data = pa.Table.from_pylist(list(rows), schema=SCHEMAS[table])
            merge = self._tables[table].merge_insert("key")
            merge.when_matched_update_all().when_not_matched_insert_all().execute(data)
            self._writes += 1
            if self._writes % _TIDY == 0:
                self._tables[table].optimize()

    def find(self, table: str, where: str = "", columns: Sequence[str] | None = None) -> list[Row]:
        """Rows for which the SQL condition holds. Raises InputError where it cannot be read."""
        opened = self._tables[table]
        opened.checkout_latest()  # another process may have written
        query = opened.search().limit(None)
        query = query.where(where) if where else query
        query = query.select(list(columns)) if columns else query
        with _answering(where):
            found: list[Row] = query.to_list()
        return found

    def survey(self, table: str, pool: str, parts: Sequence[str], score: str, limit: int) -> Survey:
        """The best rows of a pool for which all parts hold, by a score ('' for none), ties by id; all of it SQL.

        Counting leaves the rows where they are. Ids and scores are read of those that fit, and no more than `limit`
        rows as a whole.
        """
        opened = self._base.open_table(table)  # of one version: row ids stay right while others write
        asked = [_joined([pool, *parts[:number]]) for number in range(len(parts) + 1)]
        with _answering(asked[-1]):
            counts = [int(opened.count_rows(where)) for where in asked]
            query = opened.search().where(asked[-1]).limit(None)
            columns: dict[str, Any] = {"row": "_rowid", "id": "id", "key": "key"} | ({"score": score} if score else {})
            best = _best(opened, query.select(columns).to_arrow(), limit) if limit and counts[-1] else []
        return Survey(counts[0], tuple(before - after for before, after in itertools.pairwise(counts)), best)

    def version(self, table: str) -> int:
        """A number that grows with every change, by whichever process."""
        opened = self._tables[table]
        opened.checkout_latest()
        return int(opened.version)

    def count(self, table: str, where: str = "") -> int:
        """Rows for which the SQL condition holds; none is loaded."""
        opened = self._tables[table]
        opened.checkout_latest()
        with _answering(where):
            return int(opened.count_rows(where or None))

    def _opened(self, name: str, schema: Any) -> Any:
        """With the columns that its version did not know yet, empty until its pictures are perceived anew."""
        known = name in self._base.list_tables().tables
        base: Any = self._base
        table = base.open_table(name) if known else base.create_table(name, schema=schema, exist_ok=True)
        added = [field for field in schema if field.name not in table.schema.names and field.name in _ADDABLE]
        if added:
            table.add_columns({field.name: _EMPTY[field.type] for field in added})
            table.alter_columns(*({"path": field.name, "nullable": True} for field in added))
        if _kinds(table.schema) != _kinds(schema):
            raise InputError(
                f"the library's table '{name}' was made by another version of ddm",
                str(self._base.uri),
                "delete the library's folder and perceive anew, or use the version that made it",
            )
        return table


@contextmanager
def _answering(where: str) -> Iterator[None]:
    try:
        yield
    except (ValueError, RuntimeError) as error:
        raise InputError(f"the library cannot answer: {where}", mend=str(error).splitlines()[0]) from error


def _joined(parts: Sequence[str]) -> str:
    return " and ".join(f"({part})" for part in parts if part) or "true"


def _best(opened: Any, fitting: Any, limit: int) -> list[Row]:
    """Whole rows of the first `limit`, in order."""
    order = [(name, direction) for name, direction in _ORDER if name in fitting.column_names]
    first = fitting.take(pc.select_k_unstable(fitting, limit, order))
    rows = {row["key"]: row for row in opened.take_row_ids(first["row"].to_pylist()).to_list()}
    return [rows[key] for key in first["key"].to_pylist()]


def _kinds(schema: Any) -> dict[str, Any]:
    """Columns and their types; added ones stand last."""
    return {field.name: field.type for field in schema}


def equals(values: Mapping[str, str]) -> str:
    """The SQL condition that all columns have these values."""
    return " and ".join(f"{name} = {quoted(value)}" for name, value in values.items())
