"""One attribute of many materials in memory, and the third back end of conditions: a condition -> where it holds.

Every material has a small code. Of words, sets and flags it names one of the distinct values: a comparison is run on
these, by the same closures that run on one record, and looked up by code. Of numbers it names a range: of nearly all
ranges a comparison holds as a whole or not at all, and the few numbers of the others are looked at one by one, float64
as they are recorded, so that what is true of a record is true here, to the last bit.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import reduce
from typing import Protocol, TypeAlias, cast

import numpy as np
import numpy.typing as npt

from ddm.language.conditions.evaluate import NUMBERS, holds, wraps
from ddm.language.expressions import All, Any, Condition, Not, Test
from ddm.perceive.schema import ATTRIBUTES, Value

Floats: TypeAlias = npt.NDArray[np.float64]
Codes: TypeAlias = npt.NDArray[np.uint8] | npt.NDArray[np.uint16]
Truth: TypeAlias = npt.NDArray[np.bool_]
Places: TypeAlias = npt.NDArray[np.intp] | slice
"""Which materials are asked about: their places, ascending, or a slice of all."""
ALL = slice(None)

NUMERIC = ("share", "number", "pixels", "degrees")
MOST_WORDS = 65_535
"""Distinct values of a column of codes; one with more, such as the text that was read, stays with the tables."""
MOST_RUNS = 3
"""Runs of codes compared one by one; for more, looking each code up is faster (0.1 against 0.7 ms for a million)."""
MOST_PAIRS = 1_000_000
"""Pairs of two columns' words that are compared; more stay with the tables."""


CUTS = 127
"""Numbers that have a code of their own, at equal steps of the sorted column: with the ranges between them and a code
for no number they fill a byte, and of a million numbers some 8 thousand are looked at one by one."""
SAMPLE = 65_536
"""Numbers by which the cuts are chosen, about: to sort a million would take as long as all else."""
NONE = 255
"""The code of a material without a number."""
MASKS = 4
"""Answers kept of a column of distinct values, a byte for each material: conditions on words and counts recur."""


class TooMany(Exception):
    """A column has more distinct values than are kept in memory: ask the tables."""


@dataclass(frozen=True, slots=True)
class Coded:
    """codes: (n,). masks: where they are some of the codes, of all materials; what was asked last."""

    codes: Codes
    masks: dict[bytes, Truth] = field(default_factory=dict, init=False)

    def mask(self, wanted: Truth) -> Truth:
        """Of all materials, which have one of the wanted codes; read-only."""
        key = wanted.tobytes()
        found = self.masks.pop(key, None)
        if found is None:
            found = looked_up(self.codes, wanted)
            found.flags.writeable = False
        self.masks[key] = found  # the latest last
        for old in list(self.masks)[:-MASKS]:
            self.masks.pop(old, None)
        return found

    @property
    def nbytes(self) -> int:
        return sum(part.nbytes for part in (self.codes, *list(self.masks.values()), *self._parts()))

    def _parts(self) -> tuple[Floats, ...]:
        """What else takes memory."""
        return ()


def looked_up(codes: Codes, wanted: Truth) -> Truth:
    """wanted[codes], by comparing where the wanted codes lie in a few runs."""
    ends = np.flatnonzero(np.diff(wanted, prepend=False, append=False)).reshape(-1, 2)
    if len(ends) > MOST_RUNS:
        return wanted.take(codes)
    runs = [_run(codes, start, stop, len(wanted)) for start, stop in ends.tolist()]
    return reduce(np.bitwise_or, runs) if runs else np.zeros(len(codes), np.bool_)


def _run(codes: Codes, start: int, stop: int, end: int) -> Truth:
    """Codes from start to before stop, of so many."""
    if stop == start + 1:
        return np.equal(codes, start)
    if stop == end:
        return np.greater_equal(codes, start)
    below: Truth = np.less(codes, stop)
    return below if start == 0 else below & (codes >= start)


@dataclass(frozen=True, slots=True)
class Numbers(Coded):
    """codes: uint8, of ranges, ascending; NONE where there is no number. low, high: float64 (256,), the least and the
    greatest number that each range may have; NaN for those of none. values: float64 (n,), NaN where there is none;
    None where each range is of one number."""

    low: Floats
    high: Floats
    values: Floats | None

    def _parts(self) -> tuple[Floats, ...]:
        return () if self.values is None else (self.values,)

    def at(self, places: Places) -> Floats:
        """The numbers, NaN where there is none."""
        return self.low[self.codes[places]] if self.values is None else self.values[places]

    def truth(self, test: Test, places: Places) -> Truth:
        """Where one comparison with amounts, or of whether there is a value, holds. No other holds of numbers."""
        if test.operator in ("known", "unknown"):
            known: Truth = np.not_equal(self.codes[places], NONE)
            return known if test.operator == "known" else ~known
        compare = _COMPARED.get(test.operator) if test.amounts else None
        if compare is None:
            return np.zeros(len(self.codes[places]), np.bool_)
        return self._by_codes(test, compare)[places] if isinstance(places, slice) else compare(self.at(places), test)

    def _by_codes(self, test: Test, compare: Compare) -> Truth:
        """Of all. Comparisons are monotone on either side of their amounts: within a range that has none of these,
        what holds of both ends holds of all."""
        true = compare(self.low, test)
        if self.values is None:
            return self.mask(true)
        split = [(self.low <= amount.plain) & (amount.plain <= self.high) for amount in test.amounts]
        unsure = reduce(operator.or_, split, true != compare(self.high, test)) & (self.low < self.high)
        found = looked_up(self.codes, true & ~unsure)
        if unsure.any():
            places = np.flatnonzero(looked_up(self.codes, unsure))
            found[places] = compare(self.values[places], test)
        return found


def numbers_of(values: Floats) -> Numbers:
    """values: (n,), NaN where there is none."""
    known = values[~np.isnan(values)]
    cuts = _cuts(known)
    edges = np.unique(np.concatenate([cuts, np.nextafter(cuts, np.inf)]))
    codes = np.searchsorted(edges, values, "right").astype(np.uint8)
    codes[np.isnan(values)] = NONE
    low, high = np.full((2, NONE + 1), np.nan)
    if len(known):
        having = np.flatnonzero(np.bincount(codes, minlength=NONE + 1)[:NONE])
        low[having] = np.concatenate([[known.min()], edges])[having]
        high[having] = np.concatenate([np.nextafter(edges, -np.inf), [known.max()]])[having]
    return Numbers(codes, low, high, values if (low < high).any() else None)


def _cuts(known: Floats) -> Floats:
    """All numbers where they are few, else CUTS of them at equal steps of a sample."""
    sample = np.sort(known[:: max(1, len(known) // SAMPLE)])
    few = len(np.unique(sample)) <= CUTS
    distinct = np.unique(known) if few else sample  # the few that are rare, too
    return distinct if len(distinct) <= CUTS else np.unique(sample[np.linspace(0, len(sample) - 1, CUTS).astype(int)])


_ARRAYS = cast(Mapping[str, Callable[[Floats, Floats | float], Truth]], NUMBERS)
"""Of arrays as of numbers; of what is not a number, all are false."""


def _within(values: Floats, test: Test) -> Truth:
    low, high = (values >= test.amounts[0].plain), (values <= test.amounts[1].plain)
    return low | high if wraps(test) else low & high


def _simple(sign: str) -> Compare:
    compare = _ARRAYS[sign]
    return lambda values, test: compare(values, test.amounts[0].plain)


Compare: TypeAlias = Callable[[Floats, Test], Truth]
_COMPARED: Mapping[str, Compare] = {
    **{sign: _simple(sign) for sign in NUMBERS},
    "within": _within,
}


@dataclass(frozen=True, slots=True)
class Words(Coded):
    """codes: places in `words`, the last for materials without a value. words: the distinct values, then None."""

    words: tuple[Value | None, ...]

    def truth(self, test: Test, places: Places) -> Truth:
        """Where one comparison without another name holds."""
        true = np.array([holds(test, {test.name: word}.get) for word in self.words], np.bool_)
        return self.mask(true)[places] if isinstance(places, slice) else true[self.codes[places]]


Column: TypeAlias = Numbers | Words


class Columns(Protocol):
    """A set of materials whose attributes can be asked for."""

    @property
    def size(self) -> int:
        """How many materials."""
        ...

    def column(self, name: str) -> Column:
        """Of an attribute of the vocabulary. TooMany where its values are not kept."""
        ...

    def asked(self, test: Test) -> Truth:
        """Where a comparison holds, by the tables; for what is not kept."""
        ...


def truth(condition: Condition, of: Columns, places: Places) -> Truth:
    """Where the condition holds, of the materials at the places: as `holds` says of each record."""
    match condition:
        case Test():
            return _test(condition, of, places)
        case Not():
            return ~truth(condition.part, of, places)
        case All():
            return reduce(operator.and_, [truth(part, of, places) for part in condition.parts])
        case Any():
            return reduce(operator.or_, [truth(part, of, places) for part in condition.parts])


def _test(test: Test, of: Columns, places: Places) -> Truth:
    if any(name not in ATTRIBUTES for name in test.names):
        return np.full(_count(of, places), test.operator == "unknown")
    try:
        if test.other:
            return _between(test, of.column(test.name), of.column(test.other), places)
        return of.column(test.name).truth(test, places)
    except TooMany:
        return of.asked(test)[places]


def _count(of: Columns, places: Places) -> int:
    return len(range(of.size)[places]) if isinstance(places, slice) else len(places)


def _between(test: Test, one: Column, other: Column, places: Places) -> Truth:
    """Of the values of two names: numbers in any way, words where they are the same or not."""
    if isinstance(one, Numbers) and isinstance(other, Numbers):
        compare = _ARRAYS.get(test.operator)
        return compare(one.at(places), other.at(places)) if compare else np.zeros(len(one.codes[places]), bool)
    if isinstance(one, Words) and isinstance(other, Words):
        if len(one.words) * len(other.words) > MOST_PAIRS:
            raise TooMany
        pairs = [[holds(test, {test.other: b, test.name: a}.get) for b in other.words] for a in one.words]
        found: Truth = np.array(pairs, np.bool_)[one.codes[places], other.codes[places]]
        return found
    return np.zeros(len(one.codes[places]), np.bool_)
