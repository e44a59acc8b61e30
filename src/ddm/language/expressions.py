"""Conditions: a small typed language over attributes, parsed once, evaluated on one record or by the library.

    scene.kind = indoor and text.area le 1% and subject.area in 10%..45% and not subject.cut has left

| written | of | holds where |
| --- | --- | --- |
| `a lt 5`, `le`, `gt`, `ge` | numbers | the value is less, at most, more, at least |
| `a = 5`, `a ne 5` | numbers | they differ by at most 1e-9, by more |
| `a in 1..5` | numbers | neither end is passed; 350deg..10deg runs through 0 |
| `a = b`, `a ne b`, `a in {b, c}` | words, texts | it is that word, another one, one of them |
| `a has 'b'`, `a lacks 'b'` | texts | that is part of it, letter by letter; is not |
| `a contains 'b'` | texts | that is part of it, whatever its case |
| `a = b`, `a ne b`, `a in {b, c}` | sets | it is just {b}, something else, {b} or {c}; `none` is the empty set |
| `a has b`, `a lacks b` | sets | b is in it, is not |
| `a` | flags | yes |
| `a is known`, `a is unknown` | all | there is a value, there is none |
| `a lt b.c`, `a = b.c` ... | numbers, words | as above, of the values of two names |

A word to the right of `=` or `ne` is a name where it has a dot, after `lt`, `le`, `gt` and `ge` always; in quotes it
is a word. In quotes, a quote is written twice.

Every comparison is true or false of every record. It is false where a name in it has no value (`is unknown` apart),
and where it does not suit the kind of the value. `not`, `and` and `or` are those of plain logic: so `not (a gt 1)` is
true where a is unknown, and `a ne 1` is false. `mistyped` says beforehand what cannot suit. Numbers are finite: no
record holds NaN. Case is that of Unicode's simple rules in the version of Python at hand.
"""

from __future__ import annotations

from ddm.language.conditions.evaluate import compiled, holds
from ddm.language.conditions.grammar import MAX_LENGTH, MAX_NESTING, ConditionError, parse, position
from ddm.language.conditions.kinds import mistyped
from ddm.language.conditions.sense import always, contradiction
from ddm.language.conditions.terms import All, Amount, Any, Condition, Lookup, Not, Test, conjuncts, settled, tests

__all__ = [
    "MAX_LENGTH",
    "MAX_NESTING",
    "All",
    "Amount",
    "Any",
    "Condition",
    "ConditionError",
    "Lookup",
    "Not",
    "Test",
    "always",
    "compiled",
    "conjuncts",
    "contradiction",
    "holds",
    "mistyped",
    "parse",
    "position",
    "settled",
    "tests",
]
