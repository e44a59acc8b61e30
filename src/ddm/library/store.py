"""Tables on disk: the only file that knows LanceDB."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import lancedb
import pyarrow as pa

from ddm.errors import InputError
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
_TIDY = 64
"""Writes after which small fragments are joined: reading stays fast, and writing cheap."""


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
        try:
            found: list[Row] = query.to_list()
        except (ValueError, RuntimeError) as error:
            raise InputError(f"the library cannot answer: {where}", mend=str(error).splitlines()[0]) from error
        return found

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


def _kinds(schema: Any) -> dict[str, Any]:
    """Columns and their types; added ones stand last."""
    return {field.name: field.type for field in schema}


def quoted(text: str) -> str:
    """A string literal of SQL."""
    return "'" + text.replace("'", "''") + "'"


def equals(values: Mapping[str, str]) -> str:
    """The SQL condition that all columns have these values."""
    return " and ".join(f"{name} = {quoted(value)}" for name, value in values.items())
