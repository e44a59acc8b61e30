"""A table of an older version -> one of today's: named steps in order, each of which may be repeated without harm.

A library keeps the number of its schema in the table `about`; one without it is of version 2. Steps change columns, so
that they take moments whatever the number of records; what the records say changes only as pictures are perceived anew.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeAlias

from ddm.errors import InputError
from ddm.perceive.schema import VERSION

FIRST = 2
"""The version of libraries that do not name theirs."""
ALL = "*"
"""Every row of `ddm.perceive.perceivers.TABLE`."""


class Step(Protocol):
    """One change of one table of LanceDB."""

    @property
    def table(self) -> str: ...
    @property
    def said(self) -> str: ...
    def wanted(self, opened: Any) -> bool:
        """False where it was carried out already."""

    def carry_out(self, opened: Any) -> None: ...


@dataclass(frozen=True, slots=True)
class Added:
    """A column by SQL over the others."""

    table: str
    column: str
    sql: str

    @property
    def said(self) -> str:
        return f"add {self.table}.{self.column} = {self.sql}"

    def wanted(self, opened: Any) -> bool:
        return self.column not in opened.schema.names

    def carry_out(self, opened: Any) -> None:
        opened.add_columns({self.column: self.sql})
        opened.alter_columns({"path": self.column, "nullable": True})


@dataclass(frozen=True, slots=True)
class Renamed:
    table: str
    column: str
    to: str

    @property
    def said(self) -> str:
        return f"rename {self.table}.{self.column} to {self.to}"

    def wanted(self, opened: Any) -> bool:
        return self.column in opened.schema.names and self.to not in opened.schema.names

    def carry_out(self, opened: Any) -> None:
        opened.alter_columns({"path": self.column, "rename": self.to})


@dataclass(frozen=True, slots=True)
class Dropped:
    table: str
    column: str

    @property
    def said(self) -> str:
        return f"drop {self.table}.{self.column}"

    def wanted(self, opened: Any) -> bool:
        return self.column in opened.schema.names

    def carry_out(self, opened: Any) -> None:
        opened.drop_columns([self.column])


@dataclass(frozen=True, slots=True)
class Keyed:
    """`key` as primary key: without it two writers that insert one key at the same time leave two rows."""

    table: str

    @property
    def said(self) -> str:
        return f"make {self.table}.key the primary key"

    def wanted(self, opened: Any) -> bool:
        return opened.schema.field("key").nullable or not opened.schema.field("key").metadata

    def carry_out(self, opened: Any) -> None:
        if opened.schema.field("key").nullable:
            opened.alter_columns({"path": "key", "nullable": False})
        opened.set_unenforced_primary_key("key")


@dataclass(frozen=True, slots=True)
class Migration:
    """before, after: versions of the schema. anew: rows of the table of perceivers that must see every picture again
    (ALL for every row); the others' findings keep."""

    before: int
    after: int
    name: str
    steps: tuple[Step, ...] = ()
    anew: tuple[str, ...] = ()


MIGRATIONS = (
    Migration(2, 3, "one row for each key; the third vocabulary", (Keyed("materials"), Keyed("products")), (ALL,)),
)
"""Columns of new attributes are added at every opening and need no step."""

Chain: TypeAlias = Sequence[Migration]


def due(version: int, chain: Chain = MIGRATIONS, target: int = VERSION) -> tuple[Migration, ...]:
    """The migrations from a version to today's, in order. Raises InputError where there is no way."""
    if version > target:
        what = f"the library's schema is {version}, newer than this ddm's {target}"
        raise InputError(what, mend="use the version of ddm that wrote it, or a newer one")
    found: list[Migration] = []
    while version < target:
        step = next((one for one in chain if one.before == version), None)
        if step is None:
            raise InputError(f"no migration leads from schema {version} to {target}", mend="perceive everything anew")
        found.append(step)
        version = step.after
    return tuple(found)


def anew(version: int, chain: Chain = MIGRATIONS, target: int = VERSION) -> frozenset[str]:
    """Rows that must see a record of that version again; ALL among them for every row."""
    if version > target or version < min(one.before for one in chain):
        return frozenset({ALL})
    return frozenset(name for one in due(version, chain, target) for name in one.anew)


def migrate(tables: Mapping[str, Any], migrations: Chain) -> tuple[str, ...]:
    """Carries out what is wanted of each step; returns what was done, for people."""
    done = []
    for step in (step for one in migrations for step in one.steps):
        opened = tables[step.table]
        if step.wanted(opened):
            step.carry_out(opened)
            done.append(step.said)
    return tuple(done)
