"""Which numbers satisfy comparisons with numbers: unions of intervals, wide enough that none is missed."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from ddm.language.conditions.evaluate import TOLERANCE, wraps
from ddm.language.conditions.terms import Test


class Interval(NamedTuple):
    """From low to high; an open end is not part of it."""

    low: float = -math.inf
    high: float = math.inf
    open_low: bool = False
    open_high: bool = False

    @property
    def empty(self) -> bool:
        return self.low > self.high or (self.low == self.high and (self.open_low or self.open_high))


Numbers: TypeAlias = tuple[Interval, ...]

_OUTER, _INNER = 2 * TOLERANCE, TOLERANCE / 2
"""`=` taken too widely and `ne` too narrowly, so that rounding never makes a conflict of none."""

_TRUE: Mapping[str, Callable[[float], Numbers]] = {
    "=": lambda v: (Interval(v - _OUTER, v + _OUTER),),
    "ne": lambda v: (Interval(high=v - _INNER, open_high=True), Interval(low=v + _INNER, open_low=True)),
    "lt": lambda v: (Interval(high=v, open_high=True),),
    "le": lambda v: (Interval(high=v),),
    "gt": lambda v: (Interval(low=v, open_low=True),),
    "ge": lambda v: (Interval(low=v),),
}
_OPPOSITE = {"=": "ne", "ne": "=", "lt": "ge", "le": "gt", "gt": "le", "ge": "lt"}


def numbers_of(test: Test, truth: bool) -> Numbers:
    """Where a comparison with amounts is true, or where it is false."""
    low, high = test.amounts[0].plain, test.amounts[-1].plain
    if test.operator != "within":
        return _TRUE[test.operator if truth else _OPPOSITE[test.operator]](low)
    if wraps(test):
        return _TRUE["ge"](low) + _TRUE["le"](high) if truth else (Interval(high, low, True, True),)
    return (Interval(low, high),) if truth else _TRUE["lt"](low) + _TRUE["gt"](high)


def common(sets: Sequence[Numbers]) -> Numbers:
    """What lies in all of them."""
    found: Numbers = (Interval(),)
    for numbers in sets:
        found = tuple(both for a in found for b in numbers if not (both := _both(a, b)).empty)
    return found


def _both(a: Interval, b: Interval) -> Interval:
    low, high = max(a.low, b.low), min(a.high, b.high)
    return Interval(
        low,
        high,
        any(i.open_low for i in (a, b) if i.low == low),
        any(i.open_high for i in (a, b) if i.high == high),
    )
