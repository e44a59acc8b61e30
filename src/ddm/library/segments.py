"""Some rows of a table in memory: their columns, and who fits a condition among them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Protocol, TypeVar, cast

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from ddm.language.expressions import Condition, Test
from ddm.library.columns import Column, TooMany, Truth
from ddm.library.filters import filter_of
from ddm.library.kept import ROWS, Arrays, shelf_of
from ddm.library.loading import arrays_of, column_from, column_of, embeddings_of
from ddm.library.orders import Digests, Order, Owners, digests_of, order_of, owners_from, owners_of
from ddm.library.pinned import FEW, Pinned, RowIds, among, ids_of
from ddm.library.records import column
from ddm.library.sieve import Found, Sieve

OWNERS, ORDER, DIGESTS = "by product", "by id", "digests"
"""Parts that are kept besides columns."""


class Part(Protocol):
    """arrays: as it is kept on disk."""

    @property
    def arrays(self) -> Arrays: ...
    @property
    def nbytes(self) -> int: ...


P = TypeVar("P", bound=Part)


class Nearest(Protocol):
    """Embeddings of a segment's materials in memory, exact or nearly."""

    @property
    def nbytes(self) -> int: ...
    def nearest(self, embedding: npt.NDArray[np.float32], left: Sieve, number: int) -> Found:
        """Places of so many of those left, the nearest or nearly; in no order."""
        ...


class Loaded:
    """Rows by their ids, ascending, and what was read of them so far. Safe to use from several threads."""

    def __init__(self, rows: RowIds, together: Sequence[str] = (), folder: Path | None = None) -> None:
        """together: attributes that will be asked for, of a few rows read at once. folder: where parts of many rows
        are kept."""
        self.rows, self._together = rows, together if len(rows) <= FEW else ()
        self._shelf = shelf_of(folder, rows)
        self._lock, self._making = threading.Lock(), threading.Lock()
        self._columns: dict[str, Column | None] = {}
        self._parts: dict[str, Part] = {}
        self._vectors: Nearest | None = None

    def column(self, name: str, reader: Reader) -> Column:
        with self._lock:
            if name not in self._columns:
                self._load({name, *self._together}, reader)
                self._together = ()
            found = self._columns[name]
        if found is None:
            raise TooMany
        return found

    def _load(self, names: Collection[str], reader: Reader) -> None:
        kept = {name: found for name in names if (found := self.kept(column(name))) is not None}
        self._columns |= {name: column_from(found) for name, found in kept.items()}
        lacking = [name for name in names if name not in kept]
        stored = reader.read([column(name) for name in lacking]) if lacking else {}
        for name in lacking:
            self._columns[name] = _column_or_none(name, stored[column(name)])
            self.keep(column(name), arrays_of(self._columns[name]))

    def kept(self, part: str) -> Arrays | None:
        """What was made of these rows before, by whichever process of this machine."""
        return self._shelf.get(part) if self._shelf else None

    def keep(self, part: str, arrays: Arrays) -> None:
        if self._shelf:
            if not (self._shelf.folder / ROWS).is_dir():
                self._shelf.put(ROWS, {ROWS: self.rows})
            self._shelf.put(part, arrays)

    @property
    def names(self) -> tuple[str, ...]:
        """Attributes asked for so far."""
        return tuple(self._columns)

    def owners(self, reader: Reader) -> Owners:
        return self._made(OWNERS, owners_from, lambda: owners_of(reader.read(["product"])["product"]))

    def order(self, reader: Reader) -> Order:
        return self._made(ORDER, lambda kept: Order(**kept), lambda: order_of(reader.read(["id", "key"])))

    @property
    def ordered(self) -> bool:
        """Whether `order` was asked for."""
        return ORDER in self._parts

    def digests(self, reader: Reader) -> Digests:
        return self._made(DIGESTS, lambda kept: Digests(**kept), lambda: digests_of(reader.read(["digest"])["digest"]))

    def _made(self, name: str, kept: Callable[[Arrays], P], make: Callable[[], P]) -> P:
        """From disk where it was made before."""
        with self._lock:
            if name not in self._parts:
                found = self.kept(name)
                part = self._parts[name] = make() if found is None else kept(found)
                if found is None:
                    self.keep(name, part.arrays)
            return cast(P, self._parts[name])

    def vectors(self, make: Callable[[], Nearest]) -> Nearest:
        """What `make` gave when it was first asked for."""
        with self._making:  # of a million it takes minutes, in which conditions are answered
            self._vectors = self._vectors or make()
            return self._vectors

    @property
    def nbytes(self) -> int:
        """Of all that was read."""
        with self._lock:
            parts = (*self._columns.values(), *self._parts.values(), self._vectors)
            return self.rows.nbytes + sum(part.nbytes for part in parts if part is not None)


def _column_or_none(name: str, stored: pa.ChunkedArray) -> Column | None:
    """None for too many words."""
    try:
        return column_of(name, stored)
    except TooMany:
        return None


@dataclass(frozen=True, slots=True)
class Reader:
    """Rows of a table, some of which may be gone from it."""

    pinned: Pinned
    rows: RowIds
    alive: Truth | None

    def read(self, columns: Sequence[str]) -> pa.Table:
        """One row for each; null where it is gone."""
        if self.alive is None:
            return self.pinned.read(self.rows, columns)
        places = np.cumsum(self.alive) - 1
        return self.pinned.read(self.rows[self.alive], columns).take(pa.array(places, mask=~self.alive))


@dataclass(frozen=True)
class Segment:
    """Loaded rows as they are at one version. alive: which of them still are there; None for all."""

    loaded: Loaded
    pinned: Pinned
    alive: Truth | None = None

    @property
    def size(self) -> int:
        return len(self.loaded.rows)

    @cached_property
    def count(self) -> int:
        """Of those that are there."""
        return self.size if self.alive is None else int(np.count_nonzero(self.alive))

    @property
    def lively(self) -> bool:
        """Most are there."""
        return 2 * self.count > self.size

    @cached_property
    def live(self) -> RowIds:
        return self.loaded.rows if self.alive is None else self.loaded.rows[self.alive]

    @cached_property
    def _reader(self) -> Reader:
        return Reader(self.pinned, self.loaded.rows, self.alive)

    def column(self, name: str) -> Column:
        return self.loaded.column(name, self._reader)

    def asked(self, test: Test) -> Truth:
        return among(self.loaded.rows, np.sort(self.pinned.rows_where(filter_of(test))))

    def at(self, pinned: Pinned, ids: RowIds) -> Segment:
        """The same at another version, of which these are all row ids, ascending."""
        alive = among(self.loaded.rows, ids)
        return Segment(self.loaded, pinned, None if alive.all() else alive)

    def without(self, ids: pa.Array, pinned: Pinned) -> Segment:
        """The same at another version, at which materials of these ids lie elsewhere."""
        places = self.loaded.order(self._reader).of(ids)
        still = ids_of(pinned.still(self.loaded.rows[places], ["id"]))
        gone = places[~among(self.loaded.rows[places], np.sort(still))]
        alive = np.ones(self.size, np.bool_) if self.alive is None else self.alive.copy()
        alive[gone] = False
        return Segment(self.loaded, pinned, alive)

    @property
    def digests(self) -> Digests:
        return self.loaded.digests(self._reader)

    def of_product(self, product: str) -> Found:
        places = self.loaded.owners(self._reader).of(product)
        return places if self.alive is None else places[self.alive[places]]

    def embeddings(self, places: Found) -> Iterator[tuple[Found, npt.NDArray[np.float32]]]:
        """Of these materials, ascending, those that are there and have one, some thousands at a time."""
        rows = self.loaded.rows[places if self.alive is None else places[self.alive[places]]]
        for part in self.pinned.stream(rows, ["embedding"]):
            having, embeddings = embeddings_of(part["embedding"])
            if len(having):
                yield np.searchsorted(self.loaded.rows, ids_of(part)[having]), embeddings

    def sift(self, role: str, product: str | None, parts: Sequence[Condition]) -> tuple[list[int], Sieve]:
        """How many are left of the pool and then after each part; and who is left."""
        sieve = Sieve(self, self.alive) if product is None else Sieve(self, None, self.of_product(product))
        if role:
            sieve.narrow(Test("role", "=", words=(role,)))
        left = [sieve.count]
        for part in parts:
            sieve.narrow(part)
            left.append(sieve.count)
        return left, sieve

    def first(self, left: Sieve, number: int) -> Found:
        """So many of those left, the first by id; in any order."""
        if number >= left.count:
            return left.places()
        order, stop, found = self.loaded.order(self._reader).places, number, np.zeros(0, np.intp)
        member = left.members()
        while len(found) < number:
            stop *= 4
            found = order[:stop][member[order[:stop]]].astype(np.intp)
        return found[:number]
