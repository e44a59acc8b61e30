"""One attribute of many materials in memory, and the third back end of conditions: a condition -> where it holds.

Numbers lie as they are recorded, float64, so that what is true of a record is true here, to the last bit. All else is
a dictionary of its distinct values and a small code for each material: a comparison is run on the dictionary, by the
same closures that run on one record, and looked up by code.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
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

NUMERIC = ("share", "number", "pixels", "degrees")
MOST_WORDS = 65_535
"""Distinct values of a column of codes; one with more, such as the text that was read, stays with the tables."""
MOST_RUNS = 3
"""Runs of codes compared one by one; for more, looking each code up is faster (0.1 against 0.7 ms for a million)."""
MOST_PAIRS = 1_000_000
"""Pairs of two columns' words that are compared; more stay with the tables."""


class TooMany(Exception):
    """A column has more distinct values than are kept in memory: ask the tables."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """values: float64 (n,), NaN where there is none. extent: the least and the greatest; NaN where there is none."""

    values: Floats
    extent: tuple[float, float]

    @property
    def nbytes(self) -> int:
        return self.values.nbytes

    def truth(self, test: Test, places: Places) -> Truth:
        """Where one comparison with amounts, or of whether there is a value, holds. No other holds of numbers."""
        values = self.values[places]
        if test.operator in ("known", "unknown"):
            return ~np.isnan(values) if test.operator == "known" else np.isnan(values)
        compare = _COMPARED.get(test.operator) if test.amounts else None
        return np.zeros(len(values), np.bool_) if compare is None else compare(values, test)


_ARRAYS = cast(Mapping[str, Callable[[Floats, Floats | float], Truth]], NUMBERS)
"""Of arrays as of numbers; of what is not a number, all are false."""


def _within(values: Floats, test: Test) -> Truth:
    low, high = (values >= test.amounts[0].plain), (values <= test.amounts[1].plain)
    return low | high if wraps(test) else low & high


def _simple(sign: str) -> Callable[[Floats, Test], Truth]:
    compare = _ARRAYS[sign]
    return lambda values, test: compare(values, test.amounts[0].plain)


_COMPARED: Mapping[str, Callable[[Floats, Test], Truth]] = {
    **{sign: _simple(sign) for sign in NUMBERS},
    "within": _within,
}


@dataclass(frozen=True, slots=True)
class Words:
    """codes: (n,) places in `words`, the last for materials without a value. words: the distinct values, then None."""

    codes: Codes
    words: tuple[Value | None, ...]

    @property
    def nbytes(self) -> int:
        return self.codes.nbytes

    def truth(self, test: Test, places: Places) -> Truth:
        """Where one comparison without another name holds."""
        true = np.array([holds(test, {test.name: word}.get) for word in self.words], np.bool_)
        return _looked_up(self.codes[places], true)


def _looked_up(codes: Codes, true: Truth) -> Truth:
    """true[codes], by comparing where the true codes lie in a few runs."""
    ends = np.flatnonzero(np.diff(true, prepend=False, append=False)).reshape(-1, 2)
    if len(ends) > MOST_RUNS:
        return true.take(codes)
    found = np.zeros(len(codes), np.bool_)
    for start, stop in ends:
        found |= (codes >= start) & (codes < stop)
    return found


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
        return compare(one.values[places], other.values[places]) if compare else np.zeros(len(one.values[places]), bool)
    if isinstance(one, Words) and isinstance(other, Words):
        if len(one.words) * len(other.words) > MOST_PAIRS:
            raise TooMany
        pairs = [[holds(test, {test.other: b, test.name: a}.get) for b in other.words] for a in one.words]
        found: Truth = np.array(pairs, np.bool_)[one.codes[places], other.codes[places]]
        return found
    first = one if isinstance(one, Numbers) else other
    codes = first.values if isinstance(first, Numbers) else first.codes
    return np.zeros(len(codes[places]), np.bool_)
