"""The kinds of value that an operation's parameter may take: one row a kind, text in, typed value out."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from ddm.language import expressions
from ddm.language.expressions import Condition
from ddm.language.lengths import Length, parse_length


@dataclass(frozen=True, slots=True)
class Zone:
    """Where a subject should sit in its frame, as fractions: the point (x, y) of the frame for its centre."""

    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Range:
    """From low to high, as fractions."""

    low: float
    high: float


ParameterValue: TypeAlias = Length | float | str | bool | tuple[str, ...] | tuple[Zone, ...] | Range | Condition

_THIRDS = {"left": 1 / 3, "centre": 0.5, "center": 0.5, "right": 2 / 3, "top": 1 / 3, "middle": 0.5, "bottom": 2 / 3}


def share(text: str) -> float:
    """'45%' -> 0.45."""
    if not text.endswith("%"):
        raise ValueError(f"'{text}' is not a share; write 45%")
    return number(text[:-1]) / 100


def number(text: str) -> float:
    try:
        found = float(text)
    except ValueError:
        found = math.nan
    if not math.isfinite(found):
        raise ValueError(f"'{text}' is not a number")
    return found


def degrees(text: str) -> float:
    return number(text.removesuffix("deg"))


def flag(text: str) -> bool:
    if text not in ("yes", "no"):
        raise ValueError(f"'{text}' is neither yes nor no")
    return text == "yes"


def share_range(text: str) -> Range:
    """'40%..60%', or '50%' for exactly that."""
    low, _, high = text.partition("..")
    found = Range(share(low), share(high or low))
    if not 0.01 <= found.low <= found.high <= 4:
        raise ValueError(f"'{text}' is not a range; write 40%..60%, within 1% and 400%")
    return found


def _zone(text: str) -> Zone:
    parts = text.split()
    if len(parts) != 2:
        raise ValueError(f"'{text}' is not a place; write 'right middle' or '66% 50%'")
    x, y = (_THIRDS[part] if part in _THIRDS else share(part) for part in parts)
    return Zone(x, y)


def zones(text: str) -> tuple[Zone, ...]:
    """Alternatives in order of preference: '66% 50% | centre bottom'."""
    return tuple(_zone(part) for part in text.split("|"))


def names(text: str) -> tuple[str, ...]:
    return tuple(text.replace(",", " ").split())


PARSERS: Mapping[str, Callable[[str], ParameterValue]] = {
    "length": parse_length,
    "share": share,
    "number": number,
    "degrees": degrees,
    "flag": flag,
    "range": share_range,
    "zones": zones,
    "word": str.strip,
    "name": str.strip,
    "names": names,
    "condition": expressions.parse,
}
