"""Tables on disk: the only file that knows LanceDB."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar
from uuid import uuid4

import lancedb
import pyarrow as pa
from lancedb.index import BTree

from ddm.errors import InputError, Unavailable
from ddm.library.commits import answered, beaten, committed
from ddm.library.copies import Copies
from ddm.library.filters import quoted
from ddm.library.migrations import FIRST, Keyed, due, migrate
from ddm.library.pinned import Pinned
from ddm.library.records import TEXT_KINDS, Row, column
from ddm.perceive.schema import ATTRIBUTES, VERSION

T = TypeVar("T")
_TYPES = {"words": pa.list_(pa.string()), "flag": pa.bool_(), **dict.fromkeys(TEXT_KINDS, pa.string())}

_KEY = pa.field("key", pa.string(), nullable=False)

MATERIALS = pa.schema(
    [
        _KEY,
        ("id", pa.string()),
        ("product", pa.string()),
        ("schema", pa.int32()),
        ("models", pa.string()),
        ("maps", pa.binary()),
        ("details", pa.string()),
        ("embedding", pa.binary()),
        ("digest", pa.string()),
        *((column(name), _TYPES.get(row.kind, pa.float64())) for name, row in ATTRIBUTES.items()),
    ]
)
PRODUCTS = pa.schema([_KEY, ("json", pa.string())])
SCHEMAS = {"materials": MATERIALS, "products": PRODUCTS, "about": PRODUCTS}
"""about: what holds of the whole library; `schema` is its version, `identity` a word that no other has."""
_ADDABLE = frozenset({"digest", *map(column, ATTRIBUTES)})
_EMPTY = {
    pa.string(): "''",
    pa.float64(): "cast(0 as double)",
    pa.bool_(): "false",
    pa.list_(pa.string()): "arrow_cast(make_array(), 'List(Utf8)')",
}
"""What stands in an added column, as SQL: nothing that a condition would take for an answer."""
BATCH = 8192
"""Rows of a batch: a few megabytes of words."""
SETTLED = 100_000_000
"""Nanoseconds after which a folder's time tells apart all that is written later; clocks of files tick each 10 ms."""
_TIDY = 64
"""Writes after which small fragments are joined: reading stays fast, and writing cheap."""
_SHARE = 256
"""More writes, a row in so many, where the table is large: LanceDB joins fragments of up to a million rows, so a large
one is written anew with each."""
INDEXED = {"materials": ("key", "id"), "products": ("key",), "about": ()}
"""Columns by which single rows are found and replaced."""
INDEXED_FROM = 10_000
"""Rows; fewer are looked through as fast. Of a million a row is found by its id in 15 instead of 800 ms of CPU, and
replaced in 20 instead of 350."""


class Tables:
    """Rows by key in the tables of SCHEMAS. Several threads and processes may read and write."""

    def __init__(
        self,
        folder: Path | str,
        options: Mapping[str, str] | None = None,
        migrating: bool = True,
        copies: Copies | None = None,
    ) -> None:
        """folder: or a URL. options: how its store is reached. migrating: tables are brought to today's schema.
        copies: where materials are copied as they are written."""
        self._copies = copies
        self._where = str(folder)
        if "://" not in self._where:
            Path(folder).mkdir(parents=True, exist_ok=True)
        self._lock = threading.RLock()
        self._writes = 0
        self._versions: dict[str, tuple[int, int]] = {}
        self._identity: str | None = None
        self._base, self._tables = self._connected(options)
        if migrating:
            committed(self.migrate, self._where)

    def _connected(self, options: Mapping[str, str] | None) -> tuple[Any, dict[str, Any]]:
        """Each step is tried again by itself: all at once may never come through a line that breaks often."""

        def done(step: Callable[..., T], *given: Any) -> T:
            return committed(lambda: step(*given), self._where)

        base: Any = done(lambda: lancedb.connect(self._where, storage_options=dict(options) if options else None))
        known = set(done(base.list_tables).tables)
        old = "materials" in known and "about" not in known
        made = {name: done(_made, base, name, schema, name in known) for name, schema in SCHEMAS.items()}
        if old or not known:
            made["about"] = done(_about, base, FIRST if old else VERSION)
        return base, made

    def put(self, table: str, rows: Sequence[Row]) -> None:
        """Inserted, or replaced where the key exists; all rows or none."""
        self.put_table(table, pa.Table.from_pylist(list(rows), schema=SCHEMAS[table]))

    def put_table(self, table: str, data: pa.Table) -> None:
        """As `put`, of columns: thousands of rows at once."""
        self.put_batches(table, data.to_batches)

    def put_batches(self, table: str, batches: Callable[[], Iterable[pa.RecordBatch]]) -> None:
        """As `put`, of more rows than memory holds, which make one fragment for each million. batches: all of them from
        the start, and once more where another writer was faster. LanceDB puts them on disk once more meanwhile."""
        with self._lock:
            copied = self._copies.copied if self._copies and table == "materials" else iter

            def reader() -> pa.RecordBatchReader:
                return pa.RecordBatchReader.from_batches(SCHEMAS[table], copied(batches()))

            committed(lambda: self._merge(table, reader()), self._where)
            self._writes += 1
            if self._writes % _TIDY == 0 and self._writes * _SHARE >= self.count(table):
                self._writes = 0
                self.tidy(table)

    def find(self, table: str, where: str = "", columns: Sequence[str] | None = None) -> list[Row]:
        """Rows for which the SQL condition holds. Raises InputError where it cannot be read."""

        def ask(opened: Any) -> list[Row]:
            query = opened.search().limit(None)
            query = query.where(where) if where else query
            found: list[Row] = (query.select(list(columns)) if columns else query).to_list()
            return found

        return self._read(table, where, ask)

    def _read(self, table: str, where: str, ask: Callable[[Any], T]) -> T:
        """An answer of the table as it is now: another process may have written."""

        def once() -> T:
            opened = self._tables[table]
            opened.checkout_latest()
            return ask(opened)

        with _answering(where):
            return answered(once)

    def batches(self, table: str, columns: Sequence[str], where: str = "") -> Iterator[pa.RecordBatch]:
        """These columns of all rows, some thousands at a time: of tables that memory does not hold."""

        def ask(opened: Any) -> Any:
            query = opened.search().limit(None).select(list(columns))
            return (query.where(where) if where else query).to_batches(BATCH)

        found = self._read(table, where, ask)
        with _answering(where):
            yield from found

    def delete(self, table: str, keys: Sequence[str]) -> None:
        """Rows by key; those that are gone already are no error."""
        named = ", ".join(map(quoted, keys))
        if keys:
            committed(lambda: self._tables[table].delete(f"key in ({named})"), self._where)

    def rows_at(self, table: str, first: int, number: int) -> list[Row]:
        """Rows by their place in the table. RuntimeError or OSError where the files that hold them are damaged."""
        found: list[Row] = self._tables[table].take_offsets(list(range(first, first + number))).to_list()
        return found

    def rewrite(self, table: str, rows: Sequence[Row]) -> None:
        """All rows anew; what was there before stays as an older version of the table until those are dropped."""
        data = pa.Table.from_pylist(list(rows), schema=SCHEMAS[table])
        with self._lock:
            opened = self._base.create_table(table, data, mode="overwrite")
            Keyed(table).carry_out(opened)
            self._tables[table] = self._base.open_table(table)

    def pinned(self, table: str) -> Pinned:
        """The table as it is now."""
        return Pinned(self._base.open_table(table))

    def version(self, table: str) -> int:
        """A number that grows with every change, by whichever process. In a folder it is read again only where that
        changed: a thousandth of the time."""
        written = self._written(table)
        known = self._versions.get(table)
        if known and known[0] == written:
            return known[1]
        version = self._read(table, "", lambda opened: int(opened.version))
        if 0 < written < time.time_ns() - SETTLED:
            self._versions[table] = written, version
        return version

    def _written(self, table: str) -> int:
        """When a version of the table was last added or dropped, in nanoseconds; 0 where its store does not tell."""
        try:
            return (Path(self._where) / f"{table}.lance" / "_versions").stat().st_mtime_ns
        except OSError:
            return 0

    def count(self, table: str, where: str = "") -> int:
        """Rows for which the SQL condition holds; none is loaded."""
        return self._read(table, where, lambda opened: int(opened.count_rows(where or None)))

    def _merge(self, table: str, data: Any) -> None:
        merge = self._tables[table].merge_insert("key")
        merge.when_matched_update_all().when_not_matched_insert_all().execute(data)

    def tidy(self, table: str, older_than: timedelta | None = None) -> bool:
        """Joins fragments, brings indices up to date and drops versions that are older; False where another writer
        was in the way."""
        try:
            self.index(table)
            answered(lambda: self._tables[table].optimize(cleanup_older_than=older_than))
        except RuntimeError as error:
            if not beaten(error):
                raise
            return False
        return True

    def index(self, table: str) -> None:
        """Makes the indices that a large table lacks. RuntimeError where another writer was in the way."""
        opened = self._tables[table]
        if opened.count_rows() >= INDEXED_FROM:
            there = {column for index in opened.list_indices() for column in index.columns}
            for lacking in (column for column in INDEXED[table] if column not in there):
                opened.create_index(lacking, config=BTree())

    @property
    def identity(self) -> str:
        """What tells this library from any other that may lie in the same place later; '' for one that was made before
        libraries had such, and not migrated."""
        if self._identity is None:
            found = self.find("about", equals({"key": "identity"}))
            self._identity = str(found[0]["json"]) if found else ""
        return self._identity

    @property
    def schema_version(self) -> int:
        """Of the library as it is stored."""
        found = self.find("about", equals({"key": "schema"}))
        return int(found[0]["json"]) if found else FIRST

    def migrate(self) -> tuple[str, ...]:
        """Brings the tables to today's schema; what was done, for people. Raises InputError where there is no way."""
        version = self.schema_version
        done = migrate(self._tables, due(version))
        grown = tuple(f"add {name}.{one}" for name in SCHEMAS for one in self._grown(name))
        for name, schema in SCHEMAS.items():
            self._check(name, schema)
        if version != VERSION:
            self._merge("about", _about_row("schema", str(VERSION)))
        if not self.identity:
            self._named()
        return (*done, *grown)

    def _named(self) -> None:
        """Another process may do it at the same time: the first one counts. Where only reading is allowed, none has."""
        with suppress(RuntimeError, OSError, ValueError):
            row = _about_row("identity", uuid4().hex)
            self._tables["about"].merge_insert("key").when_not_matched_insert_all().execute(row)
            self._identity = None

    def planned(self) -> tuple[str, ...]:
        """What `migrate` would do, for people; and what must be perceived anew then."""
        chain = due(self.schema_version)
        steps = [step.said for one in chain for step in one.steps if step.wanted(self._tables[step.table])]
        grown = [f"add {name}.{one}" for name in SCHEMAS for one in self.missing(name)]
        again = [f"{one.name}: perceived anew by {', '.join(one.anew)}" for one in chain if one.anew]
        return (*steps, *grown, *again)

    def missing(self, name: str) -> tuple[str, ...]:
        """Columns of attributes that the stored table lacks."""
        names = self._tables[name].schema.names
        return tuple(f.name for f in SCHEMAS[name] if f.name not in names and f.name in _ADDABLE)

    def _grown(self, name: str) -> tuple[str, ...]:
        """Adds the columns that its version did not know yet, empty until its pictures are perceived anew."""
        added, table = self.missing(name), self._tables[name]
        if added:
            table.add_columns({one: _EMPTY[SCHEMAS[name].field(one).type] for one in added})
            table.alter_columns(*({"path": one, "nullable": True} for one in added))
        return added

    def _check(self, name: str, schema: Any) -> None:
        if _kinds(self._tables[name].schema) != _kinds(schema):
            raise InputError(
                f"the library's table '{name}' was made by another version of ddm",
                self._where,
                "delete the library's folder and perceive anew, or use the version that made it",
            )


def _made(base: Any, name: str, schema: Any, known: bool) -> Any:
    """Opened, or made empty with its primary key; another process may make it at the same time."""
    if known:
        return base.open_table(name)
    with _but_for("exist"):
        base.create_table(name, schema=schema)
    table = base.open_table(name)
    with _but_for("already set"):
        table.set_unenforced_primary_key("key")
    return table


@contextmanager
def _but_for(word: str) -> Iterator[None]:
    """Errors that say so are none."""
    try:
        yield
    except (ValueError, RuntimeError) as error:
        if word not in str(error):
            raise


def _about(base: Any, version: int) -> Any:
    table = base.open_table("about")
    merge = table.merge_insert("key")
    merge.when_not_matched_insert_all().execute(_about_row("schema", str(version)))
    return table


def _about_row(key: str, said: str) -> Any:
    return pa.Table.from_pylist([{"key": key, "json": said}], schema=PRODUCTS)


@contextmanager
def _answering(where: str) -> Iterator[None]:
    try:
        yield
    except (ValueError, RuntimeError) as error:
        said = str(error).splitlines()[0]
        if "LanceError(IO)" in said:
            raise Unavailable(f"the library cannot be read: {said[:200]}", mend="ddm library verify") from error
        raise InputError(f"the library cannot answer: {where}", mend=said) from error


def _kinds(schema: Any) -> dict[str, Any]:
    """Columns and their types; added ones stand last."""
    return {field.name: field.type for field in schema}


def equals(values: Mapping[str, str]) -> str:
    """The SQL condition that all columns have these values."""
    return " and ".join(f"{name} = {quoted(value)}" for name, value in values.items())
