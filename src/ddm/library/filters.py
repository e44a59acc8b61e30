"""The second back end of conditions: SQL over the library's columns, true of the same records as `holds`.

SQL has three truth values, conditions have two. Each comparison therefore first asks whether there is a value, which
is never unknown itself; what is joined by and, or and not of such answers is not, either.
"""

from __future__ import annotations

from collections.abc import Mapping

from ddm.language.conditions.evaluate import TOLERANCE, folded, wraps
from ddm.language.conditions.terms import EQUAL
from ddm.language.expressions import Any, Condition, Not, Test, settled
from ddm.library.records import TEXT_KINDS, column
from ddm.perceive.schema import ATTRIBUTES

_SIGNS = {"lt": "<", "le": "<=", "gt": ">", "ge": ">="}
_TEXTS: Mapping[str, str] = {
    "=": "{c} = {w}",
    "ne": "{c} <> {w}",
    "has": "contains({c}, {w})",
    "lacks": "not contains({c}, {w})",
    "contains": "contains(replace(lower({c}), 'ς', 'σ'), {f})",
}
_SETS: Mapping[str, str] = {
    "=": "({is_it})",
    "ne": "not ({is_it})",
    "has": "array_has({c}, {w})",
    "lacks": "not array_has({c}, {w})",
}


def quoted(text: str) -> str:
    """A string literal of SQL: quotes doubled, everything else as it is."""
    return "'" + text.replace("'", "''") + "'"


def filter_of(condition: Condition | None) -> str:
    """The condition in SQL, over the columns of `records.column`. Names that are no attributes have no value."""
    return "true" if condition is None else _said(settled(condition))


def _said(condition: Condition) -> str:
    """Of a settled condition. `and` binds closer, as in the language, so that few brackets are nested."""
    if isinstance(condition, Test):
        return _test(condition)
    if isinstance(condition, Not):
        return f"not {_said(condition.part)}"
    if isinstance(condition, Any):
        return " or ".join(map(_said, condition.parts))
    return " and ".join(f"({_said(part)})" if isinstance(part, Any) else _said(part) for part in condition.parts)


def _test(test: Test) -> str:
    """In brackets. Never NULL."""
    if any(name not in ATTRIBUTES for name in test.names):
        return "(true)" if test.operator == "unknown" else "(false)"
    if test.operator == "unknown":
        return f"({column(test.name)} is null)"
    present = " and ".join(f"{column(name)} is not null" for name in test.names)
    return f"({present})" if test.operator == "known" else f"({present} and {_compared(test)})"


def _kind(name: str) -> str:
    """number, text, words or flag."""
    kind = ATTRIBUTES[name].kind
    return "text" if kind in TEXT_KINDS else kind if kind in ("words", "flag") else "number"


def _compared(test: Test) -> str:
    """Of columns that hold values; false where the kind does not suit."""
    kind, c = _kind(test.name), column(test.name)
    if test.operator == "flag":
        return c if kind == "flag" else "false"
    if test.other:
        return _between(test, c, kind) if kind == _kind(test.other) else "false"
    if test.amounts:
        return _amounts(test, c) if kind == "number" else "false"
    return _words(test, c, kind)


def _between(test: Test, c: str, kind: str) -> str:
    other = column(test.other)
    if kind == "text" and test.operator in EQUAL:
        return _TEXTS[test.operator].format(c=c, w=other)
    return _numbers(c, test.operator, other) if kind == "number" else "false"


def _numbers(c: str, operator: str, right: str) -> str:
    if operator in _SIGNS:
        return f"{c} {_SIGNS[operator]} {right}"
    return f"abs({c} - {right}) {'<=' if operator == '=' else '>'} {TOLERANCE!r}"


def _amounts(test: Test, c: str) -> str:
    low = repr(test.amounts[0].plain)
    if test.operator != "within":
        return _numbers(c, test.operator, low)
    return f"({c} >= {low} {'or' if wraps(test) else 'and'} {c} <= {test.amounts[1].plain!r})"


def _words(test: Test, c: str, kind: str) -> str:
    if test.operator == "among":
        return "(" + " or ".join(_word(c, kind, "=", word) for word in test.words) + ")"
    return _word(c, kind, test.operator, test.words[0])


def _word(c: str, kind: str, operator: str, word: str) -> str:
    is_it = f"cardinality({c}) = 0" if word == "none" else f"cardinality({c}) = 1 and array_has({c}, {quoted(word)})"
    form = {"text": _TEXTS, "words": _SETS}.get(kind, {}).get(operator, "false")
    return form.format(c=c, w=quoted(word), f=quoted(folded(word)), is_it=is_it)
