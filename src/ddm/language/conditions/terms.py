"""What a condition is made of: comparisons, joined by all, any and not; each prints as it is written."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias

from ddm.language.lengths import plain
from ddm.perceive.schema import Value

KEYWORDS = ("and", "or", "not", "in", "is", "ne", "lt", "le", "gt", "ge", "has", "lacks", "contains")
NAME = rf"(?!({'|'.join(KEYWORDS)})(?![\w-]))[a-zA-Z][\w-]*(\.[a-zA-Z][\w-]*)*"

ORDERED = ("lt", "le", "gt", "ge")
EQUAL = ("=", "ne")
WORDY = ("has", "lacks", "contains")
COMPARING = (*EQUAL, *ORDERED)
"""Operators that may stand between two names."""


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with the unit it was written in ('' for none)."""

    value: float
    unit: str = ""

    @property
    def plain(self) -> float:
        """The value that records hold: 12 % is 0.12."""
        return self.value / 100 if self.unit == "%" else self.value

    def __str__(self) -> str:
        return plain(self.value) + self.unit


@dataclass(frozen=True, slots=True)
class Test:
    """One comparison of one name: with `amounts`, with `words`, or with the value of an `other` name.

    operator: as written, or 'flag' (the name alone), 'within' (a range), 'among' (a set), 'known', 'unknown'.
    at: its first column in the text, from 1; 0 where there is no text.
    """

    name: str
    operator: str
    amounts: tuple[Amount, ...] = ()
    words: tuple[str, ...] = ()
    other: str = ""
    at: int = field(default=0, compare=False, repr=False)

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name, self.other) if self.other else (self.name,)

    def __str__(self) -> str:
        match self.operator:
            case "flag":
                return self.name
            case "known" | "unknown":
                return f"{self.name} is {self.operator}"
            case "within":
                return f"{self.name} in {self.amounts[0]}..{self.amounts[1]}"
            case "among":
                return f"{self.name} in {{{', '.join(map(_written, self.words))}}}"
        return f"{self.name} {self.operator} {self._right()}"

    def _right(self) -> str:
        if self.other:
            return _bare_as_name(self.other, self.operator)
        return str(self.amounts[0]) if self.amounts else _written(self.words[0], self.operator)


@dataclass(frozen=True, slots=True)
class All:
    parts: tuple[Condition, ...]

    def __str__(self) -> str:
        return " and ".join(map(_inner, self.parts))


@dataclass(frozen=True, slots=True)
class Any:
    parts: tuple[Condition, ...]

    def __str__(self) -> str:
        return " or ".join(f"({part})" if isinstance(part, Any) else str(part) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Not:
    part: Condition

    def __str__(self) -> str:
        return f"not {_inner(self.part)}"


Condition: TypeAlias = Test | All | Any | Not
Lookup: TypeAlias = Callable[[str], Value | None]


def _inner(part: Condition) -> str:
    return f"({part})" if isinstance(part, (All, Any)) else str(part)


def means_name(word: str, operator: str) -> bool:
    """Whether a bare word to the right of an operator is the name of another attribute.

    Always after lt, le, gt and ge, since words have no order; after = and ne where it has a dot.
    """
    return operator in ORDERED or (operator in EQUAL and "." in word)


def _written(word: str, operator: str = "in") -> str:
    bare = re.fullmatch(NAME, word) and not means_name(word, operator)
    return word if bare else "'" + word.replace("'", "''") + "'"


def _bare_as_name(name: str, operator: str) -> str:
    if not means_name(name, operator):
        raise ValueError(f"'{name}' after {operator} would be read as a word")
    return name


def conjuncts(condition: Condition | None) -> tuple[Condition, ...]:
    """The parts that must all hold, so that each can be counted on its own."""
    if condition is None:
        return ()
    if isinstance(condition, All):
        return tuple(part for inner in condition.parts for part in conjuncts(inner))
    return (condition,)


def tests(condition: Condition) -> tuple[Test, ...]:
    """Every comparison in it, left to right."""
    if isinstance(condition, Test):
        return (condition,)
    parts = (condition.part,) if isinstance(condition, Not) else condition.parts
    return tuple(test for part in parts for test in tests(part))


def settled(condition: Condition, truth: bool = True) -> Condition:
    """The same condition (or its opposite, for truth False) with `not` before comparisons only, and nothing nested
    that need not be. Every comparison is true or false, so the laws of De Morgan hold as they stand."""
    match condition:
        case Test():
            return condition if truth else Not(condition)
        case Not():
            return settled(condition.part, not truth)
        case All() | Any():
            kind = All if isinstance(condition, All) == truth else Any
            parts = [settled(part, truth) for part in condition.parts]
            return kind(tuple(p for part in parts for p in (part.parts if isinstance(part, kind) else (part,))))
