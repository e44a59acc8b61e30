"""Whether a comparison suits the kind of what it compares: operators, units, ranges and known words."""

from __future__ import annotations

from collections.abc import Mapping

from ddm.language.conditions.evaluate import wraps
from ddm.language.conditions.terms import COMPARING, EQUAL, Test
from ddm.perceive.schema import Attribute

UNITS = {"share": ("%", ""), "pixels": ("px", ""), "degrees": ("deg", ""), "number": ("",)}
"""Numeric kinds -> units they may be written in, the usual one first."""
OPERATORS: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(UNITS, (*COMPARING, "within")),
    "word": (*EQUAL, "among"),
    "words": (*EQUAL, "has", "lacks", "among"),
    "text": (*EQUAL, "has", "lacks", "contains", "among"),
    "flag": ("flag",),
}
AMONG_NAMES = {**dict.fromkeys(UNITS, COMPARING), "word": EQUAL, "text": EQUAL}
"""Kinds that can be compared with another attribute of the same kind -> how."""


def mistyped(test: Test, attribute: Attribute, other: Attribute | None = None) -> str | None:
    """What is wrong with comparing this attribute so, or None. Says what would be right.

    other: the attribute behind `test.other`, where the test compares two.
    """
    name, kind = attribute.name, attribute.kind
    if test.operator in ("known", "unknown"):
        return None
    if test.operator == "flag":
        return None if kind == "flag" else f"{name} is not yes or no; compare it with a value"
    if kind == "flag":
        return f"{name} is yes or no; write {name} or not {name}"
    if test.other:
        return _between(test, attribute, other)
    if kind in UNITS and test.words:
        return f"{name} is a {kind}; compare it with a number, not '{test.words[0]}'"
    if kind not in UNITS and test.amounts:
        return f"{name} is a {kind}; compare it with a word, not {test.amounts[0]}"
    if test.operator not in OPERATORS[kind]:
        return f"{name} is a {kind}; '{test.operator}' never holds of it, but {_any_of(OPERATORS[kind])} may"
    return _amounts(test, attribute) if test.amounts else _words(test, attribute)


def _any_of(operators: tuple[str, ...]) -> str:
    return ", ".join({"within": "in A..B", "among": "in {…}"}.get(word, word) for word in operators)


def _between(test: Test, attribute: Attribute, other: Attribute | None) -> str | None:
    if test.operator not in AMONG_NAMES.get(attribute.kind, ()):
        return (
            f"{attribute.name} is a {attribute.kind}; '{test.operator}' never holds of it and "
            f"another name, here {test.other} (a word stands in quotes)"
        )
    if other and other.kind != attribute.kind:
        return f"{attribute.name} is a {attribute.kind}, but {test.other} is a {other.kind}; compare like with like"
    return None


def _amounts(test: Test, attribute: Attribute) -> str | None:
    units = UNITS[attribute.kind]
    for amount in test.amounts:
        if amount.unit not in units:
            return f"{attribute.name} is in {units[0] or 'plain numbers'}, not in {amount.unit}"
        if not attribute.low <= amount.plain <= attribute.high:
            return f"{amount} is outside the range of {attribute.name} ({attribute.low:g} to {attribute.high:g})"
    if test.operator == "within" and test.amounts[0].plain > test.amounts[1].plain and not wraps(test):
        return f"nothing lies between {test.amounts[0]} and {test.amounts[1]}; the smaller comes first"
    return None


def _words(test: Test, attribute: Attribute) -> str | None:
    a_set = attribute.kind == "words"
    if a_set and test.operator in ("has", "lacks") and test.words == ("none",):
        return f"none is the empty set; write {attribute.name} {'=' if test.operator == 'has' else 'ne'} none"
    known = (*attribute.choices, "none") if a_set else attribute.choices
    unknown = [word for word in test.words if attribute.choices and word not in known]
    return f"{attribute.name} is one of {', '.join(known)}; not '{unknown[0]}'" if unknown else None
