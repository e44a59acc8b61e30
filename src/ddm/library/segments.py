"""Some rows of a table in memory: their columns, who fits a condition among them, and the best of those that do."""

from __future__ import annotations

import threading
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from ddm.language.expressions import Condition, Test
from ddm.library.candidates import Wish, ranked
from ddm.library.columns import Column, Floats, Numbers, TooMany, Truth, truth
from ddm.library.filters import filter_of
from ddm.library.loading import column_of, embeddings_of
from ddm.library.pinned import Pinned, RowIds, among, ids_of
from ddm.library.records import column

DENSE = 8
"""Materials are looked at by their places as soon as fewer than one in so many is left; before, all at once."""
SAMPLE = 4096
"""Materials scored first, so that most others need not be: the best of them bound what the best of all must reach."""
SLACK = 1e-9
"""Sums in another order differ by less, of weights up to a million."""

Found = npt.NDArray[np.intp]


class Nearest(Protocol):
    """Embeddings of a segment's materials in memory, exact or nearly."""

    @property
    def nbytes(self) -> int: ...
    def nearest(self, embedding: npt.NDArray[np.float32], fitting: Found, number: int) -> Found:
        """So many of the fitting places, the nearest or nearly; in no order."""
        ...


class Loaded:
    """Rows by their ids, ascending, and what was read of them so far. Safe to use from several threads."""

    def __init__(self, rows: RowIds) -> None:
        self.rows = rows
        self._lock, self._making = threading.Lock(), threading.Lock()
        self._columns: dict[str, Column | None] = {}
        self._owners: Owners | None = None
        self._order: npt.NDArray[np.uint32] | None = None
        self._vectors: Nearest | None = None

    def column(self, name: str, reader: Reader) -> Column:
        with self._lock:
            if name not in self._columns:
                try:
                    self._columns[name] = column_of(name, reader.read([column(name)])[column(name)])
                except TooMany:
                    self._columns[name] = None
            found = self._columns[name]
        if found is None:
            raise TooMany
        return found

    def owners(self, reader: Reader) -> Owners:
        with self._lock:
            if self._owners is None:
                self._owners = owners_of(reader.read(["product"])["product"])
            return self._owners

    def order(self, reader: Reader) -> npt.NDArray[np.uint32]:
        """Places by id and key."""
        with self._lock:
            if self._order is None:
                keys = [("id", "ascending"), ("key", "ascending")]
                self._order = pc.sort_indices(reader.read(["id", "key"]), keys).to_numpy().astype(np.uint32)
            return self._order

    def vectors(self, make: Callable[[], Nearest]) -> Nearest:
        """What `make` gave when it was first asked for."""
        with self._making:  # of a million it takes minutes, in which conditions are answered
            self._vectors = self._vectors or make()
            return self._vectors

    @property
    def nbytes(self) -> int:
        """Of all that was read."""
        with self._lock:
            parts = (*self._columns.values(), self._owners, self._order, self._vectors)
            return self.rows.nbytes + sum(part.nbytes for part in parts if part is not None)


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


@dataclass(frozen=True, slots=True)
class Owners:
    """Which product brought what. names: ascending. places: of the first one's materials, then of the second's ...;
    starts: where each begins in it, and the end."""

    names: pa.Array
    places: npt.NDArray[np.uint32]
    starts: npt.NDArray[np.uint32]

    def of(self, product: str) -> Found:
        """Ascending; none for a product that is not there."""
        at = bisect_left(range(len(self.names)), product, key=lambda place: self.names[place].as_py())
        if at == len(self.names) or self.names[at].as_py() != product:
            return np.zeros(0, np.intp)
        return self.places[self.starts[at] : self.starts[at + 1]].astype(np.intp)

    @property
    def nbytes(self) -> int:
        return int(self.names.nbytes) + self.places.nbytes + self.starts.nbytes


def owners_of(products: pa.ChunkedArray) -> Owners:
    encoded = pc.fill_null(products, "").combine_chunks().dictionary_encode()
    order = pc.sort_indices(encoded.dictionary)
    rank = np.empty(len(order), np.uint32)
    rank[order.to_numpy()] = np.arange(len(order), dtype=np.uint32)
    ranks = rank[encoded.indices.to_numpy()]
    places = np.argsort(ranks, kind="stable").astype(np.uint32)
    starts = np.concatenate([[0], np.cumsum(np.bincount(ranks, minlength=len(order)))]).astype(np.uint32)
    return Owners(encoded.dictionary.take(order), places, starts)


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

    def sift(self, role: str, product: str | None, parts: Sequence[Condition]) -> tuple[list[int], Found]:
        """How many are left of the pool and then after each part; and the places of those left, ascending."""
        sieve = Sieve(self, self.alive) if product is None else Sieve(self, None, self.of_product(product))
        if role:
            sieve.narrow(Test("role", "=", words=(role,)))
        left = [sieve.count]
        for part in parts:
            sieve.narrow(part)
            left.append(sieve.count)
        return left, sieve.found()

    def best(self, fitting: Found, order: Sequence[Wish], limit: int) -> tuple[Found, Floats]:
        """The best `limit` of some places by the sum of the wishes, ties by id, and their scores."""
        if limit == 0 or not len(fitting):
            return fitting[:0], np.zeros(0)
        if not order:
            first = self._first(fitting, min(limit, len(fitting)))
            return first, np.zeros(len(first))
        places, scores = self._promising(fitting, order, limit)
        if len(places) <= limit:
            return places, scores
        least = np.partition(scores, len(scores) - limit)[len(scores) - limit]
        above, level = scores > least, scores == least
        room = limit - int(np.count_nonzero(above))
        chosen = np.concatenate([places[above], self._first(places[level], room)])
        return chosen, np.concatenate([scores[above], np.full(room, least)])

    def _promising(self, fitting: Found, order: Sequence[Wish], limit: int) -> tuple[Found, Floats]:
        """Places that may be among the best, and their scores: after each wish those are dropped that, with all that
        is left to be wished for, cannot reach what the best of a sample have."""
        floor = -np.inf
        if len(fitting) > SAMPLE + limit and order:
            _, sampled = self._promising(fitting[:: len(fitting) // SAMPLE], order, len(fitting))
            floor = np.partition(sampled, len(sampled) - limit)[len(sampled) - limit] if limit < len(sampled) else floor
        places, scores, left = fitting, np.zeros(len(fitting)), sum(map(self._most, order))
        for wish in order:
            wanted, rising, weight = wish
            scores = scores + weight * self._met(wanted, rising, places)
            left -= self._most(wish)
            if floor > -np.inf:
                kept = np.flatnonzero(scores + left >= floor - SLACK)
                places, scores = places[kept], scores[kept]
        return places, scores

    def _met(self, wanted: str | Condition, rising: bool, places: Found) -> Floats:
        """How far each meets a wish, 0..1; 0 where there is no value."""
        if not isinstance(wanted, str):
            return truth(wanted, self, places).astype(np.float64)
        return _share(wanted, rising, self._numbers(wanted).values[places])

    def _most(self, wish: Wish) -> float:
        """What a wish can add to a sum."""
        wanted, rising, weight = wish
        if not isinstance(wanted, str):
            return weight
        return weight * float(max(0.0, *_share(wanted, rising, np.array(self._numbers(wanted).extent))))

    def _numbers(self, name: str) -> Numbers:
        ranked(name)
        found = self.column(name)
        assert isinstance(found, Numbers)  # what can be ranked is
        return found

    def _first(self, places: Found, number: int) -> Found:
        """So many of the places, the first by id."""
        member = np.zeros(self.size, np.bool_)
        member[places] = True
        order, stop, found = self.loaded.order(self._reader), number, places[:0]
        while len(found) < number:
            stop *= 4
            found = order[:stop][member[order[:stop]]].astype(np.intp)
        return found[:number]


def _share(name: str, rising: bool, values: Floats) -> Floats:
    row = ranked(name)
    share = (values - row.low) / (row.high - row.low)
    share = 1.0 - share if rising else share
    share[np.isnan(share)] = 0.0
    return share


class Sieve:
    """What is left of a segment, narrowed part by part: a mask of all while much is left, then places."""

    def __init__(self, segment: Segment, mask: Truth | None, places: Found | None = None) -> None:
        self._segment, self._mask, self._places = segment, mask, places
        every = segment.size if mask is None else int(np.count_nonzero(mask))
        self.count = every if places is None else len(places)

    def narrow(self, part: Condition) -> None:
        if self._places is not None:
            self._places = self._places[truth(part, self._segment, self._places)]
            self.count = len(self._places)
            return
        found = truth(part, self._segment, slice(None))
        self._mask = found if self._mask is None else self._mask & found
        self.count = int(np.count_nonzero(self._mask))
        if self.count * DENSE < self._segment.size:
            self._places = np.flatnonzero(self._mask)

    def found(self) -> Found:
        if self._places is not None:
            return self._places
        return np.arange(self._segment.size) if self._mask is None else np.flatnonzero(self._mask)
