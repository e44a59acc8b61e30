"""Whether a condition can hold at all, and whether it can fail: said before any record is seen.

The condition is spread out into ways to hold (its disjunctive normal form). Each way asks several things of each
name; numbers are reasoned about by intervals, everything else by trying the values there are. What is called
contradictory is; some contradictions are missed.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from ddm.language.conditions.evaluate import folded, holds
from ddm.language.conditions.intervals import Interval, common, numbers_of
from ddm.language.conditions.kinds import UNITS, mistyped
from ddm.language.conditions.terms import All, Condition, Not, Test, conjuncts, settled, tests
from ddm.perceive.schema import Attribute, Value

Find: TypeAlias = Callable[[str], Attribute | None]
"""The vocabulary: the attribute behind a name, such as `ATTRIBUTES.get`."""

MAX_WAYS = 128
"""Ways to hold that are looked at; a condition with more is not judged. Bounds the time for any condition."""
MAX_CHOICES = 6
"""Choices of a set whose 2^n subsets are tried."""
PARTS = ("has", "lacks", "contains")
DENIES = {"ne": "=", "ge": "lt", "gt": "le", "lacks": "has", "unknown": "known"}
"""Operators that are never true together with another one."""
MAX_PAIRED = 24
"""Comparisons of one name of which each two are looked at, to name the two that conflict."""
MAX_TOLD = 3
"""Reasons given of a condition that fails in several ways."""


@dataclass(frozen=True, slots=True)
class _Literal:
    test: Test
    truth: bool

    def __str__(self) -> str:
        return str(self.test) if self.truth else f"not {self.test}"

    @property
    def needs_value(self) -> bool:
        return (self.test.operator != "unknown") == self.truth

    @property
    def needs_none(self) -> bool:
        return self.test.operator in ("known", "unknown") and not self.needs_value

    def holds(self, value: Value) -> bool:
        return holds(self.test, lambda _: value) == self.truth


_Way: TypeAlias = tuple[_Literal, ...]
_Conflict: TypeAlias = tuple[Sequence[_Literal], Attribute]


def contradiction(condition: Condition, find: Find) -> str | None:
    """A sentence that says why no record can ever satisfy the condition; None where some might.

    Also None where a comparison is mistyped (which `mistyped` says) or the condition has more than MAX_WAYS ways.
    """
    conflicts = _conflicts(condition, find)
    told = list(dict.fromkeys(_told(*conflict) for conflict in conflicts[:MAX_TOLD]))
    more = f"; and so on, in {len(conflicts)} ways" if len(conflicts) > MAX_TOLD else ""
    return "; ".join(told) + more if told else None


def always(condition: Condition, find: Find) -> str | None:
    """A sentence that names the first part which every record that has values for its names satisfies; else None."""
    for part in conjuncts(condition):
        asked = {test.name for test in tests(part) if test.operator in ("known", "unknown")}
        known = {name for test in tests(part) for name in test.names} - asked
        if _conflicts(Not(part), find, tuple(_Literal(Test(name, "known"), True) for name in sorted(known))):
            return f"{part} always holds"
    return None


def _conflicts(condition: Condition, find: Find, given: _Way = ()) -> list[_Conflict]:
    """What keeps each way to hold from being one; empty where there is one, or may be."""
    if not all(_judged(test, find) for test in tests(condition)):
        return []
    found: list[_Conflict] = []
    for way in itertools.islice(_ways(settled(condition)), MAX_WAYS + 1):
        conflict = _conflict((*given, *way), find)
        if conflict is None or len(found) == MAX_WAYS:
            return []
        found.append(conflict)
    return found


def _judged(test: Test, find: Find) -> bool:
    attributes = [find(name) for name in test.names]
    return None not in attributes and mistyped(test, *attributes) is None  # type: ignore[arg-type]


def _ways(condition: Condition) -> Iterable[_Way]:
    """One by one, since there may be very many."""
    if isinstance(condition, Test):
        return ((_Literal(condition, True),),)
    if isinstance(condition, Not):
        return ((_Literal(condition.part, False),),) if isinstance(condition.part, Test) else ()
    if isinstance(condition, All):
        return _joint(condition.parts)
    return itertools.chain.from_iterable(map(_ways, condition.parts))


def _joint(parts: Sequence[Condition]) -> Iterable[_Way]:
    if not parts:
        yield ()
        return
    for first in _ways(parts[0]):
        for rest in _joint(parts[1:]):
            yield (*first, *rest)


def _conflict(way: _Way, find: Find) -> _Conflict | None:
    """The literals about one name that cannot all be true; None where there may be a value for every name."""
    by_name: dict[str, list[_Literal]] = {}
    for literal in dict.fromkeys(way):
        for name in literal.test.names:
            by_name.setdefault(name, []).append(literal)
    for name, literals in by_name.items():
        attribute = find(name)
        if attribute and not _possible(literals, attribute):
            return literals, attribute
    return None


def _told(literals: Sequence[_Literal], attribute: Attribute) -> str:
    """By the fewest that conflict: one alone, two, or all."""
    looked_at = literals[:MAX_PAIRED]
    few = (some for size in (1, 2) for some in itertools.combinations(looked_at, size))
    return _sentence(next((some for some in few if not _possible(some, attribute)), literals), attribute)


def _sentence(literals: Sequence[_Literal], attribute: Attribute) -> str:
    *others, last = map(str, dict.fromkeys(literals))
    if others:
        return f"{', '.join(others)} and {last} exclude {'each other' if len(others) == 1 else 'one another'}"
    numeric = attribute.kind in UNITS and not literals[0].test.other
    return f"{last} never holds" + (f": {attribute.name} is {attribute.low:g} to {attribute.high:g}" if numeric else "")


def _possible(literals: Sequence[_Literal], attribute: Attribute) -> bool:
    """Whether some value, or none, makes all of them true. Of comparisons with other names only the plain is seen."""
    if _opposed(literals) or any(_never(literal) for literal in literals):
        return False
    if any(literal.needs_none for literal in literals):
        return not any(literal.needs_value for literal in literals)
    if not any(literal.needs_value for literal in literals):
        return True  # where there is no value, no comparison holds
    own = [one for one in literals if not one.test.other and one.test.operator not in ("known", "unknown")]
    if attribute.kind in UNITS:
        within = (Interval(attribute.low, attribute.high),)
        return bool(common([within, *(numbers_of(one.test, one.truth) for one in own)]))
    values = _values(attribute, own)
    if values is None:
        return attribute.kind != "text" or _text_possible(own)
    return any(all(one.holds(value) for one in own) for value in values)


def _opposed(literals: Sequence[_Literal]) -> bool:
    """x and not x; x = 1 and x ne 1."""
    true = {literal.test for literal in literals if literal.truth}
    false = {literal.test for literal in literals if not literal.truth}
    denied = {replace(test, operator=DENIES[test.operator]) for test in true if test.operator in DENIES}
    return not true.isdisjoint(false | denied)


def _never(literal: _Literal) -> bool:
    """a lt a."""
    test = literal.test
    return literal.truth and test.name == test.other and test.operator in ("ne", "lt", "gt")


def _values(attribute: Attribute, literals: Sequence[_Literal]) -> Iterable[Value] | None:
    """All values that need to be tried; None where there is no end of them."""
    if attribute.kind == "flag":
        return (True, False)
    if attribute.kind == "words":
        return _subsets(attribute.choices) if 0 < len(attribute.choices) <= MAX_CHOICES else None
    named = [one.test.words for one in literals if one.truth and one.test.operator in ("=", "among")]
    return attribute.choices or (named[0] if named else None)


def _subsets(choices: Sequence[str]) -> list[frozenset[str]]:
    return [frozenset(some) for size in range(len(choices) + 1) for some in itertools.combinations(choices, size)]


def _text_possible(literals: Sequence[_Literal]) -> bool:
    """Of texts without end: what must be part of a text must not hold what must not be."""
    wanted = [one.test for one in literals if one.truth == (one.test.operator != "lacks")]
    banned = [one.test for one in literals if one.truth != (one.test.operator != "lacks")]
    return not any(_holds_part(has, lacks) for has in wanted for lacks in banned)


def _holds_part(has: Test, lacks: Test) -> bool:
    """Whether every text that has the one has the other, too."""
    part, banned = has.words[0], lacks.words[0]
    if has.operator not in PARTS or lacks.operator not in PARTS:
        return False
    if lacks.operator == "contains":
        return folded(banned) in folded(part)
    return has.operator != "contains" and banned in part
