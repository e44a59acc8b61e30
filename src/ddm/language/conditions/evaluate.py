"""The first back end: a condition, compiled once into closures, then run on one record after another."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from typing import TypeAlias, TypeVar

from ddm.language.conditions.terms import All, Any, Condition, Lookup, Not, Test
from ddm.perceive.schema import Value

Run: TypeAlias = Callable[[Lookup], bool]
Left = TypeVar("Left")

TOLERANCE = 1e-9
"""Within this, numbers are equal: shares are written with a few decimals and stored as fractions."""
KEPT = 4096
"""Compiled conditions kept; a template has some dozens."""


def near(a: float, b: float) -> bool:
    return abs(a - b) <= TOLERANCE


def apart(a: float, b: float) -> bool:
    return abs(a - b) > TOLERANCE


def folded(text: str) -> str:
    """Without case, as the library's SQL can say it, too: lower case, and one sigma."""
    return text.lower().replace("ς", "σ")


NUMBERS: Mapping[str, Callable[[float, float], bool]] = {
    "=": near,
    "ne": apart,
    "lt": operator.lt,
    "le": operator.le,
    "gt": operator.gt,
    "ge": operator.ge,
}
TEXTS: Mapping[str, Callable[[str, tuple[str, ...]], bool]] = {
    "=": lambda value, words: value == words[0],
    "ne": lambda value, words: value != words[0],
    "has": lambda value, words: words[0] in value,
    "lacks": lambda value, words: words[0] not in value,
    "contains": lambda value, words: folded(words[0]) in folded(value),
    "among": lambda value, words: value in words,
}
SETS: Mapping[str, Callable[[frozenset[str], tuple[str, ...]], bool]] = {
    "=": lambda value, words: value == named(words[0]),
    "ne": lambda value, words: value != named(words[0]),
    "has": lambda value, words: words[0] in value,
    "lacks": lambda value, words: words[0] not in value,
    "among": lambda value, words: any(value == named(word) for word in words),
}


def named(word: str) -> frozenset[str]:
    """The set that a word stands for: 'none' is the empty one."""
    return frozenset() if word == "none" else frozenset((word,))


def compiled(condition: Condition | None) -> Run:
    """The condition as a function of a lookup; a missing condition always holds.

    Kept by identity: hashing a tree costs more than running it.
    """
    kept = _kept.get(id(condition))
    if kept is None or kept[0] is not condition:
        if len(_kept) >= KEPT:
            _kept.clear()
        kept = _kept[id(condition)] = (condition, _run(condition))
    return kept[1]


_kept: dict[int, tuple[Condition | None, Run]] = {}


def holds(condition: Condition | None, lookup: Lookup) -> bool:
    """Whether it is true of the record behind `lookup`. A name without a value makes its comparison false."""
    return compiled(condition)(lookup)


def _run(condition: Condition | None) -> Run:
    match condition:
        case None:
            return lambda lookup: True
        case Test():
            return _test(condition)
        case Not():
            part = _run(condition.part)
            return lambda lookup: not part(lookup)
        case All():
            return _until(tuple(map(_run, condition.parts)), False)
        case Any():
            return _until(tuple(map(_run, condition.parts)), True)


def _until(parts: tuple[Run, ...], answer: bool) -> Run:
    """The answer as soon as one part gives it; its opposite where none does."""

    def run(lookup: Lookup) -> bool:
        for part in parts:
            if part(lookup) == answer:
                return answer
        return not answer

    return run


def _test(test: Test) -> Run:
    name = test.name
    if test.operator == "known":
        return lambda lookup: lookup(name) is not None
    if test.operator == "unknown":
        return lambda lookup: lookup(name) is None
    if test.operator == "flag":
        return lambda lookup: lookup(name) is True
    if test.other:
        return _between_names(test)
    says = _says_number(test) if test.amounts else _says_words(test)

    def run(lookup: Lookup) -> bool:
        value = lookup(name)
        return value is not None and says(value)

    return run


_NO_NUMBERS = (str, frozenset, bool, type(None))


def _says_number(test: Test) -> Callable[[Value], bool]:
    low, compare = test.amounts[0].plain, _range(test) if test.operator == "within" else NUMBERS.get(test.operator)
    if compare is None:
        return lambda value: False
    return lambda value: not isinstance(value, _NO_NUMBERS) and compare(float(value), low)


def _range(test: Test) -> Callable[[float, float], bool]:
    high = test.amounts[1].plain
    if wraps(test):
        return lambda value, low: value >= low or value <= high
    return lambda value, low: low <= value <= high


def wraps(test: Test) -> bool:
    """Whether a range of angles runs through 0: 350deg..10deg."""
    low, high = test.amounts
    return low.plain > high.plain and "deg" in (low.unit, high.unit)


def _says_words(test: Test) -> Callable[[Value], bool]:
    words, text, words_set = test.words, TEXTS.get(test.operator), SETS.get(test.operator)

    def says(value: Value) -> bool:
        if isinstance(value, str):
            return text is not None and text(value, words)
        return isinstance(value, frozenset) and words_set is not None and words_set(value, words)

    return says


def _between_names(test: Test) -> Run:
    name, other = test.name, test.other
    text, compare = TEXTS.get(test.operator), NUMBERS.get(test.operator)

    def run(lookup: Lookup) -> bool:
        left, right = lookup(name), lookup(other)
        if isinstance(left, str) and isinstance(right, str):
            return text is not None and text(left, (right,))
        if isinstance(left, _NO_NUMBERS) or isinstance(right, _NO_NUMBERS):
            return False
        return compare is not None and compare(float(left), float(right))

    return run
