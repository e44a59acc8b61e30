"""JSON values against what is wanted of them: each mistake is told with its path, and reading goes on."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol, TypeAlias

from ddm.language.findings import nearest

At: TypeAlias = tuple[str | int, ...]
"""A place in JSON: keys and indices from the root."""

SHOWN = 40
"""Characters of a wrong value that a message repeats."""


class Tell(Protocol):
    """Takes a mistake: where, what, what would be right."""

    def __call__(self, at: At, what: str, mend: str = "") -> None: ...


Check: TypeAlias = Callable[[Any, At, Tell], Any]
"""(value, its place, whom to tell) -> the value as we keep it; None once something was told."""


@dataclass(frozen=True, slots=True)
class Field:
    """A key of an object: how its value is checked, what it means."""

    check: Check
    meaning: str
    needed: bool = False


def spelled(at: At) -> str:
    """`formats[3].safe[0]`"""
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in at).lstrip(".")


def shown(value: Any) -> str:
    """A value in a message, cut where it is long."""
    text = repr(value) if isinstance(value, str) else str(value)
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"


def that(holds: Callable[[Any], bool], wanted: str) -> Check:
    """A value of which something holds."""

    def check(value: Any, at: At, tell: Tell) -> Any:
        if holds(value):
            return value
        tell(at, f"{shown(value)} is not {wanted}")
        return None

    return check


def _number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def whole(low: int, high: int) -> Check:
    return that(lambda v: type(v) is int and low <= v <= high, f"a whole number from {low} to {high}")


def number(low: float, high: float) -> Check:
    return that(lambda v: _number(v) and low <= v <= high, f"a number from {low:g} to {high:g}")


def text(most: int) -> Check:
    return that(lambda v: isinstance(v, str) and len(v) <= most and v.isprintable(), f"text of up to {most} characters")


def spelling(pattern: str, wanted: str) -> Check:
    return that(lambda v: isinstance(v, str) and re.fullmatch(pattern, v) is not None, wanted)


def one_of(choices: Iterable[str]) -> Check:
    """A word of a list; the nearest is named."""
    known = tuple(choices)

    def check(value: Any, at: At, tell: Tell) -> Any:
        if isinstance(value, str) and value in known:
            return value
        tell(at, f"{shown(value)} is unknown", nearest(value, known) if isinstance(value, str) else "")
        return None

    return check


def many(each: Check, least: int, most: int) -> Check:
    """A list whose items are all checked, as a tuple."""

    def check(value: Any, at: At, tell: Tell) -> Any:
        if not isinstance(value, list) or not least <= len(value) <= most:
            wanted = f"{least}" if least == most else f"{least} to {most}"
            return tell(at, f"{shown(value)} is not a list of {wanted}")
        return tuple(each(item, (*at, i), tell) for i, item in enumerate(value))

    return check


def distinct(each: Check, most: int) -> Check:
    """A list of at least one, nothing twice."""
    listed = many(each, 1, most)

    def check(value: Any, at: At, tell: Tell) -> Any:
        found = listed(value, at, tell)
        right = [item for item in found or () if item is not None]
        if len(set(right)) < len(right):
            tell(at, f"{shown(value)} names something twice")
        return found

    return check


def record(fields: Mapping[str, Field]) -> Check:
    """An object with these keys and no others, as a dict of the keys it has."""

    def check(value: Any, at: At, tell: Tell) -> Any:
        if not isinstance(value, dict):
            return tell(at, f"{shown(value)} is not an object")
        for key in [key for key in value if key not in fields]:
            tell((*at, key), f"unknown key '{key}'", nearest(key, fields))
        for key in [key for key, field in fields.items() if field.needed and key not in value]:
            tell(at, f"'{key}' is missing", fields[key].meaning)
        return {key: fields[key].check(value[key], (*at, key), tell) for key in value if key in fields}

    return check
