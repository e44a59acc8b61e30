"""Conditions: a small typed language over attributes, parsed once, evaluated on one record.

scene.kind = lifestyle and text.area le 1% and subject.area in 10%..45% and not subject.cut has left
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias, cast

from lark import Lark, Token, Transformer, UnexpectedInput

from ddm.errors import InputError
from ddm.language.lengths import plain
from ddm.perceive.schema import Attribute, Value

NAME = r"(?!(and|or|not|in|ne|lt|le|gt|ge|has|lacks)(?![\w-]))[a-zA-Z][\w-]*(\.[a-zA-Z][\w-]*)*"
GRAMMAR = rf"""
?start: either
?either: both ("or" both)*
?both: negated ("and" negated)*
?negated: "not" negated -> negation | "(" either ")" | condition
condition: NAME "in" amount ".." amount -> within
         | NAME "in" "{{" word ("," word)* "}}" -> among
         | NAME OPERATOR amount -> compare
         | NAME OPERATOR word -> compare_word
         | NAME -> flag
amount: NUMBER UNIT?
word: STRING | NAME
OPERATOR: "=" | "ne" | "lt" | "le" | "gt" | "ge" | "has" | "lacks"
UNIT: "%" | "px" | "deg"
NUMBER: /-?\d+(\.\d+)?/
STRING: /'[^']*'/
NAME: /{NAME}/
%ignore /\s+/
"""

MAX_LENGTH = 2_000  # longer conditions are not written by people
MAX_NESTING = 60  # brackets and nots; bounds every walk over a condition


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
    """One comparison of one name. `amounts` holds the numbers, `words` the words it is compared with."""

    name: str
    operator: str
    amounts: tuple[Amount, ...] = ()
    words: tuple[str, ...] = ()

    def __str__(self) -> str:
        if self.operator == "flag":
            return self.name
        if self.operator == "within":
            return f"{self.name} in {self.amounts[0]}..{self.amounts[1]}"
        if self.operator == "among":
            return f"{self.name} in {{{', '.join(map(_written, self.words))}}}"
        return f"{self.name} {self.operator} {self.amounts[0] if self.amounts else _written(self.words[0])}"


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


def _written(word: str) -> str:
    return word if re.fullmatch(NAME, word) else f"'{word}'"


class _Build(Transformer[Token, Condition]):
    def either(self, parts: list[Condition]) -> Any:
        return Any(tuple(parts))

    def both(self, parts: list[Condition]) -> All:
        return All(tuple(parts))

    def negation(self, parts: list[Condition]) -> Not:
        return Not(parts[0])

    def amount(self, parts: list[Token]) -> Amount:
        return Amount(float(parts[0]), str(parts[1]) if len(parts) > 1 else "")

    def word(self, parts: list[Token]) -> str:
        return str(parts[0]).strip("'")

    def within(self, parts: list[object]) -> Test:
        return Test(str(parts[0]), "within", cast("tuple[Amount, ...]", tuple(parts[1:])))

    def among(self, parts: list[object]) -> Test:
        return Test(str(parts[0]), "among", words=cast("tuple[str, ...]", tuple(parts[1:])))

    def compare(self, parts: list[object]) -> Test:
        return Test(str(parts[0]), str(parts[1]), (cast(Amount, parts[2]),))

    def compare_word(self, parts: list[object]) -> Test:
        return Test(str(parts[0]), str(parts[1]), words=(cast(str, parts[2]),))

    def flag(self, parts: list[Token]) -> Test:
        return Test(str(parts[0]), "flag")


_PARSER = Lark(GRAMMAR, parser="lalr", transformer=_Build())


def parse(text: str, where: str = "") -> Condition:
    """The condition that `text` says. InputError with the column inside the text where it cannot be read."""
    if len(text) > MAX_LENGTH:
        raise InputError(f"condition longer than {MAX_LENGTH} characters", where)
    if text.count("(") + len(re.findall(r"\bnot\b", text)) > MAX_NESTING:
        raise InputError(f"condition with more than {MAX_NESTING} brackets and nots", where, "say it more simply")
    try:
        return cast(Condition, cast(object, _PARSER.parse(text)))
    except UnexpectedInput as error:
        at_end = getattr(getattr(error, "token", None), "type", "") == "$END"  # Lark names the token before the end
        column = len(text) + 1 if at_end else error.column
        raise InputError(
            f"cannot read the condition '{text}' at its column {column}",
            where,
            "such as: subject.area in 10%..45% and scene.kind = studio",
        ) from None


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


_NUMERIC: Mapping[str, Callable[[float, float], bool]] = {
    "=": lambda a, b: abs(a - b) <= 1e-9,
    "ne": lambda a, b: abs(a - b) > 1e-9,
    "lt": lambda a, b: a < b,
    "le": lambda a, b: a <= b,
    "gt": lambda a, b: a > b,
    "ge": lambda a, b: a >= b,
}


def _as_set(value: Value) -> frozenset[str]:
    return value if isinstance(value, frozenset) else frozenset({str(value)})


def _wanted(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset() if words == ("none",) else frozenset(words)


_WORDY: Mapping[str, Callable[[Value, tuple[str, ...]], bool]] = {
    "=": lambda value, words: _as_set(value) == _wanted(words) or str(value) == words[0],
    "ne": lambda value, words: not (_as_set(value) == _wanted(words) or str(value) == words[0]),
    "has": lambda value, words: words[0] in (value if isinstance(value, (frozenset, str)) else ()),
    "lacks": lambda value, words: words[0] not in (value if isinstance(value, (frozenset, str)) else ()),
    "among": lambda value, words: str(value) in words,
}


def _holds(test: Test, value: Value | None) -> bool:
    if value is None:
        return False
    if test.operator == "flag":
        return bool(value)
    if test.words:
        return _WORDY[test.operator](value, test.words) if test.operator in _WORDY else False
    if isinstance(value, (str, frozenset)):
        return False
    if test.operator == "within":
        return test.amounts[0].plain <= value <= test.amounts[1].plain
    return test.operator in _NUMERIC and _NUMERIC[test.operator](float(value), test.amounts[0].plain)


def holds(condition: Condition | None, lookup: Lookup) -> bool:
    """Whether it is true of the record behind `lookup`. A name without a value makes its comparison false."""
    match condition:
        case None:
            return True
        case Test():
            return _holds(condition, lookup(condition.name))
        case All():
            return all(holds(part, lookup) for part in condition.parts)
        case Any():
            return any(holds(part, lookup) for part in condition.parts)
        case Not():
            return not holds(condition.part, lookup)


_UNITS = {"share": ("%", ""), "pixels": ("px", ""), "degrees": ("deg", ""), "number": ("",)}


def mistyped(test: Test, attribute: Attribute) -> str | None:
    """What is wrong with comparing this attribute so, or None. Says what would be right."""
    numeric = attribute.kind in _UNITS
    if test.operator == "flag":
        return None if attribute.kind == "flag" else f"{attribute.name} is not yes or no; compare it with a value"
    if numeric and test.words:
        return f"{attribute.name} is a {attribute.kind}; compare it with a number, not '{test.words[0]}'"
    if not numeric and test.amounts:
        return f"{attribute.name} is a {attribute.kind}; compare it with a word, not {test.amounts[0]}"
    if test.operator not in ((*_NUMERIC, "within") if numeric else _WORDY):
        return f"{attribute.name} is a {attribute.kind}; '{test.operator}' never holds of it"
    for amount in test.amounts:
        if amount.unit not in _UNITS[attribute.kind]:
            return f"{attribute.name} is in {_UNITS[attribute.kind][0] or 'plain numbers'}, not in {amount.unit}"
        if not attribute.low <= amount.plain <= attribute.high:
            return f"{amount} is outside the range of {attribute.name} ({attribute.low:g} to {attribute.high:g})"
    if test.operator == "within" and test.amounts[0].plain > test.amounts[1].plain:
        return f"nothing lies between {test.amounts[0]} and {test.amounts[1]}; the smaller comes first"
    known = (*attribute.choices, "none") if attribute.kind == "words" else attribute.choices
    unknown = [w for w in test.words if known and w not in known]
    return f"{attribute.name} is one of {', '.join(attribute.choices)}; not '{unknown[0]}'" if unknown else None
